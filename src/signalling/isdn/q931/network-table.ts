// The network side's call states N0–N25 (Q.931 §2.2, §5, Annex A). What is missing in a row is unexpected there.
import {
  answer,
  enter,
  indicate,
  ofCall,
  offerSetup,
  progressElements,
  sendSetup,
  start,
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

/** The call towards the user: the user's answers move it through N6, N25, N9 and N7. */
const toUser = outgoingRows({ overlap: 25, proceeding: 9, alerting: 7 });

const proceed: Handler<"ProceedingRequest"> = (turn, request) => {
  stopAll(turn);
  answer(turn, "CALL PROCEEDING", withExtra(request, ...progressElements(request.progress)));
  enter(turn, 3);
};

const alert: Handler<"AlertingRequest"> = (turn, request) => {
  stopAll(turn);
  answer(turn, "ALERTING", withExtra(request, ...progressElements(request.progress)));
  enter(turn, 4);
};

/** §5.1.8: CONNECT makes the call active at once; the user need not acknowledge it. */
const connect: Handler<"SetupResponse"> = (turn, request) => {
  stopAll(turn);
  const { connected } = request;
  const number = connected === undefined ? [] : [{ name: "connected-number", number: connected } as const];
  answer(turn, "CONNECT", withExtra(request, ...number));
  indicate(turn, { type: "SetupCompleteIndication", ...ofCall(turn) });
  enter(turn, 10);
};

/** Indexed by state. */
export const networkTable: Readonly<Record<CallStateNumber, Row>> = {
  // Null.
  0: {
    SetupRequest: (turn, request) => {
      sendSetup(turn, request);
      enter(turn, 6);
    },
    SETUP: (turn, { message }) => {
      offerSetup(turn, message);
      enter(turn, 1);
    },
  },
  // Call initiated.
  1: {
    ...present,
    MoreInfoRequest: (turn, request) => {
      answer(turn, "SETUP ACKNOWLEDGE", withExtra(request, ...progressElements(request.progress)));
      start(turn, "T302");
      enter(turn, 2);
    },
    ProceedingRequest: proceed,
    AlertingRequest: alert,
    SetupResponse: connect,
  },
  // Overlap sending.
  2: {
    ...inCall,
    ...overlapReceiving,
    ProceedingRequest: proceed,
    AlertingRequest: alert,
    SetupResponse: connect,
    ProgressRequest: sendProgress,
  },
  // Outgoing call proceeding.
  3: { ...inCall, AlertingRequest: alert, SetupResponse: connect, ProgressRequest: sendProgress },
  // Call delivered.
  4: { ...inCall, SetupResponse: connect, ProgressRequest: sendProgress },
  // Call present, Call received.
  6: toUser.initiated,
  7: toUser.alerting,
  // Connect request: passed through, since the one answering user is awarded the call at once.
  8: anyState,
  // Incoming call proceeding.
  9: toUser.proceeding,
  // Active.
  10: active,
  // Disconnect request: the user's DISCONNECT was received. Disconnect indication: ours was sent.
  11: disconnectReceived,
  12: disconnectSent,
  // Suspend request, Resume request: not entered yet (issue of the supplementary services).
  15: anyState,
  17: anyState,
  // Release request.
  19: releaseSent,
  // Overlap receiving.
  25: toUser.overlap,
};
