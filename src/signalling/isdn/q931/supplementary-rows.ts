// Rows of the services of an active call: hold and retrieve by auxiliary states (EN 300 141-1, EN 300 196-1),
// user-to-user information (EN 300 286-1). The call state stays what it is.
import {
  causeElement,
  causeOf,
  channelElement,
  indicate,
  log,
  ofCall,
  ofMessage,
  optional,
  ownCause,
  receivedCause,
  send,
  start,
  stop,
  unexpected,
  withExtra,
  type Handler,
  type Row,
  type Turn,
} from "./call-actions.ts";
import type { HoldState } from "./call.ts";
import { find, valueIn } from "./message.ts";
import type { Cause } from "./values.ts";

/** Wraps a handler that has a meaning in one auxiliary state only; elsewhere its input is out of sequence. */
function whenHold<T extends keyof Row>(state: HoldState, handle: Handler<T>): Handler<T> {
  return (turn, input) => {
    if (turn.call.hold === state) handle(turn, input);
    else if ("message" in input) unexpected(turn, input.message);
    else log(turn, "debug", `${input.type} has no meaning while ${turn.call.hold}`, "EN 300 196-1, hold");
  };
}

function confirm(
  turn: Turn,
  type: "HoldConfirm" | "RetrieveConfirm",
  hold: HoldState,
  refused?: Cause,
): void {
  stop(turn, type === "HoldConfirm" ? "T-HOLD" : "T-RETRIEVE");
  turn.call.hold = hold;
  indicate(turn, { type, ...ofCall(turn), ...optional("refused", refused) });
}

export const holding: Row = {
  HoldRequest: whenHold("idle", (turn, request) => {
    send(turn, "HOLD", withExtra(request));
    start(turn, "T-HOLD");
    turn.call.hold = "hold-request";
  }),
  "HOLD ACKNOWLEDGE": whenHold("hold-request", (turn) => confirm(turn, "HoldConfirm", "call-held")),
  "HOLD REJECT": whenHold("hold-request", (turn, { message }) =>
    confirm(turn, "HoldConfirm", "idle", receivedCause(turn, message)),
  ),
  "T-HOLD": (turn) => confirm(turn, "HoldConfirm", "idle", ownCause(turn, 102)),

  RetrieveRequest: whenHold("call-held", (turn, request) => {
    send(turn, "RETRIEVE", withExtra(request, channelElement(turn, false)));
    start(turn, "T-RETRIEVE");
    turn.call.hold = "retrieve-request";
  }),
  "RETRIEVE ACKNOWLEDGE": whenHold("retrieve-request", (turn) => confirm(turn, "RetrieveConfirm", "idle")),
  "RETRIEVE REJECT": whenHold("retrieve-request", (turn, { message }) =>
    confirm(turn, "RetrieveConfirm", "call-held", receivedCause(turn, message)),
  ),
  "T-RETRIEVE": (turn) => confirm(turn, "RetrieveConfirm", "call-held", ownCause(turn, 102)),

  HOLD: whenHold("idle", (turn, { message }) => {
    if (!turn.options.services.hold) {
      log(turn, "info", "HOLD refused: not offered", "EN 300 196-1, hold");
      send(turn, "HOLD REJECT", [causeElement(ownCause(turn, 69))]);
      return;
    }
    turn.call.hold = "hold-indication";
    indicate(turn, { type: "HoldIndication", ...ofMessage(turn, message) });
  }),
  HoldResponse: whenHold("hold-indication", (turn, request) => {
    const { refused } = request;
    turn.call.hold = refused === undefined ? "call-held" : "idle";
    if (refused === undefined) send(turn, "HOLD ACKNOWLEDGE", withExtra(request));
    else send(turn, "HOLD REJECT", withExtra(request, causeElement(causeOf(turn, refused))));
  }),
  RETRIEVE: whenHold("call-held", (turn, { message }) => {
    turn.call.hold = "retrieve-indication";
    indicate(turn, { type: "RetrieveIndication", ...ofMessage(turn, message) });
  }),
  RetrieveResponse: whenHold("retrieve-indication", (turn, request) => {
    const { refused } = request;
    turn.call.hold = refused === undefined ? "idle" : "call-held";
    if (refused === undefined) {
      send(turn, "RETRIEVE ACKNOWLEDGE", withExtra(request, channelElement(turn, true)));
    } else send(turn, "RETRIEVE REJECT", withExtra(request, causeElement(causeOf(turn, refused))));
  }),
};

const notReady = 15;

/** While the called user is alerted (service 2), and in the Active state (service 3). */
export const userInformation: Row = {
  "USER INFORMATION": (turn, { message }) => {
    const moreData = find(message.elements, "more-data") !== undefined;
    indicate(turn, { type: "UserInfoIndication", ...ofMessage(turn, message), moreData });
  },
  UserInfoRequest: (turn, request) => {
    if (turn.call.congested) {
      log(turn, "info", "USER INFORMATION dropped: the peer is not ready", "EN 300 286-1, service 3");
      return;
    }
    send(turn, "USER INFORMATION", withExtra(request, request.moreData === true && { name: "more-data" }));
  },
  "CONGESTION CONTROL": (turn, { message }) => {
    const level = valueIn(message.elements, "congestion-level", "level", 0);
    const ready = level !== notReady;
    turn.call.congested = !ready;
    const cause = find(message.elements, "cause")?.cause;
    indicate(turn, {
      type: "CongestionIndication",
      ...ofMessage(turn, message),
      ready,
      ...optional("cause", cause),
    });
  },
  CongestionRequest: (turn, request) => {
    const { ready, cause = ready ? 31 : 43 } = request;
    send(
      turn,
      "CONGESTION CONTROL",
      withExtra(
        request,
        { name: "congestion-level", level: ready ? 0 : notReady },
        causeElement(causeOf(turn, cause)),
      ),
    );
  },
};
