// The call machines of both sides against the rows of Q.931.
import t from "tap";
import { nextCall } from "../../../../src/signalling/isdn/q931/call-table.ts";
import { networkRows } from "./network-rows.ts";
import { readRows, stateText, writeEffects } from "./notation.ts";
import { userRows } from "./user-rows.ts";

const services = { hold: true, suspend: true };
const options = {
  variant: "euroisdn",
  services,
  primary: true,
  law: "alaw",
  overlapReceiving: false,
} as const;

for (const [name, table] of [
  ["user", userRows],
  ["network", networkRows],
] as const) {
  t.test(`every row of the ${name} side`, (t) => {
    const rows = readRows(table);
    for (const { text, side, before, input, after, effects } of rows) {
      t.equal(side, name);
      const step = nextCall(before, input, { ...options, side });
      t.strictSame(writeEffects(step.effects), effects, text);
      t.strictSame(stateText(step.call), after, `${text}: state`);
    }
    t.comment(`${rows.length} rows`);
    t.end();
  });
}
