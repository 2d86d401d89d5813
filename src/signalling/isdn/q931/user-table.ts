// The user side's call states U0–U25 (Q.931 §2.1, §5, Annex A). What is missing in a row is unexpected there.
import {
  disconnect,
  enter,
  indicate,
  ofCall,
  ownCause,
  start,
  stop,
  stopAll,
  type Row,
} from "./call-actions.ts";
import type { CallStateNumber } from "./call.ts";
import { active, disconnectReceived, disconnectSent, inCall, releaseSent } from "./common-rows.ts";
import { incomingRows } from "./incoming-rows.ts";
import { resumeSent, resuming, suspending, suspendSent } from "./suspend-rows.ts";
import { outgoingRows } from "./outgoing-rows.ts";
import { offerSetup, sendSetup } from "./setup.ts";

const outgoing = outgoingRows({ overlap: 2, proceeding: 3, alerting: 4 });

const incoming = incomingRows({
  overlap: 25,
  proceeding: 9,
  alerting: 7,
  // §5.2.7: the network has yet to award us the call.
  connected: (turn) => {
    start(turn, "T313");
    enter(turn, 8);
  },
});

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
    ...resuming,
  },
  // Call initiated, Overlap sending, Outgoing call proceeding, Call delivered.
  1: outgoing.initiated,
  2: outgoing.overlap,
  3: outgoing.proceeding,
  4: outgoing.alerting,
  // Call present, Call received.
  6: {
    ...incoming.present,
    // Annex E: a call for another terminal is none of ours.
    IgnoreRequest: (turn) => {
      stopAll(turn);
      enter(turn, 0);
    },
  },
  7: incoming.alerting,
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
  9: incoming.proceeding,
  // Active.
  10: { ...active, ...suspending },
  // Disconnect request: ours was sent. Disconnect indication: the network's was received.
  11: disconnectSent,
  12: disconnectReceived,
  // Suspend request, Resume request.
  15: suspendSent,
  17: resumeSent,
  // Release request.
  19: releaseSent,
  // Overlap receiving.
  25: incoming.overlap,
};
