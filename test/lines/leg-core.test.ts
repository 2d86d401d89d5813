// The leg itself: states go forward only, nothing is told after the release, digits only while connected.
import t from "tap";
import { createLegCore, relayDigits } from "../../src/lines/leg-core.ts";
import type { LineInfo } from "../../src/lines/leg.ts";
import { dialled } from "../../src/lines/numbers.ts";
import { createSequence } from "../../src/lines/sequence.ts";
import { createFakeMedia } from "../support/fake-media.ts";
import { createTestClock } from "../support/test-clock.ts";
import { listen } from "./rig.ts";

const line: LineInfo = {
  id: "1/1",
  kind: "isdn",
  span: 1,
  position: 1,
  channel: 1,
  name: "",
  state: "in-use",
};

function rig(direction: "in" | "out") {
  const asked: string[] = [];
  const errors: unknown[] = [];
  const core = createLegCore({
    id: "leg",
    direction,
    calling: dialled("1"),
    called: dialled("2"),
    line: () => line,
    onListenerError: (error) => errors.push(error),
    actions: {
      proceed: () => asked.push("proceed"),
      alert: (inband) => asked.push(`alert ${inband}`),
      answer: () => asked.push("answer"),
      release(cause) {
        asked.push(`release ${cause}`);
        core.end(cause, "local");
      },
    },
  });
  return { core, leg: core.leg, asked, errors };
}

t.test("commands of an incoming leg: each once, and never backwards", (t) => {
  const { leg, asked } = rig("in");
  leg.alert({ inband: true });
  leg.proceed();
  leg.alert();
  leg.answer();
  leg.answer();
  leg.alert();
  leg.release(17);
  leg.release();
  leg.answer();
  t.strictSame(asked, ["alert true", "answer", "release 17"]);
  t.end();
});

t.test("an outgoing leg has no such commands", (t) => {
  const { leg, asked } = rig("out");
  leg.proceed();
  leg.alert();
  leg.answer();
  t.strictSame(asked, []);
  t.equal(leg.state, "offered");
  t.end();
});

t.test("events advance the state; late ones are dropped; nothing follows the release", (t) => {
  const { core, leg } = rig("out");
  const heard = listen(leg);
  core.tell({ type: "alerting", inband: false });
  core.tell({ type: "proceeding" });
  t.equal(leg.state, "alerting");
  core.tell({ type: "progress", inband: true });
  core.tell({ type: "answered" });
  core.tell({ type: "answered" });
  core.end(16, "remote");
  core.end(31, "fault");
  core.tell({ type: "flash" });
  t.strictSame(heard, ["alerting", "progress inband", "answered", "released 16 remote"]);
  t.end();
});

t.test("a listener that throws does not keep others from being told", (t) => {
  const { core, leg, errors } = rig("out");
  leg.events.on(() => {
    throw new Error("mine");
  });
  const heard = listen(leg);
  core.tell({ type: "answered" });
  t.strictSame(heard, ["answered"]);
  t.match(errors, [{ message: "mine" }]);
  t.end();
});

t.test("digits are detected while connected, and sent only then", async (t) => {
  const clock = createTestClock();
  const media = createFakeMedia({ clock });
  const port = media.open({ kind: "pair", pair: "p", side: "near", law: "alaw" });
  const fake = media.openPorts[0];
  const { core, leg } = rig("out");
  core.attach(port);
  relayDigits(port, core);
  leg.sendDigits("1");
  t.equal(fake?.detecting, false);
  t.strictSame(fake?.played, []);
  core.tell({ type: "answered" });
  t.equal(fake?.detecting, true);
  leg.sendDigits("1");
  t.match(fake?.played, [{ kind: "digits", digits: "1" }]);
  const heard = listen(leg);
  fake?.press("4");
  await clock.advance(200);
  t.strictSame(heard, ["digit-begin 4", "digit 4 dtmf"]);
  core.end(16, "local");
  t.equal(leg.media, undefined);
  leg.sendDigits("2");
  t.equal(fake?.played.length, 1);
});

t.test("a sequence: at once, in order, past errors, and not after stop", async (t) => {
  const errors: unknown[] = [];
  const order: string[] = [];
  const sequence = createSequence((error) => errors.push(error));
  const gate = Promise.withResolvers<undefined>();
  sequence.push(() => order.push("a"));
  t.strictSame(order, ["a"]);
  sequence.push(() => {
    throw new Error("sync");
  });
  sequence.push(async () => {
    await gate.promise;
    throw new Error("later");
  });
  sequence.push(() => order.push("b"));
  t.strictSame(order, ["a"]);
  gate.resolve(undefined);
  await new Promise(setImmediate);
  t.strictSame(order, ["a", "b"]);
  t.match(errors, [{ message: "sync" }, { message: "later" }]);
  sequence.stop();
  sequence.push(() => order.push("c"));
  t.strictSame(order, ["a", "b"]);
});
