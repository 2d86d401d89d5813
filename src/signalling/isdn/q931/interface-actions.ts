// How the interface machine turns one of its calls, sends messages and logs.
import type { DChannelEffect } from "../types.ts";
import type { Ces } from "../q921/layer2.ts";
import { ownLocation } from "./call-actions.ts";
import { segment } from "./segments.ts";
import { nextCall } from "./call-table.ts";
import type { Call, CallEffect, CallInput, CallOptions } from "./call.ts";
import { setChannel } from "./channels.ts";
import type { InterfaceTurn } from "./interface.ts";
import { encodeMessage, type CallReference, type MessageType } from "./message.ts";
import type { Cause, Element } from "./values.ts";

export function log(
  turn: InterfaceTurn,
  level: Extract<DChannelEffect, { type: "log" }>["level"],
  message: string,
  clause: string,
): void {
  turn.effects.push({ type: "log", level, message, clause });
}

export function ownCause(turn: InterfaceTurn, value: number): Cause {
  return { value, location: ownLocation(turn.options) };
}

/** Sends a message; one that no frame can carry goes in segments, or loses what is not needed for the call. */
export function sendMessage(
  turn: InterfaceTurn,
  ces: Ces,
  reference: CallReference,
  type: MessageType,
  elements: readonly Element[],
  isReply = type === "STATUS",
): void {
  const { n201, segmentation } = turn.options;
  const octets = encodeMessage(reference, type, elements);
  const whole = octets.length <= n201 || segmentation ? segment(octets, reference, type, n201) : undefined;
  if (whole === undefined) {
    log(turn, "warn", `${type} of ${octets.length} octets is too long: shortened`, "Q.921 §5.9.3");
  }
  const frames = whole ?? [encodeMessage(reference, type, elements.filter(isNeeded))];
  for (const each of frames)
    if (each.length <= n201) turn.effects.push({ type: "octets", ces, octets: each, reply: isReply });
}

const dispensable: ReadonlySet<Element["name"]> = new Set<Element["name"]>([
  "octets",
  "display",
  "facility",
  "user-user",
  "low-layer-compatibility",
  "network-specific-facilities",
  "keypad-facility",
]);

function isNeeded({ name }: Element): boolean {
  return !dispensable.has(name);
}

export function reply(
  turn: InterfaceTurn,
  reference: CallReference,
  type: MessageType,
  elements: readonly Element[],
): void {
  const answered = { ...reference, fromOriginator: !reference.fromOriginator };
  sendMessage(turn, turn.ces, answered, type, elements, true);
}

export function callOptions({ options }: InterfaceTurn): CallOptions {
  const { side, variant, services, primary, law, overlapReceiving } = options;
  return {
    side: variant === "qsig" ? "user" : side,
    variant,
    services,
    primary,
    law,
    overlapReceiving,
  };
}

/** Turns a call, carries out what it causes, and forgets it when it is back in Null. */
export function turnCall(turn: InterfaceTurn, call: Call, input: CallInput): void {
  const step = nextCall(call, input, callOptions(turn));
  turn.state.calls = { ...turn.state.calls, [call.id]: step.call };
  for (const effect of step.effects) perform(turn, step.call, effect);
  // A suspended call is in Null as well, and waits for RESUME.
  if (step.call.state !== 0 || step.call.identity !== null) return;
  const { [call.id]: _ended, ...others } = turn.state.calls;
  turn.state.calls = others;
  if (call.offer !== "") turn.branchEvents.push({ branch: call, indication: null });
  else if (turn.state.channels[call.channel]?.call === call.id) setChannel(turn, call.channel, { call: "" });
}

function perform(turn: InterfaceTurn, call: Call, effect: CallEffect): void {
  switch (effect.type) {
    case "message":
      sendMessage(turn, call.ces, referenceOf(call), effect.message, effect.elements);
      break;
    case "start":
    case "stop":
      turn.effects.push({ type: effect.type, timer: { call: call.id, name: effect.timer } });
      break;
    case "channel-failed":
      // The channel of an offer is another's, or nobody's: a terminal that was unplugged has none.
      if (call.offer !== "") break;
      setChannel(turn, call.channel, { failed: true });
      log(turn, "warn", `RELEASE unanswered: channel ${call.channel} awaits a restart`, "Q.931 §5.3.3");
      restartLater(turn, call.channel);
      break;
    case "indication":
      if (call.offer === "") turn.effects.push(effect);
      else turn.branchEvents.push({ branch: call, indication: effect.indication });
      break;
    case "log":
      turn.effects.push(effect);
      break;
  }
}

/** Notes that the channel is to be restarted, since the peer may believe that a call is still on it. */
export function restartLater(turn: InterfaceTurn, channel: number): void {
  const { restart } = turn.state;
  if (turn.options.restart === "none" || channel === -1 || restart.due.includes(channel)) return;
  turn.state.restart = { ...restart, due: [...restart.due, channel] };
}

export function referenceOf({ origin, reference, referenceOctets }: Call): CallReference {
  return { value: reference, octets: referenceOctets, fromOriginator: origin === "here" };
}
