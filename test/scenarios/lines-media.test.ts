// The same calls with the real media engine, in real time: what is said at one end is heard at the other, and
// keys pressed at one end are detected at the other. All calls run at once, so that the test is short.
import { join } from "node:path";
import t, { type Test } from "tap";
import type { LineTones } from "../../src/lines/options.ts";
import { toneOf } from "../../src/media/tones.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { engineFor, folder, writeWave } from "../media/support.ts";
import { createOffice, type Office } from "./lines-office.ts";

const greetingHz = 1130;
const tones: LineTones = {
  dial: toneOf("cn", "dial"),
  ringback: toneOf("cn", "ringback"),
  busy: toneOf("cn", "busy"),
  congestion: toneOf("cn", "congestion"),
  ringCadence: [500, 500],
};

const sine = (hertz: number, samples: number, from = 0): Int16Array =>
  Int16Array.from({ length: samples }, (_, i) => 8000 * Math.sin((2 * Math.PI * hertz * (from + i)) / 8000));

/** How much of a signal's power is at this frequency, 0–1. */
function share(samples: Int16Array, hertz: number): number {
  let [re, im, power] = [0, 0, 0];
  samples.forEach((sample, i) => {
    re += sample * Math.cos((2 * Math.PI * hertz * i) / 8000);
    im += sample * Math.sin((2 * Math.PI * hertz * i) / 8000);
    power += sample * sample;
  });
  return power === 0 ? 0 : (2 * (re * re + im * im)) / (samples.length * power);
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what: string, holds: () => boolean, limitMs = 30_000): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited >= limitMs) throw new Error(`not within ${limitMs} ms: ${what}`);
    await wait(20);
  }
}

/** Half a second of what a station's handset hears. */
async function hear({ rehearsal }: Office, id: string): Promise<Int16Array> {
  const heard: number[] = [];
  const handset = rehearsal.audio(id);
  handset?.onAudio((samples) => heard.push(...samples));
  await until(`${id} hears something`, () => heard.length >= 5600);
  handset?.onAudio(undefined);
  return Int16Array.from(heard.slice(1600, 5600));
}

/** Speaks into a station's handset, 200 ms ahead of time, until the result is called. */
function say({ rehearsal }: Office, id: string, hertz: number): () => void {
  const began = performance.now();
  let at = 0;
  const timer = setInterval(() => {
    const due = Math.round((performance.now() - began + 200) * 8);
    rehearsal.audio(id)?.write(sine(hertz, due - at, at));
    at = due;
  }, 20);
  return () => clearInterval(timer);
}

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
  const office = createOffice({ clock: systemClock, media, tones, greeting });
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
