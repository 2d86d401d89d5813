// One call as a value (Q.931 §5): its state, what goes in, what comes out. The tables are in user-table.ts
// and network-table.ts, what both share in call-table.ts.
import type { CallIdentity, CallIndication, DChannelEffect, Request, TimerName } from "../types.ts";
import type { Ces } from "../q921/layer2.ts";
import type { Message, MessageType } from "./message.ts";
import type { Cause, Element } from "./values.ts";

export type Side = "user" | "network";

/** Q.931 §2.1 (U…) and §2.2 (N…); the side says which. */
export type CallStateNumber = 0 | 1 | 2 | 3 | 4 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 15 | 17 | 19 | 25;

export type CallTimer = Extract<
  TimerName,
  | "T301"
  | "T302"
  | "T303"
  | "T304"
  | "T305"
  | "T306"
  | "T307"
  | "T308"
  | "T309"
  | "T310"
  | "T313"
  | "T318"
  | "T319"
  | "T322"
  | "T-HOLD"
  | "T-RETRIEVE"
>;

/** Auxiliary states of hold (EN 300 196-1, hold, EN 300 141-1). */
export type HoldState =
  "idle" | "hold-request" | "hold-indication" | "call-held" | "retrieve-request" | "retrieve-indication";

export interface Call {
  readonly id: string;
  /** Who sent the SETUP. */
  readonly origin: "here" | "peer";
  /** The data link that its messages use. */
  readonly ces: Ces;
  /** On a bus, the offer that a terminal answers by this call and that nobody has been awarded yet; else empty. */
  readonly offer: string;
  /** Call reference value, and how many octets it has. */
  readonly reference: number;
  readonly referenceOctets: 1 | 2;
  readonly state: CallStateNumber;
  /** B-channel, -1 while there is none. */
  readonly channel: number;
  readonly exclusive: boolean;
  /** The first answer to SETUP, which settles the channel, has been sent or received. */
  readonly settled: boolean;
  readonly timers: readonly CallTimer[];
  /** The running T303, T308 or T322 has expired once. */
  readonly retried: boolean;
  /** What our SETUP carries, until it is answered. */
  readonly setup: readonly Element[];
  /** With which cause clearing began, and who began. */
  readonly cause: Cause | null;
  readonly clearedBy: "here" | "peer" | "fault" | "";
  readonly hold: HoldState;
  /** Network side: the identity under which the call is suspended or about to be (§5.6.2); null otherwise. */
  readonly identity: CallIdentity | null;
  /** The peer is not ready for USER INFORMATION (EN 300 286-1). */
  readonly congested: boolean;
  /** What our RELEASE must say instead, because a DISCONNECT was in error (§5.8.6). */
  readonly releaseCause: Cause | null;
}

/** Requests that concern one call. */
export type CallRequest = Extract<Request, { readonly call: string }>;

export type CallInput =
  | { readonly type: MessageType | "unknown"; readonly message: Message }
  | { readonly type: CallTimer }
  | CallRequest
  /** DL-ESTABLISH and DL-RELEASE (§5.8.8, §5.8.9); `restarted`: RESTART of the call's channel (§5.5). */
  | { readonly type: "link-up" | "link-down" | "restarted" }
  /** The channel of the peer's first answer cannot be used (§5.1.2, §5.2.3.1). */
  | { readonly type: "channel-rejected" }
  /** Another terminal of the bus has the call, or nobody (§5.2.9, §5.3.2 e). */
  | { readonly type: "not-selected"; readonly cause: Cause };

export type CallEffect =
  | { readonly type: "message"; readonly message: MessageType; readonly elements: readonly Element[] }
  | { readonly type: "start" | "stop"; readonly timer: CallTimer }
  | { readonly type: "indication"; readonly indication: CallIndication }
  /** RELEASE was never answered: the channel is not to be used before maintenance (§5.3.3). */
  | { readonly type: "channel-failed" }
  | Extract<DChannelEffect, { readonly type: "log" }>;

export interface CallOptions {
  /** Whose procedures are followed; in QSIG both follow the user's. */
  readonly side: Side;
  readonly variant: "euroisdn" | "qsig";
  readonly services: { readonly hold: boolean; readonly suspend: boolean };
  readonly primary: boolean;
  readonly law: "alaw" | "ulaw";
  readonly overlapReceiving: boolean;
}

export interface CallStep {
  readonly call: Call;
  readonly effects: readonly CallEffect[];
}

/** A call in the Null state. */
export function createCall(
  from: Pick<Call, "id" | "origin" | "ces" | "reference" | "referenceOctets" | "channel" | "exclusive">,
): Call {
  return {
    ...from,
    offer: "",
    state: 0,
    settled: false,
    timers: [],
    retried: false,
    setup: [],
    cause: null,
    clearedBy: "",
    hold: "idle",
    identity: null,
    congested: false,
    releaseCause: null,
  };
}
