// What a simulated board has, as data: spans in order, numbered from 1 as the driver numbers them.

export type SpanPlan =
  /** 30 bearers and a D-channel on timeslot 16. */
  | { readonly kind: "E1"; readonly description?: string }
  /** Two bearers and a D-channel on position 3. */
  | { readonly kind: "BRI"; readonly description?: string }
  /** One card of analog ports: the role of each, as the near board sees it. */
  | { readonly kind: "analog"; readonly ports: readonly ("fxo" | "fxs")[]; readonly description?: string };

export interface SimulatedPlan {
  readonly spans: readonly SpanPlan[];
}

/** The office of a box without cards: an E1, two BRI, four exchange lines, eight telephones. */
export const demoOffice: SimulatedPlan = {
  spans: [
    { kind: "E1", description: "Simulated E1 to the exchange" },
    { kind: "BRI", description: "Simulated BRI to the exchange" },
    { kind: "BRI", description: "Simulated BRI to the exchange" },
    { kind: "analog", ports: ["fxo", "fxo", "fxo", "fxo"], description: "Simulated exchange lines" },
    {
      kind: "analog",
      ports: ["fxs", "fxs", "fxs", "fxs", "fxs", "fxs", "fxs", "fxs"],
      description: "Simulated telephones",
    },
  ],
};
