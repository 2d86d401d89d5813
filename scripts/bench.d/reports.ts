// Figures of reports: a journal of a million events of distribution folded from the first to the last, on one thread.
import { step, type Unstamped } from "../../src/acd/decide.ts";
import type { AcdEvent } from "../../src/acd/evolve.ts";
import { emptyState } from "../../src/acd/state.ts";
import type { ReportAsk } from "../../src/reports/ask.ts";
import { foldFrom, type Mark, type Marks, type Stored } from "../../src/reports/fold.ts";
import { whatIf } from "../../src/reports/what-if.ts";
import { monthBegan, monthOf } from "../../test/reports/month.ts";
import { question } from "../../test/reports/question.ts";
import type { JournalEvent } from "../../src/shared/journal.ts";
import { figure, type Figure } from "./figure.ts";

const events = 1_000_000;
const agents = 50;

export async function* figures(): AsyncGenerator<Figure> {
  yield* whatIfs();
  const texts = history();
  const end = (JSON.parse(texts.at(-1) ?? "{}") as JournalEvent).at;
  const parse = seconds(() => texts.forEach((text) => JSON.parse(text) as unknown));
  for (const report of ["queues", "agents", "staffing"] as const) {
    const marks = marksInMemory();
    const ask = (step: ReportAsk["step"], from: number) =>
      seconds(() =>
        foldFrom((seq) => read(texts, seq), question(report, { step, from, to: end, now: end }), marks),
      );
    for (const step of ["quarter", "day"] as const)
      yield figure(`reports.${report}-${step}.million`, ask(step, 0), "s", 10, "lower", {
        "reading alone": parse,
      });
    yield figure(`reports.${report}-last-day.million`, ask("quarter", end - 86_400_000), "s", 1, "lower");
    await Promise.resolve();
  }
}

function* read(texts: readonly string[], after: number): Generator<Stored> {
  for (let seq = after; seq < texts.length; seq++)
    yield { seq: seq + 1, event: JSON.parse(texts[seq] ?? "") as JournalEvent };
}

/** Kept as text, as in files. */
function marksInMemory(): Marks {
  const kept = new Map<number, string>();
  return {
    before(at) {
      const last = [...kept.keys()].filter((until) => until <= at).at(-1);
      return last === undefined ? undefined : (JSON.parse(kept.get(last) ?? "") as Mark);
    },
    keep: (mark) => void kept.set(mark.until, JSON.stringify(mark)),
  };
}

function seconds(work: () => void): number {
  const began = performance.now();
  work();
  return Math.round(performance.now() - began) / 1000;
}

/** Callers every twenty seconds, fifty agents who answer them: some months of a call centre. */
function history(): readonly string[] {
  const texts: string[] = [];
  let state = emptyState;
  let at = 1_760_000_000_000;
  const say = (command: Unstamped): readonly AcdEvent[] => {
    const decision = step(state, { ...command, at });
    state = decision.state;
    for (const event of decision.events) texts.push(JSON.stringify(event));
    return decision.events;
  };
  const options = { strategy: "longest-idle", ringMs: 20_000, wrapUpMs: 5000, maxWaitMs: 600_000 };
  say({
    type: "configure",
    queues: ["sales", "support"].map((id) => ({
      ...options,
      id,
      leaveWhenEmpty: false,
      pauseAfterNoAnswers: 0,
    })),
    agents: Array.from({ length: agents }, (_, i) => ({
      number: `${300 + i}`,
      name: "",
      queues: ["sales", "support"],
    })),
  });
  for (let i = 0; i < agents; i++)
    say({ type: "log-in", agent: `${300 + i}`, extension: `${200 + i}`, phone: "free", by: "bench" });
  for (let i = 0; texts.length < events; i++) {
    at += 20_000;
    say({ type: "tick" });
    const [call, queue] = [`c${i}`, i % 2 === 0 ? "sales" : "support"];
    const entered = say({ type: "enter", call, queue, caller: { number: "1" }, priority: 0 });
    const offer = entered.find((event) => event.type === "queue.offered");
    at += 3000;
    if (offer !== undefined) say({ type: "accept", call, offer: offer.offer });
    at += 60_000;
    say({ type: "leave", call, reason: "completed-by-caller" });
  }
  return texts;
}

/** A month of a hundred thousand calls, replayed as it was and with one agent more, and how the spread of that is found. */
function* whatIfs(): Generator<Figure> {
  const journal = monthOf({
    calls: 100_000,
    agents: 14,
    everyMs: 16_000,
    talkMs: 180_000,
    patienceMs: 120_000,
  });
  const to = monthBegan + 40 * 86_400_000;
  const taken = seconds(() =>
    whatIf(journal, {
      from: monthBegan,
      to,
      timeZone: "Asia/Shanghai",
      thresholdMs: {},
      shortMs: 5000,
      change: { more: { "301": 1 } },
    }),
  );
  yield figure("reports.what-if.month", taken, "s", 60, "lower");
}
