// The rehearsal room's own rules: what a person can do at a station, and what the exchange knows.
// Whole calls are in test/scenarios/lines.test.ts.
import t from "tap";
import { createSimulatedPair } from "../../src/boards/simulated/board.ts";
import { matchSubscriber } from "../../src/rehearsal/exchange.ts";
import { createRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { openAnalog, seen, tones } from "../lines/rig.ts";
import { createFakeMedia } from "../support/fake-media.ts";
import { createTestClock } from "../support/test-clock.ts";

function rig() {
  const clock = createTestClock();
  const media = createFakeMedia({ clock });
  const pair = createSimulatedPair({ spans: [{ kind: "analog", ports: ["fxs", "fxo"] }] }, { clock });
  const rehearsal = createRehearsal({
    board: pair.far,
    media,
    clock,
    tones,
    settings: () => ({
      spans: [],
      extensions: [{ number: "201", name: "Reception", port: { span: 1, position: 1 } }],
    }),
    outside: [{ number: "5551234", name: "Emma" }],
  });
  const told: string[] = [];
  rehearsal.events.on(({ station }) => told.push(`${station.id} ${station.state}`));
  return { clock, media, pair, rehearsal, told };
}

t.test("an exchange waits for what could still be one of its numbers", (t) => {
  const numbers = ["5551234", "110"];
  t.equal(matchSubscriber(numbers, "5551234"), "complete");
  t.equal(matchSubscriber(numbers, "555"), "incomplete");
  t.equal(matchSubscriber(numbers, "5559"), "ambiguous");
  t.equal(matchSubscriber(numbers, ""), "incomplete");
  t.end();
});

t.test("a phone rings, is lifted and put down; its handset is there meanwhile", async (t) => {
  const { clock, media, pair, rehearsal, told } = rig();
  const box = openAnalog(pair.near, 1, 1);
  const events = seen(box);
  box.startRing([1000, 4000]);
  await clock.advance(100);
  t.equal(rehearsal.audio("phone-1/1"), undefined);
  rehearsal.lift("phone-1/1");
  rehearsal.lift("phone-1/1");
  t.ok(rehearsal.audio("phone-1/1"));
  await clock.advance(1000);
  rehearsal.flash("phone-1/1");
  await clock.advance(1000);
  rehearsal.hangUp("phone-1/1");
  rehearsal.hangUp("phone-1/1");
  await clock.advance(2000);
  t.strictSame(events, ["off-hook", "flash", "on-hook"]);
  t.strictSame(told, ["phone-1/1 ringing", "phone-1/1 connected", "phone-1/1 idle"]);
  t.equal(media.openPorts.length, 0);
  t.match(rehearsal.stations()[1], { number: "201", name: "Reception", line: "1/1" });
});

t.test("a phone that nobody lifts stops ringing in the end", async (t) => {
  const { clock, pair, told } = rig();
  const box = openAnalog(pair.near, 1, 1);
  box.startRing([1000, 4000]);
  await clock.advance(12_000);
  box.stopRing();
  await clock.advance(7000);
  t.strictSame(told, ["phone-1/1 ringing", "phone-1/1 idle"]);
});

t.test("keys pressed faster than they are sent all arrive, in order", async (t) => {
  const { clock, media, rehearsal } = rig();
  rehearsal.dial("phone-1/1", "12");
  await clock.advance(700);
  for (const key of "3456") rehearsal.press("phone-1/1", key);
  await clock.advance(3000);
  const sent = media.all.flatMap((port) =>
    port.played.map((played) => (played.kind === "digits" ? played.digits : "")),
  );
  t.equal(sent.join(""), "123456");
  rehearsal.hangUp("phone-1/1");
  await clock.advance(10);
  rehearsal.press("phone-1/1", "9");
  t.equal(media.openPorts.length, 0);
});

t.test("hanging up before the digits are dialled dials none", async (t) => {
  const { clock, media, rehearsal } = rig();
  rehearsal.dial("phone-1/1", "12");
  rehearsal.hangUp("phone-1/1");
  await clock.advance(3000);
  t.strictSame(
    media.all.flatMap(({ played }) => played),
    [],
  );
});

t.test("outside: dial tone, a call that no trunk can carry, hang up", async (t) => {
  const { clock, rehearsal, told, media } = rig();
  rehearsal.lift("outside-1");
  t.equal(rehearsal.stations()[0]?.state, "dialling");
  rehearsal.dial("outside-1", "100");
  t.match(rehearsal.stations()[0], { state: "busy", cause: 27, with: "100" });
  t.equal(media.openPorts[0]?.playing?.kind, "tone");
  rehearsal.dial("outside-1", "100", { trunk: "fxo" });
  t.equal(rehearsal.stations()[0]?.state, "busy", "hang up first");
  rehearsal.hangUp("outside-1");
  await clock.advance(10);
  t.strictSame(told, ["outside-1 dialling", "outside-1 busy", "outside-1 idle"]);
  t.equal(media.openPorts.length, 0);
});

t.test("closing leaves no port, channel or timer", async (t) => {
  const { clock, media, pair, rehearsal } = rig();
  rehearsal.dial("phone-1/1", "12");
  rehearsal.dial("outside-1", "1", { trunk: "fxo" });
  await clock.advance(1000);
  const closed = rehearsal.close();
  await clock.advance(3000);
  await closed;
  t.equal(media.openPorts.length, 0);
  t.doesNotThrow(() => openAnalog(pair.far, 1, 1));
  t.doesNotThrow(() => openAnalog(pair.far, 1, 2));
  await clock.advance(3000);
  t.equal(clock.pending, 0);
});
