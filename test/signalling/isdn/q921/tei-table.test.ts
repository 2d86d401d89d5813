// TEI management of both sides against the tables of Q.921 §5.3, and no pair of state and input without a row.
import t, { type Test } from "tap";
import type { TeiMessage, TeiMessageType } from "../../../../src/signalling/isdn/q921/tei-message.ts";
import {
  nextTeiNetwork,
  type TeiNetworkInput,
  type TeiNetworkState,
} from "../../../../src/signalling/isdn/q921/tei-network.ts";
import {
  createTeiUser,
  nextTeiUser,
  type TeiUserInput,
  type TeiUserState,
} from "../../../../src/signalling/isdn/q921/tei-user.ts";
import {
  networkInputs,
  networkRows,
  networkStates,
  userInputs,
  userRows,
  userStates,
  type TeiRow,
} from "./tei-rows.ts";

const phases = { none: "none", asking: "requesting", assigned: "assigned", verifying: "verifying" } as const;

function complete(
  t: Test,
  rows: readonly TeiRow[],
  states: readonly string[],
  inputs: readonly string[],
): void {
  const listed = rows.flatMap(([, from, input]) => from.map((state) => `${state}: ${input}`));
  const pairs = states.flatMap((state) => inputs.map((input) => `${state}: ${input}`));
  t.strictSame(
    pairs.filter((pair) => !listed.includes(pair)),
    [],
    "pairs without a row",
  );
  t.strictSame(
    listed.filter((pair, i) => !pairs.includes(pair) || listed.indexOf(pair) !== i),
    [],
    "rows of no known pair, or twice",
  );
  t.comment(`${pairs.length} pairs of state and input: ${rows.length} rows`);
}

t.test("the user side", (t) => {
  for (const [clause, states, input, after, effects] of userRows) {
    for (const state of states) {
      const before = readUser(state);
      const step = nextTeiUser(before, readUserInput(input), 3);
      const name = `${state}: ${input} (Q.921 ${clause})`;
      t.equal(writeUser(step.state), after === "=" ? state : after, name);
      t.equal(step.effects.map(write).join(", "), effects, `${name}: effects`);
      if (after === "=" && effects === "") t.strictSame(step.state, before, `${name}: no change`);
    }
  }
  complete(t, userRows, userStates, userInputs);
  t.end();
});

t.test("the network side", (t) => {
  for (const [clause, states, input, after, effects] of networkRows) {
    for (const state of states) {
      const before = readNetwork(state);
      const step = nextTeiNetwork(before, readNetworkInput(input), 1);
      const name = `${state}: ${input} (Q.921 ${clause})`;
      t.equal(writeNetwork(step.state), after === "=" ? state : after, name);
      t.equal(step.effects.map(write).join(", "), effects, `${name}: effects`);
    }
  }
  complete(t, networkRows, networkStates, networkInputs);
  t.end();
});

t.test("N202 transmissions of a request (§5.9.4)", (t) => {
  let step = nextTeiUser(createTeiUser(1), { type: "MDL-ASSIGN-indication" }, 2);
  step = nextTeiUser(step.state, { type: "T202" }, 2);
  t.equal(writeUser(step.state), "asking 2");
  t.equal(writeUser(nextTeiUser(step.state, { type: "T202" }, 2).state), "none");
  t.end();
});

function readUser(text: string): TeiUserState {
  const [name = "", count = "1"] = text.split(" ");
  const phase = phases[name as keyof typeof phases];
  const tei = phase === "assigned" || phase === "verifying" ? 64 : -1;
  return { phase, tei, ri: 9, attempts: Number(count), seed: 7 };
}

function writeUser({ phase, tei, attempts }: TeiUserState): string {
  const had = tei === 64 ? "" : ` ${tei}`;
  switch (phase) {
    case "none":
      return tei === -1 ? "none" : `none, but${had}`;
    case "requesting":
      return tei === -1 ? `asking ${attempts}` : `asking, but${had}`;
    case "assigned":
      return `assigned${had}`;
    case "verifying":
      return `verifying ${attempts}${had}`;
  }
}

function readUserInput(text: string): TeiUserInput {
  const [type = "", ri, ai] = text.split(" ");
  if (ri === undefined) return { type: type as "T202" | "MDL-ASSIGN-indication" | "suspect" };
  return { type: "message", message: message(type, Number(ri), Number(ai)) };
}

function readNetwork(text: string): TeiNetworkState {
  if (text === "none") return { teis: [], last: 126, checks: {} };
  const [, attempts, responses] = /\?(.)\/(.)/.exec(text) ?? [];
  const check = { attempts: Number(attempts), responses: Number(responses) };
  return { teis: [64], last: 64, checks: attempts === undefined ? {} : { 64: check } };
}

function writeNetwork({ teis, checks }: TeiNetworkState): string {
  const one = teis.map((tei) => {
    const check = checks[tei];
    return check === undefined ? `${tei}` : `${tei}?${check.attempts}/${check.responses}`;
  });
  const lost = Object.keys(checks).filter((tei) => !teis.includes(Number(tei)));
  return [...one, ...lost.map((tei) => `a check of ${tei} without its TEI`)].join() || "none";
}

function readNetworkInput(text: string): TeiNetworkInput {
  const [type = "", second = ""] = text.split(" ");
  const tei = Number(second);
  switch (type) {
    case "T201":
    case "suspect":
    case "stranger":
      return { type, tei };
    case "identity-request":
      return { type: "message", message: message(type, 9, 127), established: second === "up" ? [64] : [] };
    default:
      return { type: "message", message: message(type, 0, tei), established: [] };
  }
}

function message(type: string, ri: number, ai: number): TeiMessage {
  return { type: type as TeiMessageType, ri, ai };
}

function write(effect: { readonly type: string }): string {
  if ("message" in effect) {
    const { type, ai } = effect.message as TeiMessage;
    return `${type} ${ai}`;
  }
  if ("timer" in effect) return `${effect.type} ${String(effect.timer)}`;
  return "tei" in effect ? `${effect.type} ${String(effect.tei)}` : effect.type;
}
