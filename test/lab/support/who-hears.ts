// Who hears whom, measured: each party sends a frequency of its own.
import { toneLevel } from "./audio.ts";
import { listen, play, type End } from "./ends.ts";
import type { Context } from "./scenario.ts";

const levelDbm0 = -20;
const hzOf = (index: number): number => 700 + 400 * index;

export interface HearingOptions {
  /** Of what is heard, dB more or less than was sent at most: gain control may be at work. */
  readonly within?: number;
}

/** By listener, whose frequency comes at its level; all send at once: `caller: agent; agent: caller`. */
export async function whoHears(
  context: Context,
  people: Readonly<Record<string, End>>,
  label: string,
  { within = 1 }: HearingOptions = {},
): Promise<string> {
  const names = Object.keys(people);
  const ends = Object.values(people);
  const takes = ends.map((end, i) => listen(context, end, `${label}-${names[i] ?? ""}.wav`));
  await Promise.all(ends.map((end, i) => play(end, { tone: String(hzOf(i)), ms: 1200, level: levelDbm0 })));
  await context.sleep(400);
  const rows: string[] = [];
  for (const [index, take] of takes.entries()) {
    const heard = await take();
    // The loudest half second of each frequency, for they do not begin at one moment.
    const of = names.filter((name, i) => {
      let most = -Infinity;
      for (let at = 0; at + 4000 <= heard.length; at += 800)
        most = Math.max(most, toneLevel(heard.subarray(at, at + 4000), hzOf(i)));
      context.prove(
        most < levelDbm0 - 30 || Math.abs(most - levelDbm0) < within,
        `${label}: ${names[index] ?? ""} hears ${name} at its level or not at all: ${most.toFixed(1)} dBm0`,
      );
      return most > levelDbm0 - 30;
    });
    rows.push(`${names[index] ?? ""}: ${of.join(" ")}`);
  }
  return rows.join("; ");
}
