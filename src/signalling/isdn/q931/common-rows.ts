// Rows that several states of both sides share: clearing, status, information, link failure, restart.
import {
  causeElement,
  causeOf,
  clearingCause,
  disconnect,
  enter,
  finish,
  finishClearing,
  finishReleased,
  indicate,
  log,
  ofCall,
  ofMessage,
  ownCause,
  progressElement,
  receivedCause,
  release,
  rejectSetup,
  send,
  sendStatus,
  start,
  stop,
  stopAll,
  withExtra,
  type Handler,
  type Row,
  type Turn,
} from "./call-actions.ts";
import type { CallStateNumber } from "./call.ts";
import { holding, userInformation } from "./supplementary-rows.ts";
import { find, findAll, valueIn, type Message } from "./message.ts";

/** Every state but Null. */
export const anyState: Row = {
  // §5.8.3.2 e.
  SETUP: (turn) => log(turn, "info", "SETUP for a call that exists: ignored", "Q.931 §5.8.3.2 e"),
  FACILITY: (turn, { message }) => {
    const facility = findAll(message.elements, "facility").map(({ octets }) => octets);
    indicate(turn, { type: "FacilityIndication", ...ofMessage(turn, message), facility });
  },
  RELEASE: (turn, { message }) => {
    send(turn, "RELEASE COMPLETE", []);
    finishReleased(turn, message);
  },
  "RELEASE COMPLETE": (turn, { message }) => finishReleased(turn, message),
  "STATUS ENQUIRY": (turn) => sendStatus(turn, ownCause(turn, 30)),
  STATUS: (turn, { message }) => receiveStatus(turn, message),
  "link-down": (turn) => {
    if (turn.call.clearedBy === "") finish(turn, "fault", ownCause(turn, 27));
    else finishClearing(turn);
  },
  restarted: (turn) => {
    if (turn.call.clearedBy === "") finish(turn, "peer", ownCause(turn, 41));
    else finishClearing(turn);
  },
};

export function enquire(turn: Turn): void {
  turn.call.retried = false;
  send(turn, "STATUS ENQUIRY", []);
  start(turn, "T322");
}

/** §5.8.11. */
function receiveStatus(turn: Turn, { elements }: Message): void {
  const reported = valueIn(elements, "call-state", "state", 0);
  const cause = valueIn(elements, "cause", "cause", ownCause(turn, 30));
  if (reported === 0) {
    if (turn.call.clearedBy === "") finish(turn, "fault", cause.value === 30 ? ownCause(turn, 41) : cause);
    else finishClearing(turn);
    return;
  }
  if (turn.call.state === 19) return;
  const asked = turn.call.timers.includes("T322");
  stop(turn, "T322");
  if (asked && !compatible(turn.call.state, reported)) {
    log(turn, "warn", `the peer is in state ${reported}, we in ${turn.call.state}`, "Q.931 §5.8.11");
    disconnect(turn, ownCause(turn, 101), "fault");
    return;
  }
  indicate(turn, { type: "StatusIndication", ...ofCall(turn), cause, state: reported });
}

/** Active on one side only cannot mend itself: a CONNECT was lost with the link, or a clearing. */
function compatible(ours: CallStateNumber, theirs: number): boolean {
  const clearing = [11, 12, 19];
  if (clearing.includes(ours) || clearing.includes(theirs)) return true;
  if (ours === 10) return theirs === 10 || theirs === 8;
  return theirs !== 10 || ours === 8;
}

/** States in which the call is neither Null nor clearing, and its SETUP has been answered. */
export const inCall: Row = {
  ...anyState,
  DISCONNECT: (turn, { message }) => {
    stopAll(turn);
    const cause = receivedCause(turn, message);
    turn.call.cause = cause;
    turn.call.clearedBy = "peer";
    indicate(turn, { type: "DisconnectIndication", ...ofMessage(turn, message), cause });
    enter(turn, turn.options.side === "user" ? 12 : 11);
  },
  DisconnectRequest: (turn, request) =>
    disconnect(turn, causeOf(turn, request.cause), "here", withExtra(request), request.inband),
  // §5.1.2: the answer's channel is not acceptable.
  "channel-rejected": (turn) => {
    turn.call.clearedBy = "fault";
    release(turn, ownCause(turn, 6));
  },
  StatusEnquiryRequest: (turn) => enquire(turn),
  // §5.8.10: asked twice in vain.
  T322: (turn) => {
    if (turn.call.retried) {
      disconnect(turn, ownCause(turn, 41), "fault");
      return;
    }
    turn.call.retried = true;
    send(turn, "STATUS ENQUIRY", []);
    start(turn, "T322");
  },
  NOTIFY: (turn, { message }) => {
    const description = valueIn(message.elements, "notification-indicator", "description", 0);
    indicate(turn, { type: "NotifyIndication", ...ofMessage(turn, message), description });
  },
  NotifyRequest: (turn, request) => {
    const { description } = request;
    send(turn, "NOTIFY", withExtra(request, { name: "notification-indicator", description }));
  },
  FacilityRequest: (turn, request) =>
    send(turn, "FACILITY", withExtra(request, { name: "facility", octets: request.facility })),
  INFORMATION: receiveInformation,
  InfoRequest: sendInformation,
};

export function receiveInformation(turn: Turn, { message }: { readonly message: Message }): void {
  const { elements } = message;
  indicate(turn, {
    type: "InfoIndication",
    ...ofMessage(turn, message),
    digits: find(elements, "called-number")?.number.digits ?? "",
    keypad: valueIn(elements, "keypad-facility", "digits", ""),
    sendingComplete: find(elements, "sending-complete") !== undefined,
  });
}

export function sendInformation(turn: Turn, request: Parameters<Handler<"InfoRequest">>[1]): void {
  const { digits, keypad, display, sendingComplete } = request;
  send(
    turn,
    "INFORMATION",
    withExtra(
      request,
      sendingComplete === true && { name: "sending-complete" },
      display !== undefined && { name: "display", text: display },
      keypad !== undefined && { name: "keypad-facility", digits: keypad },
      digits !== undefined && {
        name: "called-number",
        number: { digits, type: "unknown", plan: "unknown" },
      },
    ),
  );
}

/** Whichever table it is in: states U25 and N2, where the peer's digits are awaited (§5.1.3, §5.2.4). */
export const overlapReceiving: Row = {
  INFORMATION: (turn, { message }) => {
    if (find(message.elements, "sending-complete") === undefined) start(turn, "T302");
    else stop(turn, "T302");
    receiveInformation(turn, { message });
  },
  T302: (turn) => indicate(turn, { type: "TimeoutIndication", ...ofCall(turn) }),
  "link-up": clearAfterReset,
};

/** §5.8.8 a: digits may be lost with the link's reset. */
export function clearAfterReset(turn: Turn): void {
  disconnect(turn, ownCause(turn, 41), "fault");
}

/** States U6 and N1: the peer's SETUP has no answer yet. */
export const present: Row = {
  ...inCall,
  RejectRequest: (turn, request) => rejectSetup(turn, causeOf(turn, request.cause), withExtra(request)),
  DisconnectRequest: (turn, request) => rejectSetup(turn, causeOf(turn, request.cause), withExtra(request)),
};

/** State 10 of both sides. */
export const active: Row = {
  ...inCall,
  ...holding,
  ...userInformation,
  // §5.8.9: an active call outlives the link for T309.
  "link-down": (turn) => {
    stop(turn, "T322");
    if (!turn.call.timers.includes("T309")) start(turn, "T309");
  },
  // §5.8.8 c: a reset may have lost our CONNECT.
  "link-up": (turn) => {
    stop(turn, "T309");
    enquire(turn);
  },
  T309: (turn) => finish(turn, "fault", ownCause(turn, 27)),
  DisconnectRequest: (turn, request) => {
    const cause = causeOf(turn, request.cause);
    // Without a link nothing can be sent; the peer finds out when it asks for the state (§5.8.10).
    if (turn.call.timers.includes("T309")) finish(turn, "here", cause);
    else disconnect(turn, cause, "here", withExtra(request), request.inband);
  },
  // §5.1.8: the user may acknowledge, and need not.
  "CONNECT ACKNOWLEDGE": () => undefined,
};

export function ignoreLate(turn: Turn): void {
  log(turn, "debug", "late CONNECT ACKNOWLEDGE ignored", "Q.931 §5.2.8");
}

/** The call is being cleared: what still comes about it is passed over (§5.3.3, §5.3.4). */
const clearing: Row = {
  ...anyState,
  NOTIFY: () => undefined,
  INFORMATION: () => undefined,
  "CONNECT ACKNOWLEDGE": ignoreLate,
};

/** DISCONNECT was received: U12 and N11. */
export const disconnectReceived: Row = {
  ...clearing,
  ReleaseRequest: (turn, request) => release(turn, releaseCause(turn, request.cause), withExtra(request)),
  DisconnectRequest: (turn, request) => release(turn, releaseCause(turn, request.cause), withExtra(request)),
};

/** The peer began to clear: our RELEASE repeats its cause unless the line gives one. */
function releaseCause(turn: Turn, given: Parameters<typeof causeOf>[1]): ReturnType<typeof causeOf> {
  return given === undefined && turn.call.cause !== null
    ? ownCause(turn, turn.call.cause.value)
    : causeOf(turn, given);
}

/** DISCONNECT was sent: U11 and N12. */
export const disconnectSent: Row = {
  ...clearing,
  // §5.3.5: both disconnect.
  DISCONNECT: (turn) => release(turn, clearingCause(turn)),
  T305: (turn) => release(turn, clearingCause(turn)),
  T306: (turn) => release(turn, clearingCause(turn)),
  ReleaseRequest: (turn) => release(turn, clearingCause(turn)),
  DisconnectRequest: () => undefined,
};

/** State 19: RELEASE was sent. */
export const releaseSent: Row = {
  ...clearing,
  // §5.3.5: RELEASE from both sides; neither sends RELEASE COMPLETE.
  RELEASE: (turn, { message }) => finishClearing(turn, message),
  // Crossed our RELEASE, which T305 or a fault had sent.
  DISCONNECT: () => undefined,
  T308: (turn) => {
    if (turn.call.retried) {
      turn.effects.push({ type: "channel-failed" });
      finishClearing(turn);
      return;
    }
    turn.call.retried = true;
    send(turn, "RELEASE", turn.call.releaseCause === null ? [] : [causeElement(turn.call.releaseCause)]);
    start(turn, "T308");
  },
  DisconnectRequest: () => undefined,
  ReleaseRequest: () => undefined,
};

/** Tones and announcements before the answer (§5.1.6, §5.2.6). */
export const sendProgress: Handler<"ProgressRequest"> = (turn, request) => {
  const { cause, progress } = request;
  send(turn, "PROGRESS", withExtra(request, cause && causeElement(cause), progressElement(progress)));
};
