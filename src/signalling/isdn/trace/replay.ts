// A capture played again, as a test of our machine: it is given what the other side sent, and asked for what ours was
// asked for then; what it sends must be what was sent. Layer 3 only: a capture may begin anywhere in a data link's life.
import type { DChannelOptions } from "../types.ts";
import { interfaceOptions } from "../dchannel.ts";
import type { Side } from "../q921/frame.ts";
import { broadcast, type Ces } from "../q921/layer2.ts";
import { nextInterface } from "../q931/interface-machine.ts";
import {
  createInterface,
  type InterfaceInput,
  type InterfaceState,
  type InterfaceTimer,
} from "../q931/interface.ts";
import { decodeMessage, type Message } from "../q931/message.ts";
import type { Octets } from "../octets.ts";
import { timerValues } from "../timers.ts";
import type { CapturedFrame } from "./pcap.ts";
import { differencesOf } from "./replay-compare.ts";
import { requestFor } from "./replay-requests.ts";
import { eventsOf, type CapturedMessage } from "./replay-events.ts";

export interface ReplayOptions {
  /** Ours in the capture; default: whose frames it says were sent by whoever captured. */
  readonly side?: Side;
  readonly variant?: "euroisdn" | "qsig";
  readonly timers?: DChannelOptions["timers"];
}

export interface ReplayRemark {
  /** Ms since 1970 UTC. */
  readonly at: number;
  readonly text: string;
  /** Of the Recommendation, where the machine names one. */
  readonly clause?: string;
}

export interface ReplayReport {
  readonly side: Side;
  readonly interface: "PRI" | "BRI";
  readonly calls: number;
  /** Messages given to the machine, and of ours found again. */
  readonly received: number;
  readonly sent: number;
  /** Messages of calls that had begun before the capture. */
  readonly passedOver: number;
  /** Where our machine behaves otherwise: a message more, less or another one, another cause or channel. */
  readonly differences: readonly ReplayRemark[];
  /** What is told besides: elements more or less, what the machine had to remark. */
  readonly notes: readonly ReplayRemark[];
}

/** Our timers and the exchange's run apart by this much at most. Ms. */
const slackMs = 1500;
/** What is sent so shortly before the capture's end may have come too late for it. Ms. */
const tailMs = 200;

interface Waiting {
  readonly at: number;
  readonly message: Message;
  readonly ces: Ces;
}

/** Never throws, whatever the frames are. */
export function replay(frames: readonly CapturedFrame[], options: ReplayOptions = {}): ReplayReport {
  const sentBy = frames.find(({ sent }) => sent)?.from ?? "user";
  const side = options.side ?? sentBy;
  const events = eventsOf(frames, side);
  const messages = events.filter((event) => event.type === "message");
  const own = machineOptions(messages, { ...options, side });
  const machine = createMachine(own);
  const differences: ReplayRemark[] = [];
  const notes: ReplayRemark[] = machine.notes;
  const begun = new Set<string>();
  /** Sent in the capture and not by the machine yet. */
  const missing: Waiting[] = [];
  let received = 0;
  let sent = 0;
  let passedOver = 0;

  const compare = (captured: Message, made: Message, at: number): void => {
    sent += 1;
    for (const { text, grave } of differencesOf(captured, made))
      (grave ? differences : notes).push({ at, text });
  };
  /** What the machine has sent, against what still waits for it. */
  const settle = (): void => {
    for (const captured of [...missing]) {
      const made = take(machine.made, captured);
      if (made === undefined) continue;
      missing.splice(missing.indexOf(captured), 1);
      compare(captured.message, made.message, captured.at);
    }
  };

  for (const captured of events) {
    const { at, ces } = captured;
    machine.advance(at);
    settle();
    if (captured.type === "link") {
      machine.link(ces, captured.up);
      settle();
      continue;
    }
    const { ours, message, octets } = captured;
    const key = callKey(captured);
    if (message.type === "SETUP" || message.type === "RESUME") begun.add(key);
    if (message.reference.value !== 0 && !begun.has(key)) {
      passedOver += 1;
      continue;
    }
    if (!ours) {
      received += 1;
      machine.input({ type: "octets", ces, octets });
      settle();
      continue;
    }
    missing.push({ at, message, ces });
    settle();
    if (!missing.some((each) => each.message === message)) continue;
    if (machine.ask(message, ces)) settle();
    else {
      // On the wire it crossed with the other side's call on this channel; what we thought then cannot be told.
      missing.pop();
      begun.delete(key);
      passedOver += 1;
      notes.push({ at, text: `${nameOf(message)} crossed with a call on its channel: passed over` });
    }
  }

  const end = messages.at(-1)?.at ?? 0;
  machine.advance(end + slackMs);
  settle();
  for (const { at, message } of missing)
    differences.push({ at, text: `${nameOf(message)} was sent then, and is not now` });
  for (const { at, message } of machine.made)
    if (at <= end - tailMs) differences.push({ at, text: `${nameOf(message)} is sent, and was not then` });
  differences.sort((a, b) => a.at - b.at);
  return {
    side,
    interface: own.interface,
    calls: begun.size,
    received,
    sent,
    passedOver,
    differences,
    notes,
  };
}

const nameOf = ({ type, reference }: Message): string =>
  reference.value === 0 ? type : `${type} of call ${reference.value}`;

/** On a bus each terminal has references of its own, and the network's go to all. */
function callKey({ message: { reference }, ours, ces }: CapturedMessage): string {
  const byUs = reference.fromOriginator === ours;
  return `${byUs ? "us" : "them"}/${reference.value}/${byUs ? "" : ces}`;
}

function take(made: Waiting[], { message, ces }: Waiting): Waiting | undefined {
  const index = made.findIndex(
    (each) =>
      each.ces === ces &&
      each.message.type === message.type &&
      each.message.reference.value === message.reference.value &&
      each.message.reference.fromOriginator === message.reference.fromOriginator,
  );
  return index === -1 ? undefined : made.splice(index, 1)[0];
}

/** As far as the capture shows how the line was set. */
function machineOptions(
  messages: readonly CapturedMessage[],
  { side, variant, timers }: ReplayOptions & { readonly side: Side },
): DChannelOptions {
  const bus = messages.some(({ ces }) => ces === broadcast);
  const wide = messages.some(({ message }) => message.reference.octets === 2);
  return {
    side,
    interface: wide ? "PRI" : "BRI",
    topology: bus ? "multipoint" : "point-to-point",
    overlapReceiving: messages.some(({ ours, message }) => ours && message.type === "SETUP ACKNOWLEDGE"),
    services: { hold: true, suspend: true },
    // What was restarted is asked for as it was then.
    restart: "none",
    segmentation: true,
    ...(variant === undefined ? {} : { variant }),
    ...(timers === undefined ? {} : { timers }),
  };
}

interface Machine {
  /** What it has sent and nobody has taken yet. */
  readonly made: Waiting[];
  readonly notes: ReplayRemark[];
  input(input: InterfaceInput): void;
  /** The link is up (again), or down. */
  link(ces: Ces, up: boolean): void;
  /**
   * Asks for what makes it send this message, where there is such a request. False for a SETUP whose channel is taken.
   */
  ask(message: Message, ces: Ces): boolean;
  /** Runs its timers until then. */
  advance(at: number): void;
}

function createMachine(own: DChannelOptions): Machine {
  const options = interfaceOptions(own);
  const values = timerValues(own);
  const timers = new Map<string, { readonly timer: InterfaceTimer; readonly due: number }>();
  const made: Waiting[] = [];
  const notes: ReplayRemark[] = [];
  const links = new Set<Ces>();
  let state = createInterface(options);
  let now = 0;

  const input = (given: InterfaceInput): void => {
    const step = nextInterface(state, given, options);
    state = step.state;
    for (const effect of step.effects) {
      if (effect.type === "octets") put(effect.ces, effect.octets);
      if (effect.type === "start")
        timers.set(JSON.stringify(effect.timer), {
          timer: effect.timer,
          due: now + values[effect.timer.name],
        });
      if (effect.type === "stop") timers.delete(JSON.stringify(effect.timer));
      if (effect.type === "log") notes.push({ at: now, text: effect.message, clause: effect.clause });
    }
  };
  const link = (ces: Ces, up: boolean): void => {
    if (ces === broadcast) return;
    if (up) links.add(ces);
    else links.delete(ces);
    input({ type: "link", ces, up });
  };
  /** A capture may begin when the link is up. */
  const ensureLink = (ces: Ces): void => {
    if (!links.has(ces)) link(ces, true);
  };
  const put = (ces: Ces, octets: Octets): void => {
    const message = decodeMessage(octets);
    if (message.type !== "reject") made.push({ at: now, message, ces });
  };

  return {
    made,
    notes,
    link,
    input(given) {
      if (given.type === "octets") ensureLink(given.ces);
      input(given);
    },
    ask(message, ces) {
      const { value, fromOriginator } = message.reference;
      const origin = fromOriginator ? "here" : "peer";
      const call = Object.values(state.calls).find(
        (each) => each.origin === origin && each.reference === value && (!options.bus || each.ces === ces),
      );
      const offered = Object.values(state.offers).find(({ template }) => template.reference === value);
      const request = requestFor(message, call ?? offered?.template);
      if (request === undefined) return true;
      ensureLink(ces);
      if (request.type === "SetupRequest" && isTaken(state, request.channel?.number)) return false;
      // Its next reference is the one that was used then.
      if (request.type === "SetupRequest" || request.type === "ResumeRequest")
        state = { ...state, lastReference: value - 1 };
      input({ type: "request", request });
      return true;
    },
    advance(at) {
      for (;;) {
        const [first] = [...timers.entries()].sort(([, a], [, b]) => a.due - b.due);
        if (first === undefined || first[1].due > at) break;
        timers.delete(first[0]);
        now = first[1].due;
        input({ type: "timer", timer: first[1].timer });
      }
      now = Math.max(now, at);
    },
  };
}

function isTaken({ channels }: InterfaceState, channel: number | undefined): boolean {
  return channel !== undefined && channels[channel]?.call !== "";
}
