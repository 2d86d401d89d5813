// The timers' values where options leave them out: Q.921 §5.9, Tables 9-1 and 9-2 of Q.931.
import type { DChannelOptions, TimerName } from "./types.ts";

type Values = Readonly<Record<TimerName, number>>;

/** Milliseconds. Where the two sides' tables differ, the user side's. */
const user: Values = {
  T200: 1_000,
  T201: 1_000,
  T202: 2_000,
  T203: 10_000,
  T301: 180_000,
  T302: 15_000,
  T303: 4_000,
  T304: 30_000,
  T305: 30_000,
  T306: 30_000,
  T307: 180_000,
  T308: 4_000,
  T309: 90_000,
  T310: 60_000,
  T312: 6_000,
  T313: 4_000,
  T314: 4_000,
  T316: 120_000,
  T317: 60_000,
  T318: 4_000,
  T319: 4_000,
  T322: 4_000,
  "T-HOLD": 4_000,
  "T-RETRIEVE": 4_000,
  "T-link": 1_000,
  "T-idle": 10_000,
};

const network: Values = { ...user, T304: 20_000, T310: 10_000 };

/** ECMA-143: 110–120 s, since a call may pass many exchanges. */
const qsig: Values = { ...user, T310: 115_000 };

export function timerValues({
  side,
  variant,
  timers = {},
}: Pick<DChannelOptions, "side" | "variant" | "timers">): Values {
  return { ...(variant === "qsig" ? qsig : side === "user" ? user : network), ...timers };
}
