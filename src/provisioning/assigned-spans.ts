// `/etc/dahdi/assigned-spans.conf`, read and written without loss: which numbers the spans of each board get.
import { wholeNumber } from "../shared/channel-list.ts";
import { confLines, confText, withContent, type ConfError, type ConfLine } from "./conf-lines.ts";

/** One local span of one board: `usb:X1234 1:5:121`. */
export interface SpanAssignment {
  /** Hardware id, `@location`, or path of the device under `/sys`; may be a pattern. */
  readonly board: string;
  /** On its board. */
  readonly localSpan: number;
  readonly span: number;
  /** Number of the span's first channel. */
  readonly firstChannel: number;
}

/** One line: a board and its spans. */
export interface BoardLine {
  readonly at: number;
  readonly assignments: readonly SpanAssignment[];
}

export interface AssignedSpans {
  readonly lines: readonly ConfLine[];
  readonly boards: readonly BoardLine[];
  readonly errors: readonly ConfError[];
}

/** Never throws; what it does not understand is in `errors` and stays in the text. */
export function parseAssignedSpans(text: string): AssignedSpans {
  const lines = confLines(text);
  const boards: BoardLine[] = [];
  const errors: ConfError[] = [];
  for (const [at, { content }] of lines.entries()) {
    if (content === "") continue;
    const assignments = boardLine(content);
    if (assignments) boards.push({ at, assignments });
    else
      errors.push({
        line: at + 1,
        kind: "bad-value",
        message: "A board's line is its id, then local span:span:first channel for each of its spans.",
      });
  }
  return { lines, boards, errors };
}

function boardLine(content: string): readonly SpanAssignment[] | undefined {
  const [board = "", ...spans] = content.split(/\s+/);
  const assignments: SpanAssignment[] = [];
  for (const each of spans) {
    const [localSpan, span, firstChannel, ...more] = each.split(":").map(wholeNumber);
    if (!localSpan || !span || !firstChannel || more.length > 0) return undefined;
    assignments.push({ board, localSpan, span, firstChannel });
  }
  return assignments.length > 0 ? assignments : undefined;
}

/** The spans of the board at this index written anew, all else untouched; undefined if no board stands there. */
export function withAssignments(
  file: AssignedSpans,
  at: number,
  spans: readonly Omit<SpanAssignment, "board">[],
): AssignedSpans | undefined {
  const board = file.boards.find((each) => each.at === at)?.assignments[0]?.board;
  if (board === undefined || spans.length === 0) return undefined;
  const places = spans.map(({ localSpan, span, firstChannel }) => `${localSpan}:${span}:${firstChannel}`);
  const content = [board, ...places].join(" ");
  const lines = file.lines.map((line, index) => (index === at ? withContent(line, content) : line));
  return parseAssignedSpans(confText(lines));
}
