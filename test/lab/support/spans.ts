// What spans a scenario wants, and where they come to lie in the driver: numbers, channels, /etc/dahdi/system.conf.
// Each plan makes a pair of virtual spans: the near one is the appliance's, the far one its peer's. Near spans get the
// low numbers, in the order of the plans, as cards would have them.

export type SpanPlan =
  /** 30 B-channels and a D-channel in timeslot 16. */
  | { readonly kind: "E1" }
  /** Two B-channels and a D-channel. */
  | { readonly kind: "BRI" }
  /** One port a name, as the near side has it: an `fxo` port faces an exchange, an `fxs` port a telephone. */
  | { readonly kind: "analog"; readonly near: readonly ("fxo" | "fxs")[] };

export interface SpanPlace {
  readonly number: number;
  /** Driver number of the first channel. */
  readonly base: number;
  readonly channels: number;
  /** Position of the D-channel within the span. */
  readonly data?: number;
  readonly plan: SpanPlan;
  readonly side: "near" | "far";
  /** The address of the dynamic span (`1:0`). */
  readonly address: string;
}

export interface Layout {
  readonly near: readonly SpanPlace[];
  readonly far: readonly SpanPlace[];
}

export function layOut(plans: readonly SpanPlan[]): Layout {
  let base = 1;
  const place = (side: "near" | "far", plan: SpanPlan, index: number): SpanPlace => {
    const channels = channelCount(plan);
    const first = base;
    base += channels;
    const data = plan.kind === "E1" ? 16 : plan.kind === "BRI" ? 3 : undefined;
    return {
      number: index + 1 + (side === "far" ? plans.length : 0),
      base: first,
      channels,
      ...(data === undefined ? {} : { data }),
      plan,
      side,
      address: `${(index + 1).toString(16)}:${side === "near" ? 0 : 1}`,
    };
  };
  const near = plans.map((plan, index) => place("near", plan, index));
  const far = plans.map((plan, index) => place("far", plan, index));
  return { near, far };
}

/** Both ends of the plan at `index`. */
export function pairOf(layout: Layout, index = 0): { readonly near: SpanPlace; readonly far: SpanPlace } {
  const [near, far] = [layout.near[index], layout.far[index]];
  if (near === undefined || far === undefined) throw new Error(`no span pair ${index}`);
  return { near, far };
}

const channelCount = (plan: SpanPlan): number =>
  plan.kind === "E1" ? 31 : plan.kind === "BRI" ? 3 : plan.near.length;

/** The driver's number of a channel by its position in a span. */
export const channelAt = (span: SpanPlace, position: number): number => span.base + position - 1;

/** The text of /etc/dahdi/system.conf. Timing is 0 throughout: any other value makes virtual spans flap. */
export function systemConf(layout: Layout): string {
  const spans = [...layout.near, ...layout.far];
  const dynamic = spans.map((span) => `dynamic=loc,${span.address},${span.channels},0`);
  return [...dynamic, ...spans.flatMap(channelLines), "loadzone=us", "defaultzone=us", ""].join("\n");
}

/** One span's lines of system.conf, its channels alone. */
export function channelLines(span: SpanPlace): readonly string[] {
  const last = span.base + span.channels - 1;
  switch (span.plan.kind) {
    case "E1":
      return [
        `bchan=${span.base}-${span.base + 14},${span.base + 16}-${last}`,
        `dchan=${span.base + 15}`,
        `alaw=${span.base}-${last}`,
      ];
    case "BRI":
      return [`bchan=${span.base}-${span.base + 1}`, `dchan=${last}`, `alaw=${span.base}-${last}`];
    case "analog":
      // A port takes the signalling of what it faces: an FXO port fxs…, an FXS port fxo….
      return [
        ...span.plan.near.map((role, index) => {
          const fxo = (role === "fxo") === (span.side === "near");
          return `${fxo ? "fxsks" : "fxoks"}=${span.base + index}`;
        }),
        `alaw=${span.base}-${last}`,
      ];
  }
}
