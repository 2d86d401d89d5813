// People at the simulated stations of an office in real time: what a handset hears, what is said into it.
import type { LineTones } from "../../src/lines/options.ts";
import { toneOf } from "../../src/media/tones.ts";
import type { Rehearsal } from "../../src/rehearsal/rehearsal.ts";

/** The tones of real lines, with a ring that is soon answered. */
export const tones: LineTones = {
  dial: toneOf("cn", "dial"),
  ringback: toneOf("cn", "ringback"),
  busy: toneOf("cn", "busy"),
  congestion: toneOf("cn", "congestion"),
  sit: toneOf("cn", "sit"),
  howler: toneOf("cn", "howler"),
  ringCadence: [500, 500],
};

export const sine = (hertz: number, samples: number, from = 0): Int16Array =>
  Int16Array.from({ length: samples }, (_, i) => 8000 * Math.sin((2 * Math.PI * hertz * (from + i)) / 8000));

/** How much of a signal's power is at this frequency, 0–1. */
export function share(samples: ArrayLike<number>, hertz: number): number {
  let [re, im, power] = [0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] ?? 0;
    re += sample * Math.cos((2 * Math.PI * hertz * i) / 8000);
    im += sample * Math.sin((2 * Math.PI * hertz * i) / 8000);
    power += sample * sample;
  }
  return power === 0 ? 0 : (2 * (re * re + im * im)) / (samples.length * power);
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(what: string, holds: () => boolean, limitMs = 30_000): Promise<void> {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited >= limitMs) throw new Error(`not within ${limitMs} ms: ${what}`);
    await wait(20);
  }
}

interface Office {
  readonly rehearsal: Rehearsal;
}

/** Half a second of what a station's handset hears. */
export async function hear({ rehearsal }: Office, id: string): Promise<Int16Array> {
  const heard: number[] = [];
  const handset = rehearsal.audio(id);
  handset?.onAudio((samples) => heard.push(...samples));
  await until(`${id} hears something`, () => heard.length >= 5600);
  handset?.onAudio(undefined);
  return Int16Array.from(heard.slice(1600, 5600));
}

/** Says a tone into a station's handset, 200 ms ahead of time, until the result is called. */
export function say({ rehearsal }: Office, id: string, hertz: number): () => void {
  const began = performance.now();
  let at = 0;
  const timer = setInterval(() => {
    const due = Math.round((performance.now() - began + 200) * 8);
    rehearsal.audio(id)?.write(sine(hertz, due - at, at));
    at = due;
  }, 20);
  return () => clearInterval(timer);
}
