// Advice of charge as the line hears of it (EN 300 182-1): what aoc.ts reads from facility elements.

/** Multiplies a currency amount: 10^-3 to 10^3. */
export type Multiplier = 0.001 | 0.01 | 0.1 | 1 | 10 | 100 | 1000;

export interface ChargedUnits {
  /** 0–16777215; undefined: not available. */
  readonly units: number | undefined;
  /** 1–16, where the network counts several kinds. */
  readonly kind?: number;
}

export type ChargeAmount =
  | { readonly type: "units"; readonly units: readonly ChargedUnits[] }
  | {
      readonly type: "currency";
      /** As the network writes it, 1–10 characters: `EUR`, `DM`, `¤`. */
      readonly currency: string;
      /** 0–16777215, to be multiplied by `multiplier`. */
      readonly amount: number;
      readonly multiplier: Multiplier;
    }
  | { readonly type: "free" }
  | { readonly type: "not-available" };

export interface Charge {
  /** `during`: AOC-D; `end`: AOC-E. */
  readonly phase: "during" | "end";
  readonly amount: ChargeAmount;
  /** AOC-D: only a sub-total so far; otherwise the total. */
  readonly subtotal?: boolean;
  /** Billing identification as it is coded: 0 normal, 1 reverse, 2 credit card, 3–7 diversions and transfer. */
  readonly billing?: number;
}
