// What the network says that a leg costs (advice of charge, EN 300 182-1), as the rooms above the lines know it.

/** The latest sum, not an addition to what was told before. */
export type ChargeAdvice =
  | { readonly kind: "units"; readonly units: number }
  /** Currency as the network writes it (`EUR`, `¤`); amount in thousandths of it, a whole number. */
  | { readonly kind: "currency"; readonly currency: string; readonly thousandths: number }
  | { readonly kind: "free" };

/** All that was told of a call's legs: sums of what can be added. */
export function sumOf(advices: readonly ChargeAdvice[]): readonly ChargeAdvice[] {
  const sums: ChargeAdvice[] = [];
  for (const advice of advices) {
    const at = sums.findIndex((sum) => keyOf(sum) === keyOf(advice));
    const before = sums[at];
    if (before === undefined) sums.push(advice);
    else sums[at] = added(before, advice);
  }
  const costly = sums.filter(({ kind }) => kind !== "free");
  return costly.length > 0 ? costly : sums;
}

const keyOf = (advice: ChargeAdvice): string =>
  advice.kind === "currency" ? `currency ${advice.currency}` : advice.kind;

function added(a: ChargeAdvice, b: ChargeAdvice): ChargeAdvice {
  if (a.kind === "units" && b.kind === "units") return { ...a, units: a.units + b.units };
  if (a.kind === "currency" && b.kind === "currency")
    return { ...a, thousandths: a.thousandths + b.thousandths };
  return a;
}
