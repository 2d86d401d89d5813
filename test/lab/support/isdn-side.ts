// Our D-channel on the driver, as the product runs it, and calls by themselves on it: what peer/pri-bulk.c is for libpri.
// The called number says what becomes of a call: x7yA is answered and ended by the caller (A 0) or the called party (A 1),
// x8CC is refused with cause CC.
import { writeFileSync } from "node:fs";
import { openDahdiBoard } from "../../../src/boards/dahdi/board.ts";
import type { DataChannel } from "../../../src/boards/board.ts";
import { createDChannelRunner, type DChannelRunner } from "../../../src/lines/isdn/dchannel-runner.ts";
import { createFrameRing } from "../../../src/lines/isdn/frame-ring.ts";
import { createTimers } from "../../../src/lines/timers.ts";
import { systemClock } from "../../../src/shared/clock.ts";
import { createLogger } from "../../../src/shared/log.ts";
import { writeCapture } from "../../../src/signalling/isdn/trace/pcap.ts";
import type {
  CallId,
  ChannelState,
  DChannelOptions,
  Indication,
  SetupRequest,
} from "../../../src/signalling/isdn/types.ts";
import type { Context } from "./scenario.ts";
import type { SpanPlace } from "./spans.ts";

export interface Plan {
  readonly called: string;
  /** One digit in SETUP, the others one by one when they are asked for. */
  readonly overlap?: boolean;
  readonly channel?: SetupRequest["channel"];
  /** Milliseconds from the answer to the hang-up, where that is ours. Default 200. */
  readonly holdMs?: number;
}

export interface Outcome {
  readonly answered: boolean;
  readonly cause: number;
  /** With the cause that the called number asks for. */
  readonly well: boolean;
  readonly channel: number | undefined;
  readonly direction: "in" | "out";
}

interface Counts {
  placed: number;
  offered: number;
  answered: number;
  /** Over in good order: with the cause that the called number asks for. */
  cleared: number;
  /** SETUPs that met one of ours on their channel. */
  glare: number;
}

export interface Side {
  readonly up: boolean;
  readonly counts: Readonly<Counts>;
  /** What went otherwise than it should, in words. */
  readonly faults: readonly string[];
  /** Every call that is over, in order. */
  readonly ended: readonly Outcome[];
  /** Calls that are not over. */
  readonly open: number;
  /** B-channels that are not idle, with their states. */
  busy(): readonly string[];
  /** Calls in state 10: answered, and as the called user acknowledged too (CONNECT ACKNOWLEDGE, §5.2.8). */
  active(): readonly CallId[];
  place(plan: Plan): Promise<Outcome>;
  /** Offers that come are answered no more, or again: a call stays in set-up. */
  answering(on: boolean): void;
  /** Ends a call that nobody else ends. */
  hangUp(call: CallId): void;
  readonly runner: DChannelRunner;
}

interface Live {
  readonly direction: "in" | "out";
  number: string;
  rest: string;
  /** Names of the indications, in order. */
  readonly heard: string[];
  channel: number | undefined;
  answered: boolean;
  responded: boolean;
  cause: number | undefined;
  readonly holdMs: number;
  readonly over: (outcome: Outcome) => void;
}

/** What a call's indications may be, one after another. */
const orders = {
  out: /^(MoreInfo )?(Proceeding )?(Alerting )?(SetupConfirm )?(Disconnect )?Release(Indication|Confirm)?$/u,
  in: /^Setup (Info )*(SetupComplete )?(Suspend Resume )?(Disconnect )?Release(Indication|Confirm)?$/u,
};

const whole = 4;
/** Q.850: the called number's own, or normal clearing. */
const wantedCause = (number: string): number => (number[1] === "8" ? Number(number.slice(2)) : 16);

export function isdnSide(
  context: Context,
  options: { readonly span: SpanPlace } & Omit<DChannelOptions, "interface">,
): Side {
  const { span: place, ...machine } = options;
  const logger = createLogger({
    level: "info",
    to: { write: (line) => context.log(`our side: ${line.trim()}`) },
  });
  const board = openDahdiBoard({ clock: systemClock, log: logger });
  context.onClose(() => board.close());
  const found = board.spans
    .find(({ number }) => number === place.number)
    ?.channels.find((each): each is DataChannel => each.kind === "data");
  context.check(found !== undefined, `span ${place.number} has a D-channel`);

  const calls = new Map<CallId, Live>();
  const channels = new Map<number, ChannelState>();
  const counts: Counts = { placed: 0, offered: 0, answered: 0, cleared: 0, glare: 0 };
  const faults: string[] = [];
  const ended: Outcome[] = [];
  const hangUps = createTimers<CallId>(systemClock, (call) => hangUp(call));
  let up = false;
  let answering = true;

  const trace = createFrameRing();
  context.onClose(() => writeFileSync(context.file("d-channel.pcap"), writeCapture(trace.after(0))));
  const runner = createDChannelRunner({
    machine: { interface: place.plan.kind === "BRI" ? "BRI" : "PRI", ...machine },
    channel: found.open(),
    clock: systemClock,
    log: logger,
    trace,
    indicate,
  });
  context.onClose(() => {
    hangUps.stopAll();
    runner.close();
  });
  runner.layer1(true);

  function fault(text: string): void {
    faults.push(text);
    context.log(`fault: ${text}`);
  }

  function hangUp(call: CallId): void {
    runner.request({ type: "DisconnectRequest", call });
  }

  function indicate(told: Indication): void {
    switch (told.type) {
      case "DataLinkIndication":
        up = told.up;
        return context.log(`our side: data link ${up ? "up" : "down"}`);
      case "ChannelIndication":
        return void channels.set(told.channel, told.state);
      case "RestartIndication":
      case "RestartConfirm":
        return;
      default:
        return ofCall(told);
    }
  }

  function ofCall(told: Extract<Indication, { readonly call: CallId }>): void {
    const live = told.type === "SetupIndication" ? offered(told) : calls.get(told.call);
    if (live === undefined) return fault(`${told.type} for no call, ${told.call}`);
    // After a lost link each side asks and tells the other's state (§5.8.10).
    if (told.type !== "StatusIndication") live.heard.push(told.type.replace(/Indication$/u, ""));
    if (told.channel !== undefined) live.channel = told.channel;
    live.responded = true;
    switch (told.type) {
      case "MoreInfoIndication":
        for (const digit of live.rest)
          runner.request({ type: "InfoRequest", call: told.call, digits: digit });
        live.number += live.rest;
        live.rest = "";
        return;
      case "InfoIndication":
        return further(told.call, live, told.digits);
      case "SetupConfirm":
        return answered(told.call, live);
      case "DisconnectIndication":
        live.cause ??= told.cause.value;
        return runner.request({ type: "ReleaseRequest", call: told.call });
      case "SuspendIndication":
        return runner.request({ type: "SuspendResponse", call: told.call });
      case "ResumeIndication":
        return runner.request({ type: "ResumeResponse", call: told.call });
      case "ReleaseIndication":
      case "ReleaseConfirm":
        return over(told.call, live, told.cause.value);
      default:
    }
  }

  function offered(setup: Extract<Indication, { readonly type: "SetupIndication" }>): Live {
    const { call, channel } = setup;
    counts.offered++;
    const met = [...calls.values()].some(
      (each) => each.direction === "out" && !each.responded && each.channel === channel,
    );
    if (met) counts.glare++;
    const live: Live = {
      direction: "in",
      number: "",
      rest: "",
      heard: [],
      channel,
      answered: false,
      responded: true,
      cause: undefined,
      holdMs: 200,
      over: () => undefined,
    };
    calls.set(call, live);
    const digits = setup.called?.digits ?? "";
    if (!setup.sendingComplete && digits.length < whole) runner.request({ type: "MoreInfoRequest", call });
    further(call, live, digits);
    return live;
  }

  function further(call: CallId, live: Live, digits: string): void {
    const before = live.number.length;
    live.number += digits;
    if (live.number.length < whole || before >= whole) return;
    const cause = wantedCause(live.number);
    if (cause !== 16) {
      live.cause = cause;
      runner.request({ type: "ProceedingRequest", call });
      return runner.request({ type: "DisconnectRequest", call, cause });
    }
    runner.request({ type: "ProceedingRequest", call });
    runner.request({ type: "AlertingRequest", call });
    if (!answering) return;
    runner.request({ type: "SetupResponse", call });
    answered(call, live);
  }

  function answered(call: CallId, live: Live): void {
    live.answered = true;
    counts.answered++;
    const caller = live.direction === "out";
    if (live.number[3] === (caller ? "0" : "1")) hangUps.start(call, live.holdMs);
  }

  const inState10 = ({ answered, direction, heard }: Live): boolean =>
    answered && (direction === "out" || machine.side === "network" || heard.includes("SetupComplete"));

  const busy = (): readonly string[] =>
    [...channels].filter(([, state]) => state !== "idle").map(([number, state]) => `${number} ${state}`);

  function over(call: CallId, live: Live, last: number): void {
    hangUps.stop(call);
    calls.delete(call);
    const cause = live.cause ?? last;
    const { number, heard, channel } = live;
    const order = heard.join(" ");
    if (!orders[live.direction].test(order)) fault(`${call} to ${number}: ${order}`);
    const well = cause === wantedCause(number) && live.answered === (cause === 16);
    if (well) counts.cleared++;
    else context.log(`${call} to ${number}: cause ${cause} after ${order}; not idle: ${busy().join(", ")}`);
    const { answered, direction } = live;
    const outcome: Outcome = { answered, cause, well, channel, direction };
    ended.push(outcome);
    live.over(outcome);
  }

  return {
    runner,
    counts,
    faults,
    ended,
    hangUp,
    get up() {
      return up;
    },
    get open() {
      return calls.size;
    },
    busy,
    active: () => [...calls].filter(([, live]) => inState10(live)).map(([call]) => call),
    answering: (on) => void (answering = on),
    place: ({ called, overlap = false, channel, holdMs = 200 }) =>
      new Promise((resolve) => {
        const call = `c${++counts.placed}`;
        const number = overlap ? called.slice(0, 1) : called;
        calls.set(call, {
          direction: "out",
          number,
          rest: called.slice(number.length),
          heard: [],
          channel: channel?.number,
          answered: false,
          responded: false,
          cause: undefined,
          holdMs,
          over: resolve,
        });
        runner.request({
          type: "SetupRequest",
          call,
          called: { digits: number, type: "unknown", plan: "unknown" },
          sendingComplete: !overlap,
          ...(channel === undefined ? {} : { channel }),
        });
      }),
  };
}
