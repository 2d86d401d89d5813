// Whole calls between a user side and a network side, PRI and BRI, en bloc and overlap, cleared everywhere.
import t from "tap";
import { createTestClock } from "../../support/test-clock.ts";
import { answering, join, remains } from "./joined.ts";

const called = { digits: "5551000", type: "unknown", plan: "isdn" } as const;

t.test("a PRI call each way, answered and cleared by each side", (t) => {
  for (const [from, to] of [
    ["user", "network"],
    ["network", "user"],
  ] as const) {
    for (const clears of ["caller", "callee"] as const) {
      const clock = createTestClock();
      const joined = join(clock);
      answering(joined.user);
      answering(joined.network);
      joined.layer1(true);
      clock.advanceSync(100);
      t.equal(joined.user.last("DataLinkIndication").up, true);
      joined[from].request({ type: "SetupRequest", call: "one", called });
      clock.advanceSync(100);
      t.same(joined[from].names("one"), ["ProceedingIndication", "AlertingIndication", "SetupConfirm"]);
      t.same(joined[to].names("in-1"), ["SetupIndication", "SetupCompleteIndication"]);
      const { channel } = joined[from].last("SetupConfirm");
      t.equal(channel, from === "user" ? 31 : 1);
      t.equal(joined[to].last("SetupIndication").called?.digits, "5551000");
      const [first, second, call] =
        clears === "caller" ? [joined[from], joined[to], "one"] : [joined[to], joined[from], "in-1"];
      first.request({ type: "DisconnectRequest", call, cause: 16 });
      clock.advanceSync(100);
      t.equal(first.last("ReleaseConfirm").cause.value, 16);
      t.equal(second.last("DisconnectIndication").cause.value, 16);
      t.equal(second.last("ReleaseConfirm").cause.value, 16);
      t.same(
        [remains(first), remains(second)],
        [
          { calls: 0, busy: 0 },
          { calls: 0, busy: 0 },
        ],
      );
      t.same([...joined.user.timers.keys(), ...joined.network.timers.keys()], ["link/T203", "link/T203"]);
    }
  }
  t.end();
});
