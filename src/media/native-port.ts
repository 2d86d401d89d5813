// One port of the native engine. Calls on a closed port do nothing: a party may hang up between any two of them.
import type { engine } from "node-dahdi";
import type { LineUse } from "../shared/audio.ts";
import { createEmitter } from "../shared/events.ts";
import { dtmfParts } from "./dtmf.ts";
import type {
  AnsweredBy,
  BitErrors,
  MediaPort,
  MfSystem,
  PortEvent,
  PortStats,
  RecordEnd,
  StreamPort,
  Tone,
} from "./engine.ts";
import { dbm0 } from "./levels.ts";
import { mfParts, mfSignalOf } from "./mf.ts";
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
  /** What signals are listened for. */
  let listens: MfSystem | undefined;
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
  const listenFor = (ear: engine.NativeEar, as: string | Float64Array | undefined): void => {
    if (!closed) native.listenFor(id, ear, as);
  };
  const toldByEar = ({ ear, what, value, message }: engine.NativeHeard): PortEvent => {
    switch (ear) {
      case "tones":
        return what < 0
          ? { type: "tone", tone: undefined }
          : { type: "tone", tone: heard[what], confidence: Math.round(value * 100) / 100 };
      case "fax":
        return { type: "fax-tone", tone: what === 1 ? "cng" : "ced" };
      case "messages":
        return { type: "message", message };
      case "answer":
        return what < answers.length
          ? { type: "answer", by: answers[what] ?? "unsure", afterMs: value }
          : { type: "beep", hz: Math.round(value) };
      case "signals":
        return { type: "signal", signal: what === 0 ? undefined : mfSignalOf(what, listens ?? "r1") };
      case "clipping":
        return { type: "clipping", clipping: what === 1, share: value };
    }
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
    sendSignals: (signals, system, options) => sound.parts(mfParts(signals, system, options), false),
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
        const numbers = numbersOf(tone);
        return numbers === undefined ? [] : [{ name, numbers }];
      });
      heard = known.map(({ name }) => name);
      const numbers = known.flatMap((one) => one.numbers);
      listenFor("tones", numbers.length === 0 ? undefined : Float64Array.from(numbers));
    },
    detectMessages: (modem) => listenFor("messages", modem),
    detectFax: (on) => listenFor("fax", on ? "fax" : undefined),
    detectAnswer: (on) => listenFor("answer", on ? "answer" : undefined),
    detectSignals(system) {
      listens = system;
      listenFor("signals", system);
    },
    detectClipping: (on) => listenFor("clipping", on ? "clipping" : undefined),
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
      } else if (event.type === "heard") events.emit(toldByEar(event));
      else if (event.type === "talking") events.emit({ type: "talking", talking: event.talking });
      else if (event.type === "failed") events.emit({ type: "failed", code: event.code });
      else if (event.type === "audio") hear(event.samples);
    },
    unfinished: () => sound.unfinished(),
  };
}

const answers: readonly AnsweredBy[] = ["human", "machine", "silence", "unsure"];

/** What the addon listens for; `undefined` for a tone that neither a cadence tells nor three sounds in turn. */
function numbersOf({ parts }: Tone): readonly number[] | undefined {
  const [first] = parts;
  if (first === undefined || parts.length > mostParts) return undefined;
  const lengths = Array.from({ length: mostParts }, (_, index) => parts[index]?.ms ?? 0);
  const sounds = parts.map(({ frequencies }) => frequencies.join());
  const cadence = sounds.every((sound, index) => sound === (index % 2 === 0 ? sounds[0] : ""));
  const [hz = 0, second = 0] = first.frequencies;
  if (cadence && hz > 0) return [hz, second, 0, 0, 0, ...lengths];
  const inTurn = parts
    .slice(0, 3)
    .flatMap(({ frequencies }) => (frequencies.length === 1 ? frequencies : []));
  const silent = sounds.slice(3).every((sound) => sound === "");
  return new Set(inTurn).size === 3 && silent ? [0, 0, ...inTurn, ...lengths] : undefined;
}
