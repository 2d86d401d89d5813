// Party numbers (Q.931 §4.5.8, §4.5.10; Q.952 redirecting), code by code, both ways.
import t from "tap";
import {
  decodeCalled,
  decodeIdentified,
  decodeRedirecting,
  encodeCalled,
  encodeIdentified,
  encodeRedirecting,
} from "../../../../src/signalling/isdn/q931/numbers.ts";
import type {
  NumberingPlan,
  Presentation,
  RedirectionReason,
  Screening,
  TypeOfNumber,
} from "../../../../src/signalling/isdn/q931/values.ts";

const digits = [0x31, 0x32];

t.test("types and plans (octet 3)", (t) => {
  const types: readonly [code: number, type: TypeOfNumber][] = [
    [0, "unknown"],
    [1, "international"],
    [2, "national"],
    [3, "network-specific"],
    [4, "subscriber"],
    [6, "abbreviated"],
    [7, "reserved"],
  ];
  for (const [code, type] of types) {
    const octets = [0x81 | (code << 4), ...digits];
    t.strictSame(decodeCalled(octets), { digits: "12", type, plan: "isdn" });
    t.strictSame(encodeCalled({ digits: "12", type, plan: "isdn" }), octets);
  }
  t.equal(decodeCalled([0xd1])?.type, "reserved", "5 has no name");
  const plans: readonly [code: number, plan: NumberingPlan][] = [
    [0, "unknown"],
    [1, "isdn"],
    [3, "data"],
    [4, "telex"],
    [8, "national"],
    [9, "private"],
    [15, "other"],
  ];
  for (const [code, plan] of plans) {
    t.equal(decodeCalled([0x80 | code])?.plan, plan);
    t.strictSame(encodeCalled({ digits: "", type: "unknown", plan }), [0x80 | code]);
  }
  for (const code of [2, 5, 7, 10, 14]) t.equal(decodeCalled([0x80 | code])?.plan, "other", `plan ${code}`);
  t.end();
});

t.test("presentation and screening (octet 3a)", (t) => {
  const presentations: readonly [code: number, presentation: Presentation][] = [
    [0, "allowed"],
    [1, "restricted"],
    [2, "unavailable"],
    [3, "reserved"],
  ];
  const screenings: readonly [code: number, screening: Screening][] = [
    [0, "user-not-screened"],
    [1, "user-passed"],
    [2, "user-failed"],
    [3, "network"],
  ];
  for (const [high, presentation] of presentations)
    for (const [low, screening] of screenings) {
      const octets = [0x21, 0x80 | (high << 5) | low, ...digits];
      const value = { digits: "12", type: "national", plan: "isdn", presentation, screening } as const;
      t.strictSame(decodeIdentified(octets), value);
      t.strictSame(encodeIdentified(value), octets);
    }
  t.end();
});

t.test("reasons of a redirecting number (octet 3b)", (t) => {
  const reasons: readonly [code: number, reason: RedirectionReason][] = [
    [0, "unknown"],
    [1, "busy"],
    [2, "no-reply"],
    [4, "deflection"],
    [9, "out-of-order"],
    [10, "other"],
    [15, "unconditional"],
  ];
  for (const [code, reason] of reasons) {
    const octets = [0x21, 0x03, 0x80 | code, ...digits];
    const plain = { digits: "12", type: "national", plan: "isdn" } as const;
    const value = { ...plain, presentation: "allowed", screening: "network", reason } as const;
    t.strictSame(decodeRedirecting(octets), value);
    t.strictSame(encodeRedirecting(value), octets);
  }
  for (const code of [3, 5, 8, 11, 14])
    t.equal(decodeRedirecting([0x21, 0x03, 0x80 | code])?.reason, "other", `reason ${code}`);
  t.end();
});

t.test("where octet 3 ends, and senders that forget to end it", (t) => {
  const plain = { digits: "12", type: "national", plan: "isdn" } as const;
  const shown = { presentation: "allowed", screening: "user-not-screened" } as const;
  t.strictSame(decodeIdentified([0xa1, ...digits]), { ...plain, ...shown }, "without 3a");
  t.strictSame(decodeCalled([0x21, 0x83, ...digits]), plain, "with a 3a that the element has not");
  t.strictSame(
    decodeRedirecting([0x21, 0x83, ...digits]),
    {
      ...plain,
      ...{ presentation: "allowed", screening: "network", reason: "unknown" },
    },
    "3a ends it",
  );
  t.strictSame(
    decodeRedirecting([0x21, 0x03, 0x01, 0x80, ...digits])?.reason,
    "busy",
    "one more octet than there is",
  );
  t.strictSame(decodeCalled([0x21, ...digits]), plain, "never ended");
  t.equal(decodeCalled([]), undefined);
  t.equal(decodeIdentified([]), undefined);
  t.equal(decodeRedirecting([]), undefined);
  t.end();
});
