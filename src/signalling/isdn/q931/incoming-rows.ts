// Rows of a call that the peer has set up: how our answers move it on. The user side's states U6, U25, U9 and
// U7 and the network side's N1–N4 differ in their numbers, and in what CONNECT leads to.
import {
  answer,
  enter,
  progressElement,
  start,
  stopAll,
  withExtra,
  type Handler,
  type Row,
  type Turn,
} from "./call-actions.ts";
import type { CallStateNumber } from "./call.ts";
import { inCall, overlapReceiving, present, sendProgress } from "./common-rows.ts";
import { userInformation } from "./supplementary-rows.ts";

export interface IncomingStates {
  /** U25 Overlap receiving, N2 Overlap sending. */
  readonly overlap: CallStateNumber;
  /** U9 Incoming call proceeding, N3 Outgoing call proceeding. */
  readonly proceeding: CallStateNumber;
  /** U7 Call received, N4 Call delivered. */
  readonly alerting: CallStateNumber;
  /** What follows our CONNECT. */
  readonly connected: (turn: Turn) => void;
}

interface IncomingRows {
  readonly present: Row;
  readonly overlap: Row;
  readonly proceeding: Row;
  readonly alerting: Row;
}

export function incomingRows(states: IncomingStates): IncomingRows {
  const moreInfo: Handler<"MoreInfoRequest"> = (turn, request) => {
    answer(turn, "SETUP ACKNOWLEDGE", withExtra(request, progressElement(request.progress)));
    start(turn, "T302");
    enter(turn, states.overlap);
  };
  const proceed: Handler<"ProceedingRequest"> = (turn, request) => {
    stopAll(turn);
    answer(turn, "CALL PROCEEDING", withExtra(request, progressElement(request.progress)));
    enter(turn, states.proceeding);
  };
  const alert: Handler<"AlertingRequest"> = (turn, request) => {
    stopAll(turn);
    answer(turn, "ALERTING", withExtra(request, progressElement(request.progress)));
    enter(turn, states.alerting);
  };
  const connect: Handler<"SetupResponse"> = (turn, request) => {
    stopAll(turn);
    const { connected: number, connectedSubaddress: subaddress, dateTime } = request;
    answer(
      turn,
      "CONNECT",
      withExtra(
        request,
        dateTime && { name: "date-time", dateTime },
        number && { name: "connected-number", number },
        subaddress && { name: "connected-subaddress", subaddress },
      ),
    );
    states.connected(turn);
  };

  const proceeding: Row = {
    ...inCall,
    AlertingRequest: alert,
    SetupResponse: connect,
    ProgressRequest: sendProgress,
  };
  return {
    present: {
      ...present,
      MoreInfoRequest: moreInfo,
      ProceedingRequest: proceed,
      AlertingRequest: alert,
      SetupResponse: connect,
    },
    overlap: { ...proceeding, ...overlapReceiving, ProceedingRequest: proceed },
    proceeding,
    alerting: { ...inCall, ...userInformation, SetupResponse: connect, ProgressRequest: sendProgress },
  };
}
