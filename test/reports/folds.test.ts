// Reports as folds over histories made by chance: incremental is from scratch, in is out, time in states adds up exactly.
import fc from "fast-check";
import t from "tap";
import { reportIds, type ReportAsk, type ReportId } from "../../src/reports/ask.ts";
import { csv } from "../../src/reports/csv.ts";
import { fold, foldFrom, markName, reports, type Mark } from "../../src/reports/fold.ts";
import { endOf, startOf, steps } from "../../src/reports/intervals.ts";
import type { Table } from "../../src/reports/report.ts";
import type { JournalEvent } from "../../src/shared/journal.ts";
import { history, office, run } from "../acd/histories.ts";
import { callJournal } from "./journals.ts";
import { question } from "./question.ts";

const kept = <T>(state: T): T => JSON.parse(JSON.stringify(state)) as T;

/** A report made in two parts, its state kept as text in between. */
function inParts(journal: readonly JournalEvent[], cut: number, asked: ReportAsk): unknown {
  const { types, empty, take, table } = reports[asked.report];
  const wanted: ReadonlySet<string> = new Set(types);
  let state = empty();
  for (const [i, event] of journal.entries()) {
    if (i === cut) state = kept(state);
    if (wanted.has(event.type)) take(state, event, asked);
  }
  return table(state, asked);
}

/** From marks that earlier questions left, each kept as text. */
function fromMarks(journal: readonly JournalEvent[], markEvery: number) {
  const marks = new Map<string, Mark[]>();
  const stored = journal.map((event, i) => ({ seq: i + 1, event }));
  return (asked: ReportAsk): { readonly table: Table; readonly skipped: number } => {
    const own = marks.get(markName(asked)) ?? [];
    marks.set(markName(asked), own);
    let skipped = 0;
    const table = foldFrom(
      (seq) => {
        skipped = seq;
        return stored.slice(seq);
      },
      asked,
      {
        before(at) {
          const [last] = own.filter(({ until }) => until <= at).sort((a, b) => b.until - a.until);
          return last && kept(last);
        },
        keep: (mark) => void own.push(kept(mark)),
      },
      markEvery,
    );
    return { table, skipped };
  };
}

t.test("from a mark, the figures are the same to the last digit", (t) => {
  let skipped = 0;
  const moment = fc.integer({ min: -10_000, max: 900_000 });
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(
        office,
        history,
        callJournal,
        fc.array(fc.tuple(moment, moment), { minLength: 2, maxLength: 4 }),
        fc.constantFrom(5000, 60_000),
        fc.constantFrom(1, 100),
        (settings, told, calls, spans, markEvery, slower) => {
          const { journal } = run(settings, told);
          const began = calls[0]?.at ?? 0;
          for (const events of [journal, calls.map((event) => ({ ...event, at: event.at - began }))]) {
            const slow = events.map((event) => ({ ...event, at: event.at * slower }));
            const answer = fromMarks(slow, markEvery * slower);
            for (const report of reportIds)
              for (const [from, to] of spans)
                for (const step of ["whole", "quarter", "hour"] as const) {
                  const asked = question(report, {
                    step,
                    from: Math.min(from, to) * slower,
                    to: (Math.max(from, to) + 1) * slower,
                    by: report === "calls" ? "code" : "none",
                    repeatMs: 200_000 * slower,
                    shifts: [{ agent: "301", from: 1000 * slower, to: 400_000 * slower }],
                  });
                  const made = answer(asked);
                  skipped += made.skipped;
                  if (JSON.stringify(made.table) !== JSON.stringify(fold(slow, asked)))
                    throw new Error(`${report} by ${step} differs, from event ${made.skipped}`);
                }
          }
        },
      ),
      { numRuns: 150 },
    ),
  );
  t.ok(skipped > 10_000, `${skipped} events were not read again`);
  t.end();
});

type Numbers = Readonly<Record<string, number>>;
const rowsOf = (journal: readonly JournalEvent[], asked: ReportAsk): readonly Numbers[] =>
  fold(journal, asked).rows as readonly Numbers[];

t.test("gone on with in the middle, the figures are the same to the last digit", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(office, history, callJournal, fc.nat(80), (settings, told, calls, cut) => {
        const { journal } = run(settings, told);
        for (const report of reportIds)
          for (const events of [journal, calls])
            for (const by of report === "calls"
              ? (["none", "area", "skill", "code"] as const)
              : (["none"] as const)) {
              const asked = question(report, { by, shifts: [{ agent: "301", from: 1000, to: 400_000 }] });
              if (JSON.stringify(inParts(events, cut, asked)) !== JSON.stringify(fold(events, asked)))
                throw new Error(`${report} by ${by} differs`);
            }
      }),
      { numRuns: 80 },
    ),
  );
  t.end();
});

const waysOut = [
  "answered",
  "abandoned",
  "timedOut",
  "nobodyThere",
  "full",
  "closed",
  "byKey",
  "toCallBack",
  "restarted",
  "waiting",
];

t.test("every call that came in went out in one way, or waits; distribution counts the same", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(office, history, (settings, told) => {
        const plain = told.filter(({ command }) => command.type !== "begin-day");
        const { journal, state } = run(settings, plain);
        const figures = rowsOf(journal, question("queues"));
        for (const one of figures) {
          const ways = waysOut.reduce((sum, way) => sum + (one[way] ?? 0), 0);
          if (one["offered"] !== ways) throw new Error(`${one["queue"]}: in is not out`);
        }
        for (const [id, queue] of Object.entries(state.queues)) {
          const own = figures.filter((one) => String(one["queue"]) === id);
          const together = (name: string): number => own.reduce((sum, one) => sum + (one[name] ?? 0), 0);
          const abandoned = together("abandoned");
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
          const spoken = together("answered") + together("callbacksReached");
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
        const sums = rowsOf(journal, question("agents", { now: last }));
        const inStates = (row: Numbers): number =>
          Object.entries(row).reduce((sum, [name, ms]) => sum + (name.startsWith("state ") ? ms : 0), 0);
        for (const { number } of settings.agents) {
          const own = sums.filter((row) => String(row["agent"]) === number);
          const spent = own.reduce((sum, row) => sum + inStates(row), 0);
          if (spent !== last) throw new Error(`${number}: ${spent} of ${last}`);
        }
        const connected = journal.filter(({ type }) => type === "queue.connected").length;
        const callbacks = journal.filter(
          (event) => event.type === "queue.connected" && "XY".includes(event.call),
        ).length;
        const reached = journal.filter(({ type }) => type === "callback.reached").length;
        const answered = sums.reduce((sum, one) => sum + (one["answered"] ?? 0), 0);
        if (answered !== connected - callbacks + reached) throw new Error("answered calls");
        for (const row of sums) {
          const start = row["start"] ?? 0;
          if (inStates(row) > endOf("quarter", start, "Asia/Shanghai") - start)
            throw new Error("more than there is");
        }
      }),
      { numRuns: 400 },
    ),
  );
  t.end();
});

t.test("asked about as a whole, the sums are those of all intervals together", (t) => {
  const summed: Readonly<Partial<Record<ReportId, readonly string[]>>> = {
    queues: ["offered", "answered", "waitMs", "wrapUpMs", "noAnswers"],
    agents: ["answered", "talkMs", "logIns"],
    calls: ["calls", "incoming", "answered", "talkMs", "repeated"],
    trunks: ["incoming", "outgoing", "busyMs", "fullMs", "timesFull"],
    flows: ["visits", "contained", "hungUp"],
  };
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(office, history, callJournal, (settings, told, calls) => {
        const { journal } = run(settings, told);
        for (const [report, names] of Object.entries(summed) as [ReportId, readonly string[]][])
          for (const events of [journal, calls]) {
            const parts = rowsOf(events, question(report));
            const whole = rowsOf(events, question(report, { step: "whole" }));
            for (const name of names) {
              const sum = (rows: readonly Numbers[]): number =>
                rows.reduce((all, row) => all + (row[name] ?? 0), 0);
              if (sum(parts) !== sum(whole))
                throw new Error(`${report}: ${name} ${sum(parts)} ${sum(whole)}`);
            }
          }
      }),
      { numRuns: 80 },
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
