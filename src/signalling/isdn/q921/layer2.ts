// Layer 2 of one D-channel (Q.921): its data links and its TEI management joined, octets on one side and
// DL primitives on the other. Keeps wanted links up by asking again after T-link.
import type { Octets } from "../octets.ts";
import { decodeFrame, encodeFrame, type Frame, type Reject, type Side } from "./frame.ts";
import { nextLink } from "./link-table.ts";
import {
  createLink,
  unsent,
  type ErrorCode,
  type LinkEffect,
  type LinkInput,
  type LinkState,
} from "./link.ts";
import { decodeTeiMessage, encodeTeiMessage, type TeiMessage } from "./tei-message.ts";
import {
  automaticTeis,
  createTeiNetwork,
  isAutomatic,
  nextTeiNetwork,
  type TeiNetworkEffect,
  type TeiNetworkState,
} from "./tei-network.ts";
import { createTeiUser, nextTeiUser, type TeiUserEffect, type TeiUserState } from "./tei-user.ts";

/**
 * A connection endpoint suffix (Q.920): names a data link towards layer 3. The only link of a terminal or of a
 * point-to-point line is 0; the links of a network on a bus have the TEIs of their terminals; `broadcast` is all.
 */
export type Ces = number;

/** The group TEI, §3.3.4.1. */
export const broadcast: Ces = 127;

export interface Layer2Options {
  readonly side: Side;
  /** A number: the terminal's fixed TEI. Of no meaning to the network on a bus, which takes both. */
  readonly tei: "automatic" | number;
  /** The network's side of a bus: a link for each terminal, set up by the terminals. */
  readonly bus: boolean;
  /** Keep the link up when no call needs it. */
  readonly persistent: boolean;
  /** Links that calls need. */
  readonly needed: readonly Ces[];
  readonly n200: number;
  readonly n201: number;
  readonly n202: number;
  readonly window: number;
  readonly seed: number;
}

export interface Layer2State {
  readonly layer1: boolean;
  readonly links: Readonly<Record<Ces, LinkState>>;
  /** Links whose T-idle runs: up, and no longer needed. */
  readonly idle: readonly Ces[];
  /** Information fields to all terminals that must not overtake what is said to one of them. */
  readonly units: readonly Octets[];
  /** With automatic TEI, one of these by the side. */
  readonly teiUser: TeiUserState | null;
  readonly teiNetwork: TeiNetworkState | null;
}

/** `T201`: `ces` is the TEI that is checked. `T202`: 0. */
export interface Layer2Timer {
  readonly name: "T200" | "T203" | "T201" | "T202" | "T-link" | "T-idle";
  readonly ces: Ces;
}

export type Layer2Input =
  | { readonly type: "octets"; readonly octets: Uint8Array }
  | { readonly type: "timer"; readonly timer: Layer2Timer }
  | { readonly type: "layer1"; readonly up: boolean }
  | { readonly type: "establish"; readonly ces: Ces }
  /** To one terminal, or by `broadcast` to all. */
  | { readonly type: "data"; readonly ces: Ces; readonly info: Octets };

export type Layer2Effect =
  | { readonly type: "octets"; readonly octets: Uint8Array }
  | { readonly type: "start" | "stop"; readonly timer: Layer2Timer }
  /** `up`: DL-ESTABLISH indication or confirm; `down`: DL-RELEASE indication or confirm. */
  | { readonly type: "up" | "down"; readonly ces: Ces }
  | { readonly type: "data"; readonly ces: Ces; readonly info: Octets }
  | { readonly type: "error"; readonly error: ErrorCode };

export interface Layer2Step {
  readonly state: Layer2State;
  readonly effects: readonly Layer2Effect[];
}

const callControl = 0;
const management = 63;

export function createLayer2({ side, tei, bus, seed }: Layer2Options): Layer2State {
  const automatic = bus || tei === "automatic";
  return {
    layer1: false,
    links: bus ? {} : { 0: createLink(tei === "automatic" ? undefined : tei) },
    idle: [],
    units: [],
    teiUser: automatic && side === "user" ? createTeiUser(seed) : null,
    teiNetwork: automatic && side === "network" ? createTeiNetwork() : null,
  };
}

/** Multiple-frame operation is established (states 7 and 8) on this link, or on any. */
export function isEstablished({ links }: Layer2State, ces?: Ces): boolean {
  return ces === undefined ? Object.values(links).some(isUp) : isUp(links[ces]);
}

function isUp(link: LinkState | undefined): boolean {
  return link?.state === 7 || link?.state === 8;
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
      establish(turn, input.ces);
      break;
    case "data":
      if (input.ces === broadcast) turn.state.units = [...turn.state.units, input.info];
      else link(turn, input.ces, { type: "DL-DATA-request", info: input.info });
      break;
  }
  sendUnits(turn);
  watchIdle(turn);
  return { state: turn.state, effects: turn.effects };
}

interface Turn {
  readonly state: { -readonly [K in keyof Layer2State]: Layer2State[K] };
  readonly effects: Layer2Effect[];
  readonly options: Layer2Options;
}

function allLinks({ state }: Turn): readonly Ces[] {
  return Object.keys(state.links).map(Number);
}

function isWanted({ options }: Turn, ces: Ces): boolean {
  return (options.persistent && !options.bus) || options.needed.includes(ces);
}

function setLayer1(turn: Turn, up: boolean): void {
  if (turn.state.layer1 === up) return;
  turn.state.layer1 = up;
  for (const ces of allLinks(turn)) {
    if (up) {
      if (isWanted(turn, ces)) establish(turn, ces);
    } else {
      link(turn, ces, { type: "persistent-deactivation" });
      turn.effects.push({ type: "stop", timer: { name: "T-link", ces } });
    }
  }
}

function establish(turn: Turn, ces: Ces): void {
  const state = turn.state.links[ces]?.state;
  // The network side cannot ask for a TEI: the terminal has to (§5.3.2).
  if (!turn.state.layer1 || (state === 1 && turn.state.teiNetwork !== null)) return;
  if (state === 1 || state === 4 || state === 6) link(turn, ces, { type: "DL-ESTABLISH-request" });
}

/** A link on demand is released some time after the last call; on a bus that is the terminals' affair. */
function watchIdle(turn: Turn): void {
  const { persistent, bus, needed } = turn.options;
  if (persistent || bus) return;
  const idle = allLinks(turn).filter((ces) => isUp(turn.state.links[ces]) && !needed.includes(ces));
  for (const ces of idle)
    if (!turn.state.idle.includes(ces)) turn.effects.push({ type: "start", timer: { name: "T-idle", ces } });
  for (const ces of turn.state.idle)
    if (!idle.includes(ces)) turn.effects.push({ type: "stop", timer: { name: "T-idle", ces } });
  turn.state.idle = idle;
}

function timeout(turn: Turn, { name, ces }: Layer2Timer): void {
  switch (name) {
    case "T200":
    case "T203":
      link(turn, ces, { type: name });
      break;
    case "T201":
      teiNetwork(turn, { type: "T201", tei: ces });
      break;
    case "T202":
      teiUser(turn, { type: "T202" });
      break;
    case "T-link":
      if (isWanted(turn, ces)) establish(turn, ces);
      break;
    case "T-idle":
      if (turn.state.idle.includes(ces) && !isWanted(turn, ces))
        link(turn, ces, { type: "DL-RELEASE-request" });
      break;
  }
}

function receive(turn: Turn, octets: Uint8Array): void {
  const frame = decodeFrame(octets, turn.options.side, turn.options.n201);
  if (frame.type === "invalid") return;
  if (frame.sapi === management) {
    if (frame.type !== "UI" || frame.tei !== broadcast) return;
    const message = decodeTeiMessage(frame.info);
    if (message !== undefined) receiveManagement(turn, message);
    return;
  }
  if (frame.sapi !== callControl) return;
  if (frame.tei === broadcast) {
    if (frame.type === "UI") turn.effects.push({ type: "data", ces: broadcast, info: frame.info });
    return;
  }
  const ces = addressee(turn, frame);
  if (ces !== undefined) link(turn, ces, frame);
}

/** The link with the frame's TEI. On a bus a terminal with a fixed TEI is known by its SABME. */
function addressee(turn: Turn, { tei, type }: Frame | Reject): Ces | undefined {
  const known = allLinks(turn).find((ces) => turn.state.links[ces]?.tei === tei);
  if (known !== undefined || !turn.options.bus) return known;
  if (isAutomatic(tei)) {
    // An answer to our own remove message would never end.
    if (type === "SABME" || type === "I") teiNetwork(turn, { type: "stranger", tei });
    return undefined;
  }
  if (type !== "SABME") return undefined;
  turn.state.links = { ...turn.state.links, [tei]: createLink(tei) };
  return tei;
}

function receiveManagement(turn: Turn, message: TeiMessage): void {
  teiUser(turn, { type: "message", message });
  const established = Object.values(turn.state.links)
    .filter(isUp)
    .map(({ tei }) => tei);
  teiNetwork(turn, { type: "message", message, established });
}

function link(turn: Turn, ces: Ces, input: LinkInput): void {
  const before = turn.state.links[ces];
  if (before === undefined) return;
  const { n200, window } = turn.options;
  const step = nextLink(before, input, { sapi: callControl, n200, window });
  turn.state.links = { ...turn.state.links, [ces]: step.state };
  for (const effect of step.effects) perform(turn, ces, step.state.tei, effect);
}

function perform(turn: Turn, ces: Ces, tei: number, effect: LinkEffect): void {
  switch (effect.type) {
    case "frame":
      send(turn, effect.frame);
      break;
    case "start":
    case "stop":
      turn.effects.push({ type: effect.type, timer: { name: effect.timer, ces } });
      break;
    case "DL-ESTABLISH-indication":
    case "DL-ESTABLISH-confirm":
      turn.effects.push({ type: "up", ces });
      break;
    case "DL-RELEASE-indication":
    case "DL-RELEASE-confirm":
      turn.effects.push({ type: "down", ces });
      tryAgainLater(turn, ces);
      break;
    case "DL-DATA-indication":
    case "DL-UNIT-DATA-indication":
      turn.effects.push({ type: "data", ces, info: effect.info });
      break;
    case "MDL-ASSIGN-indication":
      teiUser(turn, { type: "MDL-ASSIGN-indication" });
      break;
    case "MDL-ERROR-indication":
      turn.effects.push({ type: "error", error: effect.error });
      // Table II.1: these may mean that a TEI is assigned twice, or to nobody.
      if ("CDGH".includes(effect.error)) {
        teiUser(turn, { type: "suspect" });
        teiNetwork(turn, { type: "suspect", tei });
      }
      break;
  }
}

function tryAgainLater(turn: Turn, ces: Ces): void {
  if (isWanted(turn, ces) && turn.state.layer1)
    turn.effects.push({ type: "start", timer: { name: "T-link", ces } });
}

function teiUser(turn: Turn, input: Parameters<typeof nextTeiUser>[1]): void {
  if (turn.state.teiUser === null) return;
  const step = nextTeiUser(turn.state.teiUser, input, turn.options.n202);
  turn.state.teiUser = step.state;
  for (const effect of step.effects) manageUser(turn, effect);
}

function manageUser(turn: Turn, effect: TeiUserEffect): void {
  switch (effect.type) {
    case "message":
      sendUnit(turn, management, encodeTeiMessage(effect.message));
      break;
    case "start":
    case "stop":
      turn.effects.push({ type: effect.type, timer: { name: effect.timer, ces: 0 } });
      break;
    case "MDL-ERROR-response":
      link(turn, 0, effect);
      break;
    case "MDL-ASSIGN-request":
      assign(turn, 0, effect.tei);
      break;
    case "MDL-REMOVE-request":
      remove(turn, 0);
      break;
  }
}

function teiNetwork(turn: Turn, input: Parameters<typeof nextTeiNetwork>[1]): void {
  if (turn.state.teiNetwork === null) return;
  const step = nextTeiNetwork(turn.state.teiNetwork, input, turn.options.bus ? automaticTeis : 1);
  turn.state.teiNetwork = step.state;
  for (const effect of step.effects) manageNetwork(turn, effect);
}

function manageNetwork(turn: Turn, effect: TeiNetworkEffect): void {
  const { bus } = turn.options;
  switch (effect.type) {
    case "message":
      sendUnit(turn, management, encodeTeiMessage(effect.message));
      break;
    case "start":
    case "stop":
      turn.effects.push({ type: effect.type, timer: { name: effect.timer, ces: effect.tei } });
      break;
    case "MDL-ASSIGN-request":
      if (bus) turn.state.links = { ...turn.state.links, [effect.tei]: createLink() };
      assign(turn, bus ? effect.tei : 0, effect.tei);
      break;
    case "MDL-REMOVE-request":
      remove(turn, bus ? effect.tei : 0);
      break;
  }
}

function assign(turn: Turn, ces: Ces, tei: number): void {
  link(turn, ces, { type: "MDL-ASSIGN-request", tei });
  if (isWanted(turn, ces)) establish(turn, ces);
}

function remove(turn: Turn, ces: Ces): void {
  const wasIdle = turn.state.links[ces]?.state === 4;
  link(turn, ces, { type: "MDL-REMOVE-request" });
  if (turn.options.bus) {
    const { [ces]: _gone, ...others } = turn.state.links;
    turn.state.links = others;
    turn.effects.push({ type: "stop", timer: { name: "T-link", ces } });
  } else if (wasIdle) {
    // A link in state 4 is removed without a word to layer 3; a wanted one still asks for a new TEI.
    tryAgainLater(turn, ces);
  }
}

/** A SETUP to all must not meet a terminal that has yet to hear that its channel is free. */
function sendUnits(turn: Turn): void {
  if (turn.state.units.length === 0 || Object.values(turn.state.links).some((link) => unsent(link) > 0))
    return;
  for (const info of turn.state.units) sendUnit(turn, callControl, info);
  turn.state.units = [];
}

function sendUnit(turn: Turn, sapi: number, info: Octets): void {
  send(turn, { type: "UI", sapi, tei: broadcast, command: true, pf: false, info });
}

function send(turn: Turn, frame: Frame): void {
  turn.effects.push({ type: "octets", octets: encodeFrame(frame, turn.options.side) });
}
