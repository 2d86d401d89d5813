// The media engine on native code: ports and their playbacks and recordings as promises that always settle.
import { engine } from "node-dahdi";
import type { AudioEndpoint, LineUse } from "../shared/audio.ts";
import { CallboxError } from "../shared/errors.ts";
import { createEmitter } from "../shared/events.ts";
import { silentLogger, type Logger } from "../shared/log.ts";
import {
  cardQueue,
  type EngineEvent,
  type EngineStats,
  type MediaEngine,
  type StreamPort,
} from "./engine.ts";
import { createNativeConference, type NativeConference } from "./native-conference.ts";
import { createNativePort, type NativePort } from "./native-port.ts";

export interface MediaEngineOptions {
  readonly log?: Logger;
  /**
   * What is at least queued towards a card, ms, within `cardQueue`; the least when left out. The engine lengthens queues by itself by what the
   * machine was late of late; this spares a slow machine the gap that teaches it.
   */
  readonly cardQueueMs?: number;
}

const tickMs = 8;

/** Starts the media threads. They stop with `close`, or with the process. */
export function createMediaEngine(options: MediaEngineOptions = {}): MediaEngine {
  const { log = silentLogger, cardQueueMs = cardQueue.leastMs } = options;
  const events = createEmitter<EngineEvent>();
  const ports = new Map<number, NativePort>();
  const conferences = new Map<number, NativeConference>();
  /** Who is told of a player's or recorder's end, by its id. */
  const ends = new Map<number, (event: engine.NativeEvent) => void>();
  let closing: Promise<void> | undefined;
  let last: EngineStats | undefined;

  const warn = (code: string, detail: string): void => {
    log.warn({ code, detail }, "media engine");
    events.emit({ type: "warning", code, detail });
  };
  const dispatch = (event: engine.NativeEvent): void => {
    switch (event.type) {
      case "play-end":
      case "record-end":
      case "fax-end":
        ends.get(event.id)?.(event);
        ends.delete(event.id);
        break;
      case "fax-page":
        ends.get(event.id)?.(event);
        break;
      case "warning":
        if (event.code === "ENOBUFS") warn("ERR_MEDIA_EVENTS_LOST", "digits");
        else warn("ERR_MEDIA_NOT_REALTIME", event.code);
        break;
      case "closed":
        ports.get(event.id)?.told(event);
        ports.delete(event.id);
        conferences.get(event.id)?.gone();
        conferences.delete(event.id);
        break;
      default:
        ports.get(event.id)?.told(event);
    }
  };
  const native = engine.createNativeEngine(
    (batch) => batch.forEach(dispatch),
    Math.ceil((cardQueueMs - cardQueue.leastMs) / tickMs),
  );

  const opened = (id: number, line?: (use: LineUse) => void): StreamPort => {
    if (id === 0) throw new CallboxError("ERR_MEDIA_PORTS");
    const port = createNativePort({ id, native, ends, line });
    ports.set(id, port);
    return port.face;
  };
  const alive = (): void => {
    if (closing !== undefined) throw new CallboxError("ERR_CLOSED", { detail: "media engine" });
  };
  const openNative = (endpoint: AudioEndpoint): number => {
    switch (endpoint.kind) {
      case "dahdi":
        return native.openDahdi(endpoint.channel, endpoint.law);
      case "pair":
        return native.openPair(endpoint.pair, endpoint.side, endpoint.law);
      case "stream":
        return native.openStream();
    }
  };
  const readStats = (): EngineStats => {
    const { mediaCpuMs, filesCpuMs, lostEvents: _, ...rest } = native.stats();
    return { ...rest, cpuMs: { media: mediaCpuMs, files: filesCpuMs } };
  };
  const shutDown = async (): Promise<void> => {
    const recordings = [...ports.values(), ...conferences.values()].flatMap((one) => one.unfinished());
    await Promise.all([...conferences.values()].map((conference) => conference.face.close()));
    await Promise.all([...ports.values()].map((port) => port.face.close()));
    await Promise.all(recordings);
    last = readStats();
    native.close();
    events.clear();
  };

  return {
    events,
    open(endpoint) {
      alive();
      return opened(openNative(endpoint), endpoint.kind === "dahdi" ? endpoint.use : undefined);
    },
    openStream() {
      alive();
      return opened(native.openStream());
    },
    openConference() {
      alive();
      const id = native.openConference();
      if (id === 0) throw new CallboxError("ERR_MEDIA_CONFERENCES");
      const conference = createNativeConference({ id, native, ends });
      conferences.set(id, conference);
      return conference.face;
    },
    stats: () => last ?? readStats(),
    takeLateness: () => (last === undefined ? native.takeLateness() : { p50: 0, p99: 0, max: 0, late: [] }),
    close: () => (closing ??= shutDown()),
  };
}
