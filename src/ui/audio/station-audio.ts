// A rehearsal handset's audio in the page: the socket to the box, the worklet, and what is spoken into it.
import { openSocket } from "../lib/client.ts";
import type { Reading } from "./meter.ts";
import type { FromWorklet } from "./station.worklet.ts";
import workletUrl from "./station.worklet.ts?worker&url";

/** What the handset says: nothing, the microphone, or a test tone of the field. */
export type Source = "silence" | "microphone" | "tone-404" | "tone-1004";

export interface StationAudio {
  /** @throws DOMException when the microphone is not permitted. */
  speak(source: Source): Promise<void>;
  close(): void;
}

export interface Meters {
  readonly heard: Reading;
  readonly said: Reading;
  readonly underruns: number;
}

interface Told {
  meters(meters: Meters): void;
  /** `taken`: another browser has the handset now. */
  closed(why: "taken" | "lost"): void;
}

const testToneDbm0 = -10;
let context: AudioContext | undefined;
let loaded: Promise<void> | undefined;

/** The one audio context; call it from a click, or the browser keeps it silent. */
export async function wakeAudio(): Promise<AudioContext> {
  context ??= new AudioContext({ latencyHint: "interactive" });
  loaded ??= context.audioWorklet.addModule(workletUrl);
  await Promise.all([context.resume(), loaded]);
  return context;
}

/** Connects a handset. `pan`: -1 left ear, 1 right. */
export function openStationAudio(
  context: AudioContext,
  station: string,
  pan: number,
  told: Told,
): StationAudio {
  const node = new AudioWorkletNode(context, "station", { numberOfInputs: 1, outputChannelCount: [1] });
  const place = new StereoPannerNode(context, { pan });
  node.connect(place).connect(context.destination);
  const socket = openSocket(`/rehearsal/stations/${encodeURIComponent(station)}/audio`);
  socket.binaryType = "arraybuffer";
  let over = false;
  let quiet: () => void = () => undefined;

  socket.onmessage = (event: MessageEvent<ArrayBuffer>) => node.port.postMessage(event.data, [event.data]);
  socket.onclose = (event) => {
    if (!over) told.closed(event.code === 4001 ? "taken" : "lost");
  };
  node.port.onmessage = (event: MessageEvent<FromWorklet>) => {
    if (event.data.type === "meter") told.meters(event.data);
    else if (socket.readyState === WebSocket.OPEN) socket.send(event.data.samples);
  };
  return {
    async speak(source) {
      quiet();
      quiet = () => undefined;
      if (source === "silence") return;
      const stop = source === "microphone" ? await microphone(context, node) : tone(context, node, source);
      if (over) stop();
      else quiet = stop;
    },
    close() {
      over = true;
      quiet();
      socket.close();
      node.disconnect();
      place.disconnect();
    },
  };
}

async function microphone(context: AudioContext, to: AudioNode): Promise<() => void> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: false },
  });
  const from = new MediaStreamAudioSourceNode(context, { mediaStream: stream });
  from.connect(to);
  return () => {
    from.disconnect();
    for (const track of stream.getTracks()) track.stop();
  };
}

function tone(context: AudioContext, to: AudioNode, source: "tone-404" | "tone-1004"): () => void {
  const from = new OscillatorNode(context, { frequency: source === "tone-404" ? 404 : 1004 });
  const level = new GainNode(context, { gain: 10 ** ((testToneDbm0 - 3.14) / 20) });
  from.connect(level).connect(to);
  from.start();
  return () => {
    from.stop();
    from.disconnect();
    level.disconnect();
  };
}
