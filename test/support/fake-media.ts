// A MediaEngine without native code, driven by a test's Clock: it remembers what was asked of it, lets a test
// press keys and end playbacks, and carries digits across pairs and bridges as the real engine carries audio.
import type {
  BitErrors,
  Conference,
  EngineEvent,
  EngineStats,
  FaxEnd,
  FaxOptions,
  FaxSession,
  MediaEngine,
  MediaPort,
  Modem,
  Part,
  Playback,
  PlayEnd,
  PlayOptions,
  PortEvent,
  Probed,
  RecordEnd,
  RecordOptions,
  Recording,
  StreamPort,
  Tone,
} from "../../src/media/engine.ts";
import { mfParts } from "../../src/media/mf.ts";
import type { AudioEndpoint, LineUse } from "../../src/shared/audio.ts";
import type { Cancel, Clock } from "../../src/shared/clock.ts";
import { CallboxError } from "../../src/shared/errors.ts";
import { createEmitter } from "../../src/shared/events.ts";

/** What a port was asked to play. */
export type Played =
  | { readonly kind: "files"; readonly items: readonly string[]; readonly options: PlayOptions }
  | { readonly kind: "tone"; readonly tone: Tone }
  | { readonly kind: "digits"; readonly digits: string };

export interface FakePort extends StreamPort {
  readonly endpoint: AudioEndpoint;
  readonly closed: boolean;
  /** All that was ever played, in order. */
  readonly played: readonly Played[];
  /** How files that play were steered: `pause`, `go on`, `seek 1000`, `speed 2`, `volume -6`. */
  readonly controlled: readonly string[];
  /** What plays now. */
  readonly playing: Played | undefined;
  /** All recordings ever begun. */
  readonly recordings: readonly { readonly path: string; readonly options: RecordOptions }[];
  readonly recording: boolean;
  /** A recording goes on and takes nothing. */
  readonly paused: boolean;
  /** Received digits are kept from everybody but the detector. */
  readonly masking: boolean;
  /** What is heard over everything else. */
  readonly over: Tone | undefined;
  readonly connectedTo: MediaPort | undefined;
  /** Its part in a conference. */
  readonly part: Part | undefined;
  readonly conference: FakeConference | undefined;
  readonly detecting: boolean;
  /** Names of the tones that are listened for. */
  readonly listensFor: readonly string[];
  readonly muted: { readonly receive: boolean; readonly send: boolean };
  /** Samples given to `write`. */
  readonly written: readonly Int16Array[];
  /** The far end presses keys: `digit-begin` at once and `digit` after it, when digits are detected. */
  press(digits: string, durationMs?: number): void;
  /** The far end sounds a tone, or ends it: told when it is listened for. */
  sound(tone: string | undefined): void;
  /** What is faxed now. */
  readonly faxing: FaxOptions | undefined;
  /** A detector hears this: told when it is switched on. */
  notice(event: Extract<PortEvent, { readonly type: Detected }>): void;
  /** What a test of bits reads. */
  bitErrors: BitErrors;
  /** The last that were played. */
  samples?: Int16Array;
  /** Messages by FSK that are listened for. */
  modem?: Modem | undefined;
  /** One comes. */
  message(message: Uint8Array): void;
  /** What a probe finds; nothing comes while it is not set. */
  hears?: (period: Int16Array, use: LineUse) => Probed;
  /** The disk takes no more of what is recorded. */
  failRecordings(error: string): void;
  /** T.30 ends, as the far end lets it. */
  finishFax(end: Partial<FaxEnd>): void;
  /** Ends what plays, as if its last sample had been sent. */
  finishPlaying(errors?: PlayEnd["errors"]): void;
  /** The endpoint fails (card gone). */
  fail(code: string): void;
  /** JavaScript's side of a stream hears these samples. */
  hear(samples: Int16Array): void;
}

/** What detectors tell that know no more than on and off. */
type Detected = "talking" | "fax-tone" | "answer" | "clipping";

export interface FakeConference extends Conference {
  readonly parties: ReadonlyMap<MediaPort, Part>;
  readonly closed: boolean;
  /** All that was ever played into it, in order. */
  readonly played: readonly Played[];
}

export interface FakeMedia extends MediaEngine {
  /** All ports ever opened, in order. */
  readonly all: readonly FakePort[];
  /** Conferences not closed yet. */
  readonly openConferences: readonly FakeConference[];
  /** Ports not closed yet: a test of leaks wants this empty. */
  readonly openPorts: readonly FakePort[];
  /** The port on a side of a pair: the open one, else the last that was. */
  portOf(pair: string, side: "near" | "far"): FakePort | undefined;
  warn(code: string, detail: string): void;
}

const noFax: FaxEnd = {
  reason: "done",
  status: "dropped",
  pages: 0,
  bitRate: 14_400,
  errorCorrection: true,
  badRows: 0,
  longestBadRun: 0,
};

/** Of every recording that is to be sealed. */
export const fakeDigest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

export interface FakeMediaOptions {
  readonly clock: Clock;
  /** How long one item lasts; `undefined`: the item is missing. Default 1,000 ms each. */
  readonly itemMs?: (item: string) => number | undefined;
  /** False: playbacks of files end only by `finishPlaying`, `stop` or `close`. Default true. */
  readonly autoFinish?: boolean;
}

export function createFakeMedia(options: FakeMediaOptions): FakeMedia {
  const events = createEmitter<EngineEvent>();
  const all: FakePort[] = [];
  const conferences: FakeConference[] = [];
  let closed = false;

  const openPorts = (): readonly FakePort[] => all.filter((port) => !port.closed);
  const portOf = (pair: string, side: "near" | "far"): FakePort | undefined => {
    const fits = (port: FakePort): boolean =>
      port.endpoint.kind === "pair" && port.endpoint.pair === pair && port.endpoint.side === side;
    return openPorts().findLast(fits) ?? all.findLast(fits);
  };
  const openPort = (endpoint: AudioEndpoint): FakePort => {
    if (closed) throw new CallboxError("ERR_CLOSED", { detail: "media engine" });
    const port = createFakePort(all.length + 1, endpoint, options, portOf);
    all.push(port);
    return port;
  };

  return {
    all,
    get openPorts() {
      return openPorts();
    },
    portOf,
    events,
    open: openPort,
    openStream: () => openPort({ kind: "stream" }),
    get openConferences() {
      return conferences.filter((conference) => !conference.closed);
    },
    openConference() {
      const conference = createFakeConference(openPort({ kind: "stream" }));
      conferences.push(conference);
      return conference;
    },
    stats: (): EngineStats => ({
      ports: openPorts().length,
      playing: openPorts().filter((port) => port.playing !== undefined).length,
      recording: openPorts().filter((port) => port.recording).length,
      realtime: false,
      ticks: Math.floor(options.clock.monotonic() / 8),
      underruns: 0,
      cpuMs: { media: 0, files: 0 },
      openFiles: 0,
    }),
    takeLateness: () => ({ p50: 0, p99: 0, max: 0, late: [] }),
    warn: (code, detail) => events.emit({ type: "warning", code, detail }),
    async close() {
      closed = true;
      await Promise.all(openPorts().map((port) => port.close()));
    },
  };
}

/** Plays and records like the port that it is made of, which nobody else knows. */
function createFakeConference(own: FakePort): FakeConference {
  const parties = new Map<MediaPort, Part>();
  const conference: FakeConference = {
    id: own.id,
    play: (items, options) => own.play(items, options),
    playShared: (items) => own.playShared(items),
    playTone: (tone) => own.playTone(tone),
    playSamples: (samples) => own.playSamples(samples),
    stopPlaying: () => own.stopPlaying(),
    record: (path, options) => own.record(path, options),
    parties,
    played: own.played,
    get closed() {
      return own.closed;
    },
    join(port, part = {}) {
      if (own.closed) return;
      const known = parties.has(port);
      const along = known ? undefined : wires.get(port)?.joinedTo();
      if (!known) port.disconnect();
      for (const [one, its] of [[along, {}] as const, [port, part] as const]) {
        if (one === undefined) continue;
        parties.set(one, its);
        wires.get(one)?.takePart(conference, () => parties.delete(one));
      }
    },
    async close() {
      for (const port of [...parties.keys()]) port.disconnect();
      await own.close();
    },
  };
  return conference;
}

const speaksTo = (part: Part | undefined, listener: MediaPort): boolean =>
  part?.speaksTo === undefined || part.speaksTo === "all" || part.speaksTo === listener;

/** What ports do to each other, kept apart from their public face. */
interface Wires {
  /** What the far end sends arrives here. */
  readonly arrive: (event: PortEvent) => void;
  /** What is sent to the far end leaves here. */
  readonly send: (event: PortEvent) => void;
  readonly join: (other: MediaPort | undefined) => void;
  readonly joinedTo: () => MediaPort | undefined;
  readonly takePart: (conference: FakeConference, leave: () => void) => void;
}
const wires = new WeakMap<MediaPort, Wires>();

function createFakePort(
  id: number,
  endpoint: AudioEndpoint,
  { clock, itemMs = () => 1000, autoFinish = true }: FakeMediaOptions,
  portOf: FakeMedia["portOf"],
): FakePort {
  const events = createEmitter<PortEvent>();
  const played: Played[] = [];
  const recordings: { path: string; options: RecordOptions }[] = [];
  const written: Int16Array[] = [];
  const muted = { receive: false, send: false };
  let closed = false;
  let detecting = false;
  let masking = false;
  const expected = new Set<Detected>();
  const expect = (what: Detected, on: boolean): void => {
    if (on) expected.add(what);
    else expected.delete(what);
  };
  const controlled: string[] = [];
  let paused = false;
  let over: Tone | undefined;
  let listensFor: readonly string[] = [];
  let connectedTo: MediaPort | undefined;
  let taking: { readonly conference: FakeConference; readonly leave: () => void } | undefined;
  let current:
    | {
        readonly what: Played;
        readonly end: (reason: PlayEnd["reason"], errors?: PlayEnd["errors"]) => void;
      }
    | undefined;
  let fax: { readonly options: FaxOptions; readonly end: (end: Partial<FaxEnd>) => void } | undefined;
  const running = new Set<(reason: RecordEnd["reason"], error?: string) => void>();
  let onAudio: ((samples: Int16Array) => void) | undefined;

  const start = (what: Played, ms: number | undefined, errors: PlayEnd["errors"]): Playback => {
    if (closed) {
      return {
        finished: Promise.resolve({ reason: "closed", playedMs: 0, errors: [] }),
        stop: () => undefined,
      };
    }
    current?.end("replaced");
    played.push(what);
    const began = clock.monotonic();
    const { promise, resolve } = Promise.withResolvers<PlayEnd>();
    let cancel: Cancel = () => undefined;
    const own = {
      what,
      end(reason: PlayEnd["reason"], late: PlayEnd["errors"] = []) {
        if (current !== own) return;
        current = undefined;
        cancel();
        resolve({ reason, playedMs: clock.monotonic() - began, errors: [...errors, ...late] });
      },
    };
    current = own;
    if (ms !== undefined) cancel = clock.after(ms, () => own.end("end"));
    return { finished: promise, stop: () => own.end("stopped") };
  };

  /** To the detector, and across the bridge. */
  const arrive = (event: PortEvent): void => {
    if (closed || muted.receive) return;
    if (detecting) events.emit(event);
    if (masking) return;
    if (connectedTo !== undefined) wires.get(connectedTo)?.send(event);
    for (const [other, { hears = true }] of taking?.conference.parties ?? [])
      if (other !== port && hears && speaksTo(port.part, other)) wires.get(other)?.send(event);
  };
  /** What this port sends comes out at the other side of its pair. */
  const send = (event: PortEvent): void => {
    if (muted.send || endpoint.kind !== "pair") return;
    const other = portOf(endpoint.pair, endpoint.side === "near" ? "far" : "near");
    if (other !== undefined && !other.closed) wires.get(other)?.arrive(event);
  };
  /** Puts digits one after another; the result is how long they take. */
  const spell = (digits: string, onMs: number, offMs: number, put: (event: PortEvent) => void): number => {
    let at = 0;
    for (const digit of digits) {
      if (digit === ",") at += 500;
      else {
        clock.after(at, () => put({ type: "digit-begin", digit }));
        clock.after(at + onMs, () => put({ type: "digit", digit, durationMs: onMs }));
        at += onMs + offMs;
      }
    }
    return at;
  };

  const port: FakePort = {
    id,
    endpoint,
    events,
    played,
    recordings,
    written,
    muted,
    get closed() {
      return closed;
    },
    get playing() {
      return current?.what;
    },
    get recording() {
      return running.size > 0;
    },
    get paused() {
      return paused;
    },
    get masking() {
      return masking;
    },
    controlled,
    get over() {
      return over;
    },
    get connectedTo() {
      return connectedTo;
    },
    get part() {
      return taking?.conference.parties.get(port);
    },
    get conference() {
      return taking?.conference;
    },
    get detecting() {
      return detecting;
    },
    playShared: (items) => port.play(items, { loop: true }),
    play(first, { more, ...playOptions } = {}) {
      const items = [...first];
      const lengths = items.map((item) => itemMs(item));
      const errors = items
        .filter((_, i) => lengths[i] === undefined)
        .map((item) => ({ item, code: "ENOENT" }));
      const total = lengths.reduce((sum: number, ms) => sum + (ms ?? 0), 0) - (playOptions.offsetMs ?? 0);
      const nothing = errors.length === items.length && items.length > 0;
      const endless = !nothing && (playOptions.loop === true || !autoFinish || more !== undefined);
      const began = clock.monotonic();
      const what: Played = { kind: "files", items, options: playOptions };
      const playback = start(what, nothing || endless ? undefined : Math.max(0, total), errors);
      if (nothing) current?.end("error");
      /** What comes later joins on, and the last of it ends it. */
      const follow = async (files: AsyncIterable<string>): Promise<void> => {
        for await (const file of files) items.push(file);
        if (playOptions.loop === true || !autoFinish) return;
        const whole = items.reduce((sum, item) => sum + (itemMs(item) ?? 0), 0);
        clock.after(Math.max(0, whole - (clock.monotonic() - began)), () => {
          if (current?.what === what) current.end("end");
        });
      };
      if (more !== undefined) void follow(more);
      const did = (what: string): void => void controlled.push(what);
      return {
        ...playback,
        pause: (on) => did(on ? "pause" : "go on"),
        seek: (ms) => did(`seek ${ms}`),
        setSpeed: (speed) => did(`speed ${speed}`),
        setVolume: (db) => did(`volume ${db}`),
        position: () => clock.monotonic() - began,
      };
    },
    playTone(tone) {
      const ms = tone.parts.reduce((sum, part) => sum + part.ms, 0);
      return start({ kind: "tone", tone }, tone.repeat ? undefined : ms, []);
    },
    sendDigits(digits, { onMs = 100, offMs = 100 } = {}) {
      const what: Played = { kind: "digits", digits };
      const total = spell(digits, onMs, offMs, (event) => {
        if (current?.what === what) send(event);
      });
      return start(what, total, []);
    },
    sendSignals: (signals, system, signalOptions) =>
      port.playTone({ parts: mfParts(signals, system, signalOptions), repeat: false }),
    detectSignals: () => undefined,
    stopPlaying: () => current?.end("stopped"),
    record(path, recordOptions = {}): Recording {
      if (closed) {
        const end: RecordEnd = { reason: "closed", durationMs: 0, bytes: 0 };
        return {
          path,
          finished: Promise.resolve(end),
          pause: () => undefined,
          stop: () => Promise.resolve(end),
        };
      }
      recordings.push({ path, options: recordOptions });
      const began = clock.monotonic();
      const { promise, resolve } = Promise.withResolvers<RecordEnd>();
      let cancel: Cancel = () => undefined;
      const end = (reason: RecordEnd["reason"], error?: string): void => {
        if (!running.delete(end)) return;
        cancel();
        const durationMs = clock.monotonic() - began;
        resolve({
          reason,
          durationMs,
          bytes: durationMs * 16,
          ...(recordOptions.sealed === true && error === undefined && { sha256: fakeDigest }),
          ...(error !== undefined && { error }),
        });
      };
      running.add(end);
      if (recordOptions.maxMs !== undefined) cancel = clock.after(recordOptions.maxMs, () => end("max"));
      return {
        path,
        finished: promise,
        pause: (on) => void (paused = on),
        stop() {
          end("stopped");
          return promise;
        },
      };
    },
    detectDigits: (on) => void (detecting = on),
    fax(faxOptions): FaxSession {
      const { promise, resolve } = Promise.withResolvers<FaxEnd>();
      fax?.end({ reason: "stopped" });
      const own = {
        options: faxOptions,
        end(how: Partial<FaxEnd>) {
          if (fax === own) fax = undefined;
          resolve({ ...noFax, ...how });
        },
      };
      if (closed) own.end({ reason: "closed" });
      else fax = own;
      return { finished: promise, stop: () => own.end({ reason: "stopped" }) };
    },
    get faxing() {
      return fax?.options;
    },
    failRecordings: (error) => [...running].forEach((end) => end("error", error)),
    finishFax: (end) => fax?.end(end),
    testBits: () => ({ read: () => port.bitErrors, stop: () => undefined }),
    playSamples(samples) {
      port.samples = samples;
      return port.playTone({
        parts: [{ frequencies: [], levelDbm0: 0, ms: samples.length / 8 }],
        repeat: false,
      });
    },
    message(message) {
      if (!closed && port.modem !== undefined) events.emit({ type: "message", message });
    },
    detectMessages: (modem) => void (port.modem = modem),
    probe(period, { use }) {
      const { hears } = port;
      return { read: () => (closed ? undefined : hears?.(period, use)), stop: () => undefined };
    },
    bitErrors: { bits: 0, errors: 0, losses: 0, erroredSeconds: 0, locked: false },
    detectVoice: (on) => expect("talking", on),
    detectFax: (on) => expect("fax-tone", on),
    detectAnswer: (on) => expect("answer", on),
    detectClipping: (on) => expect("clipping", on),
    notice(event) {
      if (!closed && expected.has(event.type)) events.emit(event);
    },
    maskDigits: (on) => void (masking = on),
    playOver(tone) {
      const { promise, resolve } = Promise.withResolvers<PlayEnd>();
      over = tone;
      const stop = (): void => {
        if (over === tone) over = undefined;
        resolve({ reason: "stopped", playedMs: 0, errors: [] });
      };
      return { finished: promise, stop };
    },
    detectTones: (tones) => void (listensFor = tones.map(({ name }) => name)),
    get listensFor() {
      return listensFor;
    },
    sound(tone) {
      if (!closed && (tone === undefined || listensFor.includes(tone))) events.emit({ type: "tone", tone });
    },
    connect(other) {
      if (closed || other === port) return;
      port.disconnect();
      other.disconnect();
      connectedTo = other;
      wires.get(other)?.join(port);
    },
    disconnect() {
      const other = connectedTo;
      taking?.leave();
      taking = undefined;
      connectedTo = undefined;
      if (other !== undefined) wires.get(other)?.join(undefined);
    },
    mute(change) {
      muted.receive = change.receive ?? muted.receive;
      muted.send = change.send ?? muted.send;
    },
    levels: () => ({ received: -Infinity, sent: -Infinity }),
    stats: () => ({
      law: endpoint.kind === "stream" ? "linear16" : endpoint.law,
      received: 0,
      sent: 0,
      underruns: 0,
      overruns: 0,
      relayed: false,
    }),
    close() {
      if (!closed) {
        current?.end("closed");
        for (const end of [...running]) end("closed");
        fax?.end({ reason: "closed" });
        port.disconnect();
        closed = true;
        events.clear();
      }
      return Promise.resolve();
    },
    write: (samples) => void written.push(samples),
    onAudio: (listener) => void (onAudio = listener),
    press(digits, durationMs = 100) {
      if (digits.length === 1) {
        arrive({ type: "digit-begin", digit: digits });
        clock.after(durationMs, () => arrive({ type: "digit", digit: digits, durationMs }));
      } else spell(digits, durationMs, 100, arrive);
    },
    finishPlaying: (errors) => current?.end("end", errors),
    fail: (code) => events.emit({ type: "failed", code }),
    hear: (samples) => onAudio?.(samples),
  };
  wires.set(port, {
    arrive,
    send,
    join: (other) => void (connectedTo = other),
    joinedTo: () => connectedTo,
    takePart: (conference, leave) => void (taking = { conference, leave }),
  });
  return port;
}
