// Arbitrary values of every information element, for properties. The record's type holds that none is forgotten.
import fc from "fast-check";
import type { ElementName } from "../../../../src/signalling/isdn/q931/elements.ts";
import type { Element, Location } from "../../../../src/signalling/isdn/q931/values.ts";

const octet = fc.integer({ min: 0, max: 255 });
const octets = (minLength: number, maxLength: number): fc.Arbitrary<number[]> =>
  fc.array(octet, { minLength, maxLength });
const text = (characters: string, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...characters.split("")), maxLength });
const upTo = (max: number, min = 0): fc.Arbitrary<number> => fc.integer({ min, max });

const digits = text("0123456789*#", 40);
const location = fc.constantFrom<Location>(
  "user",
  "private-network-local",
  "public-network-local",
  "transit-network",
  "public-network-remote",
  "private-network-remote",
  "international",
  "beyond-interworking",
);
const called = {
  digits,
  type: fc.constantFrom(
    "unknown",
    "international",
    "national",
    "network-specific",
    "subscriber",
    "abbreviated",
  ),
  plan: fc.constantFrom("unknown", "isdn", "data", "telex", "national", "private"),
} as const;
const identified = {
  ...called,
  presentation: fc.constantFrom("allowed", "restricted", "unavailable", "reserved"),
  screening: fc.constantFrom("user-not-screened", "user-passed", "user-failed", "network"),
} as const;
const reason = fc.constantFrom(
  "unknown",
  "busy",
  "no-reply",
  "deflection",
  "out-of-order",
  "other",
  "unconditional",
);
const e1 = upTo(31, 1);
const preference = { exclusive: fc.boolean(), dChannel: fc.boolean() };
const channel = fc.oneof(
  fc.record({
    ...preference,
    selection: fc.constantFrom("none", "any"),
    channels: fc.constant([]),
    primary: fc.boolean(),
  }),
  fc.record({
    ...preference,
    selection: fc.constant("indicated"),
    channels: fc.constantFrom([1], [2]),
    primary: fc.constant(false),
  }),
  fc.record({
    ...preference,
    selection: fc.constant("indicated"),
    channels: fc.array(e1, { minLength: 1, maxLength: 30 }),
    primary: fc.constant(true),
  }),
  fc.record({
    ...preference,
    selection: fc.constant("indicated"),
    channels: fc
      .uniqueArray(e1, { minLength: 1, maxLength: 30 })
      .map((channels) => channels.sort((a, b) => a - b)),
    primary: fc.constant(true),
    map: fc.constant(true),
  }),
);
const bearer = fc.record(
  {
    transferCapability: fc.constantFrom(
      "speech",
      "unrestricted-digital",
      "restricted-digital",
      "3.1kHz-audio",
      "unrestricted-digital-with-tones",
      "video",
    ),
    mode: fc.constantFrom("circuit", "packet"),
    rate: upTo(23),
    layer1: fc.constantFrom("alaw", "ulaw", "v110", "g721", "h221"),
  },
  { requiredKeys: ["transferCapability", "mode", "rate"] },
);
const cause = fc.record(
  { value: upTo(127, 1), location, diagnostic: octets(1, 10) },
  { requiredKeys: ["value", "location"] },
);
const date = { year: upTo(99), month: upTo(12, 1), day: upTo(31, 1) };
const time = { hour: upTo(23), minute: upTo(59) };
const dateTime = fc.oneof(
  fc.record(date),
  fc.record({ ...date, ...time }),
  fc.record({ ...date, ...time, second: upTo(59) }),
);
const subaddress = fc.record({
  type: fc.constantFrom("nsap", "user-specified", "other"),
  odd: fc.boolean(),
  octets: octets(0, 20),
});
const hlc = fc.oneof(
  fc.record({ characteristics: upTo(127) }),
  fc.record({ characteristics: upTo(127), extended: upTo(127) }),
);
const whole = { octets: octets(1, 60) };

const byName: { readonly [N in ElementName]: fc.Arbitrary<Omit<Extract<Element, { name: N }>, "name">> } = {
  "segmented-message": fc.record({
    segment: fc.record({ first: fc.boolean(), remaining: upTo(127), messageType: upTo(127) }),
  }),
  "bearer-capability": fc.record({ bearer }),
  cause: fc.record({ cause }),
  "call-identity": fc.record({ octets: octets(0, 8) }),
  "call-state": fc.record({ state: upTo(63) }),
  "channel-identification": fc.record({ channel }),
  facility: fc.record(whole),
  "progress-indicator": fc.record({ progress: fc.record({ description: upTo(127), location }) }),
  "network-specific-facilities": fc.record(whole),
  "notification-indicator": fc.record({ description: upTo(127) }),
  display: fc.oneof(
    fc.record({ text: text("ABC xyz019", 80) }),
    fc.record({ text: text("AÉÿ", 80), charset: fc.constant(0xb1) }),
    fc.record({ text: text("AB~", 80), charset: upTo(0xb0, 0x80) }),
  ),
  "date-time": fc.record({ dateTime }),
  "keypad-facility": fc.record({ digits }),
  "information-request": fc.record({ value: upTo(127) }),
  signal: fc.record({ value: octet }),
  "connected-number": fc.record({ number: fc.record(identified) }),
  "connected-subaddress": fc.record({ subaddress }),
  "calling-number": fc.record({ number: fc.record(identified) }),
  "calling-subaddress": fc.record({ subaddress }),
  "called-number": fc.record({ number: fc.record(called) }),
  "called-subaddress": fc.record({ subaddress }),
  "redirecting-number": fc.record({ number: fc.record({ ...identified, reason }) }),
  "transit-network-selection": fc.record({ network: fc.record({ type: upTo(7), plan: upTo(15), digits }) }),
  "restart-indicator": fc.record({
    class: fc.constantFrom("indicated-channels", "single-interface", "all-interfaces"),
  }),
  "low-layer-compatibility": fc.record(whole),
  "high-layer-compatibility": fc.record({ hlc }),
  "user-user": fc.record({ userUser: fc.record({ protocol: octet, octets: octets(0, 128) }) }),
  "more-data": fc.constant({}),
  "sending-complete": fc.constant({}),
  "congestion-level": fc.record({ level: upTo(15) }),
  "repeat-indicator": fc.record({ value: upTo(15) }),
  "transit-counter": fc.record({ count: upTo(31) }),
};

const passed: fc.Arbitrary<Element> = fc.record({
  name: fc.constant("octets"),
  id: fc.constantFrom(0x47, 0x4a, 0x1a),
  codeset: fc.constantFrom(0, 5, 6, 7),
  octets: octets(0, 60),
});

export const elements: fc.Arbitrary<Element> = fc.oneof(
  ...Object.entries(byName).map(([name, value]) =>
    (value as fc.Arbitrary<object>).map((fields) => ({ name, ...fields }) as Element),
  ),
  passed,
);
