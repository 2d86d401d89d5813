// Sound that the browser decodes, as the samples of each side.
import type { Wav } from "./wav.ts";

const sampleRate = 8000;

/** At 8 kHz, whatever it was. @throws DOMException when the browser cannot read it. */
export async function decodeSound(bytes: ArrayBuffer): Promise<Wav> {
  // The decoder brings it to the context's rate; of its length nothing is wanted.
  const context = new OfflineAudioContext(1, 1, sampleRate);
  const audio = await context.decodeAudioData(bytes.slice(0));
  const samples = Array.from({ length: audio.numberOfChannels }, (_, channel) =>
    Int16Array.from(audio.getChannelData(channel), (sample) =>
      Math.round(Math.min(1, Math.max(-1, sample)) * 32_767),
    ),
  );
  return { format: "linear16", channels: samples.length, sampleRate, samples };
}

/** All sides in one. */
export function mixed(sound: Wav): Wav {
  const [first = new Int16Array(), ...others] = sound.samples;
  const one = Int16Array.from(first, (sample, i) =>
    Math.round(others.reduce((sum, side) => sum + (side[i] ?? 0), sample) / sound.channels),
  );
  return { ...sound, channels: 1, samples: [one] };
}
