// What becomes of a caller in a queue: comes, is offered in vain, answered, leaves, wants to be called back.
import type { GivenUpReason, QueueLeaveReason } from "../shared/journal.ts";
import type { AcdCommand, FailReason, GoingOn } from "./commands.ts";
import { askedOf, isNone, needsAfter } from "./needs.ts";
import { estimate } from "./pace.ts";
import { desertedAt, placeInLine, positionOf, priorityOf, rankIn } from "./places.ts";
import type { Offer, QueuedCall } from "./state.ts";
import { byName, get, values } from "./tree.ts";
import { agentOf, since, touch, touchCall, type Work } from "./work.ts";

export function enter(work: Work, command: Extract<AcdCommand, { type: "enter" }>): void {
  const { call, queue: id, caller } = command;
  const queue = work.state.queues[id];
  if (queue === undefined || get(work.state.calls, byName(call)) !== undefined) return;
  const { options } = queue;
  const wanted = command.agent === undefined ? undefined : agentOf(work, command.agent);
  // Nobody waits for an agent who is not there.
  const there = wanted?.extension != null && wanted.memberships.some((member) => member.queue === id);
  const asked = askedOf(options, command.skills, there ? wanted.number : null);
  const needs = needsAfter(options, asked, 0);
  const lost = get(queue.lost, byName(caller.number));
  const back = lost !== undefined && lost.until > work.at ? lost : undefined;
  const full = options.mostWaiting > 0 && queue.length >= options.mostWaiting;
  const priority = Math.max(command.priority, back?.priority ?? command.priority);
  const estimateMs = estimate(
    queue,
    rankIn(queue, placeInLine(priority, back?.order ?? work.state.order, call)) + 1,
  );
  work.say({
    type: "queue.entered",
    call,
    queue: id,
    caller,
    priority,
    until: work.at + options.maxWaitMs,
    ...(isNone(asked) && isNone(needs) ? {} : { needs, asked }),
    ...(back === undefined ? {} : { order: back.order }),
    ...(estimateMs === undefined ? {} : { estimateMs }),
  });
  if (command.closed === true) return giveUp(work, call, "closed");
  if (full) return giveUp(work, call, "full");
  touchCall(work, call);
}

/** Where nobody has been for so long, nobody waits, if the queue is set so. */
export function emptyOut(work: Work, id: string): void {
  const before = work.state.queues[id];
  const due = before === undefined ? null : desertedAt(before);
  if (due !== null && due <= work.at) work.say({ type: "queue.deserted", queue: id });
  const queue = work.state.queues[id];
  if (queue?.deserted !== true) return;
  for (const { waiting } of Object.values(queue.lines)) {
    for (const call of [...values(waiting)]) {
      // Who is to be called back waits for the next shift.
      if (get(work.state.calls, byName(call))?.callback === null) giveUp(work, call, "nobody-there");
    }
  }
}

export function accept(work: Work, id: string, offer: string): void {
  const call = get(work.state.calls, byName(id));
  if (call?.stage.type !== "offered") return;
  const won = call.stage.offers.find((one) => one.offer === offer);
  if (won === undefined) return;
  for (const other of call.stage.offers) if (other !== won) cancelOffer(work, call, other);
  work.say({
    type: "queue.connected",
    call: id,
    queue: call.queue,
    offer,
    agent: won.agent,
    waitedMs: since(call.enteredAt, work.at),
    ringMs: since(won.at, work.at),
  });
}

export function offerFailed(work: Work, id: string, offer: string, reason: FailReason): void {
  const call = get(work.state.calls, byName(id));
  if (call?.stage.type !== "offered") return;
  const own = call.stage.offers.find((one) => one.offer === offer);
  if (own === undefined) return;
  const { queue } = call;
  const { agent, at } = own;
  const rules = work.state.queues[queue]?.options;
  const rest =
    reason === "failed"
      ? "noAnswer"
      : ({ "no-answer": "noAnswer", busy: "busy", rejected: "rejected" } as const)[reason];
  const [ringMs, restUntil] = [since(at, work.at), work.at + (rules?.restMs[rest] ?? 0)];
  work.say({ type: "queue.ring-no-answer", call: id, queue, offer, agent, reason, ringMs, restUntil });
  touchCall(work, id);
  const missed = agentOf(work, agent);
  const limit = missed?.pauseAfterNoAnswers ?? rules?.pauseAfterNoAnswers ?? 0;
  if (missed !== undefined && reason === "no-answer" && limit > 0 && missed.noAnswers >= limit) {
    const autoReady = rules?.autoReadyMs ?? 0;
    const until = autoReady > 0 ? { until: work.at + autoReady } : {};
    work.say({ type: "agent.paused", agent, reason: "no-answer", by: "box", ...until });
  }
  if (call.until <= work.at && get(work.state.calls, byName(id))?.stage.type === "waiting")
    giveUp(work, id, "timed-out");
}

/** Long enough to dial a number. */
const askMs = 90_000;

/** The caller is sent on, or asked about a callback before, where the queue is set so. */
export function giveUp(work: Work, id: string, reason: GivenUpReason): void {
  const found = get(work.state.calls, byName(id));
  if (found === undefined) return;
  const { queue, stage, callback } = found;
  if (stage.type === "asked") return leave(work, id, stage.reason);
  const ask = work.state.queues[queue]?.options.askWhen.includes(reason);
  if (ask !== true || callback !== null) return leave(work, id, reason);
  takeBack(work, found);
  work.say({ type: "queue.asked", call: id, queue, reason, until: work.at + askMs });
}

export function leave(work: Work, id: string, reason: QueueLeaveReason): void {
  const found = get(work.state.calls, byName(id));
  if (found === undefined) return;
  const { queue, enteredAt, stage, key } = found;
  const line = work.state.queues[queue];
  // Whoever was asked about a callback leaves the place from which that was.
  const asked = stage.type === "asked" && line !== undefined;
  const position = asked ? rankIn(line, key) + 1 : positionOf(work.state, id);
  takeBack(work, found);
  if (stage.type !== "connected" && stage.type !== "dialling") {
    const waitedMs = since(enteredAt, work.at);
    return work.say({ type: "queue.left", call: id, queue, reason, waitedMs, talkedMs: 0, position });
  }
  const { agent, waitedMs } = stage;
  const talkedMs = stage.type === "connected" ? since(stage.at, work.at) : 0;
  work.say({ type: "queue.left", call: id, queue, reason, agent, waitedMs, talkedMs, position });
  wrapUp(work, agent, id, queue);
}

function wrapUp(work: Work, number: string, call: string, queue: string): void {
  const agent = agentOf(work, number);
  if (agent === undefined || agent.extension === null) return;
  const until = work.at + (agent.wrapUpMs ?? work.state.queues[queue]?.options.wrapUpMs ?? 0);
  work.say({ type: "agent.wrap-up", agent: number, call, queue, until });
  if (until <= work.at) work.say({ type: "agent.idle", agent: number });
  touch(work, number);
}

/** Nobody is rung for the call any more. */
function takeBack(work: Work, call: QueuedCall): void {
  if (call.stage.type === "offered") for (const offer of call.stage.offers) cancelOffer(work, call, offer);
}

export function cancelOffer(work: Work, { call, queue }: QueuedCall, { offer, agent, at }: Offer): void {
  work.say({ type: "queue.ring-cancelled", call, queue, offer, agent, ringMs: since(at, work.at) });
  touchCall(work, call);
  touch(work, agent);
}

export function requestCallback(
  work: Work,
  command: Extract<AcdCommand, { type: "request-callback" }>,
): void {
  const { call: id, callback, number, tries, keepMs } = command;
  const found = get(work.state.calls, byName(id));
  const taken = get(work.state.calls, byName(callback)) !== undefined;
  if (found === undefined || found.callback !== null || taken) return;
  const { type } = found.stage;
  if (type !== "waiting" && type !== "offered" && type !== "asked") return;
  const { queue, key, enteredAt, needs, asked } = found;
  leave(work, id, "callback");
  work.say({
    type: "callback.requested",
    callback,
    queue,
    number,
    from: id,
    enteredAt,
    order: key.minor,
    priority: priorityOf(key),
    until: work.at + keepMs,
    tries,
    ...(isNone(asked) && isNone(needs) ? {} : { needs, asked }),
  });
  touchCall(work, callback);
}

/** @param spent tries that it has cost */
export function callbackFailed(
  work: Work,
  id: string,
  {
    cause,
    retryMs,
    machine,
  }: Pick<Extract<AcdCommand, { type: "callback-failed" }>, "cause" | "retryMs" | "machine">,
  spent = 1,
): void {
  const call = get(work.state.calls, byName(id));
  if (call?.stage.type !== "dialling" || call.callback === null) return;
  const { agent } = call.stage;
  const again = work.at + retryMs;
  const tries = call.callback.tries - spent;
  const more = tries > 0 && again < call.until;
  work.say({
    type: "callback.failed",
    callback: id,
    queue: call.queue,
    agent,
    cause,
    ...(machine === undefined ? {} : { machine }),
    ...(more ? { again } : {}),
    tries,
  });
  touch(work, agent);
}

/**
 * The box went down: callers are gone, but those whose call goes on and those who are to be called back. Nobody is rung any
 * more. An agent who talks already has accepted, though the journal had no time to say so.
 */
export function restarted(work: Work, call: QueuedCall, goesOn: GoingOn | undefined): void {
  if (goesOn !== undefined && call.stage.type === "offered") {
    const own = call.stage.offers.find(({ agent }) => agent === goesOn.agent);
    if (own !== undefined) return accept(work, call.call, own.offer);
  }
  const talks = call.stage.type === "connected";
  if (call.callback !== null && goesOn !== undefined) {
    if (call.stage.type === "connected") return undefined;
    // The caller had answered, though the journal had no time to say so.
    if (call.stage.type === "dialling") {
      const { agent } = call.stage;
      return work.say({ type: "callback.reached", callback: call.call, queue: call.queue, agent });
    }
  }
  if (call.callback === null && (goesOn === undefined || talks !== (goesOn.agent !== undefined)))
    return leave(work, call.call, "restarted");
  if (call.callback === null && talks) return undefined;
  takeBack(work, call);
  // Q.850: 41, temporary failure. It was no fault of the caller's.
  if (call.stage.type === "dialling") callbackFailed(work, call.call, { cause: 41, retryMs: 0 }, 0);
  if (call.stage.type === "connected") leave(work, call.call, "restarted");
}
