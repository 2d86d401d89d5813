// The user side's call states U0–U25 (Q.931 §2.1, §5, Annex A). What is missing in a row is unexpected there.
import {
  answer,
  enter,
  indicate,
  ofCall,
  offerSetup,
  ownCause,
  disconnect,
  progressElements,
  sendSetup,
  start,
  stop,
  stopAll,
  withExtra,
  type Handler,
  type Row,
} from "./call-actions.ts";
import type { CallStateNumber } from "./call.ts";
import {
  active,
  anyState,
  disconnectReceived,
  disconnectSent,
  inCall,
  overlapReceiving,
  present,
  releaseSent,
  sendProgress,
} from "./common-rows.ts";
import { outgoingRows } from "./outgoing-rows.ts";

const outgoing = outgoingRows({ overlap: 2, proceeding: 3, alerting: 4 });

const proceed: Handler<"ProceedingRequest"> = (turn, request) => {
  stopAll(turn);
  answer(turn, "CALL PROCEEDING", withExtra(request, ...progressElements(request.progress)));
  enter(turn, 9);
};

const alert: Handler<"AlertingRequest"> = (turn, request) => {
  stopAll(turn);
  answer(turn, "ALERTING", withExtra(request, ...progressElements(request.progress)));
  enter(turn, 7);
};

/** §5.2.7: CONNECT, and wait for the network to award the call. */
const connect: Handler<"SetupResponse"> = (turn, request) => {
  stopAll(turn);
  const { connected } = request;
  const number = connected === undefined ? [] : [{ name: "connected-number", number: connected } as const];
  answer(turn, "CONNECT", withExtra(request, ...number));
  start(turn, "T313");
  enter(turn, 8);
};

/** Indexed by state. */
export const userTable: Readonly<Record<CallStateNumber, Row>> = {
  // Null.
  0: {
    SetupRequest: (turn, request) => {
      sendSetup(turn, request);
      enter(turn, 1);
    },
    SETUP: (turn, { message }) => {
      offerSetup(turn, message);
      enter(turn, 6);
    },
  },
  // Call initiated, Overlap sending, Outgoing call proceeding, Call delivered.
  1: outgoing.initiated,
  2: outgoing.overlap,
  3: outgoing.proceeding,
  4: outgoing.alerting,
  // Call present.
  6: {
    ...present,
    MoreInfoRequest: (turn, request) => {
      answer(turn, "SETUP ACKNOWLEDGE", withExtra(request, ...progressElements(request.progress)));
      start(turn, "T302");
      enter(turn, 25);
    },
    ProceedingRequest: proceed,
    AlertingRequest: alert,
    SetupResponse: connect,
  },
  // Call received.
  7: { ...inCall, SetupResponse: connect, ProgressRequest: sendProgress },
  // Connect request.
  8: {
    ...inCall,
    "CONNECT ACKNOWLEDGE": (turn) => {
      stop(turn, "T313");
      indicate(turn, { type: "SetupCompleteIndication", ...ofCall(turn) });
      enter(turn, 10);
    },
    T313: (turn) => disconnect(turn, ownCause(turn, 102), "fault"),
  },
  // Incoming call proceeding.
  9: { ...inCall, AlertingRequest: alert, SetupResponse: connect, ProgressRequest: sendProgress },
  // Active.
  10: active,
  // Disconnect request, Disconnect indication.
  11: disconnectSent,
  12: disconnectReceived,
  // Suspend request, Resume request: not entered yet (issue of the supplementary services).
  15: anyState,
  17: anyState,
  // Release request.
  19: releaseSent,
  // Overlap receiving.
  25: {
    ...inCall,
    ...overlapReceiving,
    ProceedingRequest: proceed,
    AlertingRequest: alert,
    SetupResponse: connect,
    ProgressRequest: sendProgress,
  },
};
