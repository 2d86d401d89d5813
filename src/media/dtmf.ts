// DTMF as a cadence: the frequencies of ITU-T Q.23.
import { CallboxError } from "../shared/errors.ts";
import type { DigitOptions, TonePart } from "./engine.ts";

const rows = [697, 770, 852, 941] as const;
const columns = [1209, 1336, 1477, 1633] as const;
const keypad = ["123A", "456B", "789C", "*0#D"] as const;

const frequencies: ReadonlyMap<string, readonly [number, number]> = new Map(
  keypad.flatMap((keys, row) =>
    keys.split("").map((key, column) => [key, [rows[row] ?? 0, columns[column] ?? 0]] as const),
  ),
);

const pauseMs = 500;

/**
 * The parts that dial `digits` (0–9, A–D in either case, *, #; `,` is a pause of 500 ms).
 * @throws ERR_DIGIT for any other character.
 */
export function dtmfParts(
  digits: string,
  { onMs = 100, offMs = 100, levelDbm0 = -9 }: DigitOptions = {},
): readonly TonePart[] {
  return digits
    .toUpperCase()
    .split("")
    .flatMap((digit) => {
      if (digit === ",") return [{ frequencies: [], levelDbm0: 0, ms: pauseMs }];
      const pair = frequencies.get(digit);
      if (pair === undefined) throw new CallboxError("ERR_DIGIT", { detail: JSON.stringify(digit) });
      return [
        { frequencies: pair, levelDbm0, ms: onMs },
        { frequencies: [], levelDbm0: 0, ms: offMs },
      ];
    });
}
