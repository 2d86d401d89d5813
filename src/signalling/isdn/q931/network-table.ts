// The network side's call states N0–N25 (Q.931 §2.2, §5, Annex A). What is missing in a row is unexpected there.
import { enter, indicate, ofCall, release, type Row } from "./call-actions.ts";
import type { CallStateNumber } from "./call.ts";
import { active, anyState, disconnectReceived, disconnectSent, releaseSent } from "./common-rows.ts";
import { incomingRows } from "./incoming-rows.ts";
import { resumeReceived, suspendable, suspended, suspendReceived } from "./suspend-rows.ts";
import { outgoingRows } from "./outgoing-rows.ts";
import { offerSetup, sendSetup } from "./setup.ts";

/** The call that the user set up. */
const fromUser = incomingRows({
  overlap: 2,
  proceeding: 3,
  alerting: 4,
  // §5.1.8: CONNECT makes the call active at once; the user need not acknowledge it.
  connected: (turn) => {
    indicate(turn, { type: "SetupCompleteIndication", ...ofCall(turn) });
    enter(turn, 10);
  },
});

/** The call towards the user. */
const toUser = outgoingRows({ overlap: 25, proceeding: 9, alerting: 7 });

/** §5.2.9: a terminal of a bus that does not get the call. */
const unselected: Row = {
  "not-selected": (turn, { cause }) => {
    turn.call.clearedBy = "here";
    release(turn, cause);
  },
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
    ...suspended,
  },
  // Call initiated, Overlap sending, Outgoing call proceeding, Call delivered.
  1: fromUser.present,
  2: fromUser.overlap,
  3: fromUser.proceeding,
  4: fromUser.alerting,
  // Call present, Call received.
  6: toUser.initiated,
  7: { ...toUser.alerting, ...unselected },
  // Connect request: passed through within one step, since the one answering user is awarded the call.
  8: anyState,
  // Incoming call proceeding.
  9: { ...toUser.proceeding, ...unselected },
  // Active.
  10: { ...active, ...suspendable },
  // Disconnect request: the user's was received. Disconnect indication: ours was sent.
  11: disconnectReceived,
  12: disconnectSent,
  // Suspend request, Resume request.
  15: suspendReceived,
  17: resumeReceived,
  // Release request.
  19: releaseSent,
  // Overlap receiving.
  25: { ...toUser.overlap, ...unselected },
};
