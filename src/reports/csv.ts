// Comma-separated values (RFC 4180) that no spreadsheet takes for a formula.

export type Cell = string | number | null;

/** The first row names the columns. Lines end as the RFC has it. */
export function csv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  // What begins like a formula is text: https://owasp.org/www-community/attacks/CSV_Injection
  const text = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
