// Prefixes and number types, both ways, and whose number it is on a bus.
import fc from "fast-check";
import t from "tap";
import { isOurs, typed, withPrefix } from "../../src/lines/isdn/number-types.ts";
import type { CalledNumber } from "../../src/signalling/isdn/types.ts";

const prefixes = { national: "0", international: "00", subscriber: "", private: "7" };
const n = (
  digits: string,
  type: CalledNumber["type"],
  plan: CalledNumber["plan"] = "isdn",
): CalledNumber => ({
  digits,
  type,
  plan,
});

t.test("received numbers get the prefix of their type", (t) => {
  const rows: readonly (readonly [CalledNumber, CalledNumber])[] = [
    [n("7551234", "national"), n("07551234", "unknown", "unknown")],
    [n("4930123", "international"), n("004930123", "unknown", "unknown")],
    [n("1234", "subscriber"), n("1234", "subscriber")],
    [n("1234", "unknown"), n("1234", "unknown")],
    [n("55", "subscriber", "private"), n("755", "unknown", "unknown")],
    [n("12", "network-specific"), n("12", "network-specific")],
    [n("", "national"), n("", "national")],
  ];
  for (const [given, expected] of rows) t.strictSame(withPrefix(given, prefixes), expected, given.digits);
  t.strictSame(withPrefix(n("1", "national"), {}), n("1", "national"));
  t.end();
});

t.test("sent numbers are of the trunk's type, or of that of their prefix", (t) => {
  const rows = [
    ["given", n("0755", "unknown"), n("0755", "unknown")],
    ["national", n("755", "unknown"), n("755", "national")],
    ["private", n("55", "unknown"), n("55", "subscriber", "private")],
    ["unknown", n("755", "national"), n("755", "unknown", "unknown")],
    ["by-prefix", n("07551", "unknown"), n("7551", "national")],
    ["by-prefix", n("004930", "unknown"), n("4930", "international")],
    ["by-prefix-kept", n("004930", "unknown"), n("004930", "international")],
    ["by-prefix", n("110", "unknown"), n("110", "unknown")],
    ["by-prefix", n("00", "unknown"), n("0", "national")],
    ["by-prefix", n("0", "unknown"), n("0", "unknown")],
  ] as const;
  for (const [rule, given, expected] of rows)
    t.strictSame(typed(given, rule, prefixes), expected, `${rule} ${given.digits}`);
  t.end();
});

t.test("what was received with its prefix is sent again as it came", (t) => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[1-9][0-9]{1,10}$/),
      fc.constantFrom("national" as const, "international" as const),
      (digits, type) => {
        const again = typed(withPrefix(n(digits, type), prefixes), "by-prefix", prefixes);
        return again.digits === digits && again.type === type;
      },
    ),
  );
  t.pass("for any number");
  t.end();
});

t.test("a bus: ours, or another terminal's", (t) => {
  const msns = ["5550100", "5550101"];
  const rows = [
    ["5550100", true],
    ["0755550100".slice(3), true],
    ["07555550101", true],
    ["0100", true],
    ["5550102", false],
    ["", true],
  ] as const;
  for (const [digits, ours] of rows) t.equal(isOurs(digits, msns), ours, digits);
  t.equal(isOurs("1", []), true, "none named: all are ours");
  t.end();
});
