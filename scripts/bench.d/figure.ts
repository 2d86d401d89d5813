// One measured figure, as scripts/bench prints it.

export interface Figure {
  /** `area.case.measure`. */
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: number;
  readonly better: "lower" | "higher";
  readonly holds: boolean;
  /** The same measure of peers, taken in the same call. */
  readonly beside: Readonly<Record<string, number>>;
}

/** A module of an area: `export async function* figures(): AsyncGenerator<Figure>`. */
export interface Area {
  figures(): AsyncGenerator<Figure>;
}

export function figure(
  name: string,
  value: number,
  unit: string,
  goal: number,
  better: "lower" | "higher",
  beside: Readonly<Record<string, number>> = {},
): Figure {
  const holds = better === "lower" ? value <= goal : value >= goal;
  return { figure: name, value: rounded(value), unit, goal, better, holds, beside };
}

/** Three significant digits and no noise behind them. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(3));
}
