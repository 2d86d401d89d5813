// Rows of a call that we have set up: how the peer's answers move it on. The user side's states U1–U4 and
// the network side's N6, N25, N9 and N7 differ in their numbers only.
import {
  causeElement,
  disconnect,
  enter,
  finish,
  indicate,
  ofMessage,
  optional,
  ownCause,
  send,
  start,
  stop,
  stopAll,
  type Of,
  type Row,
  type Turn,
} from "./call-actions.ts";
import type { CallStateNumber } from "./call.ts";
import { clearAfterReset, enquire, inCall, sendInformation } from "./common-rows.ts";
import { find } from "./message.ts";
import { userInformation } from "./supplementary-rows.ts";

export interface OutgoingStates {
  /** U2 Overlap sending, N25 Overlap receiving. */
  readonly overlap: CallStateNumber;
  /** U3 Outgoing call proceeding, N9 Incoming call proceeding. */
  readonly proceeding: CallStateNumber;
  /** U4 Call delivered, N7 Call received. */
  readonly alerting: CallStateNumber;
}

interface OutgoingRows {
  readonly initiated: Row;
  readonly overlap: Row;
  readonly proceeding: Row;
  readonly alerting: Row;
}

export function outgoingRows(states: OutgoingStates): OutgoingRows {
  const moreInfo = (turn: Turn, { message }: Of<"SETUP ACKNOWLEDGE">): void => {
    stopAll(turn);
    turn.call.settled = true;
    start(turn, "T304");
    indicate(turn, { type: "MoreInfoIndication", ...ofMessage(turn, message) });
    enter(turn, states.overlap);
  };
  const proceeding = (turn: Turn, { message }: Of<"CALL PROCEEDING">): void => {
    stopAll(turn);
    turn.call.settled = true;
    const common = ofMessage(turn, message);
    // Table 9-2, T310: not while the network plays in-band information.
    if (!common.inband) start(turn, "T310");
    indicate(turn, { type: "ProceedingIndication", ...common });
    enter(turn, states.proceeding);
  };
  const alerting = (turn: Turn, { message }: Of<"ALERTING">): void => {
    stopAll(turn);
    turn.call.settled = true;
    start(turn, "T301");
    indicate(turn, { type: "AlertingIndication", ...ofMessage(turn, message) });
    enter(turn, states.alerting);
  };
  const connected = (turn: Turn, { message }: Of<"CONNECT">): void => {
    stopAll(turn);
    turn.call.settled = true;
    send(turn, "CONNECT ACKNOWLEDGE", []);
    const { elements } = message;
    indicate(turn, {
      type: "SetupConfirm",
      ...ofMessage(turn, message),
      ...optional("connected", find(elements, "connected-number")?.number),
      ...optional("connectedSubaddress", find(elements, "connected-subaddress")?.subaddress),
      ...optional("dateTime", find(elements, "date-time")?.dateTime),
    });
    enter(turn, 10);
  };
  const progress = (turn: Turn, { message }: Of<"PROGRESS">): void => {
    stop(turn, "T310");
    indicate(turn, {
      type: "ProgressIndication",
      ...ofMessage(turn, message),
      ...optional("cause", find(message.elements, "cause")?.cause),
    });
  };
  // §5.2.5.4 and Table 9-2: the peer is told that a timer ran out.
  const giveUp = (turn: Turn): void => disconnect(turn, ownCause(turn, 102), "fault");

  // Before the first answer there is nobody to inform or to ask; T303 watches.
  const { StatusEnquiryRequest: _ask, T322: _t322, NotifyRequest: _notify, ...unasked } = inCall;
  const { InfoRequest: _info, FacilityRequest: _facility, ...unanswered } = unasked;

  const answered: Row = { ...inCall, ALERTING: alerting, CONNECT: connected, PROGRESS: progress };
  return {
    initiated: {
      ...unanswered,
      "SETUP ACKNOWLEDGE": moreInfo,
      "CALL PROCEEDING": proceeding,
      ALERTING: alerting,
      CONNECT: connected,
      T303: resendSetup,
    },
    overlap: {
      ...answered,
      "CALL PROCEEDING": proceeding,
      InfoRequest: (turn, request) => {
        sendInformation(turn, request);
        start(turn, "T304");
      },
      T304: giveUp,
      "link-up": clearAfterReset,
    },
    proceeding: { ...answered, T310: giveUp, "link-up": enquire },
    alerting: {
      ...inCall,
      ...userInformation,
      CONNECT: connected,
      PROGRESS: progress,
      T301: giveUp,
      "link-up": enquire,
    },
  };
}

/** §5.1.1, §5.2.1: SETUP is sent once more, then given up. */
function resendSetup(turn: Turn): void {
  if (!turn.call.retried) {
    turn.call.retried = true;
    send(turn, "SETUP", turn.call.setup);
    start(turn, "T303");
    return;
  }
  const cause = ownCause(turn, turn.options.side === "user" ? 102 : 18);
  send(turn, "RELEASE COMPLETE", [causeElement(ownCause(turn, 102))]);
  finish(turn, "fault", cause);
}
