// Music for callers who wait, on a box without any: slow broken chords, made once and kept as a WAV file.
// Eight bars of C, A minor, F and G that end where they began, so that the loop has no seam.
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { waveFile, waveRate as rate } from "../media/wave-file.ts";
import type { Logger } from "../shared/log.ts";
import type { Prompts } from "./say.ts";

const noteSeconds = 0.4;
/** MIDI numbers of each bar's broken chord. */
const bars = [
  [48, 55, 60, 64, 67, 64],
  [45, 52, 57, 60, 64, 60],
  [41, 48, 53, 57, 60, 57],
  [43, 50, 55, 59, 62, 59],
  [48, 55, 60, 67, 72, 67],
  [45, 57, 60, 64, 69, 64],
  [41, 53, 57, 60, 65, 60],
  [43, 55, 59, 62, 67, 65],
];
/** Of each note's first partial; about -18 dBm0 for what sounds together. */
const level = 2200;

/** The file with the music, made when it is not there. Takes some 50 ms the first time. */
export function madeMusic(file: string): string {
  if (existsSync(file)) return file;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, waveFile(compose()));
  renameSync(`${file}.part`, file);
  return file;
}

/** Nobody waits in silence: music is made now, not when somebody waits, where the box has none. */
export function neverSilent(prompts: Prompts, file: string, log: Logger): Prompts {
  if (prompts.music("default").length > 0) return prompts;
  try {
    const made = [madeMusic(file)];
    return {
      files: (items, language) => prompts.files(items, language),
      music(name) {
        const found = prompts.music(name);
        return found.length > 0 ? found : made;
      },
    };
  } catch (error) {
    log.error({ err: error, file }, "music could not be made");
    return prompts;
  }
}

function compose(): Int16Array {
  const notes = bars.flat();
  const length = Math.round(notes.length * noteSeconds * rate);
  const sum = new Float64Array(length);
  notes.forEach((note, index) => {
    const start = Math.round(index * noteSeconds * rate);
    pluck(sum, start, 440 * 2 ** ((note - 69) / 12));
  });
  return Int16Array.from(sum, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767));
}

/** One note with two soft partials, fading; what rings beyond the end rings on at the beginning. */
function pluck(sum: Float64Array, start: number, hertz: number): void {
  const samples = 2 * rate;
  for (let i = 0; i < samples; i++) {
    const time = i / rate;
    const envelope = Math.min(1, i / 160) * Math.exp(-2.2 * time) * (1 - i / samples);
    const phase = 2 * Math.PI * hertz * time;
    const at = (start + i) % sum.length;
    const tone = Math.sin(phase) + 0.35 * Math.sin(2 * phase) + 0.12 * Math.sin(3 * phase);
    sum[at] = (sum[at] ?? 0) + (level / 32_768) * envelope * tone;
  }
}
