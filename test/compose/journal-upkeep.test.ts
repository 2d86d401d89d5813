// Old events are made anonymous and removed by the settings' days; what reports had made of them goes where names go.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { journalUpkeep } from "../../src/compose/journal-upkeep.ts";
import { createTestClock } from "../support/test-clock.ts";

const day = 86_400_000;

for (const { anonymiseDays, marksStay } of [
  { anonymiseDays: 0, marksStay: true },
  { anonymiseDays: 30, marksStay: false },
])
  t.test(`numbers are taken out after ${anonymiseDays} days`, async (t) => {
    const clock = createTestClock();
    const marks = join(t.testdir(), "report-marks");
    mkdirSync(marks);
    writeFileSync(join(marks, "calls-1.json"), "a caller's number");
    const asked: unknown[] = [];
    const upkeep = journalUpkeep({
      storage: {
        age(what) {
          t.ok(
            existsSync(marks) || asked.length > 0,
            "the journal first: a mark made meanwhile would be of the old one",
          );
          asked.push(what);
          return Promise.resolve();
        },
      },
      settings: () => ({ keepDays: 400, anonymiseDays }),
      clock,
      marks,
    });
    await upkeep();
    const removeBefore = clock.now() - 400 * day;
    t.same(asked, [
      marksStay ? { removeBefore } : { removeBefore, anonymiseBefore: clock.now() - anonymiseDays * day },
    ]);
    t.equal(existsSync(marks), marksStay);
    await upkeep();
    t.equal(asked.length, 2, "again, though there are no marks");
  });
