// What spans a scenario wants, and where they come to lie in the driver: numbers, channels, /etc/dahdi/system.conf.
// Each plan makes a pair of spans: the near one is the appliance's, the far one its peer's. Near spans get the low
// numbers, in the order of the plans, as cards would have them. They are virtual, or the ports of two test cards.

export type Hardware = "virtual" | "card";

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
  /** Of a virtual span (`1:0`), or card and port (`1:2`). */
  readonly address: string;
}

export interface Layout {
  readonly hardware: Hardware;
  readonly near: readonly SpanPlace[];
  readonly far: readonly SpanPlace[];
}

export function layOut(plans: readonly SpanPlan[], hardware: Hardware = "virtual"): Layout {
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
      address:
        hardware === "card"
          ? `${side === "near" ? 1 : 2}:${index + 1}`
          : `${(index + 1).toString(16)}:${side === "near" ? 0 : 1}`,
    };
  };
  const near = plans.map((plan, index) => place("near", plan, index));
  const far = plans.map((plan, index) => place("far", plan, index));
  return { hardware, near, far };
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

/** The text of /etc/dahdi/system.conf. */
export function systemConf(layout: Layout): string {
  const spans = [...layout.near, ...layout.far];
  const lines = layout.hardware === "card" ? spans.flatMap(spanLine) : spans.map(dynamicLine);
  return [
    ...lines,
    ...spans.flatMap((span) => channelLines(span, layout.hardware)),
    "loadzone=us",
    "defaultzone=us",
    "",
  ].join("\n");
}

/** Timing is 0 throughout: any other value makes virtual spans flap. */
const dynamicLine = ({ address, channels }: SpanPlace): string => `dynamic=loc,${address},${channels},0`;

/** The near card takes its clock from the far one. */
function spanLine({ plan, number, side }: SpanPlace): readonly string[] {
  if (plan.kind === "analog") return [];
  const timing = side === "near" ? 1 : 0;
  return [`span=${number},${timing},0,ccs,${plan.kind === "E1" ? "hdb3,crc4" : "ami"}`];
}

/** The parameter `plan` of the test card's module. */
export const cardPlan = ({ near }: Layout): string =>
  near
    .map(({ plan }) =>
      plan.kind === "analog"
        ? `analog${plan.near.map((role) => (role === "fxo" ? "o" : "s")).join("")}`
        : plan.kind.toLowerCase(),
    )
    .join(",");

/** One span's lines of system.conf, its channels alone. */
export function channelLines(span: SpanPlace, hardware: Hardware): readonly string[] {
  const last = span.base + span.channels - 1;
  switch (span.plan.kind) {
    case "E1":
      return [
        `bchan=${span.base}-${span.base + 14},${span.base + 16}-${last}`,
        `dchan=${span.base + 15}`,
        `alaw=${span.base}-${last}`,
      ];
    case "BRI":
      // Cards for BRI do the framing of the D-channel themselves.
      return [
        `bchan=${span.base}-${span.base + 1}`,
        `${hardware === "card" ? "hardhdlc" : "dchan"}=${last}`,
        `alaw=${span.base}-${last}`,
      ];
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
