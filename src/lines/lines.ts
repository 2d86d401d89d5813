// All lines of the appliance: boards, signalling and media joined. Entry point of the room: `createLines`.
import type { Board, Span } from "../boards/board.ts";
import type { SpanSettings } from "../config/settings.ts";
import { CallboxError } from "../shared/errors.ts";
import { createEmitter, type Unsubscribe } from "../shared/events.ts";
import { createIds } from "../shared/ids.ts";
import { localTime } from "../shared/local-time.ts";
import { silentLogger } from "../shared/log.ts";
import { createAssigner } from "./assignment.ts";
import type { Line, LineContext } from "./context.ts";
import { createLineConfigurer } from "./line-config.ts";
import { freshHunt, hunt, remember, taken } from "./hunt.ts";
import type { DialRequest, Leg, LineInfo, LineMaintenance, Lines, LinesEvent } from "./leg.ts";
import { createFrameRing, type FrameRing } from "./isdn/frame-ring.ts";
import { createMaintenance } from "./maintenance.ts";
import { defaultTiming, type LinesOptions } from "./options.ts";
import { tapLine } from "./tap.ts";
import { createWatchedSpan, type WatchedSpan } from "./watched-span.ts";

export type { LinesOptions, LinesSettings, LineTiming, LineTones, NumberMatch } from "./options.ts";

/** Q.850. */
const temporaryFailure = 41;

/** Opens the signalling of every span of the boards; a line that cannot be opened is `down`. */
export function createLines(options: LinesOptions): Lines & LineMaintenance {
  const { boards, clock, log = silentLogger } = options;
  const report = (error: unknown): void => log.error({ err: error }, "a listener of lines failed");
  const events = createEmitter<LinesEvent>(report);
  const spans = new Map<Span, WatchedSpan>();
  const traces = new Map<number, FrameRing>();
  let closed = false;
  /** As last told, to tell only what changed. */
  const told = new Map<string, string>();
  const states = new Map<string, LineInfo["state"]>();
  let hunted = freshHunt;
  const kept = new Map(
    (options.kept ?? []).flatMap((leg) => (leg.own.kind === "seat" ? [] : [[leg.line, leg] as const])),
  );
  const goingOn: Leg[] = [];
  /** Of extensions that were told: messages wait. */
  const waiting = new Map<string, boolean>();

  const context: LineContext = {
    media: options.media,
    clock,
    log,
    tones: options.tones,
    callerId: options.callerId,
    wallClock() {
      const { date, time } = localTime(clock.now(), options.timeZone?.() ?? "UTC");
      const [, month = 1, day = 1] = date.split("-").map(Number);
      const [hour = 0, minute = 0] = time.split(":").map(Number);
      return { month, day, hour, minute };
    },
    messagesWait: (extension) => waiting.get(extension),
    timing: { ...defaultTiming, ...options.timing },
    settings: options.settings,
    matchNumber: options.matchNumber,
    newId: createIds(() => clock.now()),
    kept(line) {
      const leg = kept.get(line);
      kept.delete(line);
      return leg;
    },
    goesOn: (leg) => void goingOn.push(leg),
    traceOf: (span) => traceOf(span),
    // Not from within the machine that offers it: what the listener asks of the leg is then done at once.
    incoming: (leg) => queueMicrotask(() => offer(leg)),
    detailed: (leg, details) => queueMicrotask(() => events.emit({ type: "detailed", leg, details })),
    charged: (leg, advice) => events.emit({ type: "charged", leg, advice }),
    changed(line) {
      const info = line.info();
      const text = JSON.stringify(info);
      if (told.get(line.id) === text) return;
      told.set(line.id, text);
      hunted = remember(hunted, info, states.get(line.id), clock.now());
      states.set(line.id, info.state);
      events.emit({ type: "line", line: info });
    },
  };

  const traceOf = (span: number): FrameRing => {
    const ring = traces.get(span) ?? createFrameRing();
    traces.set(span, ring);
    return ring;
  };
  const offer = (leg: Leg): void => {
    if (closed) leg.release(temporaryFailure);
    else if (leg.state !== "released") events.emit({ type: "incoming", leg });
  };
  const allLines = (): readonly Line[] => [...spans.values()].flatMap((span) => span.lines);
  const infos = (): readonly LineInfo[] => allLines().map((line) => line.info());

  const settingsOf = (number: number): SpanSettings | undefined =>
    options.settings().spans.find(({ span }) => span === number);
  const lineConfigs = createLineConfigurer(settingsOf, log);
  const assigner = createAssigner(settingsOf, log);
  /** A span whose channels get other uses is taken out by its board, and another added in its place. */
  const add = (span: Span): void => {
    if (assigner.assign(span)) return;
    const carries = [...kept.keys()].some((line) => line.startsWith(`${span.number}/`));
    lineConfigs.configure(span, carries);
    const watched = createWatchedSpan(context, span, (info) => events.emit({ type: "span", span: info }));
    spans.set(span, watched);
    for (const line of watched.lines) told.set(line.id, JSON.stringify(line.info()));
  };
  const remove = async (span: Span): Promise<void> => {
    const watched = spans.get(span);
    spans.delete(span);
    for (const line of watched?.lines ?? []) told.delete(line.id);
    await watched?.close();
  };
  const gone = (span: Span): void => {
    for (const line of spans.get(span)?.lines ?? [])
      events.emit({ type: "line", line: { ...line.info(), state: "down" } });
    void remove(span).catch(report);
    events.emit({ type: "span-removed", number: span.number });
  };
  const watch = (board: Board): Unsubscribe => {
    const unlisten = board.events.on((event) => {
      if (event.type === "span-removed") return gone(event.span);
      add(event.span);
      tell(event.span.number);
    });
    [...board.spans].forEach(add);
    return unlisten;
  };
  /** What a span has become, and each of its lines. */
  const tell = (number: number): void => {
    const watched = [...spans.values()].find((one) => one.number === number);
    if (watched === undefined) return;
    events.emit({ type: "span", span: watched.info() });
    for (const line of watched.lines) events.emit({ type: "line", line: line.info() });
  };
  const chosen = ({ via, emergency = false }: DialRequest): string => {
    if ("line" in via) return via.line;
    const { group } = via;
    const members = infos().filter((line) => line.group === group);
    const own = options.settings().trunkGroups.find(({ id }) => id === group);
    const reserve = emergency ? 0 : (own?.reserveIncoming ?? 0);
    const line = hunt(members, { group, order: own?.hunt ?? "first", reserve }, hunted);
    if (line === undefined) throw noneFree(group, members);
    hunted = taken(hunted, group, line.id);
    return line.id;
  };

  const isThere = (span: Span): boolean => !closed && boards.some((board) => board.spans.includes(span));

  const watching = boards.map(watch);
  const dial: Lines["dial"] = (request) => {
    if (closed) throw new CallboxError("ERR_CLOSED", { detail: "lines" });
    const id = chosen(request);
    const line = allLines().find((line) => line.id === id);
    if (line === undefined) throw new CallboxError("ERR_LINE_UNKNOWN", { detail: id });
    const info = line.info();
    if (info.state !== "idle") throw noneFree(id, [info]);
    return line.dial(request);
  };
  return {
    ...createMaintenance({
      lines: allLines,
      spans: () => [...spans.values()],
      trace: (span) => traces.get(span),
      changed: context.changed,
      closed: () => closed,
      tap: (line, ask) =>
        tapLine({ boards, media: options.media, lines: { list: infos, dial }, clock, log }, line, ask),
    }),
    events,
    list: infos,
    spans: () => [...spans.values()].map((span) => span.info()),
    goingOn: () => goingOn.filter(({ state }) => state !== "released"),
    cards: () => boards.flatMap((board) => board.cards()),
    dial,
    tellMessages(extension, wait) {
      if (waiting.get(extension) === wait) return;
      waiting.set(extension, wait);
      for (const line of allLines()) if (line.info().extension === extension) line.lamp?.();
    },
    async rebuild(number) {
      if (closed) throw new CallboxError("ERR_CLOSED", { detail: "lines" });
      const span = [...spans.keys()].find((one) => one.number === number);
      if (span === undefined) throw new CallboxError("ERR_SPAN_UNKNOWN", { detail: String(number) });
      await remove(span);
      // Taken out, or all closed, while its calls were ended.
      if (!isThere(span)) return;
      add(span);
      tell(number);
    },
    async close() {
      closed = true;
      watching.forEach((unlisten) => unlisten());
      await Promise.all([...spans.values()].map((span) => span.close()));
      spans.clear();
      events.clear();
    },
  };
}

/** Why no line of these can be had. */
function noneFree(name: string, lines: readonly LineInfo[]): CallboxError {
  if (lines.length === 0) return new CallboxError("ERR_LINE_UNKNOWN", { detail: name });
  const states = lines.map(({ state }) => state);
  // Idle ones are reserved for calls that come in.
  if (states.includes("in-use") || states.includes("idle"))
    return new CallboxError("ERR_LINE_BUSY", { detail: name });
  return new CallboxError("ERR_LINE_DOWN", { detail: `${name}: ${[...new Set(states)].join(", ")}` });
}
