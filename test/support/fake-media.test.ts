// The fake engine keeps the promises of the real one that other rooms' tests lean on.
import t from "tap";
import type { PortEvent } from "../../src/media/engine.ts";
import { createFakeMedia } from "./fake-media.ts";
import { createTestClock } from "./test-clock.ts";

const pair = (side: "near" | "far") => ({ kind: "pair", pair: "a", side, law: "alaw" }) as const;

t.test("a playback ends by itself, is replaced, stopped, finished or closed: always once", async (t) => {
  const clock = createTestClock();
  const media = createFakeMedia({ clock, itemMs: (item) => (item === "gone" ? undefined : 2000) });
  const port = media.open(pair("near"));
  const whole = port.play(["a", "gone", "b"], { offsetMs: 500 });
  await clock.advance(3500);
  t.match(await whole.finished, {
    reason: "end",
    playedMs: 3500,
    errors: [{ item: "gone", code: "ENOENT" }],
  });
  const replaced = port.play(["a"], { loop: true });
  await clock.advance(60_000);
  const tone = port.playTone({ parts: [{ frequencies: [425], levelDbm0: -9, ms: 1000 }], repeat: true });
  t.match(await replaced.finished, { reason: "replaced", playedMs: 60_000 });
  port.stopPlaying();
  t.match(await tone.finished, { reason: "stopped" });
  t.match(await port.play(["gone"]).finished, { reason: "error" });
  const last = port.play(["a"]);
  const recording = port.record("/r.wav");
  await media.close();
  t.match(await last.finished, { reason: "closed" });
  t.match(await recording.finished, { reason: "closed" });
  t.equal(media.openPorts.length, 0);
  t.throws(() => media.open(pair("near")), { code: "ERR_CLOSED" });
});

t.test("digits cross pairs and bridges to whoever listens", async (t) => {
  const clock = createTestClock();
  const media = createFakeMedia({ clock });
  const far = media.open(pair("far"));
  const near = media.open(pair("near"));
  const agentNear = media.open({ kind: "pair", pair: "b", side: "near", law: "alaw" });
  const agentFar = media.open({ kind: "pair", pair: "b", side: "far", law: "alaw" });
  const heard: string[] = [];
  const listen = (name: string) => (event: PortEvent) => {
    if (event.type === "digit") heard.push(`${name}${event.digit}`);
  };
  near.events.on(listen("near"));
  agentFar.events.on(listen("agent"));
  near.connect(agentNear);
  agentFar.detectDigits(true);
  far.sendDigits("1,2");
  await clock.advance(2000);
  near.detectDigits(true);
  near.mute({ receive: true });
  far.sendDigits("3");
  await clock.advance(2000);
  near.mute({ receive: false });
  near.disconnect();
  media.portOf("a", "near")?.press("#");
  await clock.advance(2000);
  t.same(heard, ["agent1", "agent2", "near#"]);
});
