// Alarms, counters and tests of lines in words, from the table that the console uses.
import { lineWords } from "../web/api/line-words.ts";
import type { BitErrorsView, CounterName, EchoView, LevelView, LineCheck } from "../web/api/lines.ts";

const words: Readonly<Record<string, string>> = lineWords;

/** A driver may have alarms that we have no words for: then its own name. */
export const alarmWords = (alarm: string): string => words[`alarm.${alarm}`] ?? alarm;
export const alarmRemedy = (alarm: string): string | undefined => words[`alarmRemedy.${alarm}`];
export const counterWords = (counter: CounterName): string => lineWords[`counter.${counter}`];
export const counterRemedy = (counter: CounterName): string => lineWords[`counterRemedy.${counter}`];
export const tooLoudWords = lineWords["line.tooLoud"];
export const tooLoudRemedy = lineWords["line.tooLoudRemedy"];

export function bitErrorWords({ bits, errors, losses, erroredSeconds, locked }: BitErrorsView): string {
  if (bits === 0) return "The pattern does not come back: the far end has no loop, or the timeslot is cut.";
  const ratio =
    errors === 0
      ? "no errors"
      : `${errors} errors (${(errors / bits).toExponential(1)}), ${erroredSeconds} errored seconds`;
  const lost = losses === 0 ? "" : `; the pattern was lost ${losses} times`;
  return `${bits} bits: ${ratio}${lost}${locked ? "" : ", and is not there now"}`;
}

export function echoWords({ returnLossDb, cancelledLossDb, spreadMs, noiseDbm0 }: EchoView): string {
  const loss = (db: number): string => (db >= noEcho ? "no echo" : `echo return loss ${db.toFixed(1)} dB`);
  const spread = returnLossDb >= noEcho ? "" : ` over ${spreadMs.toFixed(1)} ms`;
  return `${loss(returnLossDb)}${spread}; with the canceller ${loss(cancelledLossDb)}; noise ${noiseDbm0.toFixed(1)} dBm0`;
}

export function levelWords({ receivedDbm0, returnedDbm0, noiseDbm0 }: LevelView): string {
  const [received, returned, noise] = [receivedDbm0, returnedDbm0, noiseDbm0].map((level) =>
    level.toFixed(1),
  );
  return `received ${received} dBm0; returned of the tone ${returned} dBm0; besides ${noise} dBm0`;
}

/** dB: what a measurement tells where nothing returns. */
const noEcho = 60;

export function checkWords({ check, result, why }: LineCheck): string {
  const reason = why === undefined ? "" : ` (${lineWords[`why.${why}`]})`;
  return `${lineWords[`check.${check}`]}: ${lineWords[`result.${result}`]}${reason}`;
}
