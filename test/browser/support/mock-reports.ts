// A made-up past of the mock office, out of which the real reports are made.
import type { ReportAsk } from "../../../src/reports/ask.ts";
import { inWords } from "../../../src/reports/definitions.ts";
import { fold } from "../../../src/reports/fold.ts";
import { dated, type JournalEntry, type JournalEvent } from "../../../src/shared/journal.ts";
import { localMidnight } from "../../../src/shared/local-time.ts";
import type { ReportName, ReportQuery, ReportReply, WhatIf } from "../../../src/web/api/reports.ts";
import { whatIf } from "../../../src/reports/what-if.ts";

const timeZone = "Asia/Shanghai";
const agents = ["301", "302", "303", "304"];
/** Calls begin so often in each hour from 8 to 18. */
const perHour = [3, 9, 14, 12, 7, 8, 13, 15, 10, 5, 2];
const callers = [
  "13800138001",
  "075588880001",
  "01065550100",
  "02155501234",
  "13900139002",
  "00442079460018",
];

/** The days before `now`, and today up to then. */
function journalOf(now: number, days: number): readonly JournalEvent[] {
  const events: JournalEvent[] = [];
  let dice = 20_261_128;
  const random = (): number => {
    dice = (dice * 48_271) % 2_147_483_647;
    return dice / 2_147_483_647;
  };
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const say = (at: number, entry: JournalEntry): void => void events.push(dated(entry, Math.round(at)));
  let n = 0;
  for (let day = days; day >= 0; day--) {
    const midnight = localMidnight(localMidnight(now, timeZone) - day * 86_400_000 + 43_200_000, timeZone);
    for (const [i, agent] of agents.entries()) {
      const begin = midnight + 8 * 3_600_000 + i * 240_000;
      say(begin, { type: "agent.logged-in", agent, extension: `20${i + 2}`, by: "phone" });
      const lunch = midnight + (11.5 + i * 0.5) * 3_600_000;
      say(lunch, { type: "agent.paused", agent, reason: "lunch", by: "phone" });
      say(lunch + 2_400_000 + random() * 900_000, { type: "agent.ready", agent, by: "phone" });
      say(midnight + 18 * 3_600_000 + random() * 1_200_000, { type: "agent.logged-out", agent, by: "phone" });
    }
    for (const [hour, count] of perHour.entries())
      for (let c = 0; c < count; c++) {
        const call = `P${++n}`;
        let at = midnight + (8 + hour + random()) * 3_600_000;
        const number = pick(callers);
        const group = random() < 0.8 ? "city" : "analog";
        const [queue, agent] = [pick(["sales", "support"]), pick(agents)];
        const leg = `${call}a`;
        say(at, {
          type: "call.started",
          call,
          direction: "in",
          caller: { number },
          called: pick(["88880000", "88880001", "88880002"]),
          line: "1/1",
          group,
        });
        say(at, {
          type: "leg.added",
          call,
          leg,
          role: "caller",
          direction: "in",
          line: "1/1",
          number,
          group,
        });
        say((at += 500), { type: "ivr.entered", call, flow: "main" });
        say(at, { type: "ivr.node", call, flow: "main", node: "welcome" });
        say((at += 4000), { type: "ivr.node", call, flow: "main", node: "menu" });
        if (random() < 0.12) {
          say(at + 6000, { type: "call.ended", call, cause: 16, by: "caller" });
          continue;
        }
        say((at += 3000), {
          type: "ivr.digit",
          call,
          flow: "main",
          node: "menu",
          digit: queue === "sales" ? "1" : "2",
        });
        say(at, { type: "ivr.left", call, flow: "main", outcome: `queue:${queue}` });
        const until = at + 600_000;
        say(at, {
          type: "queue.entered",
          call,
          queue,
          caller: { number },
          priority: 0,
          until,
          estimateMs: 12_000,
        });
        const waitedMs = Math.round(-14_000 * Math.log(1 - random()));
        const gaveUp = waitedMs > 40_000 || random() < 0.03;
        if (gaveUp) {
          say((at += Math.min(waitedMs, 60_000)), {
            type: "queue.left",
            call,
            queue,
            reason: "abandoned",
            waitedMs: Math.min(waitedMs, 60_000),
            talkedMs: 0,
            position: 1,
          });
          say(at, { type: "call.ended", call, cause: 16, by: "caller" });
          continue;
        }
        say((at += waitedMs), {
          type: "queue.connected",
          call,
          queue,
          offer: "1",
          agent,
          waitedMs,
          ringMs: 3000,
        });
        say(at, { type: "call.joined", call, legs: [leg, `${call}b`] });
        const talkedMs = Math.round(40_000 - 150_000 * Math.log(1 - random()));
        say((at += talkedMs), {
          type: "queue.left",
          call,
          queue,
          agent,
          reason: "completed-by-caller",
          waitedMs,
          talkedMs,
          position: 0,
        });
        if (random() < 0.3)
          say(at, { type: "call.rated", call, score: pick([3, 4, 5, 5, 5]), highest: 5, agent, queue });
        say(at, { type: "leg.ended", call, leg, cause: 16, by: "remote" });
        say(at, { type: "call.ended", call, cause: 16, by: "caller" });
        say(at + 3000, {
          type: "call.coded",
          call,
          code: pick(["order", "repair", "price"]),
          agent,
          queue,
          by: agent,
        });
      }
  }
  const configured = dated(
    {
      type: "acd.configured",
      queues: ["sales", "support"].map((id) => ({
        id,
        strategy: "longest-idle",
        ringMs: 20_000,
        wrapUpMs: 10_000,
        maxWaitMs: 600_000,
        leaveWhenEmpty: true,
        pauseAfterNoAnswers: 2,
      })),
      agents: agents.map((number) => ({ number, name: number, queues: ["sales", "support"] })),
    },
    now - (days + 1) * 86_400_000,
  );
  return [configured, ...events.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at)];
}

export function reportOf(report: ReportName, query: ReportQuery, now: number): ReportReply {
  const ask: ReportAsk = {
    report,
    by: query.by ?? "none",
    from: query.from,
    to: query.to,
    step: query.step ?? "day",
    timeZone,
    thresholdMs: { sales: 20_000, support: 20_000 },
    shortMs: 5000,
    repeatMs: 3 * 86_400_000,
    country: "cn",
    areaCode: "755",
    shifts: [],
    target: (query.target ?? 80) / 100,
    now,
  };
  return { timeZone, ...inWords(report, fold(journalOf(now, 30), ask), query.language) };
}

export function whatIfOf({ from, to, without = [], more = {}, language }: WhatIf, now: number): ReportReply {
  const ask = { from, to, timeZone, thresholdMs: {}, shortMs: 5000, change: { without, more } };
  return { timeZone, ...inWords("what-if", whatIf(journalOf(now, 30), ask), language) };
}
