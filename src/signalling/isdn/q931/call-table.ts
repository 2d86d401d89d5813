// Turns a call: the checks of §5.8 that come before any table, the side's table, and what is done in a
// state that has no row for an input.
import { readCharges } from "./aoc.ts";
import {
  causeElement,
  finishReleased,
  indicate,
  log,
  ofCall,
  ownCause,
  send,
  sendStatus,
  unexpected,
  unrecognized,
  type Row,
  type Turn,
} from "./call-actions.ts";
import type { Call, CallInput, CallOptions, CallStateNumber, CallStep } from "./call.ts";
import { idOf, type ElementName } from "./elements.ts";
import { findAll, type Message, type MessageType } from "./message.ts";
import { networkTable } from "./network-table.ts";
import { notInQsig, qsigTable } from "./qsig-table.ts";
import { userTable } from "./user-table.ts";
import type { Cause } from "./values.ts";

type Table = Readonly<Record<CallStateNumber, Row>>;

function tableOf({ side, variant }: CallOptions): Table {
  if (variant === "qsig") return qsigTable;
  return side === "user" ? userTable : networkTable;
}

/** Turns a call. Inputs that its state has no row for are answered as §5.8.4 says, or change nothing. */
export function nextCall(call: Call, input: CallInput, options: CallOptions): CallStep {
  const turn: Turn = { call: { ...call }, effects: [], options };
  if ("message" in input) receive(turn, input);
  else if (!expire(turn, input)) act(turn, input);
  return { call: turn.call, effects: turn.effects };
}

function act(turn: Turn, input: CallInput): void {
  const row: Row = tableOf(turn.options)[turn.call.state];
  const handle = row[input.type] as ((turn: Turn, input: CallInput) => void) | undefined;
  if (handle !== undefined) handle(turn, input);
  else if ("message" in input) {
    const known = turn.options.variant !== "qsig" || !notInQsig.has(input.type);
    (known ? unexpected : unrecognized)(turn, input.message);
  } else if ("call" in input) {
    log(turn, "debug", `${input.type} has no meaning in state ${turn.call.state}`, "Q.931 Annex A");
  }
}

/** Takes the timer off the list; true when it was not on it, so that its expiry crossed a stop. */
function expire(turn: Turn, input: CallInput): boolean {
  if (!/^T[\d-]/.test(input.type)) return false;
  const running = turn.call.timers.filter((timer) => timer !== input.type);
  const stale = running.length === turn.call.timers.length;
  turn.call.timers = running;
  return stale;
}

/** Mandatory elements (§3.1) whose lack or damage is an error; those that real exchanges leave out are not here. */
const mandatory: Readonly<Partial<Record<MessageType, readonly ElementName[]>>> = {
  SETUP: ["bearer-capability"],
  DISCONNECT: ["cause"],
  STATUS: ["cause", "call-state"],
  PROGRESS: ["progress-indicator"],
  "RESUME ACKNOWLEDGE": ["channel-identification"],
  "SUSPEND REJECT": ["cause"],
  "RESUME REJECT": ["cause"],
  "USER INFORMATION": ["user-user"],
  "CONGESTION CONTROL": ["congestion-level"],
  FACILITY: ["facility"],
  NOTIFY: ["notification-indicator"],
  RESTART: ["restart-indicator"],
  "RESTART ACKNOWLEDGE": ["restart-indicator"],
};

/**
 * §5.8.6 and §5.8.7.1: #96 for a mandatory element that is missing, or one that is unknown and must be
 * understood (identifier bits 8–5 zero, Table 4-3); #100 for a mandatory one with bad contents.
 */
export function elementError(
  message: Message,
): { readonly cause: 96 | 100; readonly ids: readonly number[] } | undefined {
  const { type, errors, elements } = message;
  const needed = type === "unknown" ? [] : (mandatory[type] ?? []);
  const bad = needed
    .map(idOf)
    .filter((id) => errors.some((error) => error.kind === "content" && error.id === id));
  if (bad.length > 0) return { cause: 100, ids: bad };
  const missing = needed.filter((name) => !elements.some((element) => element.name === name)).map(idOf);
  const unknown = errors.filter(({ kind, id }) => kind === "unknown" && id < 0x10).map(({ id }) => id);
  const ids = [...missing, ...unknown];
  return ids.length > 0 ? { cause: 96, ids } : undefined;
}

function receive(turn: Turn, input: CallInput & { readonly message: Message }): void {
  const { message } = input;
  const error = elementError(message);
  if (error !== undefined) {
    receiveFaulty(turn, input, ownCause(turn, error.cause, error.ids));
    return;
  }
  const unknown = noteDroppedElements(turn, message);
  tellCharges(turn, message);
  // §5.8.7.1 a, b: clearing says which of its elements were not known.
  const cause = unknown.length === 0 ? undefined : ownCause(turn, 99, unknown);
  if (cause !== undefined && message.type === "DISCONNECT") turn.call.releaseCause ??= cause;
  if (cause !== undefined && message.type === "RELEASE" && turn.call.state !== 19) {
    send(turn, "RELEASE COMPLETE", [causeElement(cause)]);
    finishReleased(turn, message);
    return;
  }
  act(turn, input);
}

/** Something that must be there is not, or is damaged (§5.8.6). */
function receiveFaulty(turn: Turn, input: CallInput & { readonly message: Message }, cause: Cause): void {
  const { message } = input;
  const clause = cause.value === 96 ? "Q.931 §5.8.6.1" : "Q.931 §5.8.6.2";
  log(turn, "warn", `${message.type}: element in error, cause ${cause.value}`, clause);
  switch (message.type) {
    case "SETUP":
      // Only in Null: one for a call that exists is ignored (§5.8.3.2 e).
      if (turn.call.state === 0) send(turn, "RELEASE COMPLETE", [causeElement(cause)]);
      break;
    case "DISCONNECT":
      turn.call.releaseCause ??= cause;
      act(turn, input);
      break;
    case "RELEASE":
      send(turn, "RELEASE COMPLETE", [causeElement(cause)]);
      finishReleased(turn, message);
      break;
    case "RELEASE COMPLETE":
      act(turn, input);
      break;
    case "STATUS":
      // Answering STATUS with STATUS could go on for ever.
      break;
    default:
      sendStatus(turn, cause);
  }
}

/** Advice of charge may come with any message (EN 300 182-1). */
function tellCharges(turn: Turn, { elements }: Message): void {
  for (const { octets } of findAll(elements, "facility")) {
    for (const charge of readCharges(octets))
      indicate(turn, { type: "AocIndication", ...ofCall(turn), charge });
  }
}

/** Says what is passed over, and returns the elements that nobody knows. */
function noteDroppedElements(turn: Turn, { type, errors }: Message): readonly number[] {
  if (errors.length === 0) return [];
  const unknown = errors.filter(({ kind }) => kind === "unknown").map(({ id }) => id);
  const ids = errors.map(({ id }) => `0x${id.toString(16)}`).join(", ");
  const clause = unknown.length > 0 ? "Q.931 §5.8.7.1" : "Q.931 §5.8.7.2";
  log(turn, "debug", `${type}: went on without elements ${ids}`, clause);
  return unknown;
}
