// The interface machine under test: what goes in and what comes out, in a short notation and whole.
import assert from "node:assert/strict";
import { nextInterface } from "../../../../src/signalling/isdn/q931/interface-machine.ts";
import {
  createInterface,
  type InterfaceEffect,
  type InterfaceInput,
  type InterfaceOptions,
  type InterfaceState,
} from "../../../../src/signalling/isdn/q931/interface.ts";
import {
  decodeMessage,
  encodeMessage,
  find,
  type CallReference,
  type MessageType,
} from "../../../../src/signalling/isdn/q931/message.ts";
import type { Element } from "../../../../src/signalling/isdn/q931/values.ts";
import type { Indication, Request } from "../../../../src/signalling/isdn/types.ts";
import { assertEffects } from "../well-formed.ts";

export const defaults: InterfaceOptions = {
  side: "user",
  primary: true,
  law: "alaw",
  channels: [1, 2, 3],
  callReferenceOctets: 2,
  bus: false,
  persistent: true,
  overlapReceiving: false,
  variant: "euroisdn",
  services: { hold: true, suspend: true },
  n201: 260,
  segmentation: true,
  exclusive: false,
  restart: "none",
  restartResponse: "automatic",
};

export interface Rig {
  state: InterfaceState;
  /** Effects of the latest input, whole, and all but log entries in the notation of `write`. */
  effects: readonly InterfaceEffect[];
  said: string[];
  heard: Indication[];
  /** Clauses of the log entries of the latest input. */
  clauses: string[];
  input(input: InterfaceInput): readonly string[];
  request(request: Request): readonly string[];
  /** A message of the peer. Reference `p5` is the peer's, `o5` is ours. */
  peer(reference: string, type: MessageType, ...elements: Element[]): readonly string[];
  channels(): string;
}

export function rig(options: Partial<InterfaceOptions> = {}): Rig {
  const all = { ...defaults, ...options };
  const own: Rig = {
    state: createInterface(all),
    effects: [],
    said: [],
    heard: [],
    clauses: [],
    input(input) {
      const before = JSON.stringify(own.state);
      const step = nextInterface(own.state, input, all);
      assert.equal(JSON.stringify(own.state), before, "the state before is not touched");
      own.state = step.state;
      assertEffects(step.effects);
      own.effects = step.effects;
      own.heard.push(...step.effects.flatMap((e) => (e.type === "indication" ? [e.indication] : [])));
      own.clauses = step.effects.flatMap((e) => (e.type === "log" ? [e.clause] : []));
      own.said = step.effects.filter((e) => e.type !== "log").map(write);
      return own.said;
    },
    request: (request) => own.input({ type: "request", request }),
    peer: (reference, type, ...elements) =>
      own.input({ type: "octets", ces: 0, octets: encodeMessage(readReference(reference), type, elements) }),
    channels: () =>
      Object.entries(own.state.channels)
        .map(([number, { call, blocked, failed, restarting }]) =>
          [number, call, blocked ? "blocked" : "", failed ? "failed" : "", restarting ? "restarting" : ""]
            .filter((part) => part !== "")
            .join(":"),
        )
        .join(" "),
  };
  own.input({ type: "link", ces: 0, up: true });
  return own;
}

export function readReference(text: string): CallReference {
  return { value: Number(text.slice(1)), octets: 2, fromOriginator: text.startsWith("p") };
}

function write(effect: InterfaceEffect): string {
  switch (effect.type) {
    case "octets": {
      const message = decodeMessage(effect.octets);
      if (message.type === "reject") return "reject";
      const cause = find(message.elements, "cause")?.cause;
      const channel = find(message.elements, "channel-identification")?.channel;
      const state = find(message.elements, "call-state")?.state;
      const { value, fromOriginator } = message.reference;
      return [
        `${fromOriginator ? "o" : "p"}${value}`,
        message.type,
        ...(cause === undefined ? [] : [`#${cause.value}`]),
        ...(state === undefined ? [] : [`state ${state}`]),
        ...(channel === undefined ? [] : [`ch ${channel.channels.join()}${channel.exclusive ? "!" : "?"}`]),
      ].join(" ");
    }
    case "start":
    case "stop":
      return `${effect.type} ${effect.timer.name}`;
    case "indication": {
      const { indication } = effect;
      const cause = "cause" in indication ? ` #${indication.cause.value}` : "";
      if (indication.type === "ChannelIndication") return `ch ${indication.channel} ${indication.state}`;
      if (indication.type === "RestartIndication" || indication.type === "RestartConfirm") {
        return `${indication.type} ${indication.channels.join()}`;
      }
      return "call" in indication ? `${indication.type} ${indication.call}${cause}` : indication.type;
    }
    case "log":
      return "log";
  }
}

export const bearer: Element = {
  name: "bearer-capability",
  bearer: { transferCapability: "speech", mode: "circuit", rate: 16, layer1: "alaw" },
};
export const cause = (value: number): Element => ({ name: "cause", cause: { value, location: "user" } });
export const callState = (state: number): Element => ({ name: "call-state", state });
export const ch = (channels: number | readonly number[], exclusive = true): Element => ({
  name: "channel-identification",
  channel: {
    selection: "indicated",
    channels: typeof channels === "number" ? [channels] : channels,
    exclusive,
    dChannel: false,
    primary: true,
  },
});
export const anyChannel: Element = {
  name: "channel-identification",
  channel: { selection: "any", channels: [], exclusive: false, dChannel: false, primary: true },
};
export const noChannel: Element = {
  name: "channel-identification",
  channel: { selection: "none", channels: [], exclusive: false, dChannel: false, primary: true },
};
export const restartClass = (
  name: "indicated-channels" | "single-interface" | "all-interfaces",
): Element => ({
  name: "restart-indicator",
  class: name,
});
export const called = { digits: "1", type: "unknown", plan: "unknown" } as const;
export const setup = (call: string, channel?: { number: number; exclusive: boolean }): Request => ({
  type: "SetupRequest",
  call,
  called,
  ...(channel === undefined ? {} : { channel }),
});
