// Rows of call rearrangement (§5.6): SUSPEND and RESUME, from the user to the network. A suspended call is in
// the Null state of the network side, without a call reference, known by its call identity (§5.6.2).
import {
  answer,
  causeElement,
  causeOf,
  disconnect,
  enter,
  finish,
  indicate,
  log,
  ofCall,
  ofMessage,
  optional,
  ownCause,
  receivedCause,
  release,
  send,
  start,
  stop,
  unexpected,
  unrecognized,
  withExtra,
  type Of,
  type Row,
  type Turn,
} from "./call-actions.ts";
import { anyState, inCall } from "./common-rows.ts";
import { valueIn, type Message } from "./message.ts";
import type { Cause, Element } from "./values.ts";

/** The identity that a message names; without the element it is the null identity. */
export function identityIn({ elements }: Message): readonly number[] {
  return valueIn(elements, "call-identity", "octets", []);
}

function identityElement({ identity = [] }: Of<"SuspendRequest" | "ResumeRequest">): Element | false {
  return identity.length > 0 && { name: "call-identity", octets: identity };
}

// --- User side ------------------------------------------------------------------------------------------

/** U10: SUSPEND goes out. */
export const suspending: Row = {
  SuspendRequest: (turn, request) => {
    if (turn.call.hold !== "idle") {
      log(turn, "debug", `SuspendRequest has no meaning while ${turn.call.hold}`, "EN 300 196-1, hold");
      return;
    }
    send(turn, "SUSPEND", withExtra(request, identityElement(request)));
    start(turn, "T319");
    enter(turn, 15);
  },
};

/** U0: RESUME goes out, as the first message of a new call. */
export const resuming: Row = {
  ResumeRequest: (turn, request) => {
    send(turn, "RESUME", withExtra(request, identityElement(request)));
    start(turn, "T318");
    enter(turn, 17);
  },
};

/** U15 Suspend request. */
export const suspendSent: Row = {
  ...inCall,
  "SUSPEND ACKNOWLEDGE": (turn) => {
    stop(turn, "T319");
    indicate(turn, { type: "SuspendConfirm", ...ofCall(turn) });
    enter(turn, 0);
  },
  "SUSPEND REJECT": (turn, { message }) => staysActive(turn, receivedCause(turn, message)),
  // §5.6.3, Table 9-2.
  T319: (turn) => staysActive(turn, ownCause(turn, 102)),
};

function staysActive(turn: Turn, refused: Cause): void {
  stop(turn, "T319");
  indicate(turn, { type: "SuspendConfirm", ...ofCall(turn), ...optional("refused", refused) });
  enter(turn, 10);
}

/** U17 Resume request. */
export const resumeSent: Row = {
  ...inCall,
  "RESUME ACKNOWLEDGE": (turn, { message }) => {
    stop(turn, "T318");
    turn.call.settled = true;
    indicate(turn, { type: "ResumeConfirm", ...ofMessage(turn, message) });
    enter(turn, 10);
  },
  "RESUME REJECT": (turn, { message }) =>
    finish(turn, "peer", receivedCause(turn, message), message.elements),
  // §5.6.5 with §5.3.2 f, Table 9-2: RELEASE with cause 102.
  T318: (turn) => {
    turn.call.clearedBy = "fault";
    release(turn, ownCause(turn, 102));
  },
};

// --- Network side ---------------------------------------------------------------------------------------

/** N10: the user wants to suspend the call. A network that knows no suspension knows no SUSPEND (§5.6.3). */
export const suspendable: Row = {
  SUSPEND: (turn, { message }) => {
    if (!turn.options.services.suspend) {
      unrecognized(turn, message);
      return;
    }
    if (turn.call.hold !== "idle") {
      unexpected(turn, message);
      return;
    }
    turn.call.identity = identityIn(message);
    indicate(turn, {
      type: "SuspendIndication",
      ...ofMessage(turn, message),
      identity: turn.call.identity,
    });
    enter(turn, 15);
  },
};

/** N15 Suspend request. */
export const suspendReceived: Row = {
  ...inCall,
  SuspendResponse: (turn, request) => {
    const { refused } = request;
    if (refused === undefined) {
      send(turn, "SUSPEND ACKNOWLEDGE", withExtra(request));
      start(turn, "T307");
      enter(turn, 0);
      return;
    }
    send(turn, "SUSPEND REJECT", withExtra(request, causeElement(causeOf(turn, refused))));
    enter(turn, 10);
  },
};

/** N0, for a call that is suspended (§5.6.2). The interface finds it by the identity in RESUME. */
export const suspended: Row = {
  RESUME: (turn, { message }) => {
    indicate(turn, { type: "ResumeIndication", ...ofMessage(turn, message), identity: identityIn(message) });
    enter(turn, 17);
  },
  T307: (turn) => {
    log(turn, "info", "a suspended call was not resumed in time", "Q.931 §5.6.5");
    finish(turn, "fault", ownCause(turn, 102));
  },
  DisconnectRequest: (turn, request) => finish(turn, "here", causeOf(turn, request.cause)),
  ...(anyState.restarted && { restarted: anyState.restarted }),
};

/** N17 Resume request. */
export const resumeReceived: Row = {
  ...inCall,
  ResumeResponse: (turn, request) => {
    const { refused } = request;
    if (refused !== undefined) {
      // §5.6.5: the call reference is released; the call stays suspended until T307.
      send(turn, "RESUME REJECT", withExtra(request, causeElement(causeOf(turn, refused))));
      enter(turn, 0);
      return;
    }
    stop(turn, "T307");
    turn.call.settled = false;
    answer(turn, "RESUME ACKNOWLEDGE", withExtra(request));
    enter(turn, 10);
  },
  T307: (turn) => disconnect(turn, ownCause(turn, 102), "fault"),
};
