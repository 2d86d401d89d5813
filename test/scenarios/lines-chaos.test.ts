// People who do anything at any time, with cables that fall out: whatever the order, once everybody has hung up
// nothing is in use, nothing is open, and the office works as before.
import t from "tap";
import type { MediaEngine, MediaPort } from "../../src/media/engine.ts";
import type { AudioEndpoint } from "../../src/shared/audio.ts";
import type { Clock } from "../../src/shared/clock.ts";
import { tones } from "../lines/rig.ts";
import { createFakeMedia, type FakeMedia, type FakePort } from "../support/fake-media.ts";
import { createTestClock } from "../support/test-clock.ts";
import { createOffice } from "./lines-office.ts";

/** Park and Miller's generator: a seed that fails can be run again. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 16_807) % 2_147_483_647;
    return state % sides;
  };
}

/** Ports let go of their channels only after a while, as the media thread does. */
function lingering(media: FakeMedia, clock: Clock): MediaEngine {
  const taken = ({ endpoint }: FakePort, wanted: AudioEndpoint): boolean =>
    endpoint.kind === "pair" &&
    wanted.kind === "pair" &&
    endpoint.pair === wanted.pair &&
    endpoint.side === wanted.side;
  const linger = <P extends MediaPort>(port: P): P => {
    const close = port.close.bind(port);
    return Object.assign(port, {
      close: () => new Promise<void>((resolve) => clock.after(30, () => void close().then(resolve))),
    });
  };
  return {
    events: media.events,
    open(endpoint) {
      if (media.openPorts.some((port) => taken(port, endpoint))) throw new Error("two ports on one channel");
      return linger(media.open(endpoint));
    },
    openStream: () => linger(media.openStream()),
    openConference: () => media.openConference(),
    stats: () => media.stats(),
    takeLateness: () => media.takeLateness(),
    close: () => media.close(),
  };
}

const numbers = ["202", "203", "913800138001", "755501234", "813900139002", "9404", "2", "0", "*", "#"];
const trunks = ["isdn", "bri", "fxo"] as const;

for (let seed = 1; seed <= 12; seed++) {
  t.test(`seed ${seed}`, async (t) => {
    const clock = createTestClock();
    const media = createFakeMedia({ clock });
    const office = createOffice({ clock, media: lingering(media, clock), tones, greeting: "welcome.wav" });
    const { rehearsal, lines, pair } = office;
    await clock.advance(5000);
    const roll = dice(seed * 7919);
    const ids = rehearsal
      .stations()
      .map(({ id }) => id)
      .filter((id) => /^(outside-[1-4]|phone-5\/[1-4])$/.test(id));
    const pick = <T>(items: readonly T[], fallback: T): T => items[roll(items.length)] ?? fallback;
    const actions: readonly ((id: string) => void)[] = [
      (id) => rehearsal.dial(id, pick(numbers, "202"), { trunk: pick(trunks, "isdn") }),
      (id) => rehearsal.dial(id, pick(numbers, "202"), { trunk: pick(trunks, "isdn") }),
      (id) => rehearsal.lift(id),
      (id) => rehearsal.lift(id),
      (id) => rehearsal.hangUp(id),
      (id) => rehearsal.press(id, pick(["1", "5", "#"], "1")),
      (id) => rehearsal.flash(id),
      () => office.callers.at(-1)?.release(),
      () => pair.cable(1 + roll(5)).pull(),
      () => [1, 2, 3, 4, 5].forEach((span) => pair.cable(span).plug()),
    ];
    for (let step = 0; step < 300; step++) {
      pick(actions, () => undefined)(pick(ids, "phone-5/1"));
      await clock.advance(pick([0, 0, 1, 10, 100, 500, 1100, 3000, 9000], 0));
    }
    t.notOk(
      office.ended.some((end) => end.includes(" 47 ")),
      "no leg was without audio",
    );
    t.ok(office.callers.length > 3 && office.ended.length > 10, "much has happened");
    for (const span of [1, 2, 3, 4, 5]) pair.cable(span).plug();
    for (const id of ids) rehearsal.hangUp(id);
    for (const leg of office.callers) leg.release();
    await clock.advance(60_000);
    t.equal(office.busyStations(), "");
    t.equal(office.busyLines(), "");
    t.equal(media.openPorts.length, 0);
    t.notOk(lines.spans().some(({ alarms }) => alarms.length > 0));

    // Everything still works.
    for (const [i, trunk] of trunks.entries()) rehearsal.dial(`outside-${i + 1}`, "88880000", { trunk });
    rehearsal.dial("phone-5/1", "202");
    await clock.advance(3000);
    rehearsal.lift("phone-5/2");
    await clock.advance(1000);
    t.equal(
      office.busyStations(),
      "outside-1 connected, outside-2 connected, outside-3 connected, phone-5/1 connected, phone-5/2 connected",
    );
    const closed = office.close();
    await clock.advance(10_000);
    await closed;
    t.equal(media.openPorts.length, 0);
    t.equal(clock.pending, 0);
  });
}
