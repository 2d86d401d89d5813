// One port of the native engine. Calls on a closed port do nothing: a party may hang up between any two of them.
import type { engine } from "node-dahdi";
import type { LineUse } from "../shared/audio.ts";
import { createEmitter } from "../shared/events.ts";
import { dtmfParts } from "./dtmf.ts";
import type { BitErrors, MediaPort, PortEvent, PortStats, RecordEnd, StreamPort, Tone } from "./engine.ts";
import { dbm0 } from "./levels.ts";
import { startFax } from "./native-fax.ts";
import { createNativeSound, samplesPerMs, type Surroundings } from "./native-sound.ts";

/** Of a cadence that the addon listens for. */
const mostParts = 8;
const streamBlock = 20 * samplesPerMs;

export interface NativePort {
  readonly face: StreamPort;
  /** What the engine reports of this port. */
  told(event: engine.NativeEvent): void;
  /** Recordings whose files are not complete yet. */
  unfinished(): readonly Promise<RecordEnd>[];
}

export interface PortSurroundings extends Omit<Surroundings, "closed"> {
  /** Tells the line what it carries. */
  readonly line?: ((use: LineUse) => void) | undefined;
}

export function createNativePort({ id, native, ends, line }: PortSurroundings): NativePort {
  const events = createEmitter<PortEvent>();
  const muted = { receive: false, send: false };
  const gone = Promise.withResolvers<undefined>();
  let closed = false;
  const sound = createNativeSound({ id, native, ends, closed: () => closed });
  /** Names of the tones that are listened for. */
  let heard: readonly string[] = [];
  let onAudio: ((samples: Int16Array) => void) | undefined;
  let stats: PortStats = { law: "linear16", received: 0, sent: 0, underruns: 0, overruns: 0, relayed: false };

  const readStats = (): void => {
    const now = closed ? undefined : native.portStats(id);
    if (now === undefined) return;
    const { law, received, sent, underruns, overruns, relayed } = now;
    stats = { law, received, sent, underruns, overruns, relayed };
  };
  let carries: LineUse = "idle";
  const use = (what: LineUse): void => {
    if (closed || what === carries) return;
    carries = what;
    line?.(what);
  };
  const endTest = (): void => {
    if (!closed) native.stopLineTest(id);
    use("voice");
  };
  const hear = (samples: Int16Array): void => {
    for (let at = 0; at < samples.length; at += streamBlock) {
      try {
        onAudio?.(samples.subarray(at, at + streamBlock));
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  };

  const face: StreamPort = {
    id,
    events,
    ...sound.face,
    sendDigits: (digits, options) => sound.parts(dtmfParts(digits, options), false),
    detectDigits(on) {
      if (!closed) native.detect(id, on);
    },
    fax(options) {
      use("modem");
      const session = startFax(id, { native, ends, closed: () => closed }, options);
      void session.finished.then(() => use("voice"));
      return session;
    },
    testBits({ errorEvery = 0 } = {}) {
      use("bits");
      if (!closed) native.testBits(id, errorEvery);
      let last: BitErrors = { bits: 0, errors: 0, losses: 0, erroredSeconds: 0, locked: false };
      const read = (): BitErrors => (last = (closed ? undefined : native.bitErrors(id)) ?? last);
      return {
        read,
        stop() {
          read();
          endTest();
        },
      };
    },
    probe(period, { settle, periods, use: during }) {
      use(during);
      if (!closed) native.probeLine(id, period, settle, periods);
      return {
        read() {
          const found = closed ? undefined : native.probed(id);
          if (found === undefined) return undefined;
          const mean = Float64Array.from(found.sums, (sum) => sum / found.periods);
          return { mean, meanSquare: found.energy / (found.periods * period.length) };
        },
        stop: endTest,
      };
    },
    maskDigits(on) {
      if (!closed) native.maskDigits(id, on);
    },
    playOver: (tone) => sound.parts(tone.parts, tone.repeat, true),
    detectTones(wanted) {
      const known = wanted.flatMap(({ name, tone }) => {
        const numbers = cadence(tone);
        return numbers === undefined ? [] : [{ name, numbers }];
      });
      heard = known.map(({ name }) => name);
      if (!closed) native.detectTones(id, Float64Array.from(known.flatMap(({ numbers }) => numbers)));
    },
    detectMessages(modem) {
      if (!closed) native.detectMessages(id, modem ?? "none");
    },
    detectFax(on) {
      if (!closed) native.detectFax(id, on);
    },
    detectVoice(on) {
      if (!closed) native.detectVoice(id, on);
    },
    connect(other: MediaPort) {
      if (!closed) native.connect(id, other.id);
    },
    disconnect() {
      if (!closed) native.disconnect(id);
    },
    mute({ receive = muted.receive, send = muted.send }) {
      muted.receive = receive;
      muted.send = send;
      if (!closed) native.mute(id, receive, send);
    },
    levels() {
      const now = closed ? undefined : native.portStats(id);
      return { received: dbm0(now?.receivedMeanSquare ?? 0), sent: dbm0(now?.sentMeanSquare ?? 0) };
    },
    stats() {
      readStats();
      return stats;
    },
    close() {
      if (!closed) {
        readStats();
        use("idle");
        closed = true;
        native.closePort(id);
      }
      return gone.promise;
    },
    write(samples) {
      if (!closed) native.write(id, samples);
    },
    onAudio(listener) {
      onAudio = listener;
      if (!closed) native.listen(id, listener !== undefined);
    },
  };

  use("voice");
  return {
    face,
    told(event) {
      if (event.type === "closed") {
        gone.resolve(undefined);
        events.clear();
      } else if (closed) return;
      else if (event.type === "digit-begin") events.emit({ type: "digit-begin", digit: event.digit });
      else if (event.type === "digit") {
        const { digit, durationMs, levelDbm0, twistDb } = event;
        events.emit({ type: "digit", digit, durationMs, levelDbm0, twistDb });
      } else if (event.type === "tone") events.emit({ type: "tone", tone: heard[event.tone] });
      else if (event.type === "fax-tone") events.emit({ type: "fax-tone", tone: event.tone });
      else if (event.type === "message") events.emit({ type: "message", message: event.message });
      else if (event.type === "talking") events.emit({ type: "talking", talking: event.talking });
      else if (event.type === "failed") events.emit({ type: "failed", code: event.code });
      else if (event.type === "audio") hear(event.samples);
    },
    unfinished: () => sound.unfinished(),
  };
}

/** What the addon listens for; `undefined` for a tone of several sounds, or without one, which no cadence tells. */
function cadence({ parts }: Tone): readonly number[] | undefined {
  const [first] = parts;
  const sound = first?.frequencies.join();
  const inTurn = parts.every(
    ({ frequencies }, index) => frequencies.join() === (index % 2 === 0 ? sound : ""),
  );
  if (first === undefined || sound === "" || !inTurn || parts.length > mostParts) return undefined;
  const [hz = 0, second = 0] = first.frequencies;
  return [hz, second, ...Array.from({ length: mostParts }, (_, index) => parts[index]?.ms ?? 0)];
}
