// Multifrequency signals between exchanges: two of six frequencies each (ITU-T Q.441 table 1 for R2, Q.322 for R1).
import { CallboxError } from "../shared/errors.ts";
import type { DigitOptions, MfSignal, MfSystem, TonePart } from "./engine.ts";

const frequencies: Readonly<Record<MfSystem, readonly number[]>> = {
  "r2-forward": [1380, 1500, 1620, 1740, 1860, 1980],
  "r2-backward": [1140, 1020, 900, 780, 660, 540],
  r1: [700, 900, 1100, 1300, 1500, 1700],
};
/** Of each signal from 1 on, which two. */
const pairs: Readonly<Record<"r1" | "r2", readonly (readonly [number, number])[]>> = {
  r2: combinations(),
  // The last five are ST', ST'', ST''', KP and ST.
  r1: [...combinations().slice(0, 10), [1, 5], [3, 5], [0, 5], [2, 5], [4, 5]],
};
/** By spandsp's characters, in the order of the signals. */
const characters = { r2: "1234567890BCDEF", r1: "1234567890ABC*#" } as const;
const kindOf = (system: MfSystem): "r1" | "r2" => (system === "r1" ? "r1" : "r2");

/** @throws ERR_DIGIT for a signal that is none of 1 to 15. */
export function mfParts(
  signals: readonly MfSignal[],
  system: MfSystem,
  { onMs = 70, offMs = 70, levelDbm0 = -8 }: DigitOptions = {},
): TonePart[] {
  return signals.flatMap((signal) => {
    const pair = pairs[kindOf(system)][signal - 1];
    if (pair === undefined) throw new CallboxError("ERR_DIGIT", { detail: String(signal) });
    const hz = pair.map((index) => frequencies[system][index] ?? 0);
    return [
      { frequencies: hz, levelDbm0, ms: onMs },
      { frequencies: [], levelDbm0: 0, ms: offMs },
    ];
  });
}

/** Of the character (its code) by which the receiver names it. */
export const mfSignalOf = (code: number, system: MfSystem): MfSignal =>
  characters[kindOf(system)].indexOf(String.fromCodePoint(code)) + 1;

/** Q.441's numbering: signal n is the pair whose weights, 0 1 2 4 7 11, add up to n (10 for 4+7 and so on). */
function combinations(): readonly (readonly [number, number])[] {
  return [1, 2, 3, 4, 5].flatMap((second) =>
    Array.from({ length: second }, (_, first): readonly [number, number] => [first, second]),
  );
}
