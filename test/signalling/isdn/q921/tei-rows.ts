// TEI management of Q.921 §5.3 as tables, written from its clauses: each row the clause, the states it holds for, the
// input, the state after it and the effects in order.

export type TeiRow = readonly [
  clause: string,
  states: readonly string[],
  input: string,
  /** `=`: the same state. */
  after: string,
  effects: string,
];

/**
 * The user side, N202 3. States: `none`; `asking n`: with reference number 9, for the nth time; `assigned`: TEI 64;
 * `verifying n`. Messages: type, reference number, action indicator.
 */
export const userStates = ["none", "asking 1", "asking 3", "assigned", "verifying 1", "verifying 2"];
export const userInputs = [
  ...["MDL-ASSIGN-indication", "suspect", "T202"],
  ...["identity-assigned 9 65", "identity-assigned 9 5", "identity-assigned 8 64", "identity-assigned 8 65"],
  ...["identity-denied 9 127", "identity-denied 8 127"],
  ...["check-request 0 64", "check-request 0 65", "check-request 0 127"],
  ...["remove 0 64", "remove 0 65", "remove 0 127"],
  ...["identity-request 3 127", "check-response 3 65", "verify 0 64"],
];

const asking = ["asking 1", "asking 3"];
const verifying = ["verifying 1", "verifying 2"];
const having = ["assigned", ...verifying];
const lacking = ["none", ...asking];

export const userRows: readonly TeiRow[] = [
  ["5.3.2", ["none", ...having], "MDL-ASSIGN-indication", "asking 1", "identity-request 127, start T202"],
  ["5.3.2: asked already", asking, "MDL-ASSIGN-indication", "=", ""],
  ["5.3.5", ["assigned"], "suspect", "verifying 1", "verify 64, start T202"],
  ["5.3.5: nothing to verify, or verifying", [...lacking, ...verifying], "suspect", "=", ""],
  ["5.3.2.1", ["asking 1"], "T202", "asking 2", "identity-request 127, start T202"],
  ["5.3.2.1: N202", ["asking 3"], "T202", "none", "MDL-ERROR-response"],
  ["5.3.5.3", ["verifying 1"], "T202", "verifying 2", "verify 64, start T202"],
  ["5.3.5.3: twice", ["verifying 2"], "T202", "none", "stop T202, MDL-REMOVE-request"],
  ["crossed with its stop", ["none", "assigned"], "T202", "=", ""],

  ["5.3.2", asking, "identity-assigned 9 65", "assigned 65", "stop T202, MDL-ASSIGN-request 65"],
  ["5.3.2: not asked", ["none", ...having], "identity-assigned 9 65", "=", ""],
  ["3.3.4.2: no automatic TEI", asking, "identity-assigned 9 5", "=", ""],
  ["5.3.2: not asked", ["none", ...having], "identity-assigned 9 5", "=", ""],
  ["5.3.4.2: ours to another", having, "identity-assigned 8 64", "none", "stop T202, MDL-REMOVE-request"],
  ["5.3.2: Ri of another", lacking, "identity-assigned 8 64", "=", ""],
  ["5.3.2: Ri of another", [...lacking, ...having], "identity-assigned 8 65", "=", ""],
  ["5.3.2", asking, "identity-denied 9 127", "none", "stop T202, MDL-ERROR-response"],
  ["5.3.2: not asked", ["none", ...having], "identity-denied 9 127", "=", ""],
  ["5.3.2: Ri of another", [...lacking, ...having], "identity-denied 8 127", "=", ""],

  ["5.3.3.2", ["assigned"], "check-request 0 64", "=", "check-response 64"],
  ["5.3.3.2: everybody", ["assigned"], "check-request 0 127", "=", "check-response 64"],
  ["5.3.5.2: the answer", verifying, "check-request 0 64", "assigned", "stop T202, check-response 64"],
  ["5.3.5.2: the answer", verifying, "check-request 0 127", "assigned", "stop T202, check-response 64"],
  ["5.3.3.2: another's", [...lacking, ...having], "check-request 0 65", "=", ""],
  ["5.3.3.2: has none", lacking, "check-request 0 64", "=", ""],
  ["5.3.3.2: has none", lacking, "check-request 0 127", "=", ""],

  ["5.3.4", having, "remove 0 64", "none", "stop T202, MDL-REMOVE-request"],
  ["5.3.4: everybody's", having, "remove 0 127", "none", "stop T202, MDL-REMOVE-request"],
  ["5.3.4: another's", [...lacking, ...having], "remove 0 65", "=", ""],
  ["5.3.4: has none", lacking, "remove 0 64", "=", ""],
  ["5.3.4: has none", lacking, "remove 0 127", "=", ""],

  ["5.3.6: of another terminal", [...lacking, ...having], "identity-request 3 127", "=", ""],
  ["5.3.6: of another terminal", [...lacking, ...having], "check-response 3 65", "=", ""],
  ["5.3.6: of another terminal", [...lacking, ...having], "verify 0 64", "=", ""],
];

/**
 * The network side with room for one terminal. States: `none`; `64`: given out; `64?a/r`: in check, asked a times,
 * r answers to the last. `identity-request up`: the link of TEI 64 is in multiple-frame operation.
 */
export const networkStates = [
  ...["none", "64"],
  ...["64?1/0", "64?1/1", "64?1/2", "64?2/0", "64?2/1", "64?2/2"],
];
export const networkInputs = [
  ...["identity-request", "identity-request up", "check-response 64", "check-response 70"],
  ...["verify 64", "verify 70", "T201 64", "suspect 64", "suspect -1", "stranger 64", "stranger 70"],
  ...["identity-assigned 64", "identity-denied 127", "check-request 64", "remove 64"],
];

const first = ["64?1/0", "64?1/1", "64?1/2"];
const second = ["64?2/0", "64?2/1", "64?2/2"];
const checking = [...first, ...second];
const given = ["64", ...checking];
const any = ["none", ...given];
const removed = "remove 64, remove 64, stop T201, MDL-REMOVE-request 64";
const checked = "check-request 64, start T201";

export const networkRows: readonly TeiRow[] = [
  ["5.3.2", ["none"], "identity-request", "64", "identity-assigned 64, MDL-ASSIGN-request 64"],
  ["5.3.2", ["none"], "identity-request up", "64", "identity-assigned 64, MDL-ASSIGN-request 64"],
  [
    "5.3.4.2: no room, and whoever had it has no link",
    given,
    "identity-request",
    "65",
    `${removed}, identity-assigned 65, MDL-ASSIGN-request 65`,
  ],
  ["5.3.2, 5.3.3.1: no room", ["64"], "identity-request up", "64?1/0", `identity-denied 127, ${checked}`],
  ["5.3.2: no room, in check", checking, "identity-request up", "=", "identity-denied 127"],

  ["5.3.3.2", ["64?1/0"], "check-response 64", "64?1/1", ""],
  ["5.3.3.2", ["64?1/1"], "check-response 64", "64?1/2", ""],
  ["5.3.3.2", ["64?1/2"], "check-response 64", "64?1/3", ""],
  ["5.3.3.2", ["64?2/0"], "check-response 64", "64?2/1", ""],
  ["5.3.3.2", ["64?2/1"], "check-response 64", "64?2/2", ""],
  ["5.3.3.2", ["64?2/2"], "check-response 64", "64?2/3", ""],
  ["5.3.3.2: not asked", ["none", "64"], "check-response 64", "=", ""],
  ["5.3.3.2: not asked", any, "check-response 70", "=", ""],
  ["5.3.3.2: nobody, asked once", ["64?1/0"], "T201 64", "64?2/0", checked],
  ["5.3.3.2: nobody, asked twice", ["64?2/0"], "T201 64", "none", removed],
  ["5.3.3.2: one", ["64?1/1", "64?2/1"], "T201 64", "64", ""],
  ["5.3.3.2: assigned twice", ["64?1/2", "64?2/2"], "T201 64", "none", removed],
  ["crossed with its stop", ["none", "64"], "T201 64", "=", ""],

  ["5.3.5.2", ["64"], "verify 64", "64?1/0", checked],
  ["5.3.5.2: in check", checking, "verify 64", "=", ""],
  ["5.3.5.2: nobody was given it", ["none"], "verify 64", "=", ""],
  ["5.3.5.2: nobody was given it", any, "verify 70", "=", ""],
  ["5.3.3.1, Table II.1", ["64"], "suspect 64", "64?1/0", checked],
  ["5.3.3.1: in check", checking, "suspect 64", "=", ""],
  ["5.3.3.1: nobody was given it", ["none"], "suspect 64", "=", ""],
  ["5.3.3.1: the link has no TEI", any, "suspect -1", "=", ""],
  ["5.3.4.2: nobody was given it", ["none"], "stranger 64", "=", "remove 64"],
  ["5.3.4.2: nobody was given it", any, "stranger 70", "=", "remove 70"],
  ["somebody has it", given, "stranger 64", "=", ""],

  ["5.3.6: the network's own", any, "identity-assigned 64", "=", ""],
  ["5.3.6: the network's own", any, "identity-denied 127", "=", ""],
  ["5.3.6: the network's own", any, "check-request 64", "=", ""],
  ["5.3.6: the network's own", any, "remove 64", "=", ""],
];
