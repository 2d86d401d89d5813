// All calls of one D-channel as a value, above the calls' own machines: references, channels, RESTART, link.
// The machine is in interface-machine.ts.
import type { CallId, CallIndication, ChannelState, DChannelEffect, Indication, Request } from "../types.ts";
import type { Octets } from "../octets.ts";
import type { Ces } from "../q921/layer2.ts";
import type { Call, CallTimer, Side } from "./call.ts";
import type { Reassembly } from "./segments.ts";
import type { Cause, Element } from "./values.ts";

export interface InterfaceOptions {
  readonly side: Side;
  readonly primary: boolean;
  readonly law: "alaw" | "ulaw";
  readonly channels: readonly number[];
  readonly callReferenceOctets: 1 | 2;
  /** The network's side of a bus: calls are offered to all terminals. */
  readonly bus: boolean;
  /** Without a link a SETUP fails at once, instead of asking for one. */
  readonly persistent: boolean;
  readonly overlapReceiving: boolean;
  readonly variant: "euroisdn" | "qsig";
  readonly services: { readonly hold: boolean; readonly suspend: boolean };
  /** Q.921 §5.9.3: most octets of one frame. */
  readonly n201: number;
  /** Send messages that no frame can carry in segments. */
  readonly segmentation: boolean;
  readonly exclusive: boolean;
  readonly restart: "channels" | "interface" | "none";
  readonly restartResponse: "automatic" | "application";
}

export interface Channel {
  /** The call on it; empty when there is none. */
  readonly call: CallId;
  readonly blocked: boolean;
  readonly failed: boolean;
  readonly restarting: boolean;
}

/** One RESTART to send: these channels, or the whole interface by its class. */
export interface RestartJob {
  readonly channels: readonly number[];
  readonly wholeInterface: boolean;
  /** Asked for by a request, not by this machine itself. */
  readonly requested: boolean;
}

export interface RestartState {
  /** Channels to restart when the link comes up. */
  readonly due: readonly number[];
  readonly queue: readonly RestartJob[];
  /** Rest 1: sent and not acknowledged yet. */
  readonly awaited: RestartJob | null;
  /** T316 has expired once. */
  readonly retried: boolean;
  /** Rest 2: received, to be acknowledged with these elements when the line says so. */
  readonly responding: readonly (readonly Element[])[];
}

/** A call that is offered to all terminals of a bus (§5.2); each that answers has a call of its own, a branch. */
export interface Offer {
  readonly id: CallId;
  /** N6 Call present: anybody may answer. N22 Call abort: who answers now comes too late (until T312 runs out). */
  readonly state: 6 | 22;
  /** What a branch is at first. */
  readonly template: Call;
  readonly timers: readonly ("T303" | "T312")[];
  /** T303 has expired once. */
  readonly retried: boolean;
  /** How far the most advanced branch has come, as it was told: 0 nowhere, 1 overlap, 2 proceeding, 3 alerting. */
  readonly told: 0 | 1 | 2 | 3;
  /** The best reason of those who will not; in N22 why it is over. */
  readonly cause: Cause | null;
}

export interface InterfaceState {
  /** Links in multiple-frame operation. */
  readonly links: readonly Ces[];
  readonly calls: Readonly<Record<CallId, Call>>;
  readonly offers: Readonly<Record<CallId, Offer>>;
  /** By channel number. */
  readonly channels: Readonly<Record<number, Channel>>;
  /** The last call reference that we made, and the last number of an incoming call's name. */
  readonly lastReference: number;
  readonly lastIncoming: number;
  readonly restart: RestartState;
  /** By link, a segmented message of which more is to come (Annex H.3). */
  readonly segments: Readonly<Record<Ces, Reassembly>>;
}

/** `call` is empty for the interface's own timers, and for T314 the number of the link. */
export interface InterfaceTimer {
  readonly call: CallId;
  readonly name: CallTimer | "T312" | "T314" | "T316" | "T317";
}

export type InterfaceInput =
  | { readonly type: "octets"; readonly ces: Ces; readonly octets: Octets }
  | { readonly type: "timer"; readonly timer: InterfaceTimer }
  /** DL-ESTABLISH and DL-RELEASE indications and confirms. */
  | { readonly type: "link"; readonly ces: Ces; readonly up: boolean }
  | { readonly type: "request"; readonly request: Request };

export type InterfaceEffect =
  /** `reply`: to what was no use to us. Nothing waits for it but the peer, which asks again. */
  | { readonly type: "octets"; readonly ces: Ces; readonly octets: Octets; readonly reply: boolean }
  | { readonly type: "start" | "stop"; readonly timer: InterfaceTimer }
  | { readonly type: "indication"; readonly indication: Indication }
  | Extract<DChannelEffect, { readonly type: "log" }>;

export interface InterfaceStep {
  readonly state: InterfaceState;
  readonly effects: readonly InterfaceEffect[];
}

/** A transition in the making: a private copy of the state, and what it has caused so far. */
export interface InterfaceTurn {
  readonly state: { -readonly [K in keyof InterfaceState]: InterfaceState[K] };
  readonly effects: InterfaceEffect[];
  readonly options: InterfaceOptions;
  /** Where the message under way came from, and what is sent for no call goes: the only link, but on a bus. */
  ces: Ces;
  /** What branches of offers have said and is still to be heard. */
  readonly branchEvents: BranchEvent[];
}

/** A branch indicates something, or is back in Null. */
export interface BranchEvent {
  readonly branch: Call;
  readonly indication: CallIndication | null;
}

export function createInterface(options: InterfaceOptions): InterfaceState {
  const idle: Channel = { call: "", blocked: false, failed: false, restarting: false };
  return {
    links: [],
    calls: {},
    offers: {},
    channels: Object.fromEntries(options.channels.map((number) => [number, idle])),
    lastReference: 0,
    lastIncoming: 0,
    restart: {
      due: options.restart === "none" ? [] : options.channels,
      queue: [],
      awaited: null,
      retried: false,
      responding: [],
    },
    segments: {},
  };
}

export function channelState(channel: Channel): ChannelState {
  if (channel.call !== "") return "in-use";
  if (channel.blocked) return "blocked";
  if (channel.restarting) return "restarting";
  return channel.failed ? "failed" : "idle";
}
