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

/** A file's text with another line at its end. */
export function withLine(text: string, content: string): string {
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${content}\n`;
}
