// B-channels that failed: restarted, and in the end used again whatever the exchange says.
import t from "tap";
import { createChannelCare } from "../../src/lines/isdn/channel-care.ts";
import { silentLogger } from "../../src/shared/log.ts";
import type { Request } from "../../src/signalling/isdn/types.ts";
import { createTestClock } from "../support/test-clock.ts";

function rig(blocked = false) {
  const clock = createTestClock();
  const requests: string[] = [];
  const care = createChannelCare({
    clock,
    log: silentLogger,
    pauseMs: 10_000,
    answerMs: 4000,
    blocked: () => blocked,
    request(request: Request) {
      if (request.type === "RestartRequest") requests.push(`restart ${request.channels?.join() ?? "all"}`);
      else if (request.type === "ChannelRequest")
        requests.push(`${request.blocked ? "block" : "unblock"} ${request.channel}`);
      else requests.push(request.type);
    },
  });
  return { clock, requests, care };
}

for (const blocked of [false, true]) {
  t.test(
    `an exchange that answers no RESTART: on trial after three, ${blocked ? "" : "not "}blocked`,
    async (t) => {
      const { clock, requests, care } = rig(blocked);
      for (let round = 0; round < 4; round++) {
        care.changed(3, "failed");
        await clock.advance(10_000);
        care.changed(3, "restarting");
      }
      t.strictSame(requests, ["restart 3", "restart 3", "restart 3", blocked ? "block 3" : "unblock 3"]);
      care.changed(3, "idle");
      care.changed(3, "failed");
      await clock.advance(10_000);
      t.equal(requests.at(-1), "restart 3", "and from the beginning when it fails again");
      care.stop();
      t.equal(clock.pending, 0);
    },
  );
}

t.test("a channel that works again is counted anew", async (t) => {
  const { clock, requests, care } = rig();
  for (let round = 0; round < 9; round++) {
    care.changed(1, "failed");
    await clock.advance(10_000);
    if (round % 2 === 1) care.changed(1, "idle");
  }
  t.ok(requests.every((request) => request === "restart 1"));
  care.stop();
  t.equal(clock.pending, 0);
});

t.test("a test is answered, not answered in time, or cut short", async (t) => {
  const { clock, requests, care } = rig();
  const good = care.test(1);
  care.confirmed([2]);
  care.confirmed([1]);
  t.equal(await good, true);
  const late = care.test(1);
  await clock.advance(9000);
  t.equal(await late, false);
  const failed = care.test(1);
  care.changed(1, "failed");
  t.equal(await failed, false);
  const cut = care.test(2);
  care.linkDown();
  t.equal(await cut, false);
  const closed = care.test(2);
  care.stop();
  t.equal(await closed, false);
  t.equal(requests.filter((request) => request.startsWith("restart")).length, 5);
  t.equal(clock.pending, 0);
});
