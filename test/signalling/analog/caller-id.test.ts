// Messages of caller identity: real ones, what is written is read, and nothing that comes from a line does harm.
import * as fc from "fast-check";
import t from "tap";
import {
  readCaller,
  readCallerDigits,
  writeCaller,
  writeCallerDigits,
  writeWaiting,
} from "../../../src/signalling/analog/caller-id.ts";
import type { CallerIdentity } from "../../../src/signalling/analog/types.ts";

const bytes = (...parts: readonly (number | string)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : [part])),
  );
const known = (number: string, name = ""): CallerIdentity => ({ number, name, presentation: "allowed" });
const none = (presentation: "restricted" | "unavailable"): CallerIdentity => ({
  number: "",
  name: "",
  presentation,
});

t.test("messages as exchanges send them", (t) => {
  const rows: readonly (readonly [string, Uint8Array, CallerIdentity | undefined])[] = [
    ["single", bytes(0x04, 18, "11281304", "0755880001"), known("0755880001")],
    ["single, withheld", bytes(0x04, 9, "11281304", "P"), none("restricted")],
    ["single, not known", bytes(0x04, 9, "11281304", "O"), none("unavailable")],
    ["several", bytes(0x80, 22, 1, 8, "11281304", 2, 10, "0755880001"), known("0755880001")],
    [
      "with a name",
      bytes(0x80, 27, 1, 8, "11281304", 2, 7, "5551234", 7, 6, "WANG L"),
      known("5551234", "WANG L"),
    ],
    ["withheld", bytes(0x80, 16, 1, 8, "11281304", 4, 1, "P", 8, 1, "P"), none("restricted")],
    [
      "a name alone",
      bytes(0x80, 7, 7, 5, "Shop "),
      { number: "", name: "Shop", presentation: "unavailable" },
    ],
    ["a number with marks", bytes(0x80, 14, 2, 12, "+86 755-8888"), known("+867558888")],
    ["fields that nobody knows", bytes(0x80, 13, 0x20, 2, 1, 2, 2, 7, "5551234"), known("5551234")],
    ["message waiting", writeWaiting(true), undefined],
    ["a field beyond its message", bytes(0x80, 4, 2, 9, "55"), undefined],
    ["a message cut short", bytes(0x80, 22, 2, 3, "555"), undefined],
    ["letters for digits", bytes(0x80, 5, 2, 3, "abc"), undefined],
    ["too many digits", bytes(0x80, 26, 2, 24, "123456789012345678901234"), undefined],
    ["control characters", bytes(0x80, 14, 2, 3, "555", 7, 7, "A\u0007B\u0000C\r\n"), known("555", "ABC")],
    ["nothing", bytes(), undefined],
  ];
  for (const [name, message, caller] of rows) t.strictSame(readCaller(message), caller, name);
  t.strictSame([...writeWaiting(true)], [0x82, 3, 0x0b, 1, 0xff]);
  t.strictSame([...writeWaiting(false)], [0x82, 3, 0x0b, 1, 0]);
  t.end();
});

const time = { month: 11, day: 28, hour: 9, minute: 5 };
const digits = fc.stringMatching(/^[0-9]{1,20}$/u);

t.test("what is written is read", (t) => {
  fc.assert(
    fc.property(digits, fc.stringMatching(/^[A-Za-z][ -~]{0,20}[A-Za-z]$/u), (number, name) => {
      t.strictSame(readCaller(writeCaller(known(number, name), time)), known(number, name));
    }),
    { numRuns: 200 },
  );
  t.strictSame(
    readCaller(writeCaller(known("5551", "王伟"), time)),
    known("5551"),
    "a name that no display has",
  );
  for (const presentation of ["restricted", "unavailable"] as const) {
    const hidden = { number: "5551", name: "Wang", presentation };
    t.strictSame(
      readCaller(writeCaller(hidden, time)),
      none(presentation),
      "and nothing of what is withheld",
    );
  }
  t.equal(Buffer.from(writeCaller(known("1"), time).subarray(4, 12)).toString(), "11280905");
  t.end();
});

t.test("by keys", (t) => {
  const rows = [
    ["A5551234C", known("5551234")],
    ["D0227888C", known("0227888")],
    ["A5551234#", known("5551234")],
    ["A5551234D0C", known("5551234")],
    ["xxA5551234C", known("5551234")],
    ["B10C", none("restricted")],
    ["B00C", none("unavailable")],
    ["D1#", none("restricted")],
    ["D3#", none("unavailable")],
    ["A5551234", undefined],
    ["5551234", undefined],
    ["C", undefined],
    ["", undefined],
  ] as const;
  for (const [keys, caller] of rows) t.strictSame(readCallerDigits(keys), caller, keys);
  for (const marks of [
    { begin: "A", end: "C" },
    { begin: "D", end: "C" },
    { begin: "A", end: "#" },
  ]) {
    fc.assert(
      fc.property(digits, (number) => {
        t.strictSame(readCallerDigits(writeCallerDigits(known(number), marks)), known(number));
      }),
      { numRuns: 50 },
    );
    for (const presentation of ["restricted", "unavailable"] as const)
      t.strictSame(
        readCallerDigits(writeCallerDigits({ ...known("5"), presentation }, marks)),
        none(presentation),
      );
  }
  t.end();
});

t.test("anything may come from a line", (t) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 260 }), (message) => {
      const found = readCaller(message);
      if (found === undefined) return true;
      return /^[0-9*#+]{0,21}$/u.test(found.number) && found.name.length <= 50;
    }),
    { numRuns: 20_000 },
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9A-D*#]{0,40}$/u), (keys) => {
      const found = readCallerDigits(keys);
      return found === undefined || /^\d{0,20}$/u.test(found.number);
    }),
  );
  t.end();
});
