// `/etc/dahdi/assigned-spans.conf`, read and written without loss: which numbers the spans of each board get.
import { isDeepStrictEqual } from "node:util";
import type { Card } from "../boards/board.ts";
import { wholeNumber } from "../shared/channel-list.ts";
import { confLines, confText, withContent, withLine, type ConfError, type ConfLine } from "./conf-lines.ts";

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

/**
 * The file with the numbers that the spans of these cards have now, so that they keep them whatever is plugged in beside
 * them. Lines of other boards, comments and what is not understood stay; a card that the file names is called as it is there.
 * @returns the paths of the cards whose lines it changes as well
 */
export function pinned(
  text: string,
  cards: readonly Card[],
): { readonly text: string; readonly cards: readonly string[] } {
  let file = parseAssignedSpans(text);
  const changed: string[] = [];
  for (const card of cards) {
    const wanted = card.spans.flatMap(({ local, number, firstChannel }) =>
      number === undefined || firstChannel === undefined
        ? []
        : [{ localSpan: local, span: number, firstChannel }],
    );
    const said = file.boards.filter(({ assignments }) => names(assignments[0]?.board ?? "", card));
    const before = said.flatMap(({ assignments }) =>
      assignments.map(({ localSpan, span, firstChannel }) => ({ localSpan, span, firstChannel })),
    );
    if (wanted.length === 0 || isDeepStrictEqual(byLocalSpan(before), byLocalSpan(wanted))) continue;
    changed.push(card.path);
    const [first, ...more] = said;
    file = withoutLines(
      file,
      more.map(({ at }) => at),
    );
    file = (first && withAssignments(file, first.at, wanted)) ?? withBoard(file, idOf(card), wanted);
  }
  return { text: confText(file.lines), cards: changed };
}

type Place = Omit<SpanAssignment, "board">;

const byLocalSpan = (places: readonly Place[]): readonly Place[] =>
  [...places].sort((a, b) => a.localSpan - b.localSpan);

const slotOf = ({ location }: Card): string => `@${location.replaceAll(/\s/gu, "_")}`;

/** What stays with the card, else what stays with its slot. */
function idOf(card: Card): string {
  if (card.hardwareId !== "") return card.hardwareId;
  return card.location === "" ? card.path : slotOf(card);
}

/** dahdi_span_assignments compares with shell patterns. */
function names(board: string, card: Card): boolean {
  const called = [card.hardwareId, `[${card.hardwareId}]`, slotOf(card), card.path];
  return called.some((name) => name.length > 1 && fits(board, name));
}

/** By `*` and `?`; no pattern takes longer than its length times the text's, as a regular expression's might. */
function fits(pattern: string, text: string): boolean {
  let [at, star, retry] = [0, -1, 0];
  for (let i = 0; i < text.length;) {
    if (pattern[at] === "*") [star, retry] = [at++, i];
    else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === text[i]))
      [at, i] = [at + 1, i + 1];
    else if (star >= 0) [at, i] = [star + 1, ++retry];
    else return false;
  }
  return /^\**$/u.test(pattern.slice(at));
}

function withoutLines(file: AssignedSpans, at: readonly number[]): AssignedSpans {
  return parseAssignedSpans(confText(file.lines.filter((_, index) => !at.includes(index))));
}

function withBoard(file: AssignedSpans, board: string, spans: readonly Place[]): AssignedSpans {
  return parseAssignedSpans(withLine(confText(file.lines), boardText(board, spans)));
}

const boardText = (board: string, spans: readonly Place[]): string =>
  [board, ...spans.map((place) => `${place.localSpan}:${place.span}:${place.firstChannel}`)].join(" ");

/** The spans of the board at this index written anew, all else untouched; undefined if no board stands there. */
export function withAssignments(
  file: AssignedSpans,
  at: number,
  spans: readonly Place[],
): AssignedSpans | undefined {
  const board = file.boards.find((each) => each.at === at)?.assignments[0]?.board;
  if (board === undefined || spans.length === 0) return undefined;
  const content = boardText(board, spans);
  const lines = file.lines.map((line, index) => (index === at ? withContent(line, content) : line));
  return parseAssignedSpans(confText(lines));
}
