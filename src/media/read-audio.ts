// Audio as 16-bit linear samples, 8 kHz: a whole file, mono; and G.711's code words.
import { engine } from "node-dahdi";
import { CallboxError, codeOf } from "../shared/errors.ts";

/** @throws ERR_AUDIO_FORMAT for what is no audio that we know, ERR_AUDIO_LONG beyond ten minutes, and what reading throws */
export async function readAudio(path: string): Promise<Int16Array> {
  try {
    return await engine.readAudio(path);
  } catch (cause) {
    const code = codeOf(cause);
    if (code === "ERR_AUDIO_FORMAT") throw new CallboxError("ERR_AUDIO_FORMAT", { cause });
    if (code === "EFBIG") throw new CallboxError("ERR_AUDIO_LONG", { cause });
    throw cause;
  }
}

export const { decodeAudio } = engine;
