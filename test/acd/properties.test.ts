// What must hold in every history of callers, agents, faults and clocks that jump.
import fc from "fast-check";
import t from "tap";
import type { AcdCommand, Unstamped } from "../../src/acd/decide.ts";
import { step } from "../../src/acd/decide.ts";
import { evolve, type AcdEvent } from "../../src/acd/evolve.ts";
import { restore } from "../../src/acd/restore.ts";
import { emptyState, type AcdState } from "../../src/acd/state.ts";
import { size, values } from "../../src/acd/tree.ts";
import { agents, checkDecision, checkRules, configure, offerOf, sales, support } from "./office.ts";

const call = fc.constantFrom("A", "B", "C", "D", "E");
const agent = fc.constantFrom("301", "302", "303");
const extension = fc.constantFrom("201", "202", "203");
const phone = fc.constantFrom("free" as const, "busy" as const, "unavailable" as const);

/** `offer` is filled in with the open one, or with one that is over. */
const command: fc.Arbitrary<Unstamped> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("enter" as const),
      call,
      queue: fc.constantFrom("sales", "support"),
      caller: fc.constant({ number: "1" }),
      priority: fc.constantFrom(0, 0, 0, 1),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("accept" as const),
      call,
      offer: fc.constantFrom("open", "old"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("offer-failed" as const),
      call,
      offer: fc.constantFrom("open", "old"),
      reason: fc.constantFrom("busy" as const, "no-answer" as const, "rejected" as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("leave" as const),
      call,
      reason: fc.constantFrom(
        "abandoned" as const,
        "completed-by-agent" as const,
        "transferred-blind" as const,
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("log-in" as const),
      agent,
      extension,
      phone,
      by: fc.constant("x"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("log-out" as const), agent, by: fc.constant("x") }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("pause" as const),
      agent,
      reason: fc.constant("x"),
      by: fc.constant("x"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("ready" as const), agent, by: fc.constant("x") }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("phone" as const), extension, phone }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant("tick" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("configure" as const),
      queues: fc
        .subarray([sales, support, { ...support, leaveWhenEmpty: true }])
        .map((some) => [...new Map(some.map((one) => [one.id, one])).values()]),
      agents: fc.subarray(agents),
    }),
  },
);

/** Mostly forward, now and then back. */
const history = fc.array(
  fc.tuple(command, fc.oneof(fc.integer({ min: 0, max: 30_000 }), fc.constant(-5000))),
  {
    maxLength: 60,
  },
);

function withOffer(state: AcdState, wanted: Unstamped): Unstamped {
  if (wanted.type !== "accept" && wanted.type !== "offer-failed") return wanted;
  return { ...wanted, offer: wanted.offer === "open" ? offerOf(state, wanted.call) : "0" };
}

const runs = Number(process.env["CALLBOX_PROPERTY_RUNS"] ?? 3000);

t.test("the rules hold after every command of every history", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(history, (commands) => {
        let state = step(emptyState, configure()).state;
        let replayed = state;
        let at = 0;
        const accepted = new Map<string, number>();
        for (const [wanted, later] of commands) {
          at += later;
          const one: AcdCommand = { ...withOffer(state, wanted), at };
          const decision = step(state, one);
          checkDecision(state, decision);
          checkRules(decision.state);
          const late = one.type === "accept" && one.offer !== offerOf(state, one.call);
          if (late && decision.events.length > 0) throw new Error("a late answer changed something");
          for (const event of decision.events) {
            replayed = evolve(replayed, event);
            if (event.type === "queue.connected")
              accepted.set(event.offer, (accepted.get(event.offer) ?? 0) + 1);
          }
          state = decision.state;
        }
        if ([...accepted.values()].some((times) => times > 1)) throw new Error("an offer was accepted twice");
        if (JSON.stringify(replayed) !== JSON.stringify(state))
          throw new Error("the journal gives another state");
      }),
      { numRuns: runs },
    ),
  );
  t.end();
});

t.test("nobody is stuck: when all time has passed, nobody waits and nobody is rung", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(history, (commands) => {
        let state = step(emptyState, configure()).state;
        let at = 0;
        for (const [wanted, later] of commands)
          state = step(state, { ...withOffer(state, wanted), at: (at += Math.abs(later)) }).state;
        for (let i = 0; i < 200; i++) state = step(state, { type: "tick", at: (at += 5000) }).state;
        for (const left of values(state.calls))
          if (left.stage.type !== "connected") throw new Error(`${left.call} is ${left.stage.type} for ever`);
        for (const one of values(state.agents))
          if (!["idle", "on-call"].includes(one.activity.type))
            throw new Error(`${one.number} is ${one.activity.type}`);
        if (size(state.due) > 0) throw new Error("something is due for ever");
      }),
      { numRuns: Math.ceil(runs / 5) },
    ),
  );
  t.end();
});

t.test("a state that was kept as JSON goes on the same", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(history, history, (before, after) => {
        let state = step(emptyState, configure()).state;
        let at = 0;
        for (const [wanted, later] of before)
          state = step(state, { ...withOffer(state, wanted), at: (at += later) }).state;
        let copy = JSON.parse(JSON.stringify(state)) as AcdState;
        for (const [wanted, later] of after) {
          at += later;
          const one = { ...withOffer(state, wanted), at };
          const [a, b] = [step(state, one), step(copy, one)];
          if (JSON.stringify(a) !== JSON.stringify(b)) throw new Error("they differ");
          state = a.state;
          copy = b.state;
        }
      }),
      { numRuns: Math.ceil(runs / 10) },
    ),
  );
  t.end();
});

t.test("after a restart agents are where they were, and no call is left", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(history, (commands) => {
        const first = step(emptyState, configure());
        const journal: AcdEvent[] = [...first.events];
        let { state } = first;
        let at = 0;
        for (const [wanted, later] of commands) {
          const decision = step(state, { ...withOffer(state, wanted), at: (at += later) });
          state = decision.state;
          journal.push(...decision.events);
        }
        const restored = restore(journal, at + 1000);
        checkRules({ ...restored.state, queues: {} });
        if (size(restored.state.calls) > 0) throw new Error("a ghost call");
        if (restored.events.some((event) => event.type === "queue.offered"))
          throw new Error("a ghost was offered");
        const seats = (of: AcdState): string =>
          JSON.stringify([...values(of.agents)].map((one) => [one.number, one.extension, one.paused]));
        if (seats(restored.state) !== seats(state)) throw new Error("agents are not where they were");
        const all = [...journal, ...restored.events];
        const counted = (type: AcdEvent["type"]): number => all.filter((event) => event.type === type).length;
        if (counted("queue.entered") !== counted("queue.left")) throw new Error("in is not out");
      }),
      { numRuns: Math.ceil(runs / 5) },
    ),
  );
  t.end();
});
