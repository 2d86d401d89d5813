// One data link as a value (Q.921 §4, §5): its state, what goes in, what comes out. The table is in link-table.ts.
import type { Octets } from "../octets.ts";
import type { Frame, Reject } from "./frame.ts";

/**
 * Q.921 §B.2: 1 TEI unassigned, 2 assign awaiting TEI, 3 establish awaiting TEI, 4 TEI assigned,
 * 5 awaiting establishment, 6 awaiting release, 7 multiple frame established, 8 timer recovery.
 */
export type LinkStateNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface LinkState {
  readonly state: LinkStateNumber;
  /** -1 while there is none. */
  readonly tei: number;
  /** V(S), V(A), V(R): 0–127 (§3.5.2). */
  readonly vs: number;
  readonly va: number;
  readonly vr: number;
  /** Retransmissions so far (the SDL's RC). */
  readonly rc: number;
  /** Information fields from V(A) on: the first V(S)−V(A) were sent and wait for acknowledgement. */
  readonly queue: readonly Octets[];
  /** Information fields of UI frames that wait for a TEI. */
  readonly units: readonly Octets[];
  readonly peerBusy: boolean;
  readonly ownBusy: boolean;
  readonly rejectException: boolean;
  readonly ackPending: boolean;
  readonly layer3Initiated: boolean;
  /** T200 is running. */
  readonly t200: boolean;
  /** A primitive that the SDL saves until the present procedure ends. */
  readonly saved: "" | "DL-ESTABLISH-request" | "DL-RELEASE-request";
}

export interface LinkOptions {
  readonly sapi: number;
  /** §5.9.2, retransmissions. */
  readonly n200: number;
  /** §5.9.5, outstanding I frames, 1–127. */
  readonly window: number;
}

/** MDL-ERROR causes, Table II.1/Q.921. */
export type ErrorCode =
  "A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | "L" | "M" | "N" | "O";

export type LinkInput =
  | Frame
  | Pick<Reject, "type" | "error">
  | { readonly type: "T200" | "T203" }
  | { readonly type: "DL-ESTABLISH-request" | "DL-RELEASE-request" }
  | { readonly type: "DL-DATA-request" | "DL-UNIT-DATA-request"; readonly info: Octets }
  | { readonly type: "MDL-ASSIGN-request"; readonly tei: number }
  /** `persistent-deactivation`: layer 1 is down. `own-busy`: the receiver cannot take more, or can again. */
  | { readonly type: "MDL-REMOVE-request" | "MDL-ERROR-response" | "persistent-deactivation" }
  | { readonly type: "own-busy"; readonly busy: boolean };

export type LinkEffect =
  | { readonly type: "frame"; readonly frame: Frame }
  | { readonly type: "start" | "stop"; readonly timer: "T200" | "T203" }
  | {
      readonly type:
        | "DL-ESTABLISH-indication"
        | "DL-ESTABLISH-confirm"
        | "DL-RELEASE-indication"
        | "DL-RELEASE-confirm"
        | "MDL-ASSIGN-indication";
    }
  | { readonly type: "DL-DATA-indication" | "DL-UNIT-DATA-indication"; readonly info: Octets }
  | { readonly type: "MDL-ERROR-indication"; readonly error: ErrorCode };

export interface LinkStep {
  readonly state: LinkState;
  readonly effects: readonly LinkEffect[];
}

/** A link with a fixed TEI starts in state 4; without one in state 1. */
export function createLink(tei?: number): LinkState {
  return {
    state: tei === undefined ? 1 : 4,
    tei: tei ?? -1,
    vs: 0,
    va: 0,
    vr: 0,
    rc: 0,
    queue: [],
    units: [],
    peerBusy: false,
    ownBusy: false,
    rejectException: false,
    ackPending: false,
    layer3Initiated: false,
    t200: false,
    saved: "",
  };
}

/** Information fields of an established link that no frame has carried yet: its window is closed, or it recovers. */
export function unsent({ state, queue, vs, va }: LinkState): number {
  return state === 7 || state === 8 ? queue.length - ((vs - va) & 0x7f) : 0;
}
