// Alarms and counters over time, as pure values.
import fc from "fast-check";
import t from "tap";
import type { SpanCounters } from "../../src/boards/board.ts";
import { alarmRecords, emptyAlarmLog, logAlarms } from "../../src/lines/alarm-log.ts";
import { beginCounters, counterRecords, logCounters } from "../../src/lines/counter-log.ts";

const hour = 3_600_000;
const zero: SpanCounters = {
  bipolarViolations: 0,
  crc4Errors: 0,
  eBitErrors: 0,
  frameAlignmentErrors: 0,
  framingErrors: 0,
  codeViolations: 0,
  bitErrors: 0,
  erroredSeconds: 0,
  irqMisses: 0,
  timingSlips: 0,
};

t.test("alarms: when last, how long, how often", (t) => {
  let log = logAlarms(emptyAlarmLog, [], 0);
  t.strictSame(alarmRecords(log, 0), []);
  log = logAlarms(log, ["RED", "LOS"], 1000);
  log = logAlarms(log, ["RED"], 2000);
  t.strictSame(alarmRecords(log, 2000), [
    { alarm: "RED", active: true, lastBegin: 1000, count: 1, lastDay: 1 },
    { alarm: "LOS", active: false, lastBegin: 1000, lastEnd: 2000, count: 1, lastDay: 1 },
  ]);
  log = logAlarms(logAlarms(log, [], 3000), ["RED"], 20 * hour);
  t.match(alarmRecords(log, 20 * hour)[0], { lastBegin: 20 * hour, lastEnd: 3000, count: 2, lastDay: 2 });
  t.match(alarmRecords(log, 25 * hour)[0], { count: 2, lastDay: 1 }, "a day later the first is forgotten");
  t.equal(logAlarms(log, ["RED"], 21 * hour)[0], log[0], "the same alarm again is none");
  t.end();
});

t.test("alarms: a flapping span keeps its count and no endless list", (t) => {
  let log = emptyAlarmLog;
  for (let at = 0; at < 5000; at += 2) log = logAlarms(logAlarms(log, ["RED"], at), [], at + 1);
  t.match(alarmRecords(log, 5000), [{ count: 2500, lastDay: 1000 }]);
  t.end();
});

t.test("counters: growth since start and over a day, and a driver that begins anew", (t) => {
  let log = beginCounters({ ...zero, crc4Errors: 100 });
  t.strictSame(counterRecords(log), [{ counter: "crc4Errors", total: 100, sinceStart: 0, lastDay: 0 }]);
  t.equal(logCounters(log, log.last, hour), log, "nothing counted, nothing changed");
  log = logCounters(log, { ...zero, crc4Errors: 107, irqMisses: 1 }, hour);
  log = logCounters(log, { ...zero, crc4Errors: 108, irqMisses: 1 }, hour + 1);
  t.equal(log.quarters.length, 1);
  log = logCounters(log, { ...zero, crc4Errors: 2 }, 20 * hour);
  t.strictSame(counterRecords(log), [
    { counter: "crc4Errors", total: 2, sinceStart: 10, lastDay: 10 },
    { counter: "irqMisses", total: 0, sinceStart: 1, lastDay: 1 },
  ]);
  log = logCounters(log, { ...zero, crc4Errors: 2 }, 26 * hour);
  t.match(counterRecords(log)[0], { sinceStart: 10, lastDay: 2 }, "a day later only the later ones");
  t.end();
});

t.test("counters: what is counted since start is the sum of what grew", (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1000 })), (growths) => {
      let log = beginCounters(zero);
      let total = 0;
      growths.forEach((grown, i) => {
        total += grown;
        log = logCounters(log, { ...zero, erroredSeconds: total }, i * hour);
      });
      const record = counterRecords(log).find(({ counter }) => counter === "erroredSeconds");
      return (record?.sinceStart ?? 0) === total && log.quarters.length <= 25;
    }),
  );
  t.pass("for any growth");
  t.end();
});
