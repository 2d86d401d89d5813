// Call-progress tones by country: data in tones/*.json (ITU-T E.180 Supplement 2), read once when first wanted.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CallboxError } from "../shared/errors.ts";
import type { Modem, Tone, TonePart } from "./engine.ts";

export const toneNames = [
  "dial",
  "ringback",
  "busy",
  "congestion",
  "call-waiting",
  "sit",
  "record",
  "howler",
] as const;
export type ToneName = (typeof toneNames)[number];

/** A file of tones/, named by its ISO 3166 country code; `itu` serves countries without one. */
export interface ToneZone {
  readonly name: string;
  /** Of each frequency, where `levels` does not say otherwise. */
  readonly levelDbm0: number;
  /**
   * Parts in turn, `frequency/milliseconds`, two frequencies as `350+440`, silence as 0. A part without a
   * length lasts for ever; a leading `!` makes the whole play once.
   */
  readonly tones: Readonly<Record<ToneName, string>>;
  readonly levels?: Readonly<Partial<Record<ToneName, number>>>;
  /** How its exchanges tell a telephone who calls; absent where they do it in a way of their own (Japan). */
  readonly callerId?: CallerIdForm;
}

export interface CallerIdForm {
  /** FSK in one of two modems, or keys. */
  readonly form: Modem | "dtmf";
  /** Sent before the first ring; else after it. */
  readonly before?: true;
  /** By keys: around the number. */
  readonly begin?: string;
  readonly end?: string;
}

const folder = join(import.meta.dirname, "tones");
const zones = new Map<string, ToneZone>();
/** What "for ever" is made of: a part that begins again without losing its phase. */
const endlessMs = 10_000;

/** Country codes that have tones of their own. */
export function toneZones(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length))
    .sort();
}

export function toneZone(country: string): ToneZone {
  const known = zones.get(country);
  if (known !== undefined) return known;
  const zone = toneZones().includes(country) ? country : "itu";
  const data = JSON.parse(readFileSync(join(folder, `${zone}.json`), "utf8")) as ToneZone;
  zones.set(country, data);
  return data;
}

/** A country's tone (ISO 3166 code in lower case; E.180's own where the country has no file). */
export function toneOf(country: string, name: ToneName): Tone {
  const zone = toneZone(country);
  return parseTone(zone.tones[name], zone.levels?.[name] ?? zone.levelDbm0);
}

/** Special dial tone (E.180 §6.3): the country's dial tone, stuttering at first, by which a phone tells of messages, and that its calls do not ring there. */
export function stutterOf({ parts, repeat }: Tone): Tone {
  const [first] = parts;
  if (first === undefined) return { parts, repeat };
  const stutter = Array.from({ length: 10 }, () => [
    { ...first, ms: 100 },
    { ...first, frequencies: [], ms: 100 },
  ]).flat();
  return { parts: [...stutter, ...parts], repeat };
}

/** How a country's exchanges tell who calls. */
export const callerIdOf = (country: string): CallerIdForm | undefined => toneZone(country).callerId;

/** @throws ERR_TONE when the text is no cadence. */
export function parseTone(text: string, levelDbm0: number): Tone {
  const repeat = !text.startsWith("!");
  return {
    repeat,
    parts: (repeat ? text : text.slice(1)).split(",").map((part) => parsePart(part, levelDbm0)),
  };
}

function parsePart(text: string, levelDbm0: number): TonePart {
  const match = /^(\d+)(?:\+(\d+))?(?:\/(\d+))?$/u.exec(text);
  if (match === null) throw new CallboxError("ERR_TONE", { detail: JSON.stringify(text) });
  const [, first, second, ms] = match;
  const frequencies = [first, second].flatMap((hz) => (hz === undefined || hz === "0" ? [] : [Number(hz)]));
  return { frequencies, levelDbm0, ms: ms === undefined ? endlessMs : Number(ms) };
}
