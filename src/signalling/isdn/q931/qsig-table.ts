// QSIG basic call (ECMA-143, ETS 300 172): both exchanges follow the user side's table, CONNECT ACKNOWLEDGE and
// T313 included; what Q.931 and Q.932 have beyond the basic call is not spoken.
import type { Row } from "./call-actions.ts";
import type { CallInput, CallStateNumber } from "./call.ts";
import type { MessageType } from "./message.ts";
import { userTable } from "./user-table.ts";

/** Messages that QSIG does not have: unrecognized there (ECMA-143, error handling, cause 97). */
export const notInQsig: ReadonlySet<MessageType | "unknown"> = new Set<MessageType>([
  "HOLD",
  "HOLD ACKNOWLEDGE",
  "HOLD REJECT",
  "RETRIEVE",
  "RETRIEVE ACKNOWLEDGE",
  "RETRIEVE REJECT",
  "SUSPEND",
  "SUSPEND ACKNOWLEDGE",
  "SUSPEND REJECT",
  "RESUME",
  "RESUME ACKNOWLEDGE",
  "RESUME REJECT",
  "USER INFORMATION",
  "CONGESTION CONTROL",
]);

const requests: ReadonlySet<string> = new Set<CallInput["type"]>([
  "HoldRequest",
  "HoldResponse",
  "RetrieveRequest",
  "RetrieveResponse",
  "SuspendRequest",
  "ResumeRequest",
  "UserInfoRequest",
  "CongestionRequest",
]);

function spoken(row: Row): Row {
  const rows = Object.entries(row).filter(
    ([input]) => !requests.has(input) && !notInQsig.has(input as MessageType),
  );
  return Object.fromEntries(rows);
}

/** Indexed by state. */
export const qsigTable = Object.fromEntries(
  Object.entries(userTable).map(([state, row]) => [state, spoken(row)]),
) as Readonly<Record<CallStateNumber, Row>>;
