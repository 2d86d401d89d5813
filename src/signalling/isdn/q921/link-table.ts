// The data-link state table of Annex B/Q.921, states 1–8: what is missing in a row changes nothing there.
import {
  acknowledge,
  clearExceptions,
  discardQueue,
  drop,
  enquiryResponse,
  enter,
  error,
  establish,
  modulo,
  nrErrorRecovery,
  outstanding,
  pump,
  resetVariables,
  sendSupervisory,
  sendUnit,
  sendUnnumbered,
  startT200,
  startT203,
  stopT200,
  stopT203,
  tell,
  transmitEnquiry,
  validNr,
  type Turn,
} from "./link-actions.ts";
import type { LinkInput, LinkOptions, LinkState, LinkStateNumber, LinkStep } from "./link.ts";

type Of<T, I = LinkInput> = I extends { readonly type: infer Types } ? (T extends Types ? I : never) : never;
type Row = { readonly [T in LinkInput["type"]]?: (turn: Turn, input: Of<T>) => void };

/** Turns a data link. Unknown pairs of state and input change nothing. */
export function nextLink(state: LinkState, input: LinkInput, options: LinkOptions): LinkStep {
  // Expiries that crossed a stop.
  if (input.type === "T200" && !state.t200) return { state, effects: [] };
  const turn: Turn = { link: { ...state }, effects: [], options };
  act(turn, input);
  if (turn.link.saved !== "" && turn.link.state !== state.state) {
    const type = turn.link.saved;
    turn.link.saved = "";
    act(turn, { type });
  }
  pump(turn);
  return { state: turn.link, effects: turn.effects };
}

function act(turn: Turn, input: LinkInput): void {
  const row: Row = table[turn.link.state];
  const handle = row[input.type] as ((turn: Turn, input: LinkInput) => void) | undefined;
  handle?.(turn, input);
}

// --- What several states have in common -----------------------------------------------------------------

const unitsAnytime: Row = {
  "DL-UNIT-DATA-request": (turn, { info }) => sendUnit(turn, info),
  UI: deliverUnit,
};

const unsolicitedUa: Row = { UA: (turn, { pf }) => error(turn, pf ? "C" : "D") };

/** Frame rejection conditions outside states 7 and 8 are only reported (§5.8.5). */
const rejectReported: Row = { reject: (turn, { error: code }) => error(turn, code) };

function resendOr(turn: Turn, frame: "SABME" | "DISC", giveUp: () => void): void {
  turn.link.t200 = false;
  if (turn.link.rc >= turn.options.n200) {
    giveUp();
    return;
  }
  turn.link.rc += 1;
  sendUnnumbered(turn, frame, true);
  startT200(turn);
}

/** States 7 and 8. */
const established: Row = {
  ...unitsAnytime,
  ...unsolicitedUa,
  "DL-ESTABLISH-request": (turn) => {
    discardQueue(turn);
    establish(turn, { layer3: true });
  },
  "DL-RELEASE-request": (turn) => {
    discardQueue(turn);
    turn.link.rc = 0;
    sendUnnumbered(turn, "DISC", true);
    if (turn.link.state === 7) stopT203(turn);
    startT200(turn);
    enter(turn, 6);
  },
  "DL-DATA-request": queueData,
  "persistent-deactivation": (turn) => drop(turn, 4, "DL-RELEASE-indication"),
  "MDL-REMOVE-request": (turn) => drop(turn, 1, "DL-RELEASE-indication"),
  SABME: (turn, { pf }) => {
    // §5.7.1, §5.7.2: the peer resets the link; layer 3 hears of it only when something may be lost.
    clearExceptions(turn);
    sendUnnumbered(turn, "UA", pf);
    error(turn, "F");
    if (outstanding(turn) > 0) {
      discardQueue(turn);
      tell(turn, "DL-ESTABLISH-indication");
    }
    stopT200(turn);
    startT203(turn);
    resetVariables(turn);
    enter(turn, 7);
  },
  DISC: (turn, { pf }) => {
    sendUnnumbered(turn, "UA", pf);
    drop(turn, 4, "DL-RELEASE-indication");
  },
  FRMR: (turn) => {
    error(turn, "K");
    establish(turn, { layer3: false });
  },
  reject: (turn, { error: code }) => {
    error(turn, code);
    establish(turn, { layer3: false });
  },
  I: (turn, frame) => {
    receiveInformation(turn, frame);
    if (!validNr(turn, frame.nr)) {
      nrErrorRecovery(turn);
      return;
    }
    // Figure B.8: timer recovery and a busy peer only move V(A).
    if (turn.link.state === 8 || turn.link.peerBusy) acknowledge(turn, frame.nr);
    else acknowledgeAndTime(turn, frame.nr);
  },
  "own-busy": (turn, { busy }) => {
    if (turn.link.ownBusy === busy) return;
    turn.link.ownBusy = busy;
    sendSupervisory(turn, busy ? "RNR" : "RR", false, false);
  },
};

function receiveInformation(turn: Turn, { ns, pf, info }: Of<"I">): void {
  const { link } = turn;
  if (link.ownBusy) {
    if (pf) sendSupervisory(turn, "RNR", false, true);
    return;
  }
  if (ns === link.vr) {
    link.vr = modulo(link.vr + 1);
    link.rejectException = false;
    turn.effects.push({ type: "DL-DATA-indication", info });
    if (pf) sendSupervisory(turn, "RR", false, true);
    else link.ackPending = true;
  } else if (link.rejectException) {
    if (pf) sendSupervisory(turn, "RR", false, true);
  } else {
    link.rejectException = true;
    sendSupervisory(turn, "REJ", false, pf);
  }
}

/** §5.6.3.2: T200 runs while frames are outstanding, T203 while none is. */
function acknowledgeAndTime(turn: Turn, nr: number): void {
  const moved = nr !== turn.link.va;
  acknowledge(turn, nr);
  if (nr === turn.link.vs) {
    stopT200(turn);
    startT203(turn);
  } else if (moved) {
    startT200(turn);
  }
}

/** Polls are answered and final bits judged in the same way for RR, RNR and REJ of state 7. */
function supervisory7(turn: Turn, frame: Of<"RR">, peerBusy: boolean): boolean {
  turn.link.peerBusy = peerBusy;
  if (frame.command) {
    if (frame.pf) enquiryResponse(turn);
  } else if (frame.pf) {
    error(turn, "A");
  }
  if (validNr(turn, frame.nr)) return true;
  nrErrorRecovery(turn);
  return false;
}

/** State 8: only a response with the final bit ends timer recovery (§5.6.7). */
function supervisory8(turn: Turn, frame: Of<"RR">, peerBusy: boolean): void {
  turn.link.peerBusy = peerBusy;
  if (frame.command && frame.pf) enquiryResponse(turn);
  if (!validNr(turn, frame.nr)) {
    nrErrorRecovery(turn);
    return;
  }
  acknowledge(turn, frame.nr);
  if (frame.command || !frame.pf) return;
  if (peerBusy) {
    startT200(turn);
  } else {
    stopT200(turn);
    startT203(turn);
  }
  turn.link.vs = frame.nr;
  enter(turn, 7);
}

// --- The table ------------------------------------------------------------------------------------------

/** Indexed by state; Figures B.1 to B.8. */
const table: Readonly<Record<LinkStateNumber, Row>> = {
  1: {
    "DL-ESTABLISH-request": (turn) => {
      tell(turn, "MDL-ASSIGN-indication");
      enter(turn, 3);
    },
    "DL-UNIT-DATA-request": (turn, { info }) => {
      turn.link.units = [...turn.link.units, info];
      tell(turn, "MDL-ASSIGN-indication");
      enter(turn, 2);
    },
    "MDL-ASSIGN-request": (turn, { tei }) => {
      turn.link.tei = tei;
      enter(turn, 4);
    },
    UI: deliverUnit,
  },
  2: {
    "DL-ESTABLISH-request": (turn) => enter(turn, 3),
    "DL-UNIT-DATA-request": queueUnit,
    "MDL-ASSIGN-request": (turn, { tei }) => {
      turn.link.tei = tei;
      sendUnits(turn);
      enter(turn, 4);
    },
    "MDL-ERROR-response": (turn) => drop(turn, 1),
    "persistent-deactivation": (turn) => drop(turn, 1),
    UI: deliverUnit,
  },
  3: {
    "DL-UNIT-DATA-request": queueUnit,
    // Not in the figure: what layer 3 sends with its request to establish waits as it does in state 5.
    "DL-DATA-request": queueData,
    "MDL-ASSIGN-request": (turn, { tei }) => {
      turn.link.tei = tei;
      sendUnits(turn);
      establish(turn, { layer3: true });
    },
    "MDL-ERROR-response": (turn) => drop(turn, 1, "DL-RELEASE-indication"),
    "persistent-deactivation": (turn) => drop(turn, 1, "DL-RELEASE-indication"),
    UI: deliverUnit,
  },
  4: {
    ...unitsAnytime,
    ...unsolicitedUa,
    ...rejectReported,
    "DL-ESTABLISH-request": (turn) => establish(turn, { layer3: true }),
    "DL-RELEASE-request": (turn) => tell(turn, "DL-RELEASE-confirm"),
    "MDL-REMOVE-request": (turn) => drop(turn, 1),
    SABME: (turn, { pf }) => {
      clearExceptions(turn);
      sendUnnumbered(turn, "UA", pf);
      resetVariables(turn);
      tell(turn, "DL-ESTABLISH-indication");
      startT203(turn);
      enter(turn, 7);
    },
    DISC: (turn, { pf }) => sendUnnumbered(turn, "DM", pf),
    // §5.5.4: an unsolicited DM asks for establishment.
    DM: (turn, { pf }) => {
      if (!pf) establish(turn, { layer3: true });
    },
  },
  5: {
    ...unitsAnytime,
    ...rejectReported,
    "DL-ESTABLISH-request": (turn) => {
      discardQueue(turn);
      turn.link.layer3Initiated = true;
    },
    "DL-RELEASE-request": (turn) => {
      turn.link.saved = "DL-RELEASE-request";
    },
    "DL-DATA-request": queueData,
    "persistent-deactivation": (turn) => drop(turn, 4, "DL-RELEASE-indication"),
    "MDL-REMOVE-request": (turn) => drop(turn, 1, "DL-RELEASE-indication"),
    SABME: (turn, { pf }) => sendUnnumbered(turn, "UA", pf),
    DISC: (turn, { pf }) => sendUnnumbered(turn, "DM", pf),
    UA: (turn, { pf }) => {
      if (!pf) {
        error(turn, "D");
        return;
      }
      if (turn.link.layer3Initiated) {
        tell(turn, "DL-ESTABLISH-confirm");
      } else if (outstanding(turn) > 0) {
        discardQueue(turn);
        tell(turn, "DL-ESTABLISH-indication");
      }
      turn.link.layer3Initiated = false;
      stopT200(turn);
      startT203(turn);
      resetVariables(turn);
      enter(turn, 7);
    },
    DM: (turn, { pf }) => {
      if (pf) drop(turn, 4, "DL-RELEASE-indication");
    },
    T200: (turn) =>
      resendOr(turn, "SABME", () => {
        error(turn, "G");
        drop(turn, 4, "DL-RELEASE-indication");
      }),
  },
  6: {
    ...unitsAnytime,
    ...rejectReported,
    "DL-ESTABLISH-request": (turn) => {
      turn.link.saved = "DL-ESTABLISH-request";
    },
    "persistent-deactivation": (turn) => drop(turn, 4, "DL-RELEASE-confirm"),
    "MDL-REMOVE-request": (turn) => drop(turn, 1, "DL-RELEASE-confirm"),
    SABME: (turn, { pf }) => sendUnnumbered(turn, "DM", pf),
    DISC: (turn, { pf }) => sendUnnumbered(turn, "UA", pf),
    UA: (turn, { pf }) => {
      if (pf) released(turn);
      else error(turn, "D");
    },
    DM: (turn, { pf }) => {
      if (pf) released(turn);
    },
    T200: (turn) =>
      resendOr(turn, "DISC", () => {
        error(turn, "H");
        released(turn);
      }),
  },
  7: {
    ...established,
    T200: (turn) => {
      stopT203(turn);
      turn.link.rc = 1;
      transmitEnquiry(turn);
      enter(turn, 8);
    },
    T203: (turn) => {
      turn.link.rc = 0;
      transmitEnquiry(turn);
      enter(turn, 8);
    },
    DM: (turn, { pf }) => {
      error(turn, pf ? "B" : "E");
      if (!pf) establish(turn, { layer3: false });
    },
    RR: (turn, frame) => {
      if (supervisory7(turn, frame, false)) acknowledgeAndTime(turn, frame.nr);
    },
    RNR: (turn, frame) => {
      if (!supervisory7(turn, frame, true)) return;
      acknowledge(turn, frame.nr);
      stopT203(turn);
      startT200(turn);
    },
    REJ: (turn, frame) => {
      if (!supervisory7(turn, frame, false)) return;
      acknowledge(turn, frame.nr);
      stopT200(turn);
      startT203(turn);
      turn.link.vs = frame.nr;
    },
  },
  8: {
    ...established,
    T200: (turn) => {
      if (turn.link.rc >= turn.options.n200) {
        error(turn, "I");
        establish(turn, { layer3: false });
        return;
      }
      turn.link.rc += 1;
      transmitEnquiry(turn);
    },
    DM: (turn, { pf }) => {
      error(turn, pf ? "B" : "E");
      establish(turn, { layer3: false });
    },
    RR: (turn, frame) => supervisory8(turn, frame, false),
    RNR: (turn, frame) => supervisory8(turn, frame, true),
    REJ: (turn, frame) => supervisory8(turn, frame, false),
  },
};

function queueUnit(turn: Turn, { info }: Of<"DL-UNIT-DATA-request">): void {
  turn.link.units = [...turn.link.units, info];
}

function queueData(turn: Turn, { info }: Of<"DL-DATA-request">): void {
  turn.link.queue = [...turn.link.queue, info];
}

function deliverUnit(turn: Turn, { info }: Of<"UI">): void {
  turn.effects.push({ type: "DL-UNIT-DATA-indication", info });
}

function sendUnits(turn: Turn): void {
  for (const info of turn.link.units) sendUnit(turn, info);
  turn.link.units = [];
}

function released(turn: Turn): void {
  stopT200(turn);
  tell(turn, "DL-RELEASE-confirm");
  enter(turn, 4);
}
