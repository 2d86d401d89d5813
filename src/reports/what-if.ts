// What if: the callers of a time that has passed, replayed against distribution itself with other strategies, skills or staff. Both
// runs have the same callers, patience and conversations; what differs is only what was changed.
import { nextDue, step, type Unstamped } from "../acd/decide.ts";
import type { AcdEvent } from "../acd/evolve.ts";
import { emptyState, type AcdState } from "../acd/state.ts";
import type { JournalEvent } from "../shared/journal.ts";
import { localMidnight } from "../shared/local-time.ts";
import { createHeap } from "./heap.ts";
import { ratio, type Column, type Table } from "./report.ts";
import type { Change, WhatIfAsk } from "./what-if-ask.ts";
import { readWorkload, type Presence, type Settings, type Visit, type Workload } from "./workload.ts";

interface Sums {
  offered: number;
  answered: number;
  inTime: number;
  abandoned: number;
  short: number;
  waitMs: number;
}

/** By day, then queue. */
type Days = Map<number, Map<string, Sums>>;

const noSums = (): Sums => ({ offered: 0, answered: 0, inTime: 0, abandoned: 0, short: 0, waitMs: 0 });

export function whatIf(events: Iterable<JournalEvent>, ask: WhatIfAsk): Table {
  const workload = readWorkload(events, ask.from, ask.to);
  const runs = Array.from({ length: ask.runs ?? 2 }, (_, seed) => ({
    base: replay(workload, {}, ask, seed),
    changed: replay(workload, ask.change, ask, seed),
  }));
  const measured = measure(workload.visits, ask);
  const queues = [...new Set(workload.visits.map(({ queue }) => queue))].sort();
  const pairs = runs.flatMap(({ base, changed }) =>
    [...base.keys()].map((day) => ({ base: base.get(day), changed: changed.get(day) })),
  );
  return {
    columns,
    rows: queues.map((queue) => {
      const was = total([...measured.values()], queue);
      const base = total(
        pairs.map((pair) => pair.base),
        queue,
      );
      const changed = total(
        pairs.map((pair) => pair.changed),
        queue,
      );
      const [low, high] = spread(pairs, queue);
      return {
        queue,
        offered: was.offered,
        levelWas: level(was),
        levelBase: level(base),
        levelChanged: level(changed),
        levelDifference: difference(level(changed), level(base)),
        levelLow: low,
        levelHigh: high,
        abandonmentBase: ratio(base.abandoned, base.offered),
        abandonmentChanged: ratio(changed.abandoned, changed.offered),
        waitBaseMs: ratio(base.waitMs, base.answered),
        waitChangedMs: ratio(changed.waitMs, changed.answered),
      };
    }),
  };
}

const columns: readonly Column[] = [
  { name: "queue", unit: "text" },
  { name: "offered", unit: "count" },
  { name: "levelWas", unit: "share" },
  { name: "levelBase", unit: "share" },
  { name: "levelChanged", unit: "share" },
  { name: "levelDifference", unit: "share" },
  { name: "levelLow", unit: "share" },
  { name: "levelHigh", unit: "share" },
  { name: "abandonmentBase", unit: "share" },
  { name: "abandonmentChanged", unit: "share" },
  { name: "waitBaseMs", unit: "ms" },
  { name: "waitChangedMs", unit: "ms" },
];

const level = ({ inTime, offered, short }: Sums): number | null => ratio(inTime, offered - short);
const difference = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a - b;

function total(days: readonly (ReadonlyMap<string, Sums> | undefined)[], queue: string): Sums {
  const sum = noSums();
  for (const day of days) {
    const own = day?.get(queue);
    if (own === undefined) continue;
    for (const name of Object.keys(sum) as (keyof Sums)[]) sum[name] += own[name];
  }
  return sum;
}

interface Pair {
  readonly base: ReadonlyMap<string, Sums> | undefined;
  readonly changed: ReadonlyMap<string, Sums> | undefined;
}

const resamples = 1000;

/** Of the difference in service level: between these lie 90 of 100 months made of such days, drawn by chance. */
function spread(pairs: readonly Pair[], queue: string): readonly [number | null, number | null] {
  const random = createRandom(`spread ${queue}`);
  const found: number[] = [];
  for (let n = 0; n < resamples; n++) {
    const drawn = pairs.map(() => pairs[Math.floor(random() * pairs.length)] ?? pairs[0]);
    const of = (name: keyof Pair): number | null =>
      level(
        total(
          drawn.map((pair) => pair?.[name]),
          queue,
        ),
      );
    const one = difference(of("changed"), of("base"));
    if (one !== null) found.push(one);
  }
  found.sort((a, b) => a - b);
  return [found[Math.floor(found.length * 0.05)] ?? null, found[Math.floor(found.length * 0.95)] ?? null];
}

/** What was, counted as the replays are. */
function measure(visits: readonly Visit[], ask: WhatIfAsk): Days {
  const count = createCount(ask);
  for (const visit of visits) {
    count(visit, (sums) => void (sums.offered += 1));
    if (visit.ringMs !== null) count(visit, (sums) => answered(sums, visit, visit.waitedMs, ask));
    else if (visit.gaveUpMs !== null) count(visit, (sums) => gaveUp(sums, visit.waitedMs, ask));
  }
  return count.days;
}

function answered(sums: Sums, { queue }: Visit, waitedMs: number, { thresholdMs }: WhatIfAsk): void {
  sums.answered += 1;
  sums.waitMs += waitedMs;
  sums.inTime += waitedMs <= (thresholdMs[queue] ?? 20_000) ? 1 : 0;
}

function gaveUp(sums: Sums, waitedMs: number, { shortMs }: WhatIfAsk): void {
  sums.abandoned += 1;
  sums.short += waitedMs < shortMs ? 1 : 0;
}

interface Count {
  (visit: Visit, change: (sums: Sums) => void): void;
  readonly days: Days;
}

function createCount({ timeZone }: WhatIfAsk): Count {
  const days: Days = new Map();
  let [midnight, next] = [0, 0];
  const count = (visit: Visit, change: (sums: Sums) => void): void => {
    // Visits come in order, and a calendar is slow to ask.
    if (visit.at < midnight || visit.at >= next) {
      midnight = localMidnight(visit.at, timeZone);
      next = localMidnight(midnight + 26 * 3_600_000, timeZone);
    }
    const day = days.get(midnight) ?? new Map<string, Sums>();
    days.set(midnight, day);
    const sums = day.get(visit.queue) ?? noSums();
    day.set(visit.queue, sums);
    change(sums);
  };
  return Object.assign(count, { days });
}

/** What each queue's callers are like: for those of whom it is not known how long they would have waited, or talked. */
interface Habits {
  readonly patienceMs: number;
  readonly talks: readonly number[];
  readonly rings: readonly number[];
  readonly wrapUps: readonly number[];
}

function habitsOf(visits: readonly Visit[]): ReadonlyMap<string, Habits> {
  const found = new Map<
    string,
    { waited: number; gaveUp: number } & Record<"talks" | "rings" | "wrapUps", number[]>
  >();
  for (const visit of visits) {
    const own = found.get(visit.queue) ?? { waited: 0, gaveUp: 0, talks: [], rings: [], wrapUps: [] };
    found.set(visit.queue, own);
    own.waited += visit.waitedMs;
    own.gaveUp += visit.gaveUpMs === null ? 0 : 1;
    if (visit.talkMs !== null) own.talks.push(visit.talkMs);
    if (visit.ringMs !== null) own.rings.push(visit.ringMs);
    if (visit.wrapUpMs !== null) own.wrapUps.push(visit.wrapUpMs);
  }
  return new Map(
    [...found].map(([queue, { waited, gaveUp, talks, rings, wrapUps }]) => [
      queue,
      // Time waited by all for each who gave up: what is most likely where some are cut off by an answer.
      { patienceMs: gaveUp === 0 ? Infinity : waited / gaveUp, talks, rings, wrapUps },
    ]),
  );
}

/** How one caller is in one run; the same whatever distribution does. */
interface Fate {
  readonly patienceMs: number;
  readonly ringMs: number;
  readonly talkMs: number;
  readonly wrapUpMs: number;
}

function fateOf(visit: Visit, habits: Habits | undefined, seed: number): Fate {
  const random = createRandom(`${visit.call} ${visit.queue} ${seed}`);
  const draw = (all: readonly number[]): number => all[Math.floor(random() * all.length)] ?? 0;
  const longer = -Math.log(1 - random());
  const [talk, ring, wrapUp] = [
    draw(habits?.talks ?? []),
    draw(habits?.rings ?? []),
    draw(habits?.wrapUps ?? []),
  ];
  return {
    // Patience has no memory: whoever was answered after a wait would have waited on as long as anybody.
    patienceMs: visit.gaveUpMs ?? visit.waitedMs + longer * (habits?.patienceMs ?? Infinity),
    ringMs: visit.ringMs ?? ring,
    talkMs: visit.talkMs ?? talk,
    wrapUpMs: visit.wrapUpMs ?? wrapUp,
  };
}

type Due =
  | { readonly type: "accept"; readonly call: string; readonly offer: string }
  | { readonly type: "patience"; readonly call: string }
  | { readonly type: "done"; readonly call: string }
  | { readonly type: "ready"; readonly agent: string; readonly since: number };

function replay(
  { visits, settings, presence }: Workload,
  change: Change,
  ask: WhatIfAsk,
  seed: number,
): Days {
  const habits = habitsOf(visits);
  const people = [...presence].flatMap((one) => withMore(one, change)).sort((a, b) => a.at - b.at);
  const configs = settings.map((one) => changed(one, change));
  const todo = createHeap<Due>();
  const count = createCount(ask);
  const inside = new Map<string, { readonly visit: Visit; readonly fate: Fate; agent?: string }>();
  const wrapUps = new Map<string, number>();
  let state: AcdState = emptyState;
  let now = ask.from;

  const give = (command: Unstamped): void => {
    const decision = step(state, { ...command, at: now });
    state = decision.state;
    for (const event of decision.events) happened(event);
  };
  const happened = (event: AcdEvent): void => {
    switch (event.type) {
      case "queue.offered": {
        const ringMs = inside.get(event.call)?.fate.ringMs ?? 0;
        return todo.add(now + ringMs, { type: "accept", call: event.call, offer: event.offer });
      }
      case "queue.connected": {
        const own = inside.get(event.call);
        if (own === undefined) return;
        own.agent = event.agent;
        count(own.visit, (sums) => answered(sums, own.visit, event.waitedMs, ask));
        return todo.add(now + own.fate.talkMs, { type: "done", call: event.call });
      }
      case "agent.wrap-up": {
        const own = inside.get(event.call);
        const fixed = change.queues?.[event.queue]?.wrapUpMs !== undefined;
        if (own === undefined || fixed || own.fate.wrapUpMs >= event.until - now) return;
        wrapUps.set(event.agent, now);
        return todo.add(now + own.fate.wrapUpMs, { type: "ready", agent: event.agent, since: now });
      }
      case "queue.left":
        inside.delete(event.call);
        return;
      default:
    }
  };
  const due = (one: Due): void => {
    switch (one.type) {
      case "accept":
        return give({ type: "accept", call: one.call, offer: one.offer });
      case "patience": {
        const own = inside.get(one.call);
        if (own === undefined || own.agent !== undefined) return;
        count(own.visit, (sums) => gaveUp(sums, now - own.visit.at, ask));
        return give({ type: "leave", call: one.call, reason: "abandoned" });
      }
      case "done":
        return give({ type: "leave", call: one.call, reason: "completed-by-caller" });
      case "ready":
        if (wrapUps.get(one.agent) === one.since) give({ type: "ready", agent: one.agent, by: "replay" });
    }
  };
  const arrive = (visit: Visit, call: string): void => {
    const fate = fateOf(visit, habits.get(visit.queue), seed);
    inside.set(call, { visit, fate });
    count(visit, (sums) => void (sums.offered += 1));
    if (fate.patienceMs < Infinity) todo.add(now + fate.patienceMs, { type: "patience", call });
    const { queue, caller, priority, skills } = visit;
    give({ type: "enter", call, queue, caller: { number: caller }, priority, skills });
  };

  let [v, p, c] = [0, 0, 0];
  const last = visits.at(-1)?.at ?? ask.from;
  for (;;) {
    const times = [
      configs[c]?.at ?? Infinity,
      people[p]?.at ?? Infinity,
      visits[v]?.at ?? Infinity,
      todo.first() ?? Infinity,
      nextDue(state) ?? Infinity,
    ];
    const next = Math.min(...times);
    // Whoever still waits a day after the last one came is not waited for.
    if (next === Infinity || next > last + 86_400_000) return count.days;
    now = Math.max(now, next);
    const which = times.indexOf(next);
    if (which === 0) {
      const { queues, agents } = configs[c++] ?? { queues: [], agents: [] };
      give({ type: "configure", queues, agents });
    } else if (which === 1) {
      const one = people[p++];
      if (one !== undefined) give(commandOf(one));
    } else if (which === 2) {
      const visit = visits[v];
      if (visit !== undefined) arrive(visit, `${v}`);
      v += 1;
    } else if (which === 3) {
      const one = todo.take();
      if (one !== undefined) due(one);
    } else give({ type: "tick" });
  }
}

function commandOf({ agent, what }: Presence): Unstamped {
  switch (what) {
    case "log-in":
      return { type: "log-in", agent, extension: agent, phone: "free", by: "replay" };
    case "log-out":
      return { type: "log-out", agent, by: "replay" };
    case "pause":
      return { type: "pause", agent, reason: "replay", by: "replay" };
    case "ready":
      return { type: "ready", agent, by: "replay" };
  }
}

const like = (agent: string, n: number): string => `${agent}+${n}`;

function withMore(one: Presence, { more = {}, without = [] }: Change): readonly Presence[] {
  const others = Array.from({ length: more[one.agent] ?? 0 }, (_, n) => ({
    ...one,
    agent: like(one.agent, n),
  }));
  return without.includes(one.agent) ? others : [one, ...others];
}

function changed({ at, queues, agents }: Settings, change: Change): Settings {
  return {
    at,
    queues: queues.map((queue) => ({ ...queue, ...change.queues?.[queue.id] })),
    agents: agents.flatMap((agent) => {
      const one = { ...agent, ...change.agents?.[agent.number] };
      const others = Array.from({ length: change.more?.[agent.number] ?? 0 }, (_, n) => ({
        ...one,
        number: like(agent.number, n),
      }));
      return [one, ...others];
    }),
  };
}

/** 0 ≤ n < 1, the same again for the same seed (FNV-1a into mulberry32). */
function createRandom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let n = Math.imul(state ^ (state >>> 15), 1 | state);
    n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n;
    return ((n ^ (n >>> 14)) >>> 0) / 4_294_967_296;
  };
}
