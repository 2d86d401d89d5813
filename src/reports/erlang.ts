// Erlang's formulas for so many agents, calls that come by chance, and conversations of random length: C, where every caller waits
// as long as it takes, and A (Palm), where callers give up after a random while.
// A: Zeltyn and Mandelbaum, "Call centers with impatient customers: many-server asymptotics of the M/M/n+G queue", 2005.

export interface Load {
  /** Calls in a millisecond. */
  readonly rate: number;
  /** Of an agent's time that each call takes, with wrap-up. */
  readonly handlingMs: number;
}

export interface Prediction {
  /** Share of callers who have to wait. */
  readonly waits: number;
  /** Share answered within the threshold. */
  readonly serviceLevel: number;
  /** Of all callers; of those who give up too. */
  readonly averageWaitMs: number;
  /** Share who give up. */
  readonly abandon: number;
  /** Share of the agents' time in which they are busy. */
  readonly occupancy: number;
}

/** Share of calls that find all of `servers` busy, where none waits; `offered` in erlangs. */
export function erlangB(servers: number, offered: number): number {
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked);
  return blocked;
}

/** With as much load as agents, or more, the line grows for ever. */
export function erlangC(agents: number, { rate, handlingMs }: Load, thresholdMs: number): Prediction {
  const offered = rate * handlingMs;
  if (offered >= agents)
    return { waits: 1, serviceLevel: 0, averageWaitMs: Infinity, abandon: 0, occupancy: 1 };
  const blocked = erlangB(agents, offered);
  const waits = (agents * blocked) / (agents - offered * (1 - blocked));
  const averageWaitMs = (waits * handlingMs) / (agents - offered);
  const late = waits * Math.exp((-(agents - offered) * thresholdMs) / handlingMs);
  return { waits, serviceLevel: 1 - late, averageWaitMs, abandon: 0, occupancy: offered / agents };
}

/** @param patienceMs how long callers wait on the average before they give up */
export function erlangA(
  agents: number,
  { rate, handlingMs }: Load,
  patienceMs: number,
  thresholdMs: number,
): Prediction {
  if (agents === 0) return { waits: 1, serviceLevel: 0, averageWaitMs: patienceMs, abandon: 1, occupancy: 0 };
  const impatience = 1 / patienceMs;
  const served = agents / handlingMs;
  // The density of the wait that a caller of endless patience would have, but for a factor: exp(exponent).
  const exponent = (x: number): number => (rate / impatience) * -Math.expm1(-impatience * x) - served * x;
  const peak = rate > served ? Math.log(rate / served) * patienceMs : 0;
  // Its largest value is taken out, for it would overflow.
  const most = exponent(peak);
  let end = peak + handlingMs / agents;
  while (exponent(end) - most > -45) end = peak + (end - peak) * 1.5;
  const density = (x: number): number => rate * Math.exp(exponent(x) - most);
  const all = integral(density, end);
  const idle = Math.exp(-most) / erlangB(agents - 1, rate * handlingMs);
  const whole = idle + all;
  const stays = (x: number): number => density(x) * Math.exp(-impatience * x);
  const inTime = integral(stays, Math.min(end, thresholdMs));
  const abandon = (all - integral(stays, end)) / whole;
  return {
    waits: all / whole,
    serviceLevel: (idle + inTime) / whole,
    averageWaitMs: abandon * patienceMs,
    abandon,
    occupancy: (rate * (1 - abandon) * handlingMs) / agents,
  };
}

/** From 0, by Simpson's rule. */
function integral(of: (x: number) => number, to: number): number {
  if (to <= 0) return 0;
  const parts = 4000;
  const width = to / parts;
  let sum = of(0) + of(to);
  for (let i = 1; i < parts; i++) sum += (i % 2 === 1 ? 4 : 2) * of(i * width);
  return (sum * width) / 3;
}

/** The fewest agents with whom the share answered in time is reached; at most a thousand. */
export function neededFor(target: number, predict: (agents: number) => Prediction): number {
  let [low, high] = [0, 1];
  while (high < 1000 && predict(high).serviceLevel < target) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (predict(middle).serviceLevel < target) low = middle;
    else high = middle;
  }
  return high;
}
