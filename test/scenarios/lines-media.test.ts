// The same calls with the real media engine, in real time: what is said at one end is heard at the other, and
// keys pressed at one end are detected at the other. All calls run at once, so that the test is short.
import { join } from "node:path";
import t, { type Test } from "tap";
import { systemClock } from "../../src/shared/clock.ts";
import { engineFor, folder, writeWave } from "../media/support.ts";
import { hear, say, share, sine, tones, until, wait } from "./handsets.ts";
import { createOffice, type Office } from "./lines-office.ts";

const greetingHz = 1130;

async function callsIn(office: Office, t: Test): Promise<void> {
  const { rehearsal } = office;
  const trunks = ["isdn", "bri", "fxo"] as const;
  trunks.forEach((trunk, i) => rehearsal.dial(`outside-${i + 1}`, "88880000", { trunk }));
  const ids = trunks.map((_, i) => `outside-${i + 1}`);
  await until("all are connected", () => ids.every((id) => office.station(id).state === "connected"));
  for (const [i, id] of ids.entries()) {
    const found = share(await hear(office, id), greetingHz);
    t.ok(found > 0.95, `the greeting over ${trunks[i]}: ${found.toFixed(3)} of the power`);
  }
  const analog = office.callers.find(({ line }) => line.kind === "fxo");
  t.equal(analog?.calling.digits, office.station("outside-3").number, "who calls on an exchange line");
  for (const [i, id] of ids.entries()) {
    office.digits.length = 0;
    for (const key of `${i}59#`) rehearsal.press(id, key);
    await until(`four keys of ${id}`, () => office.digits.length >= 4, 5000);
    t.equal(office.digits.join(""), `${i}59#`, `keys over ${trunks[i]}`);
  }
  for (const id of ids) rehearsal.hangUp(id);
  await until("all lines are idle", () => office.busyLines() === "");
}

async function talk(office: Office, t: Test, a: string, b: string): Promise<void> {
  const quiet = [say(office, a, 700), say(office, b, 1900)];
  await wait(200);
  const [atA, atB] = [await hear(office, a), await hear(office, b)];
  quiet.forEach((stop) => stop());
  t.ok(share(atB, 700) > 0.95, `${b} hears ${a}: ${share(atB, 700).toFixed(3)}`);
  t.ok(share(atA, 1900) > 0.95, `${a} hears ${b}: ${share(atA, 1900).toFixed(3)}`);
}

t.test("greeting, keys and conversation over every kind of line", async (t) => {
  const media = engineFor(t);
  const greeting = join(folder(), "greeting.wav");
  const samples = sine(greetingHz, 8000);
  writeWave(greeting, new Uint8Array(samples.buffer), { tag: 1, bits: 16 });
  const office = createOffice({
    clock: systemClock,
    media,
    // A pause long enough for what an exchange tells in it.
    tones: { ...tones, ringCadence: [500, 2500] },
    greeting,
    callerId: { form: "bell202" },
  });
  await until("the data links are up", () => office.busyLines() === "");

  await callsIn(office, t);

  // Real keys: the box detects what the phone sends.
  office.rehearsal.dial("phone-5/1", "202");
  office.rehearsal.dial("phone-5/3", "913800138001");
  await until("the phone rings", () => office.station("phone-5/2").state === "ringing");
  await until("outside rings", () => office.station("outside-1").state === "ringing");
  office.rehearsal.lift("phone-5/2");
  office.rehearsal.lift("outside-1");
  await wait(200);
  await talk(office, t, "phone-5/1", "phone-5/2");
  await talk(office, t, "phone-5/3", "outside-1");
  office.rehearsal.hangUp("outside-1");
  await until("the phone is told", () => office.station("phone-5/3").state === "busy");
  for (const id of ["phone-5/1", "phone-5/2", "phone-5/3"]) office.rehearsal.hangUp(id);
  await until("all lines are idle", () => office.busyLines() === "");
  t.equal(office.busyStations(), "");

  await office.close();
  t.equal(media.stats().ports, 0, "no media port is left");
  t.equal(media.stats().openFiles, 0);
});
