// Call-progress tones heard on a port: which, and when they are over. What the detector takes for what is in
// test/native/engine/engine_test.cc.
import t from "tap";
import type { PortEvent } from "../../src/media/engine.ts";
import { toneNames, toneOf } from "../../src/media/tones.ts";
import { engineFor, pair, pass } from "./support.ts";

t.test("a country's tones, by name", async (t) => {
  const engine = engineFor(t);
  const near = engine.open(pair("progress", "near"));
  const far = engine.open(pair("progress", "far"));
  const told: PortEvent[] = [];
  near.events.on((event) => told.push(event));
  // Those of several sounds are left out.
  near.detectTones(toneNames.map((name) => ({ name, tone: toneOf("cn", name) })));
  const busy = far.playTone(toneOf("cn", "busy"));
  await pass(near, 2000);
  t.match(told, [{ type: "tone", tone: "busy" }]);
  const [busyTold] = told.splice(0);
  t.ok(busyTold?.type === "tone" && (busyTold.confidence ?? 0) > 0.9, "and how sure that is");
  busy.stop();
  await pass(near, 800);
  t.strictSame(told.splice(0), [{ type: "tone", tone: undefined }]);
  near.detectTones([]);
  far.playTone(toneOf("cn", "busy"));
  await pass(near, 2000);
  t.strictSame(told, [], "not listened for any more");
  for (let i = 0; i < 100; i++) near.detectTones([{ name: "dial", tone: toneOf("cn", "dial") }]);
  t.equal(engine.stats().ports, 2, "asked for again and again: as it is");
});
