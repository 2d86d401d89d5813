// Alarms, counters and tests of lines in words, from the table that the console uses.
import { lineWords } from "../web/api/line-words.ts";
import type { BitErrorsView, CounterName, LineCheck } from "../web/api/lines.ts";

const words: Readonly<Record<string, string>> = lineWords;

/** A driver may have alarms that we have no words for: then its own name. */
export const alarmWords = (alarm: string): string => words[`alarm.${alarm}`] ?? alarm;
export const alarmRemedy = (alarm: string): string | undefined => words[`alarmRemedy.${alarm}`];
export const counterWords = (counter: CounterName): string => lineWords[`counter.${counter}`];
export const counterRemedy = (counter: CounterName): string => lineWords[`counterRemedy.${counter}`];

export function bitErrorWords({ bits, errors, losses, erroredSeconds, locked }: BitErrorsView): string {
  if (bits === 0) return "The pattern does not come back: the far end has no loop, or the timeslot is cut.";
  const ratio =
    errors === 0
      ? "no errors"
      : `${errors} errors (${(errors / bits).toExponential(1)}), ${erroredSeconds} errored seconds`;
  const lost = losses === 0 ? "" : `; the pattern was lost ${losses} times`;
  return `${bits} bits: ${ratio}${lost}${locked ? "" : ", and is not there now"}`;
}

export function checkWords({ check, result, why }: LineCheck): string {
  const reason = why === undefined ? "" : ` (${lineWords[`why.${why}`]})`;
  return `${lineWords[`check.${check}`]}: ${lineWords[`result.${result}`]}${reason}`;
}
