// Lines without boards or protocols: a test plays the far end of every leg. Audio is the fake media engine's.
import type {
  DialRequest,
  Leg,
  LegEvent,
  LegState,
  LineInfo,
  Lines,
  LinesEvent,
  LineState,
  PartyNumber,
  SpanInfo,
} from "../../src/lines/leg.ts";
import type { CallDetails } from "../../src/shared/call-details.ts";
import type { ChargeAdvice } from "../../src/shared/charge-advice.ts";
import type { Clock } from "../../src/shared/clock.ts";
import { CallboxError } from "../../src/shared/errors.ts";
import { createEmitter } from "../../src/shared/events.ts";
import type { FakeMedia, FakePort } from "./fake-media.ts";

export interface FakeLeg extends Leg {
  readonly media: FakePort | undefined;
  readonly request: DialRequest | undefined;
  /** What the box did to the leg, in order: `proceed`, `alert`, `answer`, `release 16`. */
  readonly done: readonly string[];
  /** The far end's deeds. */
  proceeding(): void;
  alerting(inband?: boolean): void;
  answered(): void;
  flash(): void;
  hangUp(cause?: number, by?: "remote" | "fault"): void;
  /** Presses keys, 100 ms each with 100 ms between; the clock must move for more than the first. */
  press(keys: string): void;
}

export interface FakeLines extends Lines {
  /** Every leg ever made, in order. */
  readonly legs: readonly FakeLeg[];
  /** Legs not released yet: a test of leaks wants this empty. */
  readonly open: readonly FakeLeg[];
  /** A call comes in on a line. */
  incoming(line: string, options?: { readonly calling?: string; readonly called?: string }): FakeLeg;
  /** The newest leg on the phone or trunk that was dialled. */
  ringing(line: string): FakeLeg;
  /** Whoever used them has died: nobody listens, connected legs stay with audio that nobody plays into. */
  orphan(): void;
  /** Extensions whose lamps are lit. */
  readonly lamps: ReadonlySet<string>;
  setState(line: string, state: LineState): void;
  setAlarms(span: number, alarms: readonly string[]): void;
  /** The span has its clock from this one. */
  setClock(span: number, syncSource: number): void;
  /** The network says what a leg costs. */
  charge(leg: FakeLeg, advice: ChargeAdvice): void;
  /** The network says something else of a leg's call. */
  detail(leg: FakeLeg, details: CallDetails): void;
}

export interface FakeLinesOptions {
  readonly clock: Clock;
  readonly media: FakeMedia;
  readonly lines: readonly FakeLine[];
  /** A phone that was released by the box stays off the hook until the test hangs it up. Default false. */
  readonly phonesStayOff?: boolean;
  /** Audio comes so much later than the call, as when the last call's port is still closing. */
  readonly audioLateMs?: number;
}

export type FakeLine = Pick<LineInfo, "id" | "kind"> &
  Partial<Pick<LineInfo, "group" | "extension" | "name">>;

export function createFakeLines({
  clock,
  media,
  lines,
  phonesStayOff = false,
  audioLateMs = 0,
}: FakeLinesOptions): FakeLines {
  const lamps = new Set<string>();
  const events = createEmitter<LinesEvent>();
  const infos = new Map(lines.map((line) => [line.id, infoOf(line)]));
  const spans = new Map(
    [...new Set([...infos.values()].map((info) => info.span))].map((n) => [n, spanOf(n)]),
  );
  const legs: FakeLeg[] = [];
  const orphans = new Map<FakeLeg, () => void>();

  const setState = (id: string, state: LineState): void => {
    const info = infos.get(id);
    if (info === undefined || info.state === state) return;
    const changed = { ...info, state };
    infos.set(id, changed);
    events.emit({ type: "line", line: changed });
  };

  const make = (
    info: LineInfo,
    direction: "in" | "out",
    calling: PartyNumber,
    called: PartyNumber,
    request?: DialRequest,
  ): FakeLeg => {
    const own = createEmitter<LegEvent>();
    const done: string[] = [];
    let state: LegState = "offered";
    let port: FakePort | undefined;
    const open = (): void => {
      if (audioLateMs === 0) openNow();
      else clock.after(audioLateMs, openNow);
    };
    const openNow = (): void => {
      if (port !== undefined || state === "released") return;
      port = media.open({
        kind: "pair",
        pair: `${info.id}#${legs.length}`,
        side: "near",
        law: "alaw",
      }) as FakePort;
      port.detectDigits(true);
      port.events.on((event) => {
        if (event.type === "digit-begin") own.emit(event);
        if (event.type === "digit") own.emit({ type: "digit", digit: event.digit, source: "dtmf" });
      });
    };
    const end = (cause: number, by: "local" | "remote" | "fault"): void => {
      if (state === "released") return;
      state = "released";
      void port?.close();
      if (!(by === "local" && phonesStayOff && info.kind === "fxs" && done.includes("answered")))
        setState(info.id, "idle");
      own.emit({ type: "released", cause, by });
    };
    const alive = (): void => {
      if (state === "released") throw new Error(`leg on ${info.id} is released`);
    };
    const leg: FakeLeg = {
      id: `${info.id}#${legs.length}`,
      get line() {
        return infos.get(info.id) ?? info;
      },
      direction,
      get state() {
        return state;
      },
      calling,
      called,
      get media() {
        return port;
      },
      events: own,
      request,
      done,
      proceed() {
        alive();
        done.push("proceed");
        if (state === "offered") state = "proceeding";
        open();
      },
      alert(options = {}) {
        alive();
        done.push(options.inband === true ? "alert inband" : "alert");
        state = "alerting";
      },
      answer() {
        alive();
        done.push("answer");
        state = "connected";
        open();
      },
      release(cause = 16) {
        if (state === "released") return;
        done.push(`release ${cause}`);
        end(cause, "local");
      },
      sendDigits: (digits) => void port?.sendDigits(digits),
      kept() {
        const { line, id } = leg;
        const own = {
          isdn: { kind: "isdn", origin: "peer", reference: 1, referenceOctets: 2 },
          fxo: { kind: "fxo", reversed: false },
          fxs: { kind: "fxs" },
        } as const;
        return state === "connected"
          ? { id, line: line.id, direction, calling, called, own: own[line.kind] }
          : undefined;
      },
      proceeding() {
        alive();
        state = "proceeding";
        own.emit({ type: "proceeding" });
      },
      alerting(inband = false) {
        alive();
        state = "alerting";
        own.emit({ type: "alerting", inband });
      },
      answered() {
        alive();
        state = "connected";
        done.push("answered");
        open();
        own.emit({ type: "answered" });
      },
      flash() {
        alive();
        own.emit({ type: "flash" });
      },
      hangUp: (cause = 16, by = "remote") => end(cause, by),
      press: (keys) => port?.press(keys),
    };
    if (direction === "out") open();
    legs.push(leg);
    orphans.set(leg, () => {
      own.clear();
      void port?.close();
      port = undefined;
      if (state === "connected") openNow();
    });
    setState(info.id, "in-use");
    return leg;
  };

  return {
    events,
    legs,
    get open() {
      return legs.filter((leg) => leg.state !== "released");
    },
    list: () => [...infos.values()],
    spans: () => [...spans.values()],
    cards: () => [],
    orphan() {
      events.clear();
      for (const orphan of orphans.values()) orphan();
    },
    goingOn: () => legs.filter(({ state }) => state === "connected"),
    tellMessages(extension, wait) {
      if (wait) lamps.add(extension);
      else lamps.delete(extension);
    },
    lamps,
    rebuild: () => Promise.resolve(),
    setState,
    detail: (leg, details) => events.emit({ type: "detailed", leg: leg.id, details }),
    charge: (leg, advice) => events.emit({ type: "charged", leg: leg.id, advice }),
    setClock(number, syncSource) {
      const span = { ...(spans.get(number) ?? spanOf(number)), syncSource };
      spans.set(number, span);
      events.emit({ type: "span", span });
    },
    setAlarms(number, alarms) {
      const span = { ...(spans.get(number) ?? spanOf(number)), alarms, since: clock.now() };
      spans.set(number, span);
      events.emit({ type: "span", span });
    },
    incoming(id, { calling = "", called = "" } = {}) {
      const info = infos.get(id);
      if (info === undefined) throw new Error(`no line ${id}`);
      const leg = make(
        info,
        "in",
        numberOf(calling === "" ? (info.extension ?? "") : calling),
        numberOf(called),
      );
      events.emit({ type: "incoming", leg });
      return leg;
    },
    ringing(id) {
      const leg = legs.findLast((one) => one.line.id === id && one.direction === "out");
      if (leg === undefined) throw new Error(`nothing was dialled on ${id}`);
      return leg;
    },
    dial(request) {
      const { via } = request;
      const fits = (info: LineInfo): boolean =>
        "line" in via ? info.id === via.line : info.group === via.group;
      const candidates = [...infos.values()].filter(fits);
      if (candidates.length === 0) throw new CallboxError("ERR_LINE_UNKNOWN");
      const free = candidates.find((info) => info.state === "idle");
      if (free !== undefined) return make(free, "out", request.calling, request.called, request);
      const busy = candidates.some((info) => info.state === "in-use");
      throw new CallboxError(busy ? "ERR_LINE_BUSY" : "ERR_LINE_DOWN");
    },
    close() {
      for (const leg of legs) leg.release(41);
      events.clear();
      return Promise.resolve();
    },
  };
}

export function numberOf(digits: string): PartyNumber {
  return { digits, type: "unknown", presentation: digits === "" ? "unavailable" : "allowed" };
}

function infoOf({ id, kind, name, group, extension }: FakeLine): LineInfo {
  const [span = 1, position = 1] = id.split("/").map(Number);
  return {
    id,
    kind,
    span,
    position,
    channel: span * 100 + position,
    name: name ?? id,
    ...(group === undefined ? {} : { group }),
    ...(extension === undefined ? {} : { extension }),
    state: "idle",
  };
}

function spanOf(number: number): SpanInfo {
  return {
    number,
    name: `FAKE/${number}`,
    description: "fake span",
    kind: "analog",
    firstChannel: 1,
    dataPosition: undefined,
    alarms: [],
    dataLink: undefined,
    onDemand: false,
    keptCalls: 0,
    syncSource: 0,
    line: undefined,
    alarmLog: [],
    counters: [],
    since: 0,
  };
}
