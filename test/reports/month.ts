// A month of a queue made by chance, by the plainest simulation there is: callers who come at random, so many agents, first come
// first served. Nothing of distribution's own is in it.
import { createDice } from "../support/dice.ts";
import { dated, type JournalEntry, type JournalEvent } from "../../src/shared/journal.ts";

export interface Month {
  readonly calls: number;
  readonly agents: number;
  /** Between two callers, on the average. */
  readonly everyMs: number;
  readonly talkMs: number;
  /** On the average; Infinity: nobody gives up. */
  readonly patienceMs: number;
  readonly seed?: number;
}

export const monthBegan = Date.UTC(2026, 9, 1);

export function monthOf({
  calls,
  agents,
  everyMs,
  talkMs,
  patienceMs,
  seed = 4711,
}: Month): readonly JournalEvent[] {
  const random = createDice(seed);
  const exponential = (mean: number): number =>
    mean === Infinity ? Infinity : -mean * Math.log(1 - random());
  const events: { at: number; order: number; entry: JournalEntry }[] = [];
  const say = (at: number, entry: JournalEntry): void =>
    void events.push({ at: Math.round(at), order: events.length, entry });
  const queue = "sales";
  const numbers = Array.from({ length: agents }, (_, n) => `${301 + n}`);
  say(monthBegan - 1000, {
    type: "acd.configured",
    queues: [
      {
        id: queue,
        strategy: "longest-idle",
        ringMs: 20_000,
        wrapUpMs: 0,
        maxWaitMs: 86_400_000,
        leaveWhenEmpty: false,
        pauseAfterNoAnswers: 0,
      },
    ],
    agents: numbers.map((number) => ({ number, name: number, queues: [queue] })),
  });
  for (const agent of numbers)
    say(monthBegan - 500, { type: "agent.logged-in", agent, extension: agent, by: "month" });
  const freeAt = new Map(numbers.map((number) => [number, monthBegan]));
  let at = monthBegan;
  for (let n = 0; n < calls; n++) {
    at += exponential(everyMs);
    const call = `M${n}`;
    const [patience, talk] = [exponential(patienceMs), exponential(talkMs)];
    let [agent, free] = ["", Infinity];
    for (const [number, when] of freeAt) if (when < free) [agent, free] = [number, when];
    const begin = Math.max(at, free);
    say(at, {
      type: "queue.entered",
      call,
      queue,
      caller: { number: "1" },
      priority: 0,
      until: Math.round(at) + 86_400_000,
    });
    const waitedMs = Math.round(Math.min(begin - at, patience));
    if (begin - at > patience) {
      say(at + patience, {
        type: "queue.left",
        call,
        queue,
        reason: "abandoned",
        waitedMs,
        talkedMs: 0,
        position: 1,
      });
      continue;
    }
    freeAt.set(agent, begin + talk);
    say(begin, { type: "queue.connected", call, queue, offer: "1", agent, waitedMs, ringMs: 0 });
    say(begin + talk, {
      type: "queue.left",
      call,
      queue,
      agent,
      reason: "completed-by-caller",
      waitedMs,
      talkedMs: Math.round(talk),
      position: 0,
    });
  }
  return events
    .sort((a, b) => a.at - b.at || a.order - b.order)
    .map(({ at: when, entry }) => dated(entry, when));
}
