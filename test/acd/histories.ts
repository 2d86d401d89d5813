// Histories of a small call centre, made by chance: its settings, and what happens in it. Each is run with all rules checked.
import fc from "fast-check";
import { step, type AcdCommand, type Unstamped } from "../../src/acd/decide.ts";
import { evolve, type AcdEvent } from "../../src/acd/evolve.ts";
import { strategyIds } from "../../src/acd/strategies/index.ts";
import { emptyState, type AcdState } from "../../src/acd/state.ts";
import type { AgentOptions, EmptyState, GivenUpReason, QueueOptions } from "../../src/shared/journal.ts";
import { checkDecision, checkRules, offersOf } from "./office.ts";

export interface Office {
  readonly queues: readonly QueueOptions[];
  readonly agents: readonly AgentOptions[];
  /** Agents who are logged in from the beginning. */
  readonly present: readonly string[];
}

const skills = fc.dictionary(fc.constantFrom("ko", "tech"), fc.integer({ min: 1, max: 4 }), { maxKeys: 2 });

const queueOptions = (id: string, strategies: readonly string[]): fc.Arbitrary<QueueOptions> =>
  fc.record({
    id: fc.constant(id),
    strategy: fc.constantFrom(...strategies),
    ringMs: fc.constant(20_000),
    wrapUpMs: fc.constantFrom(0, 10_000),
    maxWaitMs: fc.constantFrom(30_000, 600_000),
    leaveWhenEmpty: fc.boolean(),
    pauseAfterNoAnswers: fc.constantFrom(0, 1, 2),
    weight: fc.constantFrom(0, 0, 3),
    mostWaiting: fc.constantFrom(0, 0, 2),
    emptyMs: fc.constantFrom(0, 15_000),
    emptyStates: fc.subarray<EmptyState>(["paused", "in-use", "ringing", "unavailable", "wrap-up"]),
    restMs: fc.record({
      noAnswer: fc.constantFrom(0, 5000),
      busy: fc.constant(2000),
      rejected: fc.constant(9000),
    }),
    autoReadyMs: fc.constantFrom(0, 30_000),
    growMs: fc.constant(4000),
    tierMs: fc.constantFrom(0, 0, 10_000),
    skills: fc.oneof(fc.constant({}), skills),
    relax: fc.constantFrom(
      [],
      [{ afterMs: 10_000, lowerBy: 1 }],
      [
        { afterMs: 5000, lowerBy: 1 },
        { afterMs: 20_000, lowerBy: 9 },
      ],
    ),
    stickyMs: fc.constantFrom(0, 12_000),
    resumeMs: fc.constantFrom(0, 60_000),
    askWhen: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      {
        weight: 1,
        arbitrary: fc.subarray<GivenUpReason>(["timed-out", "nobody-there", "full", "closed"]),
      },
    ),
  });

const numbers = ["301", "302", "303", "304"] as const;

const agentOptions = (number: string): fc.Arbitrary<AgentOptions> =>
  fc.record({
    number: fc.constant(number),
    name: fc.constant(number),
    queues: fc.subarray(["sales", "support"], { minLength: 1 }),
    levels: fc.dictionary(fc.constantFrom("sales", "support"), fc.integer({ min: 1, max: 3 })),
    skills,
    weight: fc.constantFrom(1, 2, 5),
  });

/** Settings of two queues and four agents. */
export const officeOf = (strategies: readonly string[]): fc.Arbitrary<Office> =>
  fc.record({
    queues: fc.tuple(queueOptions("sales", strategies), queueOptions("support", strategies)),
    agents: fc.tuple(...numbers.map(agentOptions)),
    present: fc.subarray([...numbers], { minLength: 1 }),
  });
export const office = officeOf(strategyIds);

/** What happens, and how much later. An `offer` is filled in: the first or the last that is open, or one that is over. */
export interface Told {
  readonly command: Unstamped;
  readonly later: number;
  /** Settings are changed in the middle. */
  readonly change?: Partial<QueueOptions>;
}

const call = fc.constantFrom("A", "B", "C", "D", "E");
/** Calls, and those that are to be called back. */
const any = fc.constantFrom("A", "B", "C", "D", "E", "X", "Y");
const agent = fc.constantFrom(...numbers);
const extension = fc.constantFrom("201", "202", "203", "204");
const offer = fc.constantFrom("open", "open", "last", "over");
const by = fc.constant("x");
const is = <T extends string>(type: T) => fc.constant(type);

const command: fc.Arbitrary<Unstamped> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      {
        type: is("enter"),
        call,
        queue: fc.constantFrom("sales", "support"),
        caller: fc.constantFrom({ number: "1" }, { number: "2" }, { number: "" }),
        priority: fc.constantFrom(0, 0, 0, 1),
        skills,
        agent,
      },
      { requiredKeys: ["type", "call", "queue", "caller", "priority"] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: is("enter"),
      call,
      queue: is("sales"),
      caller: fc.constant({ number: "3" }),
      priority: fc.constant(0),
      closed: fc.constant(true as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: is("accept"), call: any, offer }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: is("request-callback"),
      call,
      callback: fc.constantFrom("X", "Y"),
      number: fc.constant("5551000"),
      tries: fc.integer({ min: 1, max: 3 }),
      keepMs: fc.constantFrom(20_000, 300_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: is("callback-reached"), call: fc.constantFrom("X", "Y") }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: is("callback-failed"),
      call: fc.constantFrom("X", "Y"),
      cause: fc.constant(17),
      retryMs: fc.constantFrom(0, 10_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: is("offer-failed"),
      call: any,
      offer,
      reason: fc.constantFrom("busy", "no-answer", "rejected", "failed"),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: is("leave"),
      call: any,
      reason: fc.constantFrom("abandoned", "completed-by-agent", "transferred-blind", "timed-out"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: is("prioritise"), call: any, priority: fc.integer({ min: 0, max: 2 }), by }),
  },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        type: is("log-in"),
        agent,
        extension,
        phone: fc.constantFrom("free", "free", "free", "busy", "unavailable"),
        by,
        paused: fc.constantFrom(false, false, false, true),
      },
      { requiredKeys: ["type", "agent", "extension", "phone", "by"] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ type: is("log-out"), agent, by }) },
  {
    weight: 1,
    arbitrary: fc.record(
      { type: is("pause"), agent, reason: fc.constant("x"), by, limitMs: fc.constantFrom(1000, 20_000) },
      { requiredKeys: ["type", "agent", "reason", "by"] },
    ),
  },
  { weight: 2, arbitrary: fc.record({ type: is("ready"), agent, by }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: is("phone"),
      extension,
      phone: fc.constantFrom("free", "free", "busy", "unavailable"),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: is("tick") }) },
  { weight: 1, arbitrary: fc.record({ type: is("begin-day") }) },
);

/** Mostly forward, now and then back. */
const later = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 15_000 }) },
  { weight: 1, arbitrary: fc.constant(-5000) },
);
const change = fc.record(
  {
    strategy: fc.constantFrom(...strategyIds),
    tierMs: fc.constantFrom(0, 10_000),
    leaveWhenEmpty: fc.boolean(),
  },
  { requiredKeys: [] },
);

export const history: fc.Arbitrary<readonly Told[]> = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: fc.record({ command, later }) },
    { weight: 1, arbitrary: fc.record({ command: fc.record({ type: is("tick") }), later, change }) },
  ),
  { minLength: 10, maxLength: 60, size: "max" },
);

/** The command at its moment, with the offer that it means. */
export function stamp(state: AcdState, { command: wanted }: Told, at: number): AcdCommand {
  if (wanted.type !== "accept" && wanted.type !== "offer-failed") return { ...wanted, at };
  const open = offersOf(state, wanted.call);
  const meant = { open: open[0], last: open.at(-1) }[wanted.offer as "open" | "last"];
  return { ...wanted, offer: meant?.offer ?? "0", at };
}

export interface Ran {
  readonly state: AcdState;
  readonly at: number;
  readonly journal: readonly AcdEvent[];
  readonly offers: number;
}

/** Runs a history and throws where a rule is broken. @param make for tests of the tests: the decisions of another program */
export function run(settings: Office, told: readonly Told[], make: typeof step = step): Ran {
  const journal: AcdEvent[] = [];
  const accepted = new Map<string, number>();
  let state = emptyState;
  let replayed = emptyState;
  let [at, offers] = [0, 0];
  const give = (one: AcdCommand): void => {
    const decision = make(state, one);
    offers += checkDecision(state, decision);
    checkRules(decision.state);
    const late = one.type === "accept" && !offersOf(state, one.call).some(({ offer }) => offer === one.offer);
    if (late && decision.events.length > 0) throw new Error("a late answer changed something");
    for (const event of decision.events) {
      replayed = evolve(replayed, event);
      journal.push(event);
      if (event.type !== "queue.connected") continue;
      accepted.set(event.offer, (accepted.get(event.offer) ?? 0) + 1);
    }
    state = decision.state;
  };
  let current: Pick<Office, "queues" | "agents"> = settings;
  give({ type: "configure", queues: current.queues, agents: current.agents, at });
  for (const number of settings.present)
    give({ type: "log-in", agent: number, extension: `2${number.slice(1)}`, phone: "free", by: "x", at });
  for (const one of told) {
    at += one.later;
    if (one.change !== undefined) {
      const { change: changed } = one;
      current = { ...current, queues: current.queues.map((queue) => ({ ...queue, ...changed })) };
      give({ type: "configure", queues: current.queues, agents: current.agents, at });
    }
    give(stamp(state, one, at));
  }
  if ([...accepted.values()].some((times) => times > 1)) throw new Error("an offer was accepted twice");
  if (JSON.stringify(replayed) !== JSON.stringify(state)) throw new Error("the journal gives another state");
  return { state, at, journal, offers };
}
