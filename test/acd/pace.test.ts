// What callers are told of their wait, measured against what then happened: a day of a queue by chance, seconds as they come.
import t from "tap";
import { nextDue, positionOf, step, type AcdCommand } from "../../src/acd/decide.ts";
import type { AcdEvent } from "../../src/acd/evolve.ts";
import { estimate } from "../../src/acd/pace.ts";
import { emptyState, type AcdState } from "../../src/acd/state.ts";
import { agents, sales } from "./office.ts";

let dice = 7;
const random = (): number => {
  dice = (dice * 48_271) % 2_147_483_647;
  return dice / 2_147_483_647;
};
const exponential = (mean: number): number => -mean * Math.log(1 - random());

interface Wait {
  readonly estimateMs: number;
  readonly waitedMs: number;
}

/** Five agents, 180 s each call, and callers faster than they can be served now and then. */
function day(arrivalEveryMs: number): readonly Wait[] {
  const staff = [1, 2, 3, 4, 5].map((n) => ({ ...agents[0], number: `30${n}`, name: "", queues: ["sales"] }));
  const todo: { at: number; give: (at: number) => AcdCommand }[] = [];
  const add = (at: number, give: (at: number) => AcdCommand): void => {
    todo.push({ at, give });
    todo.sort((a, b) => a.at - b.at);
  };
  let state: AcdState = emptyState;
  const entered = new Map<string, number>();
  const waits: Wait[] = [];
  const run = (command: AcdCommand): void => {
    const decision = step(state, command);
    state = decision.state;
    for (const event of decision.events) happened(event);
  };
  const happened = (event: AcdEvent): void => {
    if (event.type === "queue.entered" && event.estimateMs !== undefined)
      entered.set(event.call, event.estimateMs);
    if (event.type === "queue.offered") {
      const { call, offer } = event;
      add(event.at + 3000, (at) => ({ type: "accept", call, offer, at }));
    }
    if (event.type !== "queue.connected") return;
    const { call, waitedMs } = event;
    const estimateMs = entered.get(call);
    if (estimateMs !== undefined) waits.push({ estimateMs, waitedMs });
    add(event.at + exponential(180_000), (at) => ({
      type: "leave",
      call,
      reason: "completed-by-caller",
      at,
    }));
  };
  run({ type: "configure", queues: [{ ...sales, maxWaitMs: 10 * 3_600_000 }], agents: staff, at: 0 });
  for (const { number } of staff)
    run({ type: "log-in", agent: number, extension: number, phone: "free", by: "x", at: 0 });
  for (let at = 0, n = 0; at < 8 * 3_600_000; n++) {
    at += exponential(arrivalEveryMs);
    const call = `C${n}`;
    add(at, (when) => ({
      type: "enter",
      call,
      queue: "sales",
      caller: { number: call },
      priority: 0,
      at: when,
    }));
  }
  for (let next = todo[0]; next !== undefined; next = todo[0]) {
    const due = nextDue(state);
    if (due !== undefined && due < next.at) run({ type: "tick", at: due });
    else run((todo.shift() ?? next).give(next.at));
  }
  return waits;
}

t.test("the wait that is said is the wait that comes, on the average", (t) => {
  // Each call takes 193 s of an agent with ring and wrap-up: full, nearly full, and more than full.
  for (const every of [42_000, 38_600, 36_000]) {
    const waits = day(every).filter(({ waitedMs }) => waitedMs > 20_000);
    const mean = (of: (wait: Wait) => number): number =>
      waits.reduce((sum, wait) => sum + of(wait), 0) / waits.length;
    const [said, was] = [mean((wait) => wait.estimateMs), mean((wait) => wait.waitedMs)];
    const off = mean(({ estimateMs, waitedMs }) => Math.abs(estimateMs - waitedMs));
    t.comment(
      `a caller every ${every / 1000} s: ${waits.length} waited, ${Math.round(was / 1000)} s; said ${Math.round(said / 1000)} s, off by ${Math.round(off / 1000)} s`,
    );
    t.ok(waits.length > 100);
    t.ok(Math.abs(said - was) < 0.15 * was, "without a lean");
    t.ok(off < 0.35 * was, "and not far off");
  }
  t.end();
});

t.test("with somebody free it is nothing, with nothing known nothing is said", (t) => {
  const state = step(emptyState, { type: "configure", queues: [sales], agents, at: 0 }).state;
  const { sales: queue } = state.queues;
  t.ok(queue);
  if (queue === undefined) return t.end();
  t.equal(estimate(queue, 1), undefined);
  const in1 = step(state, { type: "log-in", agent: "301", extension: "201", phone: "free", by: "x", at: 1 });
  t.equal(estimate(in1.state.queues["sales"] ?? queue, 1), 0);
  t.equal(positionOf(in1.state, "nobody"), 0);
  t.end();
});
