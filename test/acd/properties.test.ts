// What must hold in every history of callers, agents, faults and clocks that jump, with every strategy and option.
import fc from "fast-check";
import t from "tap";
import { step } from "../../src/acd/decide.ts";
import { restore } from "../../src/acd/restore.ts";
import { emptyState, type AcdState } from "../../src/acd/state.ts";
import { size, values } from "../../src/acd/tree.ts";
import type { AcdEvent } from "../../src/acd/evolve.ts";
import { history, office, run, stamp, type Told } from "./histories.ts";
import { checkDecision, checkRules } from "./office.ts";

const runs = Number(process.env["CALLBOX_PROPERTY_RUNS"] ?? 6000);

t.test("the rules hold after every command of every history", (t) => {
  let [commands, offers] = [0, 0];
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(office, history, (settings, told) => {
        const result = run(settings, told);
        commands += told.length;
        offers += result.offers;
      }),
      { numRuns: runs },
    ),
  );
  t.comment(`${runs} histories, ${commands} commands, ${offers} offers as the slow reference makes them`);
  t.ok(offers > runs, "and there was something to see");
  t.end();
});

t.test("nobody is stuck: when all time has passed, nobody waits and nobody is rung", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(office, history, (settings, told) => {
        let { state, at } = run(settings, told);
        at += 60_000;
        for (let i = 0; i < 300; i++) state = step(state, { type: "tick", at: (at += 5000) }).state;
        for (const left of values(state.calls))
          if (left.stage.type !== "connected" && left.stage.type !== "dialling")
            throw new Error(`${left.call} is ${left.stage.type} for ever`);
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
      fc.property(office, history, history, (settings, before, after) => {
        let { state, at } = run(settings, before);
        let copy = JSON.parse(JSON.stringify(state)) as AcdState;
        for (const one of after) {
          at += one.later;
          const command = stamp(state, one, at);
          const [a, b] = [step(state, command), step(copy, command)];
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
      fc.property(office, history, (settings, told) => {
        const { state, at, journal } = run(settings, told);
        const restored = restore(journal, at + 1000);
        // Who is to be called back is rung when the telephones are known, not before.
        const later = step(restored.state, {
          type: "configure",
          queues: settings.queues,
          agents: settings.agents,
          at: at + 1000,
        });
        checkDecision(restored.state, later);
        checkRules(later.state);
        const left = [...values(restored.state.calls)];
        if (left.some((one) => one.callback === null || !["waiting", "resting"].includes(one.stage.type)))
          throw new Error("a ghost call");
        if (restored.events.some((event) => event.type === "queue.offered"))
          throw new Error("a ghost was offered");
        const seats = (of: AcdState): string =>
          JSON.stringify([...values(of.agents)].map((one) => [one.number, one.extension, one.paused]));
        if (seats(restored.state) !== seats(state)) throw new Error("agents are not where they were");
        const all: readonly AcdEvent[] = [...journal, ...restored.events];
        const counted = (type: AcdEvent["type"]): number => all.filter((event) => event.type === type).length;
        const came = counted("queue.entered") + counted("callback.requested");
        const lost = all.filter((event) => event.type === "callback.failed" && event.again === undefined);
        if (came !== counted("queue.left") + lost.length + left.length) throw new Error("in is not out");
      }),
      { numRuns: Math.ceil(runs / 5) },
    ),
  );
  t.end();
});

t.test("an empty history is one too", (t) => {
  const told: readonly Told[] = [];
  t.equal(run({ queues: [], agents: [], present: [] }, told).offers, 0);
  t.same(restore([], 0).state, emptyState);
  t.end();
});
