// The network's calls to a bus (Q.931 §5.2): one SETUP to all terminals, a branch for each that answers, the call
// for the first that connects.
import { broadcast } from "../q921/layer2.ts";
import type { CallIndication, Indication } from "../types.ts";
import type { Call, CallRequest } from "./call.ts";
import { nextCall } from "./call-table.ts";
import { setChannel } from "./channels.ts";
import { callOptions, log, ownCause, referenceOf, sendMessage, turnCall } from "./interface-actions.ts";
import type { InterfaceTurn, Offer } from "./interface.ts";
import type { Message } from "./message.ts";
import type { Cause } from "./values.ts";

type SetupRequest = Extract<CallRequest, { type: "SetupRequest" }>;

/** Sends the SETUP. T312 outlasts T303, so that nobody who answers late is taken for another call's. */
export function offerCall(turn: InterfaceTurn, call: Call, request: SetupRequest): void {
  const template = nextCall(call, request, callOptions(turn)).call;
  const offer: Offer = {
    id: call.id,
    state: 6,
    template: { ...template, offer: call.id, timers: [] },
    timers: [],
    retried: false,
    told: 0,
    cause: null,
  };
  send(turn, offer);
}

function send(turn: InterfaceTurn, offer: Offer): void {
  const { template, id } = offer;
  sendMessage(turn, broadcast, referenceOf(template), "SETUP", template.setup);
  for (const name of ["T303", "T312"] as const)
    turn.effects.push({ type: "start", timer: { call: id, name } });
  put(turn, { ...offer, timers: ["T303", "T312"] });
}

export function offerOf({ state }: InterfaceTurn, reference: number): Offer | undefined {
  return Object.values(state.offers).find(({ template }) => template.reference === reference);
}

function put(turn: InterfaceTurn, offer: Offer): void {
  turn.state.offers = { ...turn.state.offers, [offer.id]: offer };
}

/** @returns the offer without T303 */
function stopT303(turn: InterfaceTurn, offer: Offer): Offer {
  if (!offer.timers.includes("T303")) return offer;
  turn.effects.push({ type: "stop", timer: { call: offer.id, name: "T303" } });
  const stopped = without(offer, "T303");
  put(turn, stopped);
  return stopped;
}

function without(offer: Offer, timer: Offer["timers"][number]): Offer {
  return { ...offer, timers: offer.timers.filter((each) => each !== timer) };
}

function branches({ state }: InterfaceTurn, { id }: Offer): readonly Call[] {
  return Object.values(state.calls).filter((call) => call.offer === id);
}

// --- Terminals answer -----------------------------------------------------------------------------------

/** The branch for a terminal's first answer; `undefined` when there is nothing (any more) to be had. */
export function branchFor(turn: InterfaceTurn, offer: Offer, { type }: Message): Call | undefined {
  const ends = type === "RELEASE" || type === "RELEASE COMPLETE";
  if (offer.state === 22 && ends) return undefined;
  const branch: Call = { ...offer.template, id: `${offer.id}@${turn.ces}`, ces: turn.ces };
  if (offer.state === 6) return branch;
  // §5.3.2 e: too late.
  log(turn, "info", `${type} after the call was over or given away`, "Q.931 §5.3.2 e");
  turnCall(turn, { ...branch, state: 9 }, { type: "not-selected", cause: reasonOf(turn, offer) });
  return undefined;
}

/** The terminal's message has been heard. One that was no answer, or could not be read, has begun nothing. */
export function keepBranch(turn: InterfaceTurn, offer: Offer, { id }: Call): void {
  const { [id]: branch, ...others } = turn.state.calls;
  if (branch?.state === 6) turn.state.calls = others;
  // §5.2.5.1: who refuses leaves it to the others, until T303.
  else if (branch !== undefined) stopT303(turn, offer);
}

function reasonOf(turn: InterfaceTurn, { cause }: Offer): Cause {
  return cause ?? ownCause(turn, 18);
}

const stages: Readonly<Partial<Record<Indication["type"], 1 | 2 | 3>>> = {
  MoreInfoIndication: 1,
  ProceedingIndication: 2,
  AlertingIndication: 3,
};

/** What branches have said since, one after another; hearing it may make others speak. */
export function hearBranches(turn: InterfaceTurn): void {
  for (let event = turn.branchEvents.shift(); event !== undefined; event = turn.branchEvents.shift()) {
    const { branch, indication } = event;
    const offer = turn.state.offers[branch.offer];
    if (offer === undefined) continue;
    if (indication === null) branchEnded(turn, offer);
    else branchIndicates(turn, offer, branch, indication);
  }
}

/** Of use to the offer is what leads further; how branches end is kept until all have. */
function branchIndicates(turn: InterfaceTurn, offer: Offer, branch: Call, indication: CallIndication): void {
  switch (indication.type) {
    case "SetupConfirm":
      award(turn, offer, branch);
      break;
    case "DisconnectIndication":
      retain(turn, offer, indication.cause);
      turnCall(turn, branch, { type: "ReleaseRequest", call: branch.id });
      return;
    case "ReleaseIndication":
    case "ReleaseConfirm":
      retain(turn, offer, indication.cause);
      return;
    default: {
      const stage = stages[indication.type];
      if (offer.state === 22 || (stage !== undefined && stage <= offer.told)) return;
      if (stage !== undefined) put(turn, { ...offer, told: stage });
    }
  }
  turn.effects.push({ type: "indication", indication: { ...indication, call: offer.id } });
}

/** §5.2.8, §5.2.9: the first that connects has the call; the others are released. */
function award(turn: InterfaceTurn, offer: Offer, winner: Call): void {
  const { [winner.id]: _branch, ...others } = turn.state.calls;
  turn.state.calls = { ...others, [offer.id]: { ...winner, id: offer.id, offer: "" } };
  end(turn, offer, ownCause(turn, 26));
}

/** Nobody gets the call any more: who has answered is released, who still answers will be. */
function end(turn: InterfaceTurn, offer: Offer, cause: Cause): void {
  const ended: Offer = { ...stopT303(turn, offer), state: 22, cause };
  put(turn, ended);
  for (const branch of branches(turn, offer)) turnCall(turn, branch, { type: "not-selected", cause });
  forget(turn, ended.id);
}

/** §5.2.5.3: a rejection weighs more than a busy terminal, and that more than any other reason. */
function retain(turn: InterfaceTurn, offer: Offer, cause: Cause): void {
  if (offer.state === 22) return;
  const before = offer.cause;
  if (before === null || rank(cause) > rank(before)) put(turn, { ...offer, cause });
}

function rank({ value }: Cause): number {
  return value === 21 ? 2 : value === 17 ? 1 : 0;
}

/** A branch is back in Null. */
function branchEnded(turn: InterfaceTurn, offer: Offer): void {
  if (offer.state === 22) forget(turn, offer.id);
  else if (offer.timers.length === 0 && branches(turn, offer).length === 0) fail(turn, offer);
}

// --- Timers and requests --------------------------------------------------------------------------------

export function expireOffer(turn: InterfaceTurn, id: string, name: "T303" | "T312"): void {
  const before = turn.state.offers[id];
  if (before?.timers.includes(name) !== true) return;
  const offer = without(before, name);
  put(turn, offer);
  if (name === "T312") {
    if (offer.state === 22) forget(turn, id);
    else if (branches(turn, offer).length === 0) fail(turn, offer);
  } else if (offer.cause === null && !offer.retried) {
    // §5.2.5.1: once more.
    send(turn, { ...offer, retried: true });
  } else {
    fail(turn, offer);
  }
}

/** §5.2.5.3, §5.2.5.4: the caller is told why nobody took the call. */
function fail(turn: InterfaceTurn, offer: Offer): void {
  const cause = reasonOf(turn, offer);
  const { channel, id } = offer.template;
  turn.effects.push({
    type: "indication",
    indication: {
      type: "ReleaseIndication",
      call: id,
      channel,
      cause,
      elements: [],
      by: offer.cause === null ? "fault" : "remote",
    },
  });
  end(turn, offer, cause);
}

/** A request for a call that nobody has been awarded: to clear it, or for whoever has answered. */
export function requestOffered(turn: InterfaceTurn, offer: Offer, request: CallRequest): void {
  if (offer.state === 22) return;
  if (request.type === "DisconnectRequest" || request.type === "ReleaseRequest") {
    const given = request.cause ?? 16;
    const cause = typeof given === "object" ? given : ownCause(turn, given);
    const { channel, id } = offer.template;
    turn.effects.push({
      type: "indication",
      indication: { type: "ReleaseConfirm", call: id, channel, cause },
    });
    end(turn, offer, cause);
    return;
  }
  for (const branch of branches(turn, offer)) turnCall(turn, branch, request);
}

/** The reference and the channel are free when no terminal can still answer and all that did are released. */
function forget(turn: InterfaceTurn, id: string): void {
  const offer = turn.state.offers[id];
  if (offer === undefined || offer.timers.length > 0 || branches(turn, offer).length > 0) return;
  const { [id]: _ended, ...others } = turn.state.offers;
  turn.state.offers = others;
  const { channel } = offer.template;
  if (!(id in turn.state.calls) && turn.state.channels[channel]?.call === id)
    setChannel(turn, channel, { call: "" });
}
