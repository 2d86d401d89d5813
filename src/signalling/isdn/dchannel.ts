// A D-channel: layer 2 (Q.921) and all its calls (Q.931) as one pure machine. `types.ts` is its face.
import { defaultN201 } from "./q921/frame.ts";
import { unsent } from "./q921/link.ts";
import {
  broadcast,
  createLayer2,
  isEstablished,
  nextLayer2,
  type Ces,
  type Layer2Effect,
  type Layer2Input,
  type Layer2Options,
  type Layer2State,
  type Layer2Timer,
} from "./q921/layer2.ts";
import { nextInterface } from "./q931/interface-machine.ts";
import {
  channelState,
  createInterface,
  type InterfaceEffect,
  type InterfaceInput,
  type InterfaceOptions,
  type InterfaceState,
  type InterfaceTimer,
} from "./q931/interface.ts";
import { timerValues } from "./timers.ts";
import type {
  CallId,
  ChannelState,
  DChannelEffect,
  DChannelInput,
  DChannelOptions,
  KeptReference,
  TimerName,
} from "./types.ts";

/** Plain JSON: may be logged, saved and replayed. */
export interface DChannelState {
  readonly options: DChannelOptions;
  readonly layer2: Layer2State;
  readonly layer3: InterfaceState;
}

export interface DChannelStep {
  readonly state: DChannelState;
  readonly effects: readonly DChannelEffect[];
}

/** A D-channel whose layer 1 is down. Start it with `{ type: "layer1", up: true }`. */
export function createDChannel(options: DChannelOptions): DChannelState {
  return {
    options,
    layer2: createLayer2(layer2Options(options, [])),
    layer3: createInterface(interfaceOptions(options)),
  };
}

/** Turns the machine. Never throws, whatever the octets of a frame are. */
export function next(state: DChannelState, input: DChannelInput): DChannelStep {
  const turn: Turn = { layer2: state.layer2, layer3: state.layer3, options: state.options, effects: [] };
  switch (input.type) {
    case "frame":
      turnLayer2(turn, { type: "octets", octets: input.frame });
      break;
    case "layer1":
      turnLayer2(turn, { type: "layer1", up: input.up });
      break;
    case "request":
      turnLayer3(turn, { type: "request", request: input.request });
      break;
    case "timer":
      expire(turn, input.timer);
      break;
  }
  return {
    state: { options: state.options, layer2: turn.layer2, layer3: turn.layer3 },
    effects: turn.effects,
  };
}

/** Whether multiple-frame operation is established, on a bus with any terminal. */
export function isLinkUp({ layer2 }: DChannelState): boolean {
  return isEstablished(layer2);
}

/** The state of every B-channel, by its number. */
export function channelStates({ layer3 }: DChannelState): ReadonlyMap<number, ChannelState> {
  return new Map(
    Object.entries(layer3.channels).map(([number, channel]) => [Number(number), channelState(channel)]),
  );
}

/**
 * By what an active call can be gone on with by a later run (`GoOnRequest`), or one that we have answered and the network has
 * not yet acknowledged (U8): it says itself whether it has the answer. Nothing in any other state.
 */
export function keptReference({ layer3 }: DChannelState, id: CallId): KeptReference | undefined {
  const call = layer3.calls[id];
  if (call === undefined || (call.state !== 10 && call.state !== 8) || call.ces !== 0) return undefined;
  const { origin, reference, referenceOctets } = call;
  return { origin, reference, referenceOctets };
}

interface Turn {
  layer2: Layer2State;
  layer3: InterfaceState;
  readonly options: DChannelOptions;
  readonly effects: DChannelEffect[];
}

function turnLayer2(turn: Turn, input: Layer2Input): void {
  const step = nextLayer2(turn.layer2, input, layer2Options(turn.options, needed(turn)));
  turn.layer2 = step.state;
  // Layer 3 answers within this turn: what it makes layer 2 send comes after the frames and timers of this step.
  for (const effect of step.effects) if (!isUpward(effect)) performLayer2(turn, effect);
  for (const effect of step.effects) if (isUpward(effect)) performLayer2(turn, effect);
}

function isUpward({ type }: Layer2Effect): boolean {
  return type === "up" || type === "down" || type === "data";
}

function turnLayer3(turn: Turn, input: InterfaceInput): void {
  const step = nextInterface(turn.layer3, input, interfaceOptions(turn.options));
  turn.layer3 = step.state;
  for (const effect of step.effects) performLayer3(turn, effect);
}

function performLayer2(turn: Turn, effect: Layer2Effect): void {
  switch (effect.type) {
    case "octets":
      turn.effects.push({ type: "send-frame", frame: effect.octets });
      break;
    case "start":
      startTimer(turn, linkTimerId(effect.timer), effect.timer.name);
      break;
    case "stop":
      turn.effects.push({ type: "stop-timer", timer: linkTimerId(effect.timer) });
      break;
    case "up":
    case "down":
      turnLayer3(turn, { type: "link", ces: effect.ces, up: effect.type === "up" });
      break;
    case "data":
      turnLayer3(turn, { type: "octets", ces: effect.ces, octets: effect.info });
      break;
    case "error":
      turn.effects.push({
        type: "log",
        level: "warn",
        message: `MDL-ERROR ${effect.error}`,
        clause: "Q.921 Table II.1",
      });
      break;
  }
}

function performLayer3(turn: Turn, effect: InterfaceEffect): void {
  switch (effect.type) {
    case "octets":
      if (effect.reply && isFlooded(turn, effect.ces)) {
        turn.effects.push({
          type: "log",
          level: "warn",
          message: "reply dropped: flood",
          clause: "Q.931 §5.8.4",
        });
        break;
      }
      if (effect.ces !== broadcast && !isEstablished(turn.layer2, effect.ces))
        turnLayer2(turn, { type: "establish", ces: effect.ces });
      turnLayer2(turn, { type: "data", ces: effect.ces, info: effect.octets });
      break;
    case "start":
      startTimer(turn, timerId(effect.timer), effect.timer.name);
      break;
    case "stop":
      turn.effects.push({ type: "stop-timer", timer: timerId(effect.timer) });
      break;
    case "indication":
    case "log":
      turn.effects.push(effect);
      break;
  }
}

/** Messages that wait for their window before replies to useless ones are no longer given a place in the queue. */
const mostBeforeReplies = 64;

function isFlooded({ layer2 }: Turn, ces: Ces): boolean {
  const link = layer2.links[ces];
  return link !== undefined && unsent(link) >= mostBeforeReplies;
}

function startTimer(turn: Turn, timer: string, name: TimerName): void {
  const ms = timerValues(turn.options)[name];
  turn.effects.push({ type: "start-timer", timer, ms });
}

/** `link/0/T200` */
function linkTimerId({ name, ces }: Layer2Timer): string {
  return `link/${ces}/${name}`;
}

/** `interface/T316`, `call/<id>/T303`; a call's id may have slashes of its own. */
function timerId({ call, name }: InterfaceTimer): string {
  return call === "" ? `interface/${name}` : `call/${call}/${name}`;
}

function expire(turn: Turn, timer: string): void {
  const cut = timer.lastIndexOf("/");
  const name = timer.slice(cut + 1);
  if (timer.startsWith("link/")) {
    const ces = Number(timer.slice("link/".length, cut));
    turnLayer2(turn, { type: "timer", timer: { name: name as Layer2Timer["name"], ces } });
    return;
  }
  const call = timer.startsWith("call/") ? timer.slice("call/".length, cut) : "";
  turnLayer3(turn, { type: "timer", timer: { call, name: name as InterfaceTimer["name"] } });
}

/** Links that have calls are kept, and set up again, whatever else. */
function needed({ layer3 }: Turn): readonly Ces[] {
  return [...new Set(Object.values(layer3.calls).map(({ ces }) => ces))];
}

function isBus({ side, interface: kind, topology }: DChannelOptions): boolean {
  return kind === "BRI" && side === "network" && topology === "multipoint";
}

function layer2Options(options: DChannelOptions, needed: readonly Ces[]): Layer2Options {
  const primary = options.interface === "PRI";
  return {
    side: options.side,
    tei: primary || options.tei === undefined || options.tei === "fixed" ? 0 : options.tei,
    bus: isBus(options),
    persistent: options.dataLink !== "on-demand",
    needed,
    n200: options.n200 ?? 3,
    n201: options.n201 ?? defaultN201,
    n202: options.n202 ?? 3,
    window: options.window ?? (primary ? 7 : 1),
    seed: options.seed ?? 1,
  };
}

const e1Channels = Array.from({ length: 31 }, (_, i) => i + 1).filter((number) => number !== 16);

/** As layer 3 has them: defaults filled in. */
export function interfaceOptions(options: DChannelOptions): InterfaceOptions {
  const primary = options.interface === "PRI";
  return {
    side: options.side,
    primary,
    law: options.law ?? "alaw",
    channels: options.channels ?? (primary ? e1Channels : [1, 2]),
    callReferenceOctets: options.callReferenceOctets ?? (primary ? 2 : 1),
    bus: isBus(options),
    persistent: options.dataLink !== "on-demand" && !isBus(options),
    overlapReceiving: options.overlapReceiving ?? false,
    variant: options.variant ?? "euroisdn",
    services: { hold: options.services?.hold ?? false, suspend: options.services?.suspend ?? false },
    n201: options.n201 ?? defaultN201,
    segmentation: options.segmentation ?? options.variant === "qsig",
    exclusive:
      isBus(options) ||
      (options.channelSelection ?? (options.side === "network" ? "exclusive" : "preferred")) === "exclusive",
    restart: isBus(options) ? "none" : (options.restart ?? (primary ? "channels" : "none")),
    restartResponse: options.restartResponse ?? "automatic",
  };
}
