// A recording for the box: a file of any kind that the browser reads, or what is spoken into the microphone, as a WAV file
// of 8 kHz.
import { decodeSound, mixed } from "./decode.ts";
import { linearWav } from "./wav.ts";

/** @throws DOMException when the browser cannot read it. */
export async function toWav(file: Blob): Promise<Uint8Array> {
  const bytes = await file.arrayBuffer();
  try {
    return new Uint8Array(linearWav(mixed(await decodeSound(bytes))));
  } catch (error) {
    // Telephony's own WAV files, which browsers do not read, the box does.
    const isWav = new TextDecoder("latin1").decode(bytes.slice(0, 4)) === "RIFF";
    if (isWav) return new Uint8Array(bytes);
    throw error;
  }
}

export function base64(bytes: Uint8Array): string {
  const step = 0x8000;
  let text = "";
  for (let at = 0; at < bytes.length; at += step)
    text += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(text);
}

export interface MicrophoneRecording {
  stop(): Promise<Blob>;
}

/** @throws DOMException when the microphone is not permitted. */
export async function recordMicrophone(): Promise<MicrophoneRecording> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: true, autoGainControl: true },
  });
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.start();
  return {
    stop: () =>
      new Promise((resolve) => {
        recorder.onstop = () => {
          for (const track of stream.getTracks()) track.stop();
          resolve(new Blob(parts, { type: recorder.mimeType }));
        };
        recorder.stop();
      }),
  };
}
