// Lines of the drivers' configuration files, kept byte for byte: what an edit does not name stays as it was written.

export interface ConfLine {
  /** Whole, with its line ending. */
  readonly raw: string;
  /** What is left without comment and blanks about it; empty if there is nothing. */
  readonly content: string;
}

export interface ConfError {
  /** From 1. */
  readonly line: number;
  readonly kind: "unknown-directive" | "bad-value";
  readonly message: string;
}

/** Longest list of channels read: no file names more, and a hostile range costs no memory. */
const mostChannels = 4096;

export function confLines(text: string): readonly ConfLine[] {
  return text
    .split(/(?<=\n)/)
    .filter((raw) => raw !== "")
    .map((raw) => ({ raw, content: (raw.split("#", 1)[0] ?? "").trim() }));
}

export function confText(lines: readonly ConfLine[]): string {
  return lines.map(({ raw }) => raw).join("");
}

/** The line with other content; indentation, comment and line ending stay. */
export function withContent({ raw, content }: ConfLine, next: string): ConfLine {
  const at = raw.indexOf(content);
  return { raw: raw.slice(0, at) + next + raw.slice(at + content.length), content: next };
}

/** A whole number of at most six digits, else undefined. */
export function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

/** `1-15,17-31` as numbers, in the order written; undefined if it is no such list. */
export function channelList(text: string): readonly number[] | undefined {
  const channels: number[] = [];
  for (const part of text.split(",")) {
    const [first, last, ...more] = part.split("-").map((end) => wholeNumber(end.trim()));
    const end = part.includes("-") ? last : first;
    if (first === undefined || end === undefined || more.length > 0 || first < 1 || end < first)
      return undefined;
    if (channels.length + end - first >= mostChannels) return undefined;
    for (let channel = first; channel <= end; channel++) channels.push(channel);
  }
  return channels;
}

/** The shortest way to write these channels, in their order. */
export function channelListText(channels: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const channel of channels) {
    const run = runs.at(-1);
    if (run?.last === channel - 1) run.last = channel;
    else runs.push({ first: channel, last: channel });
  }
  return runs.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}
