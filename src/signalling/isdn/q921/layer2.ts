// Layer 2 of one D-channel (Q.921): its data link and its TEI management joined, octets on one side and
// DL primitives on the other. Keeps a persistent link up by asking again after T-link.
import type { Octets } from "../octets.ts";
import { decodeFrame, encodeFrame, type Frame, type Side } from "./frame.ts";
import { nextLink } from "./link-table.ts";
import {
  createLink,
  type ErrorCode,
  type LinkEffect,
  type LinkInput,
  type LinkOptions,
  type LinkState,
} from "./link.ts";
import { decodeTeiMessage, encodeTeiMessage, type TeiMessage } from "./tei-message.ts";
import {
  createTeiNetwork,
  nextTeiNetwork,
  type TeiNetworkEffect,
  type TeiNetworkState,
} from "./tei-network.ts";
import { createTeiUser, nextTeiUser, type TeiUserEffect, type TeiUserState } from "./tei-user.ts";

export interface Layer2Options {
  readonly side: Side;
  readonly tei: "fixed" | "automatic";
  readonly persistent: boolean;
  readonly n200: number;
  readonly window: number;
  readonly seed: number;
}

export interface Layer2State {
  readonly layer1: boolean;
  readonly link: LinkState;
  /** With automatic TEI, one of these by the side. */
  readonly teiUser: TeiUserState | null;
  readonly teiNetwork: TeiNetworkState | null;
}

export type Layer2Timer = "T200" | "T203" | "T201" | "T202" | "T-link";

export type Layer2Input =
  | { readonly type: "octets"; readonly octets: Uint8Array }
  | { readonly type: "timer"; readonly timer: Layer2Timer }
  | { readonly type: "layer1"; readonly up: boolean }
  | { readonly type: "establish" }
  | { readonly type: "data"; readonly info: Octets };

export type Layer2Effect =
  | { readonly type: "octets"; readonly octets: Uint8Array }
  | { readonly type: "start" | "stop"; readonly timer: Layer2Timer }
  /** `up`: DL-ESTABLISH indication or confirm; `down`: DL-RELEASE indication or confirm. */
  | { readonly type: "up" | "down" }
  | { readonly type: "data"; readonly info: Octets }
  | { readonly type: "error"; readonly error: ErrorCode };

export interface Layer2Step {
  readonly state: Layer2State;
  readonly effects: readonly Layer2Effect[];
}

const callControl = 0;
const management = 63;
const group = 127;

export function createLayer2(options: Layer2Options): Layer2State {
  const automatic = options.tei === "automatic";
  return {
    layer1: false,
    link: createLink(automatic ? undefined : 0),
    teiUser: automatic && options.side === "user" ? createTeiUser(options.seed) : null,
    teiNetwork: automatic && options.side === "network" ? createTeiNetwork() : null,
  };
}

/** Multiple-frame operation is established (states 7 and 8). */
export function isEstablished({ link }: Layer2State): boolean {
  return link.state === 7 || link.state === 8;
}

export function nextLayer2(state: Layer2State, input: Layer2Input, options: Layer2Options): Layer2Step {
  const turn: Turn = { state: { ...state }, effects: [], options };
  switch (input.type) {
    case "octets":
      receive(turn, input.octets);
      break;
    case "timer":
      timeout(turn, input.timer);
      break;
    case "layer1":
      setLayer1(turn, input.up);
      break;
    case "establish":
      establish(turn);
      break;
    case "data":
      link(turn, { type: "DL-DATA-request", info: input.info });
      break;
  }
  return { state: turn.state, effects: turn.effects };
}

interface Turn {
  readonly state: { -readonly [K in keyof Layer2State]: Layer2State[K] };
  readonly effects: Layer2Effect[];
  readonly options: Layer2Options;
}

function setLayer1(turn: Turn, up: boolean): void {
  if (turn.state.layer1 === up) return;
  turn.state.layer1 = up;
  if (up) {
    if (turn.options.persistent) establish(turn);
    return;
  }
  link(turn, { type: "persistent-deactivation" });
  turn.effects.push({ type: "stop", timer: "T-link" });
}

function establish(turn: Turn): void {
  const { state } = turn.state.link;
  // The network side cannot ask for a TEI: the terminal has to (§5.3.1.1).
  if (!turn.state.layer1 || (state === 1 && turn.state.teiNetwork !== null)) return;
  if (state === 1 || state === 4 || state === 6) link(turn, { type: "DL-ESTABLISH-request" });
}

function timeout(turn: Turn, timer: Layer2Timer): void {
  switch (timer) {
    case "T200":
    case "T203":
      link(turn, { type: timer });
      break;
    case "T201":
      teiNetwork(turn, { type: "T201" });
      break;
    case "T202":
      teiUser(turn, { type: "T202" });
      break;
    case "T-link":
      if (turn.options.persistent) establish(turn);
      break;
  }
}

function receive(turn: Turn, octets: Uint8Array): void {
  const frame = decodeFrame(octets, turn.options.side);
  if (frame.sapi === management) {
    if (frame.type !== "UI" || frame.tei !== group) return;
    const message = decodeTeiMessage(frame.info);
    if (message !== undefined) receiveManagement(turn, message);
    return;
  }
  if (frame.sapi !== callControl) return;
  if (frame.tei === group) {
    if (frame.type === "UI") link(turn, frame);
    return;
  }
  if (frame.tei !== turn.state.link.tei) return;
  if (frame.type !== "reject") link(turn, frame);
  else if (frame.error !== undefined) link(turn, { type: "reject", error: frame.error });
}

function receiveManagement(turn: Turn, message: TeiMessage): void {
  teiUser(turn, { type: "message", message });
  teiNetwork(turn, { type: "message", message, linkEstablished: isEstablished(turn.state) });
}

function link(turn: Turn, input: LinkInput): void {
  const options: LinkOptions = { sapi: callControl, n200: turn.options.n200, window: turn.options.window };
  const step = nextLink(turn.state.link, input, options);
  turn.state.link = step.state;
  for (const effect of step.effects) perform(turn, effect);
}

function perform(turn: Turn, effect: LinkEffect): void {
  switch (effect.type) {
    case "frame":
      send(turn, effect.frame);
      break;
    case "start":
    case "stop":
      turn.effects.push(effect);
      break;
    case "DL-ESTABLISH-indication":
    case "DL-ESTABLISH-confirm":
      turn.effects.push({ type: "up" });
      break;
    case "DL-RELEASE-indication":
    case "DL-RELEASE-confirm":
      turn.effects.push({ type: "down" });
      if (turn.options.persistent && turn.state.layer1) turn.effects.push({ type: "start", timer: "T-link" });
      break;
    case "DL-DATA-indication":
    case "DL-UNIT-DATA-indication":
      turn.effects.push({ type: "data", info: effect.info });
      break;
    case "MDL-ASSIGN-indication":
      teiUser(turn, { type: "MDL-ASSIGN-indication" });
      break;
    case "MDL-ERROR-indication":
      turn.effects.push({ type: "error", error: effect.error });
      // Table II.1: these may mean that a TEI is assigned twice, or to nobody.
      if ("CDGH".includes(effect.error)) {
        teiUser(turn, { type: "suspect" });
        teiNetwork(turn, { type: "suspect" });
      }
      break;
  }
}

function teiUser(turn: Turn, input: Parameters<typeof nextTeiUser>[1]): void {
  if (turn.state.teiUser === null) return;
  const step = nextTeiUser(turn.state.teiUser, input);
  turn.state.teiUser = step.state;
  for (const effect of step.effects) manage(turn, effect);
}

function teiNetwork(turn: Turn, input: Parameters<typeof nextTeiNetwork>[1]): void {
  if (turn.state.teiNetwork === null) return;
  const step = nextTeiNetwork(turn.state.teiNetwork, input);
  turn.state.teiNetwork = step.state;
  for (const effect of step.effects) manage(turn, effect);
}

function manage(turn: Turn, effect: TeiUserEffect | TeiNetworkEffect): void {
  switch (effect.type) {
    case "message":
      send(turn, {
        type: "UI",
        sapi: management,
        tei: group,
        command: true,
        pf: false,
        info: encodeTeiMessage(effect.message),
      });
      break;
    case "start":
    case "stop":
      turn.effects.push(effect);
      break;
    case "MDL-ERROR-response":
      link(turn, effect);
      break;
    case "MDL-ASSIGN-request":
      link(turn, effect);
      if (turn.options.persistent) establish(turn);
      break;
    case "MDL-REMOVE-request": {
      const wasIdle = turn.state.link.state === 4;
      link(turn, effect);
      // A link in state 4 is removed without a word to layer 3; a persistent one still asks for a new TEI.
      if (wasIdle && turn.options.persistent && turn.state.layer1) {
        turn.effects.push({ type: "start", timer: "T-link" });
      }
      break;
    }
  }
}

function send(turn: Turn, frame: Frame): void {
  turn.effects.push({ type: "octets", octets: encodeFrame(frame, turn.options.side) });
}
