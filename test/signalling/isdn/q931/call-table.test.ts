// The call machines of both sides against the rows of Q.931, and no pair of state and input without a row.
import t from "tap";
import type { CallInput } from "../../../../src/signalling/isdn/q931/call.ts";
import { nextCall } from "../../../../src/signalling/isdn/q931/call-table.ts";
import { messageCodes, type MessageType } from "../../../../src/signalling/isdn/q931/message.ts";
import { networkRows } from "./network-rows.ts";
import { assertEffects } from "../well-formed.ts";
import { readRows, stateText, writeEffects } from "./notation.ts";
import { nullAnswers } from "./null-state.ts";
import { userRows } from "./user-rows.ts";

const services = { hold: true, suspend: true };
const options = {
  variant: "euroisdn",
  services,
  primary: true,
  law: "alaw",
  overlapReceiving: false,
} as const;

const states = [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 15, 17, 19, 25];

const answered: ReadonlySet<number> = new Set([2, 3, 4, 7, 8, 9, 10, 25]);

// A SEGMENT is joined to others before any call sees it (Annex H.3).
const messages = (Object.keys(messageCodes) as MessageType[]).filter((type) => type !== "SEGMENT");

/** Tables 9-1 and 9-2, as far as they concern one call, and those of EN 300 196-1. */
const timers: readonly CallInput["type"][] = [
  ...(["T301", "T302", "T303", "T304", "T305", "T306", "T307", "T308", "T309", "T310"] as const),
  ...(["T313", "T318", "T319", "T322", "T-HOLD", "T-RETRIEVE"] as const),
];

const requests: readonly CallInput["type"][] = [
  ...([
    "SetupRequest",
    "MoreInfoRequest",
    "ProceedingRequest",
    "ProgressRequest",
    "AlertingRequest",
  ] as const),
  ...(["SetupResponse", "DisconnectRequest", "ReleaseRequest", "RejectRequest", "InfoRequest"] as const),
  ...(["NotifyRequest", "StatusEnquiryRequest", "FacilityRequest", "UserInfoRequest"] as const),
  ...(["CongestionRequest", "HoldRequest", "HoldResponse", "RetrieveRequest", "RetrieveResponse"] as const),
  ...(["SuspendRequest", "SuspendResponse", "ResumeRequest", "ResumeResponse"] as const),
  "IgnoreRequest",
];

const events: readonly CallInput["type"][] = [
  "link-up",
  "link-down",
  "restarted",
  "channel-rejected",
  "not-selected",
];

const inputs = [...messages, "unknown" as const, ...timers, ...requests, ...events];

for (const [name, letter, table] of [
  ["user", "U", userRows],
  ["network", "N", networkRows],
] as const) {
  const rows = readRows(table);

  t.test(`every row of the ${name} side`, (t) => {
    for (const { text, side, before, input, after, effects } of rows) {
      t.equal(side, name);
      const inNull = before.state === 0 && before.identity === null;
      if (inNull && "message" in input && input.type !== "SETUP") {
        t.strictSame(nullAnswers(side, input.message), effects, text);
        continue;
      }
      const step = nextCall(before, input, { ...options, side });
      assertEffects(step.effects);
      t.strictSame(writeEffects(step.effects), effects, text);
      t.strictSame(stateText(step.call), after, `${text}: state`);
      // §5.1.2, §5.2.3: the first answer settles the channel.
      if (answered.has(step.call.state)) t.equal(step.call.settled, true, `${text}: settled`);
    }
    t.end();
  });

  t.test(`a row for every state and input of the ${name} side`, (t) => {
    const seen = new Set(rows.map(({ state, input }) => `${state} ${input.type}`));
    const missing = states.flatMap((state) =>
      inputs.map((input) => `${letter}${state} ${input}`).filter((pair) => !seen.has(pair)),
    );
    t.strictSame(missing, []);
    t.comment(`${name}: ${rows.length} rows, ${states.length * inputs.length} pairs of state and input`);
    t.end();
  });
}
