// The procedures that the boxes of Annex B/Q.921 share, on a draft of the link's state.
import type { Octets } from "../octets.ts";
import type { Frame } from "./frame.ts";
import type { ErrorCode, LinkEffect, LinkOptions, LinkState, LinkStateNumber } from "./link.ts";

/** A transition in the making: a private copy of the state, and what it has caused so far. */
export interface Turn {
  readonly link: { -readonly [K in keyof LinkState]: LinkState[K] };
  readonly effects: LinkEffect[];
  readonly options: LinkOptions;
}

export const modulo = (n: number): number => n & 127;

export function enter(turn: Turn, state: LinkStateNumber): void {
  turn.link.state = state;
}

export function tell(
  turn: Turn,
  type:
    | "DL-ESTABLISH-indication"
    | "DL-ESTABLISH-confirm"
    | "DL-RELEASE-indication"
    | "DL-RELEASE-confirm"
    | "MDL-ASSIGN-indication",
): void {
  turn.effects.push({ type });
}

export function error(turn: Turn, code: ErrorCode): void {
  turn.effects.push({ type: "MDL-ERROR-indication", error: code });
}

export function startT200({ link, effects }: Turn): void {
  link.t200 = true;
  effects.push({ type: "start", timer: "T200" });
}

export function stopT200({ link, effects }: Turn): void {
  if (link.t200) effects.push({ type: "stop", timer: "T200" });
  link.t200 = false;
}

export function startT203({ effects }: Turn): void {
  effects.push({ type: "start", timer: "T203" });
}

export function stopT203({ effects }: Turn): void {
  effects.push({ type: "stop", timer: "T203" });
}

export function sendUnnumbered(turn: Turn, type: "SABME" | "DISC" | "UA" | "DM", pf: boolean): void {
  const command = type === "SABME" || type === "DISC";
  send(turn, { type, ...address(turn, command), pf });
}

export function sendSupervisory(turn: Turn, type: "RR" | "RNR" | "REJ", command: boolean, pf: boolean): void {
  turn.link.ackPending = false;
  send(turn, { type, ...address(turn, command), pf, nr: turn.link.vr });
}

export function sendUnit(turn: Turn, info: Octets): void {
  // §5.2.2: the link's own TEI; the group TEI is the broadcast link's, which has no states.
  send(turn, { type: "UI", ...address(turn, true), pf: false, info });
}

/** "Transmit enquiry", Figure B.9: a command that polls. */
export function transmitEnquiry(turn: Turn): void {
  sendSupervisory(turn, turn.link.ownBusy ? "RNR" : "RR", true, true);
  startT200(turn);
}

/** "Enquiry response", Figure B.9. */
export function enquiryResponse(turn: Turn): void {
  sendSupervisory(turn, turn.link.ownBusy ? "RNR" : "RR", false, true);
}

export function clearExceptions({ link }: Turn): void {
  link.peerBusy = false;
  link.ownBusy = false;
  link.rejectException = false;
  link.ackPending = false;
}

/** "Establish data link", Figure B.9. */
export function establish(turn: Turn, { layer3 }: { readonly layer3: boolean }): void {
  clearExceptions(turn);
  turn.link.rc = 0;
  turn.link.layer3Initiated = layer3;
  sendUnnumbered(turn, "SABME", true);
  if (turn.link.state === 7) stopT203(turn);
  startT200(turn);
  enter(turn, 5);
}

export function resetVariables({ link }: Turn): void {
  link.vs = 0;
  link.va = 0;
  link.vr = 0;
}

export function outstanding({ link }: Turn): number {
  return modulo(link.vs - link.va);
}

/** Discards what was sent and not acknowledged and what was not sent yet (the SDL's I queue). */
export function discardQueue({ link }: Turn): void {
  link.queue = [];
  // V(S) = V(A) keeps the queue's meaning: nothing of it has been sent.
  link.vs = link.va;
}

/** V(A) ≤ N(R) ≤ V(S), §3.5.2.6. */
export function validNr(turn: Turn, nr: number): boolean {
  return modulo(nr - turn.link.va) <= outstanding(turn);
}

export function acknowledge({ link }: Turn, nr: number): void {
  const count = modulo(nr - link.va);
  if (count > 0) link.queue = link.queue.slice(count);
  link.va = nr;
}

/** "N(R) error recovery", Figure B.9. */
export function nrErrorRecovery(turn: Turn): void {
  error(turn, "J");
  establish(turn, { layer3: false });
}

/** Everything stops and the upper layer is told; for layer 1 down and TEI removal. */
export function drop(turn: Turn, to: 1 | 4, how?: "DL-RELEASE-indication" | "DL-RELEASE-confirm"): void {
  discardQueue(turn);
  turn.link.units = [];
  turn.link.saved = "";
  if (turn.link.state === 7) stopT203(turn);
  stopT200(turn);
  if (how !== undefined) tell(turn, how);
  if (to === 1) turn.link.tei = -1;
  enter(turn, to);
}

/** Sends I frames while the window is open (§5.6.1), and acknowledges what no I frame acknowledged (§5.6.2.2). */
export function pump(turn: Turn): void {
  const { link, options } = turn;
  while (link.state === 7 && !link.peerBusy && outstanding(turn) < options.window) {
    const info = link.queue[outstanding(turn)];
    if (info === undefined) break;
    link.ackPending = false;
    send(turn, { type: "I", ...address(turn, true), pf: false, ns: link.vs, nr: link.vr, info });
    link.vs = modulo(link.vs + 1);
    if (!link.t200) {
      stopT203(turn);
      startT200(turn);
    }
  }
  if (link.ackPending && (link.state === 7 || link.state === 8)) sendSupervisory(turn, "RR", false, false);
}

function address(turn: Turn, command: boolean): { sapi: number; tei: number; command: boolean } {
  return { sapi: turn.options.sapi, tei: turn.link.tei, command };
}

function send(turn: Turn, frame: Frame): void {
  turn.effects.push({ type: "frame", frame });
}
