// What the files of another system come to here: proposals, and the fate of each of their lines.
import type { AnalogSettings, IncomingDestination, SpanSettings } from "../config/settings.ts";

export interface UnderstoodLine {
  readonly line: number;
  readonly text: string;
  /** What it became. */
  readonly became: string;
}

export interface NotUnderstoodLine {
  readonly line: number;
  readonly text: string;
  readonly why: string;
}

export interface NewGroup {
  readonly id: string;
  readonly name: string;
  readonly withhold?: true;
  /** As the calls of the first group that there is, or the menu that a new box begins with. */
  readonly incoming: IncomingDestination;
}

export interface ImportProposal {
  /** The whole sections, with what was there and the file does not name. */
  readonly spans: readonly SpanSettings[];
  readonly analog: readonly AnalogSettings[];
  /** Groups that are missing. */
  readonly trunkGroups: readonly NewGroup[];
  /** Each line of the file that says something is in one of these two, once. */
  readonly understood: readonly UnderstoodLine[];
  readonly notUnderstood: readonly NotUnderstoodLine[];
}

/** What became of a line, or why nothing did. */
export interface Fate {
  readonly became?: string;
  readonly why?: string;
}

/** Each line of a file by its fate. */
export function toldLines<L extends { readonly line: number; readonly text: string }>(
  lines: readonly L[],
  fateOf: (line: L) => Fate,
): Pick<ImportProposal, "understood" | "notUnderstood"> {
  const understood: UnderstoodLine[] = [];
  const notUnderstood: NotUnderstoodLine[] = [];
  for (const said of lines) {
    const { line, text } = said;
    const { became, why = "" } = fateOf(said);
    if (became === undefined) notUnderstood.push({ line, text, why });
    else understood.push({ line, text, became });
  }
  return { understood, notUnderstood };
}

/** A span of which nothing is set yet. */
export const plainSpan = (span: number): SpanSettings => ({
  span,
  side: "user",
  tei: "fixed",
  overlap: false,
});
