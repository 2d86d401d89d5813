// The interface machine of Q.931: gives messages to their calls, and answers those that have none (§5.8.3).
import type { Request } from "../types.ts";
import { elementError } from "./call-table.ts";
import { broadcast, type Ces } from "../q921/layer2.ts";
import { createCall, type Call } from "./call.ts";
import { isIdle, offeredChannel, pickChannel, setChannel, settleChannel, takeChannel } from "./channels.ts";
import { log, ownCause, reply, restartLater, turnCall } from "./interface-actions.ts";
import type {
  InterfaceInput,
  InterfaceOptions,
  InterfaceState,
  InterfaceStep,
  InterfaceTimer,
  InterfaceTurn,
  Offer,
} from "./interface.ts";
import { decodeMessage, find, valueIn, type Message, type MessageType } from "./message.ts";
import {
  branchFor,
  expireOffer,
  hearBranches,
  keepBranch,
  offerCall,
  offerOf,
  requestOffered,
} from "./offers.ts";
import {
  expireT316,
  expireT317,
  queueDue,
  receiveGlobal,
  repeatRestart,
  requestRestart,
  respondRestart,
  sendNext,
  suspendRestart,
} from "./restart.ts";
import { forgetSegments, receiveSegment } from "./reassembly.ts";
import { createResuming, receiveResume, refuseTaken } from "./suspended.ts";
import type { Octets } from "./values.ts";

export function nextInterface(
  state: InterfaceState,
  input: InterfaceInput,
  options: InterfaceOptions,
): InterfaceStep {
  const turn: InterfaceTurn = { state: { ...state }, effects: [], options, ces: 0, branchEvents: [] };
  switch (input.type) {
    case "octets":
      receiveFrom(turn, input.ces, input.octets);
      break;
    case "timer":
      expire(turn, input.timer);
      break;
    case "link":
      setLink(turn, input.ces, input.up);
      break;
    case "request":
      perform(turn, input.request);
      break;
  }
  hearBranches(turn);
  return { state: turn.state, effects: turn.effects };
}

// --- Messages -------------------------------------------------------------------------------------------

/** What comes to all terminals is a SETUP or nothing; a terminal answers it by its own link (§5.2). */
function receiveFrom(turn: InterfaceTurn, ces: Ces, octets: Octets): void {
  if (ces !== broadcast) {
    turn.ces = ces;
    receive(turn, octets);
    return;
  }
  const message = decodeMessage(octets);
  const setup = message.type === "SETUP" && turn.options.side === "user";
  if (setup) receive(turn, octets);
  else log(turn, "info", `${message.type} to all terminals: ignored`, "Q.931 §5.2.1");
}

function receive(turn: InterfaceTurn, octets: Octets): void {
  const message = decodeMessage(octets);
  if (message.type === "reject") {
    log(turn, "info", `message ignored: ${message.reason}`, message.clause);
    return;
  }
  if (message.type === "SEGMENT") {
    const whole = receiveSegment(turn, message, octets);
    if (whole !== undefined) receive(turn, whole);
    return;
  }
  const { reference } = message;
  if (reference.value === 0) {
    receiveGlobal(turn, message);
    return;
  }
  const origin = reference.fromOriginator ? "peer" : "here";
  const call = Object.values(turn.state.calls).find(
    (each) => each.reference === reference.value && each.origin === origin && isFrom(turn, each),
  );
  const offer = origin === "here" ? offerOf(turn, reference.value) : undefined;
  if (call !== undefined) receiveForCall(turn, call, message);
  else if (offer !== undefined) receiveOffered(turn, offer, message);
  else if (message.type === "SETUP") receiveSetup(turn, message);
  else if (message.type === "RESUME" && offersSuspend(turn)) {
    if (reference.fromOriginator) receiveResume(turn, message);
    else log(turn, "info", "RESUME with the flag of an answer: ignored", "Q.931 §5.8.3.2 d");
  } else receiveStray(turn, message);
}

/** Terminals of a bus choose their call references each for itself; a suspended call has none. */
function isFrom({ ces, options }: InterfaceTurn, call: Call): boolean {
  return !options.bus || call.ces === ces;
}

/** The first message of a terminal about a call that was offered to all. */
function receiveOffered(turn: InterfaceTurn, offer: Offer, message: Message): void {
  const branch = branchFor(turn, offer, message);
  if (branch !== undefined) {
    receiveForCall(turn, branch, message);
    keepBranch(turn, offer, branch);
  } else if (message.type === "RELEASE") receiveStray(turn, message);
}

const firstAnswers: ReadonlySet<Message["type"]> = new Set<MessageType>([
  "SETUP ACKNOWLEDGE",
  "CALL PROCEEDING",
  "ALERTING",
  "CONNECT",
]);

function receiveForCall(turn: InterfaceTurn, call: Call, message: Message): void {
  const { type } = message;
  if (type === "SUSPEND" && call.state === 10 && offersSuspend(turn) && refuseTaken(turn, message)) return;
  const placed = placeCall(turn, call, message);
  if (placed !== undefined) {
    turnCall(turn, placed, { type, message });
    return;
  }
  log(turn, "warn", `${type} names a channel that cannot be used`, "Q.931 §5.1.2, §5.2.3.1");
  turnCall(turn, call, { type: "channel-rejected" });
}

/** The call, on the channel that the message gives it; `undefined` when that cannot be used. */
function placeCall(turn: InterfaceTurn, call: Call, message: Message): Call | undefined {
  const settles = call.origin === "here" && !call.settled && (call.state === 1 || call.state === 6);
  const answers = settles && firstAnswers.has(message.type) && elementError(message) === undefined;
  const named = find(message.elements, "channel-identification")?.channel;
  if (answers) return settleChannel(turn, call, named);
  return regainsChannel(call, message) ? takeChannel(turn, call, named?.channels[0]) : call;
}

/** The network gives the call a channel again, perhaps another one. */
function regainsChannel({ state, hold }: Call, message: Message): boolean {
  if (elementError(message) !== undefined) return false;
  return (
    (message.type === "RETRIEVE ACKNOWLEDGE" && state === 10 && hold === "retrieve-request") ||
    (message.type === "RESUME ACKNOWLEDGE" && state === 17)
  );
}

function offersSuspend({ options }: InterfaceTurn): boolean {
  return options.services.suspend && options.side === "network" && options.variant === "euroisdn";
}

function receiveSetup(turn: InterfaceTurn, message: Message): void {
  const { reference } = message;
  if (!reference.fromOriginator) {
    log(turn, "info", "SETUP with the flag of an answer: ignored", "Q.931 §5.8.3.2 d");
    return;
  }
  const wanted = find(message.elements, "channel-identification")?.channel;
  const faulty = elementError(message) !== undefined;
  const offered = faulty ? { channel: -1 } : offeredChannel(turn, wanted);
  if ("cause" in offered) {
    const cause = ownCause(turn, offered.cause);
    log(turn, "info", `SETUP refused: no channel, cause ${offered.cause}`, "Q.931 §5.2.3");
    reply(turn, reference, "RELEASE COMPLETE", [{ name: "cause", cause }]);
    return;
  }
  const call = createCall({
    id: nameIncoming(turn),
    origin: "peer",
    ces: turn.ces,
    reference: reference.value,
    referenceOctets: reference.octets,
    channel: offered.channel,
    exclusive: true,
  });
  setChannel(turn, call.channel, { call: call.id, failed: false });
  turnCall(turn, call, { type: "SETUP", message });
}

function nameIncoming({ state }: InterfaceTurn): string {
  do state.lastIncoming += 1;
  while (`in-${state.lastIncoming}` in state.calls);
  return `in-${state.lastIncoming}`;
}

/** §5.8.3.2: a call reference that is not in use. */
function receiveStray(turn: InterfaceTurn, message: Message): void {
  const { reference, type } = message;
  switch (type) {
    case "RELEASE COMPLETE":
      return;
    case "STATUS ENQUIRY": {
      const cause = ownCause(turn, 30);
      reply(turn, reference, "STATUS", [
        { name: "cause", cause },
        { name: "call-state", state: 0 },
      ]);
      return;
    }
    case "STATUS": {
      // §5.8.11: the peer has a call that we have not.
      const state = valueIn(message.elements, "call-state", "state", 0);
      if (state === 0) return;
      log(turn, "info", `the peer has a call in state ${state} that we have not`, "Q.931 §5.8.11 a");
      reply(turn, reference, "RELEASE COMPLETE", [{ name: "cause", cause: ownCause(turn, 101) }]);
      return;
    }
    default:
      log(turn, "info", `${type} for no call`, type === "RELEASE" ? "Q.931 §5.8.3.2 b" : "Q.931 §5.8.3.2 a");
      reply(turn, reference, "RELEASE COMPLETE", [{ name: "cause", cause: ownCause(turn, 81) }]);
  }
}

// --- Timers and link ------------------------------------------------------------------------------------

function expire(turn: InterfaceTurn, { call: id, name }: InterfaceTimer): void {
  if (name === "T314") {
    forgetSegments(turn, Number(id));
    log(turn, "info", "segments discarded: the rest did not come", "Q.931 Annex H.3 d");
    return;
  }
  if (name === "T312") {
    expireOffer(turn, id, name);
    return;
  }
  if (name === "T316") {
    expireT316(turn);
    return;
  }
  if (name === "T317") {
    expireT317(turn);
    return;
  }
  const call = turn.state.calls[id];
  if (call === undefined) {
    if (name === "T303") expireOffer(turn, id, name);
    return;
  }
  turnCall(turn, call, { type: name });
  // §5.8.9: the peer's side of a call that the link outlasted is cleaned up when the link is back.
  if (name === "T309") restartLater(turn, call.channel);
}

function setLink(turn: InterfaceTurn, ces: Ces, up: boolean): void {
  const before = turn.state.links;
  const changed = before.includes(ces) !== up;
  const links = before.filter((each) => each !== ces);
  turn.ces = ces;
  turn.state.links = up ? [...links, ces] : links;
  const any = turn.state.links.length > 0;
  if (any !== before.length > 0)
    turn.effects.push({ type: "indication", indication: { type: "DataLinkIndication", up: any } });
  if (!up) forgetSegments(turn, ces);
  if (!up) suspendRestart(turn);
  else if (!changed) repeatRestart(turn);
  for (const call of Object.values(turn.state.calls)) {
    if (call.ces !== ces) continue;
    turnCall(turn, call, { type: up ? "link-up" : "link-down" });
    if (!(call.id in turn.state.calls)) restartLater(turn, call.channel);
  }
  if (!up) return;
  queueDue(turn);
  sendNext(turn);
}

// --- Requests -------------------------------------------------------------------------------------------

function perform(turn: InterfaceTurn, request: Request): void {
  switch (request.type) {
    case "SetupRequest":
      setup(turn, request);
      break;
    case "ResumeRequest":
      resume(turn, request);
      break;
    case "GoOnRequest":
      goOn(turn, request);
      break;
    case "RestartRequest":
      requestRestart(turn, request.channels);
      break;
    case "RestartResponse":
      respondRestart(turn);
      break;
    case "ChannelRequest":
      // Back in service also means: try again what failed.
      setChannel(turn, request.channel, {
        blocked: request.blocked,
        ...(request.blocked ? {} : { failed: false }),
      });
      break;
    default: {
      const call = turn.state.calls[request.call];
      const offer = turn.state.offers[request.call];
      if (call !== undefined) turnCall(turn, call, request);
      else if (offer !== undefined) requestOffered(turn, offer, request);
      else log(turn, "debug", `${request.type} for no call`, "Q.931 §5");
    }
  }
}

function setup(turn: InterfaceTurn, request: Extract<Request, { type: "SetupRequest" }>): void {
  const { call: id, channel: wanted } = request;
  const channel = wanted?.number ?? pickChannel(turn);
  if (channel === undefined) {
    refuse(turn, request, 34);
    return;
  }
  if (refuse(turn, request, isIdle(turn.state.channels[channel]) ? undefined : 44)) return;
  const call = createCall({
    id,
    origin: "here",
    ces: turn.options.bus ? broadcast : turn.ces,
    reference: nextReference(turn),
    referenceOctets: turn.options.callReferenceOctets,
    channel,
    exclusive: wanted?.exclusive ?? turn.options.exclusive,
  });
  setChannel(turn, channel, { call: id });
  if (turn.options.bus) offerCall(turn, call, request);
  else turnCall(turn, call, request);
}

/** The link of its time is down: T309 runs, and DL-ESTABLISH has the peer asked for its state (§5.8.9, §5.8.10). */
function goOn(turn: InterfaceTurn, request: Extract<Request, { type: "GoOnRequest" }>): void {
  const { call: id, channel, origin, reference, referenceOctets } = request;
  if (turn.options.bus || id in turn.state.calls || !isIdle(turn.state.channels[channel])) return;
  const kept = { id, origin, ces: 0, reference, referenceOctets, channel, exclusive: true };
  setChannel(turn, channel, { call: id });
  turnCall(turn, { ...createCall(kept), state: 10, settled: true }, { type: "link-down" });
}

function resume(turn: InterfaceTurn, request: Extract<Request, { type: "ResumeRequest" }>): void {
  if (refuse(turn, request, undefined)) return;
  turnCall(turn, createResuming(turn, request.call, nextReference(turn)), request);
}

/** True when the new call cannot be: it exists, the link is down, or it has the cause given. */
function refuse(
  turn: InterfaceTurn,
  { type, call }: Extract<Request, { type: "SetupRequest" | "ResumeRequest" }>,
  cause: number | undefined,
): boolean {
  if (call in turn.state.calls || call in turn.state.offers) {
    log(turn, "warn", `${type} for ${call}, which exists`, "Q.931 §5.1.1");
    return true;
  }
  const value = turn.options.persistent && turn.state.links.length === 0 ? 27 : cause;
  if (value === undefined) return false;
  const end = { call, channel: undefined, cause: ownCause(turn, value), elements: [], by: "fault" } as const;
  turn.effects.push({ type: "indication", indication: { type: "ReleaseIndication", ...end } });
  return true;
}

/** §4.3: unique among the calls that we began; 0 is the global reference. */
function nextReference({ state, options }: InterfaceTurn): number {
  const most = options.callReferenceOctets === 1 ? 0x7f : 0x7fff;
  const offered = Object.values(state.offers).map(({ template }) => template);
  const used = new Set(
    [...Object.values(state.calls), ...offered]
      .filter(({ origin }) => origin === "here")
      .map(({ reference }) => reference),
  );
  do state.lastReference = (state.lastReference % most) + 1;
  while (used.has(state.lastReference));
  return state.lastReference;
}
