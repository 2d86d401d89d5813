// Text for a terminal: tables whose columns are as wide as their contents, times of day, values in one line.

/** Rows under their heads, two spaces between columns; CJK characters count as two columns. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const all = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...all.map((row) => columns(row[column] ?? ""))));
  return all.map((row) =>
    row
      .map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - columns(cell))))
      .join("  ")
      .trimEnd(),
  );
}

/** Columns that a text takes: East Asian wide and fullwidth characters take two. */
export function columns(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0);
}
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Terminals obey control characters; what comes from a line or a caller must not command one. */
export function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "·");
}

const two = (n: number): string => String(n).padStart(2, "0");

/** HH:MM:SS of the box's time zone. */
export function timeOfDay(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** HH:MM:SS.mmm */
export function timeToMs(at: number): string {
  return `${timeOfDay(at)}.${String(Math.floor(at) % 1000).padStart(3, "0")}`;
}

/** YYYY-MM-DD HH:MM:SS */
export function dateAndTime(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${timeOfDay(at)}`;
}
