// What the rows of the call tables are made of: procedures of Q.931 §5 on a draft of the call.
import type { OfCall, OfMessage } from "../face.ts";
import type { CallIndication, DChannelEffect } from "../types.ts";
import type {
  Call,
  CallEffect,
  CallInput,
  CallOptions,
  CallRequest,
  CallStateNumber,
  CallTimer,
} from "./call.ts";
import { find, findAll, type Message, type MessageType } from "./message.ts";
import type { Cause, Element, Location, Octets, Progress, UserUser } from "./values.ts";

/** A transition in the making: a private copy of the call, and what it has caused so far. */
export interface Turn {
  readonly call: { -readonly [K in keyof Call]: Call[K] };
  readonly effects: CallEffect[];
  readonly options: CallOptions;
}

export type Of<T, I = CallInput> = I extends { readonly type: infer Types }
  ? T extends Types
    ? I
    : never
  : never;

export type Handler<T> = (turn: Turn, input: Of<T>) => void;

/** What a state answers to; what is missing is unexpected there (§5.8.4). */
export type Row = { readonly [T in CallInput["type"]]?: Handler<T> };

/** The call identity is of Null and the states about it only, the auxiliary state of hold of Active only. */
export function enter(turn: Turn, state: CallStateNumber): void {
  turn.call.state = state;
  if (state !== 0 && state !== 15 && state !== 17) turn.call.identity = null;
  if (state !== 10) turn.call.hold = "idle";
}

export function indicate(turn: Turn, indication: CallIndication): void {
  turn.effects.push({ type: "indication", indication });
}

export function log(
  turn: Turn,
  level: Extract<DChannelEffect, { type: "log" }>["level"],
  message: string,
  clause: string,
): void {
  turn.effects.push({ type: "log", level, message, clause, call: turn.call.id });
}

// --- Timers ---------------------------------------------------------------------------------------------

export function start(turn: Turn, timer: CallTimer): void {
  if (!turn.call.timers.includes(timer)) turn.call.timers = [...turn.call.timers, timer];
  turn.effects.push({ type: "start", timer });
}

export function stop(turn: Turn, timer: CallTimer): void {
  if (!turn.call.timers.includes(timer)) return;
  turn.call.timers = turn.call.timers.filter((running) => running !== timer);
  turn.effects.push({ type: "stop", timer });
}

export function stopAll(turn: Turn): void {
  for (const timer of turn.call.timers) turn.effects.push({ type: "stop", timer });
  turn.call.timers = [];
}

// --- Causes ---------------------------------------------------------------------------------------------

/** Where the causes that we generate come from. */
export function ownLocation({ side, variant }: Pick<CallOptions, "side" | "variant">): Location {
  if (variant === "qsig") return "private-network-local";
  return side === "user" ? "user" : "public-network-local";
}

/** A cause as this side generates it. */
export function ownCause(turn: Turn, value: number, diagnostic?: Octets): Cause {
  const location = ownLocation(turn.options);
  return diagnostic === undefined ? { value, location } : { value, location, diagnostic };
}

export function causeOf(turn: Turn, given: number | Cause | undefined): Cause {
  return typeof given === "object" ? given : ownCause(turn, given ?? 16);
}

/** §5.8.6: clearing without a (readable) cause counts as #31, normal, unspecified. */
export function receivedCause(turn: Turn, message: Message): Cause {
  return find(message.elements, "cause")?.cause ?? turn.call.cause ?? ownCause(turn, 31);
}

/** Why the call is being cleared. */
export function clearingCause(turn: Turn): Cause {
  return turn.call.cause ?? ownCause(turn, 31);
}

// --- Messages -------------------------------------------------------------------------------------------

export function send(turn: Turn, message: MessageType, elements: readonly Element[]): void {
  turn.effects.push({ type: "message", message, elements });
}

/** §5.8.10, §5.8.4. */
export function sendStatus(turn: Turn, cause: Cause): void {
  send(turn, "STATUS", [causeElement(cause), { name: "call-state", state: turn.call.state }]);
}

/** §5.8.4: a message that the state has no use for. */
export function unexpected(turn: Turn, message: Message): void {
  if (message.type === "unknown") {
    unrecognized(turn, message);
    return;
  }
  log(turn, "info", `${message.type} in state ${turn.call.state}`, "Q.931 §5.8.4");
  sendStatus(turn, ownCause(turn, 101, [message.code]));
}

/** §5.8.4: a message that does not exist, or not here. */
export function unrecognized(turn: Turn, { type, code }: Message): void {
  log(turn, "info", `${type} (${code}) is not known in state ${turn.call.state}`, "Q.931 §5.8.4");
  sendStatus(turn, ownCause(turn, 97, [code]));
}

/** The first answer to the peer's SETUP says which channel it is (§5.2.3). */
export function answer(turn: Turn, message: MessageType, elements: readonly Element[]): void {
  if (turn.call.settled) {
    send(turn, message, elements);
    return;
  }
  turn.call.settled = true;
  send(turn, message, [channelElement(turn, true), ...elements]);
}

export function channelElement({ call, options }: Turn, exclusive: boolean): Element {
  const channel = {
    selection: "indicated",
    channels: [call.channel],
    exclusive,
    dChannel: false,
    primary: options.primary,
  } as const;
  return { name: "channel-identification", channel };
}

export function causeElement(cause: Cause): Element {
  return { name: "cause", cause };
}

export function progressElement(progress: Progress | undefined): Element | undefined {
  return progress && { name: "progress-indicator", progress };
}

/** Our own elements (`false` and `undefined`: not this one), user-to-user information, and those that the request adds. */
export function withExtra(
  request: CallRequest,
  ...own: readonly (Element | false | undefined)[]
): readonly Element[] {
  const userUser = "userUser" in request && request.userUser;
  return [
    ...own.filter((element) => typeof element === "object"),
    ...(userUser ? [{ name: "user-user", userUser } as const] : []),
    ...(request.elements ?? []),
  ];
}

/** What every indication of a message says. */
export function ofMessage(turn: Turn, { elements }: Message): OfMessage {
  const progress = findAll(elements, "progress-indicator").map((element) => element.progress);
  const inband = progress.some(({ description }) => description === 1 || description === 8);
  return { ...ofCall(turn), elements, progress, inband, ...userUserIn(elements) };
}

function userUserIn(elements: readonly Element[]): { readonly userUser?: UserUser } {
  return optional("userUser", find(elements, "user-user")?.userUser);
}

/** A property that is there when its value is. */
export function optional<K extends string, V>(
  key: K,
  value: V | undefined,
): { readonly [_ in K]?: NonNullable<V> } {
  return value === undefined ? {} : ({ [key]: value } as { [_ in K]?: NonNullable<V> });
}

export function ofCall({ call }: Turn): OfCall {
  return { call: call.id, channel: call.channel === -1 ? undefined : call.channel };
}

// --- Clearing (§5.3) ------------------------------------------------------------------------------------

/** DISCONNECT goes out. `by`: whom the end will be put down to. */
export function disconnect(
  turn: Turn,
  cause: Cause,
  by: "here" | "fault",
  extra: readonly Element[] = [],
  inband = false,
): void {
  stopAll(turn);
  turn.call.cause = cause;
  turn.call.clearedBy = by;
  const network = turn.options.side === "network";
  if (inband && network) {
    // §5.3.4.1: the caller hears an announcement until T306 runs out.
    const progress: Progress = { description: 8, location: cause.location };
    send(turn, "DISCONNECT", [causeElement(cause), { name: "progress-indicator", progress }, ...extra]);
    start(turn, "T306");
  } else {
    send(turn, "DISCONNECT", [causeElement(cause), ...extra]);
    start(turn, "T305");
  }
  enter(turn, network ? 12 : 11);
}

/** RELEASE goes out, with the cause of the DISCONNECT before it unless another is given. */
export function release(turn: Turn, cause: Cause, extra: readonly Element[] = []): void {
  stopAll(turn);
  turn.call.retried = false;
  turn.call.cause ??= cause;
  turn.call.releaseCause ??= cause;
  send(turn, "RELEASE", [causeElement(turn.call.releaseCause), ...extra]);
  start(turn, "T308");
  enter(turn, 19);
}

/** RELEASE COMPLETE goes out as the answer to a SETUP. */
export function rejectSetup(turn: Turn, cause: Cause, extra: readonly Element[] = []): void {
  send(turn, "RELEASE COMPLETE", [causeElement(cause), ...extra]);
  finish(turn, "here", cause);
}

/** The call goes back to Null; the line hears how it ended. */
export function finish(
  turn: Turn,
  by: "here" | "peer" | "fault",
  cause: Cause,
  elements: readonly Element[] = [],
): void {
  stopAll(turn);
  enter(turn, 0);
  turn.call.identity = null;
  if (by === "here") indicate(turn, { type: "ReleaseConfirm", ...ofCall(turn), cause });
  else {
    indicate(turn, {
      type: "ReleaseIndication",
      ...ofCall(turn),
      cause,
      elements,
      ...userUserIn(elements),
      by: by === "peer" ? "remote" : "fault",
    });
  }
}

/** RELEASE or RELEASE COMPLETE has come: the end of our own clearing, or clearing by the peer. */
export function finishReleased(turn: Turn, message: Message): void {
  const { state, clearedBy } = turn.call;
  if (state === 19 || clearedBy === "here" || clearedBy === "fault") finishClearing(turn, message);
  else finish(turn, "peer", receivedCause(turn, message), message.elements);
}

/** The end of a call in clearing: as it began. */
export function finishClearing(turn: Turn, received?: Message): void {
  const { clearedBy } = turn.call;
  const own = clearingCause(turn);
  // After a DisconnectIndication the line itself asked for the release.
  finish(turn, clearedBy === "fault" ? "fault" : "here", own, received?.elements);
}
