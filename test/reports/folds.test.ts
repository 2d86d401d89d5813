// Reports as folds over histories made by chance: incremental is from scratch, in is out, time in states adds up exactly.
import fc from "fast-check";
import t from "tap";
import {
  agentSums,
  emptyAgentReport,
  takeAgentEvent,
  type AgentReport,
} from "../../src/reports/agent-report.ts";
import { csv } from "../../src/reports/csv.ts";
import { endOf, startOf, steps } from "../../src/reports/intervals.ts";
import {
  emptyQueueReport,
  queueFigures,
  takeQueueEvent,
  type QueueReport,
} from "../../src/reports/queue-report.ts";
import type { JournalEvent } from "../../src/shared/journal.ts";
import { history, office, run } from "../acd/histories.ts";

const queueOptions = { step: "quarter", timeZone: "Asia/Shanghai", thresholdMs: {}, shortMs: 5000 } as const;
const agentOptions = { step: "quarter", timeZone: "Asia/Shanghai" } as const;

function queuesOf(events: readonly JournalEvent[], report: QueueReport = emptyQueueReport()): QueueReport {
  for (const event of events) takeQueueEvent(report, event, queueOptions);
  return report;
}
function agentsOf(events: readonly JournalEvent[], report: AgentReport = emptyAgentReport()): AgentReport {
  for (const event of events) takeAgentEvent(report, event, agentOptions);
  return report;
}
const kept = <T>(report: T): T => JSON.parse(JSON.stringify(report)) as T;

t.test("gone on with in the middle, the figures are the same to the last digit", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(office, history, fc.nat(60), (settings, told, cut) => {
        const { journal } = run(settings, told);
        const whole = JSON.stringify(queueFigures(queuesOf(journal)));
        const parts = queuesOf(journal.slice(cut), kept(queuesOf(journal.slice(0, cut))));
        if (JSON.stringify(queueFigures(parts)) !== whole) throw new Error("queues differ");
        const agents = JSON.stringify(agentsOf(journal));
        const again = agentsOf(journal.slice(cut), kept(agentsOf(journal.slice(0, cut))));
        if (JSON.stringify(again) !== agents) throw new Error("agents differ");
      }),
      { numRuns: 400 },
    ),
  );
  t.end();
});

t.test("every call that came in went out in one way, or waits; distribution counts the same", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(office, history, (settings, told) => {
        const plain = told.filter(({ command }) => command.type !== "begin-day");
        const { journal, state } = run(settings, plain);
        const figures = queueFigures(queuesOf(journal));
        for (const one of figures) {
          const ways =
            one.answered +
            one.abandoned +
            one.timedOut +
            one.nobodyThere +
            one.full +
            one.byKey +
            one.toCallBack +
            one.restarted +
            one.waiting;
          if (one.offered !== ways) throw new Error(`${one.queue}: in is not out`);
        }
        for (const [id, queue] of Object.entries(state.queues)) {
          const own = figures.filter((one) => one.queue === id);
          const abandoned = own.reduce((sum, one) => sum + one.abandoned, 0);
          // Who is to be called back has hung up long ago.
          const later = journal.filter(
            (event) =>
              event.type === "queue.left" &&
              event.queue === id &&
              event.reason === "abandoned" &&
              event.agent === undefined &&
              "XY".includes(event.call),
          );
          if (abandoned + later.length !== queue.totals.abandoned) throw new Error(`${id}: abandoned`);
          const spoken = own.reduce((sum, one) => sum + one.answered + one.callbacksReached, 0);
          if (spoken !== queue.totals.connected) throw new Error(`${id}: answered`);
        }
      }),
      { numRuns: 400 },
    ),
  );
  t.end();
});

t.test("an agent's time in all states together is the time that has passed", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(office, history, (settings, told) => {
        const { journal, at } = run(settings, told);
        const last = Math.max(at, ...journal.map((event) => event.at)) + 1_000_000;
        const sums = agentSums(agentsOf(journal), last, agentOptions);
        for (const { number } of settings.agents) {
          const spent = sums
            .filter(({ agent }) => agent === number)
            .flatMap(({ inState }) => Object.values(inState))
            .reduce((sum, ms) => sum + ms, 0);
          if (spent !== last) throw new Error(`${number}: ${spent} of ${last}`);
        }
        const connected = journal.filter(({ type }) => type === "queue.connected").length;
        const callbacks = journal.filter(
          (event) => event.type === "queue.connected" && "XY".includes(event.call),
        ).length;
        const reached = journal.filter(({ type }) => type === "callback.reached").length;
        const answered = sums.reduce((sum, one) => sum + one.answered, 0);
        if (answered !== connected - callbacks + reached) throw new Error("answered calls");
        for (const { start, inState } of sums) {
          const within = Object.values(inState).reduce((sum, ms) => sum + ms, 0);
          if (within > endOf("quarter", start, "Asia/Shanghai") - start)
            throw new Error("more than there is");
        }
      }),
      { numRuns: 400 },
    ),
  );
  t.end();
});

t.test("intervals follow one another without a gap, also where clocks are changed", (t) => {
  for (const timeZone of [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
  ])
    for (const step of steps) {
      let start = startOf(step, Date.UTC(2026, 2, 1), timeZone);
      const until = step === "quarter" || step === "hour" ? Date.UTC(2026, 3, 15) : Date.UTC(2028, 0, 1);
      while (start < until) {
        const end = endOf(step, start, timeZone);
        if (end <= start) return t.fail(`${timeZone}: ${step} at ${start} has no end`);
        const inside = [start, start + Math.floor((end - start) / 2), end - 1];
        const starts = inside.map((at) => startOf(step, at, timeZone));
        if (starts.some((one) => one !== start))
          return t.fail(`${timeZone}: ${step} at ${start}: ${starts.join()}`);
        start = end;
      }
    }
  // Clocks in Berlin went forward on 29 March 2026: that day had 23 hours.
  const day = startOf("day", Date.UTC(2026, 2, 29, 12), "Europe/Berlin");
  t.equal(endOf("day", day, "Europe/Berlin") - day, 23 * 3_600_000);
  t.end();
});

t.test("no cell of a table is a formula", (t) => {
  t.equal(
    csv(
      ["name", "n"],
      [
        ["=1+1", 2],
        ['a "b", c', null],
        ["-x", -1.5],
        ["plain", 0],
      ],
    ),
    'name,n\r\n\'=1+1,2\r\n"a ""b"", c",\r\n\'-x,-1.5\r\nplain,0\r\n',
  );
  t.end();
});
