// RESTART of channels and of the interface (Q.931 §5.5), under the global call reference; T316 and T317.
import { log, ownCause, sendMessage, turnCall } from "./interface-actions.ts";
import type { InterfaceTurn, RestartJob } from "./interface.ts";
import type { Ces } from "../q921/layer2.ts";
import { elementError } from "./call-table.ts";
import { setChannel } from "./channels.ts";
import { find, valueIn, type CallReference, type Message } from "./message.ts";
import type { Cause, Element } from "./values.ts";

/** Call states of the global reference in STATUS, §4.5.7. */
const rest = { null: 0, request: 61, restart: 62 } as const;

// --- Sending --------------------------------------------------------------------------------------------

/** What is due becomes jobs; called when the link comes up. */
export function queueDue(turn: InterfaceTurn): void {
  const { due, queue } = turn.state.restart;
  if (due.length === 0) return;
  const busy = Object.keys(turn.state.calls).length > 0;
  const whole = turn.options.restart === "interface" && !busy;
  turn.state.restart = { ...turn.state.restart, due: [], queue: [...queue, ...jobs(due, whole, false)] };
}

/** A `RestartRequest`: calls on the channels are cleared first. */
export function requestRestart(turn: InterfaceTurn, wanted: readonly number[] | undefined): void {
  const channels = turn.options.channels.filter((number) => wanted === undefined || wanted.includes(number));
  clearCalls(turn, channels);
  const whole = wanted === undefined && turn.options.restart === "interface";
  const { queue } = turn.state.restart;
  turn.state.restart = { ...turn.state.restart, queue: [...queue, ...jobs(channels, whole, true)] };
  sendNext(turn);
}

/** One channel a message: many exchanges understand no list. */
function jobs(
  channels: readonly number[],
  wholeInterface: boolean,
  requested: boolean,
): readonly RestartJob[] {
  if (wholeInterface) return [{ channels, wholeInterface, requested }];
  return channels.map((number) => ({ channels: [number], wholeInterface, requested }));
}

/** One RESTART is outstanding at a time, since all have one call reference. */
export function sendNext(turn: InterfaceTurn): void {
  while (turn.state.links.length > 0 && turn.state.restart.awaited === null) {
    const [job, ...queue] = turn.state.restart.queue;
    if (job === undefined) return;
    // A call that came in the meantime shows that the channel is in order.
    const channels = job.channels.filter((number) => turn.state.channels[number]?.call === "");
    const awaited = channels.length === 0 ? null : { ...job, channels };
    turn.state.restart = { ...turn.state.restart, queue, awaited, retried: false };
    if (awaited !== null) sendRestart(turn, awaited);
  }
}

function sendRestart(turn: InterfaceTurn, job: RestartJob): void {
  for (const number of job.channels) setChannel(turn, number, { restarting: true });
  const { primary } = turn.options;
  const channel = {
    selection: "indicated",
    channels: job.channels,
    exclusive: true,
    dChannel: false,
    primary,
  } as const;
  sendMessage(turn, turn.ces, global(turn, true), "RESTART", [
    ...(job.wholeInterface ? [] : [{ name: "channel-identification", channel } as const]),
    { name: "restart-indicator", class: job.wholeInterface ? "single-interface" : "indicated-channels" },
  ]);
  turn.effects.push({ type: "start", timer: { call: "", name: "T316" } });
}

function receiveAcknowledge(turn: InterfaceTurn, message: Message): void {
  const { awaited } = turn.state.restart;
  if (awaited === null) {
    log(turn, "info", "RESTART ACKNOWLEDGE without a RESTART", "Q.931 §5.5.1");
    return;
  }
  const named = find(message.elements, "channel-identification")?.channel;
  const done =
    named?.selection === "indicated"
      ? awaited.channels.filter((number) => named.channels.includes(number))
      : awaited.channels;
  // A late answer to a RESTART that was given up.
  if (done.length === 0) return;
  turn.effects.push({ type: "stop", timer: { call: "", name: "T316" } });
  turn.state.restart = { ...turn.state.restart, awaited: null };
  for (const number of awaited.channels) {
    setChannel(turn, number, { restarting: false, failed: !done.includes(number) });
  }
  turn.effects.push({ type: "indication", indication: { type: "RestartConfirm", channels: done } });
  sendNext(turn);
}

/** §5.5.1: sent once more; then, when somebody asked for it, the channels are out of service. */
export function expireT316(turn: InterfaceTurn): void {
  const { awaited, retried } = turn.state.restart;
  if (awaited === null) return;
  if (!retried) {
    turn.state.restart = { ...turn.state.restart, retried: true };
    sendRestart(turn, awaited);
    return;
  }
  log(turn, "warn", `RESTART of channel ${awaited.channels.join(", ")} unanswered`, "Q.931 §5.5.1");
  turn.state.restart = { ...turn.state.restart, awaited: null };
  for (const number of awaited.channels) {
    // Our own precaution at start must not cost a line whose exchange knows no RESTART.
    const failed = awaited.requested || turn.state.channels[number]?.failed === true;
    setChannel(turn, number, { restarting: false, failed });
  }
  sendNext(turn);
}

/** The link is gone: what was not acknowledged is due again. */
export function suspendRestart(turn: InterfaceTurn): void {
  const { awaited, queue, due } = turn.state.restart;
  if (awaited !== null) turn.effects.push({ type: "stop", timer: { call: "", name: "T316" } });
  for (const number of awaited?.channels ?? []) setChannel(turn, number, { restarting: false });
  const open = [...(awaited?.channels ?? []), ...queue.flatMap(({ channels }) => channels)];
  turn.state.restart = {
    ...turn.state.restart,
    due: [...new Set([...due, ...open])],
    queue: [],
    awaited: null,
  };
}

/** The link was established anew, which discards what the peer had not acknowledged (Q.921 §5.7). */
export function repeatRestart(turn: InterfaceTurn): void {
  const { awaited } = turn.state.restart;
  if (awaited !== null) sendRestart(turn, awaited);
}

// --- Receiving ------------------------------------------------------------------------------------------

/** Messages with the global call reference. */
export function receiveGlobal(turn: InterfaceTurn, message: Message): void {
  switch (message.type) {
    case "RESTART":
      receiveRestart(turn, message);
      break;
    case "RESTART ACKNOWLEDGE":
      if (elementError(message) === undefined) receiveAcknowledge(turn, message);
      break;
    case "STATUS":
      log(turn, "info", `STATUS about RESTART: cause ${causeIn(message)}`, "Q.931 §5.8.3.2 f");
      break;
    default:
      sendGlobalStatus(turn, message, ownCause(turn, 81));
  }
}

function receiveRestart(turn: InterfaceTurn, message: Message): void {
  const error = elementError(message);
  const named = find(message.elements, "channel-identification");
  if (error !== undefined) {
    sendGlobalStatus(turn, message, { ...ownCause(turn, error.cause), diagnostic: error.ids });
    return;
  }
  const restartClass = valueIn(message.elements, "restart-indicator", "class", "indicated-channels");
  if (restartClass === "indicated-channels" && named?.channel.selection !== "indicated") {
    sendGlobalStatus(turn, message, { ...ownCause(turn, 96), diagnostic: [0x18] });
    return;
  }
  const channels =
    restartClass === "indicated-channels"
      ? turn.options.channels.filter((number) => named?.channel.channels.includes(number) === true)
      : turn.options.channels;
  if (channels.length === 0) {
    sendGlobalStatus(turn, message, ownCause(turn, 82));
    return;
  }
  clearCalls(turn, channels, turn.ces);
  for (const number of channels) setChannel(turn, number, { failed: false });
  turn.effects.push({ type: "indication", indication: { type: "RestartIndication", channels } });
  const elements = message.elements.filter(
    ({ name }) => name === "channel-identification" || name === "restart-indicator",
  );
  if (turn.options.restartResponse === "automatic") {
    sendMessage(turn, turn.ces, global(turn, false), "RESTART ACKNOWLEDGE", elements);
    return;
  }
  const { responding } = turn.state.restart;
  // A storm of them: each circuit is answered for once.
  if (!responding.some((other) => isDeepEqual(other, elements))) {
    turn.state.restart = { ...turn.state.restart, responding: [...responding, elements] };
  }
  turn.effects.push({ type: "start", timer: { call: "", name: "T317" } });
}

/** The line says that the circuits are idle (§5.5.2). */
export function respondRestart(turn: InterfaceTurn): void {
  const { responding } = turn.state.restart;
  if (responding.length === 0) return;
  turn.effects.push({ type: "stop", timer: { call: "", name: "T317" } });
  turn.state.restart = { ...turn.state.restart, responding: [] };
  for (const elements of responding)
    sendMessage(turn, turn.ces, global(turn, false), "RESTART ACKNOWLEDGE", elements);
}

/** §5.5.2: circuits that did not become idle in time are not acknowledged. */
export function expireT317(turn: InterfaceTurn): void {
  turn.state.restart = { ...turn.state.restart, responding: [] };
  log(turn, "warn", "a received RESTART was not completed in time", "Q.931 §5.5.2");
}

/** A terminal of a bus knows its own calls only: others' stay, whatever channel it names. */
function clearCalls(turn: InterfaceTurn, channels: readonly number[], from?: Ces): void {
  for (const call of Object.values(turn.state.calls)) {
    if (turn.options.bus && from !== undefined && call.ces !== from) continue;
    if (channels.includes(call.channel)) turnCall(turn, call, { type: "restarted" });
  }
}

function sendGlobalStatus(turn: InterfaceTurn, { reference }: Message, cause: Cause): void {
  const { awaited, responding } = turn.state.restart;
  const state = awaited !== null ? rest.request : responding.length > 0 ? rest.restart : rest.null;
  const elements: readonly Element[] = [
    { name: "cause", cause },
    { name: "call-state", state },
  ];
  sendMessage(
    turn,
    turn.ces,
    { ...reference, fromOriginator: !reference.fromOriginator },
    "STATUS",
    elements,
  );
}

function global({ options }: InterfaceTurn, fromOriginator: boolean): CallReference {
  return { value: 0, octets: options.callReferenceOctets, fromOriginator };
}

/** Of plain values in the same order of making. */
function isDeepEqual(a: readonly Element[], b: readonly Element[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function causeIn(message: Message): number {
  return find(message.elements, "cause")?.cause.value ?? 0;
}
