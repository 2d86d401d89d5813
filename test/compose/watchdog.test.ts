import t from "tap";
import { startWatchdog } from "../../src/compose/watchdog.ts";
import { createTestClock } from "../support/test-clock.ts";

t.test("the watchdog is fed while media ticks grow, and only then", (t) => {
  const clock = createTestClock();
  let ticks = 0;
  let fed = 0;
  let stalls = 0;
  const stop = startWatchdog({
    clock,
    everyMs: 2000,
    ticks: () => ticks,
    feed: () => {
      fed++;
    },
    onStall: () => {
      stalls++;
    },
  });
  for (let i = 0; i < 3; i++) {
    ticks += 200;
    clock.advanceSync(2000);
  }
  t.same([fed, stalls], [3, 0]);
  clock.advanceSync(6000);
  t.same([fed, stalls], [3, 1], "standing still: not fed, said once");
  ticks++;
  clock.advanceSync(2000);
  t.equal(fed, 4, "fed again when it moves");
  stop();
  ticks++;
  clock.advanceSync(10_000);
  t.same([fed, stalls, clock.pending], [4, 1, 0]);
  t.end();
});
