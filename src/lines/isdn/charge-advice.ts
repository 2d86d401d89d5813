// Advice of charge as a leg tells it: one sum, of units or of money.
import type { ChargeAdvice } from "../../shared/charge-advice.ts";
import type { Charge } from "../../signalling/isdn/types.ts";

/** @returns `undefined` where the network says that it cannot say */
export function adviceOf({ amount }: Charge): ChargeAdvice | undefined {
  switch (amount.type) {
    case "units": {
      const known = amount.units.flatMap(({ units }) => units ?? []);
      return known.length === 0 ? undefined : { kind: "units", units: known.reduce((a, b) => a + b, 0) };
    }
    case "currency":
      return {
        kind: "currency",
        currency: amount.currency,
        thousandths: Math.round(amount.amount * amount.multiplier * 1000),
      };
    case "free":
      return { kind: "free" };
    case "not-available":
      return undefined;
  }
}
