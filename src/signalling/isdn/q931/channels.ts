// Which B-channel a call gets (Q.931 §5.1.2, §5.2.3), also when both sides want the same one (§5.7).
import { channelState, type Channel, type InterfaceTurn } from "./interface.ts";
import type { Call } from "./call.ts";
import type { ChannelIdentification } from "./values.ts";

/** Changes a channel's record, and says so when its state is another one now. */
export function setChannel(turn: InterfaceTurn, number: number, change: Partial<Channel>): void {
  const before = turn.state.channels[number];
  if (before === undefined) return;
  const after = { ...before, ...change };
  turn.state.channels = { ...turn.state.channels, [number]: after };
  const state = channelState(after);
  if (state === channelState(before)) return;
  turn.effects.push({
    type: "indication",
    indication: { type: "ChannelIndication", channel: number, state },
  });
}

/** The user hunts from the top and the network from the bottom, so that they meet late. */
export function pickChannel({ state, options }: InterfaceTurn): number | undefined {
  const idle = (number: number): boolean => isIdle(state.channels[number]);
  return options.side === "user" ? options.channels.findLast(idle) : options.channels.find(idle);
}

export function isIdle(channel: Channel | undefined): boolean {
  return channel !== undefined && channelState(channel) === "idle";
}

/** A channel for the peer's SETUP, or the cause to refuse it with. */
export function offeredChannel(
  turn: InterfaceTurn,
  wanted: ChannelIdentification | undefined,
): { readonly channel: number } | { readonly cause: number } {
  const [number] = wanted?.channels ?? [];
  if (wanted?.selection === "none") return { cause: 34 };
  if (number !== undefined) {
    const channel = turn.state.channels[number];
    if (channel === undefined && wanted?.exclusive === true) return { cause: 82 };
    if (channel !== undefined && (mayTake(channel) || yieldChannel(turn, channel)))
      return { channel: number };
    if (wanted?.exclusive === true) return { cause: 44 };
  }
  const other = pickChannel(turn);
  return other === undefined ? { cause: 34 } : { channel: other };
}

/** The peer offers it, so a failure that we suspected is over. */
function mayTake(channel: Channel): boolean {
  const state = channelState(channel);
  return state === "idle" || state === "failed";
}

/**
 * §5.7: both sides sent a SETUP for this channel. The network's call has it; ours waits for the channel
 * that the network's answer names.
 */
function yieldChannel(turn: InterfaceTurn, channel: Channel): boolean {
  const call = turn.state.calls[channel.call];
  if (turn.options.side !== "user" || call === undefined) return false;
  if (call.origin !== "here" || call.settled || call.state !== 1) return false;
  turn.state.calls = { ...turn.state.calls, [call.id]: { ...call, channel: -1 } };
  return true;
}

/** Our call on the channel of the peer's first answer; `undefined` when it cannot be used. */
export function settleChannel(
  turn: InterfaceTurn,
  call: Call,
  named: ChannelIdentification | undefined,
): Call | undefined {
  const [number] = named?.selection === "indicated" ? named.channels : [];
  const other = number !== undefined && number !== call.channel;
  if (other && call.exclusive && call.channel !== -1) return undefined;
  return takeChannel(turn, call, number);
}

/** Our call on the channel that the peer names, also in RETRIEVE and RESUME ACKNOWLEDGE. */
export function takeChannel(turn: InterfaceTurn, call: Call, number: number | undefined): Call | undefined {
  // Real exchanges leave the element out when they agree.
  if (number === undefined) return call.channel === -1 ? undefined : call;
  if (number === call.channel) return call;
  if (!isIdle(turn.state.channels[number])) return undefined;
  setChannel(turn, call.channel, { call: "" });
  setChannel(turn, number, { call: call.id });
  return { ...call, channel: number };
}
