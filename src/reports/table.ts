// A table of figures, as reports make it and the web shows it.

export type Unit = "text" | "moment" | "count" | "ms" | "share" | "number";

export interface Column {
  readonly name: string;
  readonly unit: Unit;
}

export type Row = Readonly<Record<string, string | number | null>>;

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}
