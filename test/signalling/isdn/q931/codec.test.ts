// Q.931 messages and elements: octets as real exchanges send them, and errors of §5.8.
import t from "tap";
import {
  decodeMessage,
  encodeMessage,
  find,
  type Message,
} from "../../../../src/signalling/isdn/q931/message.ts";
import type { Element } from "../../../../src/signalling/isdn/q931/values.ts";

const octetsOf = (text: string): number[] => [...Buffer.from(text.replaceAll(" ", ""), "hex")];

function decode(text: string): Message {
  const message = decodeMessage(octetsOf(text));
  if (message.type === "reject") throw new Error(message.reason);
  return message;
}

t.test("elements, from the octets of §4.5", (t) => {
  const rows: readonly [clause: string, octets: string, element: Element][] = [
    [
      "4.5.5 speech, A-law",
      "04 03 80 90 a3",
      {
        name: "bearer-capability",
        bearer: { transferCapability: "speech", mode: "circuit", rate: 16, layer1: "alaw" },
      },
    ],
    [
      "4.5.5 3.1 kHz, µ-law",
      "04 03 90 90 a2",
      {
        name: "bearer-capability",
        bearer: { transferCapability: "3.1kHz-audio", mode: "circuit", rate: 16, layer1: "ulaw" },
      },
    ],
    [
      "4.5.5 64 kbit/s",
      "04 02 88 90",
      {
        name: "bearer-capability",
        bearer: { transferCapability: "unrestricted-digital", mode: "circuit", rate: 16 },
      },
    ],
    [
      "4.5.5 packet",
      "04 04 88 c0 c6 e6",
      {
        name: "bearer-capability",
        bearer: {
          transferCapability: "unrestricted-digital",
          mode: "packet",
          rate: 0,
          octets: [0x88, 0xc0, 0xc6, 0xe6],
        },
      },
    ],
    [
      "4.5.12, Q.850",
      "08 02 82 90",
      { name: "cause", cause: { value: 16, location: "public-network-local" } },
    ],
    [
      "Q.850 diagnostic",
      "08 03 80 e0 1e",
      { name: "cause", cause: { value: 96, location: "user", diagnostic: [0x1e] } },
    ],
    ["4.5.7", "14 01 0a", { name: "call-state", state: 10 }],
    [
      "4.5.13 BRI B1 exclusive",
      "18 01 89",
      {
        name: "channel-identification",
        channel: { selection: "indicated", channels: [1], exclusive: true, dChannel: false, primary: false },
      },
    ],
    [
      "4.5.13 BRI B2 preferred",
      "18 01 82",
      {
        name: "channel-identification",
        channel: { selection: "indicated", channels: [2], exclusive: false, dChannel: false, primary: false },
      },
    ],
    [
      "4.5.13 BRI any",
      "18 01 83",
      {
        name: "channel-identification",
        channel: { selection: "any", channels: [], exclusive: false, dChannel: false, primary: false },
      },
    ],
    [
      "4.5.13 BRI none",
      "18 01 80",
      {
        name: "channel-identification",
        channel: { selection: "none", channels: [], exclusive: false, dChannel: false, primary: false },
      },
    ],
    [
      "4.5.13 PRI 17 exclusive",
      "18 03 a9 83 91",
      {
        name: "channel-identification",
        channel: { selection: "indicated", channels: [17], exclusive: true, dChannel: false, primary: true },
      },
    ],
    [
      "4.5.13 PRI list",
      "18 04 a9 83 01 82",
      {
        name: "channel-identification",
        channel: {
          selection: "indicated",
          channels: [1, 2],
          exclusive: true,
          dChannel: false,
          primary: true,
        },
      },
    ],
    [
      "4.5.13 PRI slot map: 1, 15, 31",
      "18 06 a9 93 80 00 80 02",
      {
        name: "channel-identification",
        channel: {
          selection: "indicated",
          channels: [1, 15, 31],
          exclusive: true,
          dChannel: false,
          primary: true,
          map: true,
        },
      },
    ],
    [
      "4.5.13 interface identifier",
      "18 04 e9 80 83 85",
      {
        name: "channel-identification",
        channel: {
          selection: "indicated",
          channels: [5],
          exclusive: true,
          dChannel: false,
          primary: true,
          interfaceId: [0x80],
        },
      },
    ],
    [
      "4.5.23",
      "1e 02 82 88",
      { name: "progress-indicator", progress: { description: 8, location: "public-network-local" } },
    ],
    ["4.5.22", "27 01 80", { name: "notification-indicator", description: 0 }],
    ["4.5.16", "28 03 41 42 43", { name: "display", text: "ABC" }],
    [
      "4.5.15",
      "29 05 1a 0b 16 14 1e",
      { name: "date-time", dateTime: { year: 26, month: 11, day: 22, hour: 20, minute: 30 } },
    ],
    ["4.5.18", "2c 03 2a 32 31", { name: "keypad-facility", digits: "*21" }],
    ["4.5.28", "34 01 01", { name: "signal", value: 1 }],
    [
      "4.5.10",
      "6c 06 21 83 35 35 35 31",
      {
        name: "calling-number",
        number: {
          digits: "5551",
          type: "national",
          plan: "isdn",
          presentation: "allowed",
          screening: "network",
        },
      },
    ],
    [
      "4.5.10 restricted",
      "6c 02 00 a0",
      {
        name: "calling-number",
        number: {
          digits: "",
          type: "unknown",
          plan: "unknown",
          presentation: "restricted",
          screening: "user-not-screened",
        },
      },
    ],
    [
      "4.5.8",
      "70 05 c1 31 30 30 30",
      { name: "called-number", number: { digits: "1000", type: "subscriber", plan: "isdn" } },
    ],
    [
      "Q.951 connected",
      "4c 04 11 81 34 39",
      {
        name: "connected-number",
        number: {
          digits: "49",
          type: "international",
          plan: "isdn",
          presentation: "allowed",
          screening: "user-passed",
        },
      },
    ],
    [
      "Q.952 redirecting",
      "74 06 21 03 8f 31 32 33",
      {
        name: "redirecting-number",
        number: {
          digits: "123",
          type: "national",
          plan: "isdn",
          presentation: "allowed",
          screening: "network",
          reason: "unconditional",
        },
      },
    ],
    ["4.5.25 channels", "79 01 80", { name: "restart-indicator", class: "indicated-channels" }],
    ["4.5.25 interface", "79 01 86", { name: "restart-indicator", class: "single-interface" }],
    ["4.5.25 all", "79 01 87", { name: "restart-indicator", class: "all-interfaces" }],
    ["4.5.27", "a1", { name: "sending-complete" }],
    ["4.5.24", "d1", { name: "repeat-indicator", value: 1 }],
    ["4.5.30", "7e 03 04 68 69", { name: "user-user", userUser: { protocol: 4, octets: [0x68, 0x69] } }],
    ["4.5.17 telephony", "7d 02 91 81", { name: "high-layer-compatibility", hlc: { characteristics: 1 } }],
    [
      "4.5.17 with octet 4a",
      "7d 03 91 60 81",
      { name: "high-layer-compatibility", hlc: { characteristics: 0x60, extended: 1 } },
    ],
    [
      "4.5.17 of another standard",
      "7d 02 b1 81",
      { name: "high-layer-compatibility", hlc: { characteristics: 1, octets: [0xb1, 0x81] } },
    ],
    ["4.5.19", "7c 03 88 90 a3", { name: "low-layer-compatibility", octets: [0x88, 0x90, 0xa3] }],
    ["4.5.6", "10 02 61 62", { name: "call-identity", octets: [0x61, 0x62] }],
    ["4.5.6 null", "10 00", { name: "call-identity", octets: [] }],
    [
      "4.5.9 NSAP, IA5 digits",
      "71 04 80 50 31 32",
      { name: "called-subaddress", subaddress: { type: "nsap", odd: false, octets: [0x50, 0x31, 0x32] } },
    ],
    [
      "4.5.11 user specified, odd",
      "6d 03 a8 12 30",
      { name: "calling-subaddress", subaddress: { type: "user-specified", odd: true, octets: [0x12, 0x30] } },
    ],
    [
      "EN 300 097 connected",
      "4d 02 80 50",
      { name: "connected-subaddress", subaddress: { type: "nsap", odd: false, octets: [0x50] } },
    ],
    ["Q.932 facility", "1c 02 91 a1", { name: "facility", octets: [0x91, 0xa1] }],
    ["4.5.21", "20 02 00 e5", { name: "network-specific-facilities", octets: [0, 0xe5] }],
    [
      "4.5.29",
      "78 04 a1 31 32 33",
      { name: "transit-network-selection", network: { type: 2, plan: 1, digits: "123" } },
    ],
    ["Q.932 information request", "32 01 83", { name: "information-request", value: 3 }],
    ["4.5.20 more data", "a0", { name: "more-data" }],
    ["4.5.14 congestion level", "bf", { name: "congestion-level", level: 15 }],
    [
      "H.4",
      "00 02 81 05",
      { name: "segmented-message", segment: { first: true, remaining: 1, messageType: 5 } },
    ],
    ["ECMA-225", "9c 31 01 85", { name: "transit-counter", count: 5 }],
    ["4.5.16 with ISO 8859-1", "28 04 b1 41 c9 42", { name: "display", text: "AÉB", charset: 0xb1 }],
    ["4.5.16 with another set", "28 03 b0 41 42", { name: "display", text: "AB", charset: 0xb0 }],
  ];
  for (const [clause, text, element] of rows) {
    const message = decode(`08 02 00 01 05 ${text}`);
    t.strictSame(message.elements, [element], `Q.931 ${clause}`);
    t.strictSame(message.errors, [], `Q.931 ${clause}: no errors`);
    t.strictSame(
      encodeMessage(message.reference, "SETUP", message.elements),
      octetsOf(`08 02 00 01 05 ${text}`),
      `Q.931 ${clause}: back`,
    );
  }
  t.end();
});

t.test("tolerated, though not as the Recommendation writes it", (t) => {
  const rows: readonly [what: string, octets: string, element: Element][] = [
    [
      "calling number without octet 3a",
      "6c 03 a1 35 36",
      {
        name: "calling-number",
        number: {
          digits: "56",
          type: "national",
          plan: "isdn",
          presentation: "allowed",
          screening: "user-not-screened",
        },
      },
    ],
    [
      "called number without bit 8 in octet 3",
      "70 03 21 35 36",
      { name: "called-number", number: { digits: "56", type: "national", plan: "isdn" } },
    ],
    [
      "channel list whose last octet lacks bit 8",
      "18 03 a9 83 05",
      {
        name: "channel-identification",
        channel: { selection: "indicated", channels: [5], exclusive: true, dChannel: false, primary: true },
      },
    ],
    [
      "cause with a recommendation octet",
      "08 03 02 80 90",
      { name: "cause", cause: { value: 16, location: "public-network-local" } },
    ],
    ["call state of two octets", "14 02 0a 00", { name: "call-state", state: 10 }],
    [
      "progress of three octets",
      "1e 03 82 88 00",
      { name: "progress-indicator", progress: { description: 8, location: "public-network-local" } },
    ],
    [
      "a location that is reserved",
      "1e 02 8e 88",
      { name: "progress-indicator", progress: { description: 8, location: "reserved" } },
    ],
    [
      "channels of an interface identifier without an end",
      "18 03 e8 01 02",
      {
        name: "channel-identification",
        channel: {
          selection: "none",
          channels: [],
          exclusive: true,
          dChannel: false,
          primary: true,
          interfaceId: [1, 2],
        },
      },
    ],
    [
      "a number of a reserved type and an unknown plan",
      "70 03 d2 35 36",
      { name: "called-number", number: { digits: "56", type: "reserved", plan: "other" } },
    ],
    [
      "a redirecting number without octets 3a and 3b",
      "74 02 a1 35",
      {
        name: "redirecting-number",
        number: {
          digits: "5",
          type: "national",
          plan: "isdn",
          presentation: "allowed",
          screening: "user-not-screened",
          reason: "unknown",
        },
      },
    ],
    [
      "a redirecting number with an unknown reason",
      "74 04 21 03 87 35",
      {
        name: "redirecting-number",
        number: {
          digits: "5",
          type: "national",
          plan: "isdn",
          presentation: "allowed",
          screening: "network",
          reason: "other",
        },
      },
    ],
    [
      "bearer of another coding standard, mode and layer 1",
      "04 03 e0 b0 bd",
      {
        name: "bearer-capability",
        bearer: {
          transferCapability: "reserved",
          mode: "other",
          rate: 16,
          layer1: "other",
          octets: [0xe0, 0xb0, 0xbd],
        },
      },
    ],
    [
      "bearer with a capability that nobody knows",
      "04 02 87 90",
      {
        name: "bearer-capability",
        bearer: { transferCapability: "reserved", mode: "circuit", rate: 16, octets: [0x87, 0x90] },
      },
    ],
    [
      "multirate bearer",
      "04 04 88 98 82 a3",
      {
        name: "bearer-capability",
        bearer: {
          transferCapability: "unrestricted-digital",
          mode: "circuit",
          rate: 24,
          layer1: "alaw",
          octets: [0x88, 0x98, 0x82, 0xa3],
        },
      },
    ],
    [
      "bearer whose octet 4 never ends",
      "04 02 80 10",
      {
        name: "bearer-capability",
        bearer: { transferCapability: "speech", mode: "circuit", rate: 16, octets: [0x80, 0x10] },
      },
    ],
    [
      "high layer compatibility whose octet 4a is missing",
      "7d 02 91 01",
      { name: "high-layer-compatibility", hlc: { characteristics: 1, octets: [0x91, 0x01] } },
    ],
    [
      "bearer with octet 4a",
      "04 04 90 10 90 a3",
      {
        name: "bearer-capability",
        bearer: {
          transferCapability: "3.1kHz-audio",
          mode: "circuit",
          rate: 16,
          layer1: "alaw",
          octets: [0x90, 0x10, 0x90, 0xa3],
        },
      },
    ],
  ];
  for (const [what, text, element] of rows) {
    const message = decode(`08 02 00 01 05 ${text}`);
    t.strictSame(message.elements, [element], what);
    t.strictSame(message.errors, [], what);
  }
  t.end();
});

t.test("contents in error, unknown elements and codesets", (t) => {
  const rows: readonly [clause: string, octets: string, elements: number, errors: Message["errors"]][] = [
    ["5.8.7.2: empty cause", "08 00", 0, [{ kind: "content", id: 0x08 }]],
    ["5.8.7.2: short progress", "1e 01 82", 0, [{ kind: "content", id: 0x1e }]],
    ["5.8.7.2: empty number", "70 00", 0, [{ kind: "content", id: 0x70 }]],
    ["5.8.7.2: PRI without a channel", "18 01 a9", 0, [{ kind: "content", id: 0x18 }]],
    ["5.8.7.2: empty channel", "18 00", 0, [{ kind: "content", id: 0x18 }]],
    ["5.8.7.2: channel of a reserved selection", "18 03 aa 83 81", 0, [{ kind: "content", id: 0x18 }]],
    ["5.8.7.2: PRI without a list", "18 02 a9 83", 0, [{ kind: "content", id: 0x18 }]],
    ["5.8.7.2: empty bearer", "04 00", 0, [{ kind: "content", id: 0x04 }]],
    ["5.8.7.2: empty call state", "14 00", 0, [{ kind: "content", id: 0x14 }]],
    ["5.8.7.2: empty facility", "1c 00", 0, [{ kind: "content", id: 0x1c }]],
    ["5.8.7.2: empty calling number", "6c 00", 0, [{ kind: "content", id: 0x6c }]],
    ["5.8.7.2: empty redirecting number", "74 00", 0, [{ kind: "content", id: 0x74 }]],
    ["5.8.7.2: empty sub-address", "6d 00", 0, [{ kind: "content", id: 0x6d }]],
    ["5.8.7.2: empty transit network", "78 00", 0, [{ kind: "content", id: 0x78 }]],
    ["5.8.7.2: empty restart indicator", "79 00", 0, [{ kind: "content", id: 0x79 }]],
    ["5.8.7.2: short high layer compatibility", "7d 01 91", 0, [{ kind: "content", id: 0x7d }]],
    ["5.8.7.2: empty user-user", "7e 00", 0, [{ kind: "content", id: 0x7e }]],
    ["5.8.7.2: a date without a day", "29 02 1a 0b", 0, [{ kind: "content", id: 0x29 }]],
    ["5.8.7.2: a date of nothing", "29 00", 0, [{ kind: "content", id: 0x29 }]],
    ["5.8.7.2: a year alone", "29 01 1a", 0, [{ kind: "content", id: 0x29 }]],
    ["5.8.7.2: short segment", "00 01 80", 0, [{ kind: "content", id: 0x00 }]],
    ["5.8.7.2: no length", "70", 0, [{ kind: "content", id: 0x70 }]],
    ["a broken element of codeset 4 says nothing to Q.931", "9c 31 00", 1, []],
    ["an element of codeset 6 that runs past the end", "9e 31 05", 0, []],
    ["5.8.7.2: reserved restart class", "79 01 83", 0, [{ kind: "content", id: 0x79 }]],
    ["5.8.7.2: runs past the end", "1e 02 82 88 70 09 80 31", 1, [{ kind: "content", id: 0x70 }]],
    ["5.8.7.1: unknown", "1a 01 00 1e 02 82 88", 2, [{ kind: "unknown", id: 0x1a }]],
    ["5.8.7.1: comprehension required", "0f 00", 1, [{ kind: "unknown", id: 0x0f }]],
    ["4.5.3: locking shift: not Q.931's element", "96 08 00", 1, []],
    ["4.5.4: non-locking shift, one element only", "9e 08 00 1e 02 82 88", 2, []],
    ["4.5.3: a locking shift down is ignored", "96 08 00 95 08 00", 2, []],
    ["4.5.1: single octets", "a0 b1 d1", 3, []],
    ["4.5.1: reserved single octet", "80", 1, [{ kind: "unknown", id: 0x80 }]],
  ];
  for (const [clause, text, elements, errors] of rows) {
    const message = decode(`08 02 00 01 7b ${text}`);
    t.equal(message.elements.length, elements, `Q.931 ${clause}`);
    t.strictSame(message.errors, errors, `Q.931 ${clause}: errors`);
  }
  const shifted = decode("08 01 01 7b 9e 1e 01 07 1e 02 82 88");
  t.strictSame(shifted.elements[0], { name: "octets", id: 0x1e, codeset: 6, octets: [7] });
  t.equal(find(shifted.elements, "progress-indicator")?.progress.description, 8);
  const doubled = decode("08 01 01 45 08 02 80 90 08 02 80 91");
  t.equal(find(doubled.elements, "cause")?.cause.value, 16, "5.8.5.2: the first one counts");
  t.end();
});

t.test("messages that are ignored", (t) => {
  const rows: readonly [clause: string, octets: string][] = [
    ["§5.8.1", "09 01 01 05"],
    ["§5.8.1", ""],
    ["§5.8.2", "08"],
    ["§5.8.2", "08 01 01"],
    ["§5.8.2", "08 02 00 01"],
    ["§5.8.3.1", "08 00 05 00"],
    ["§5.8.3.1", "08 03 00 00 01 05"],
    ["§5.8.3.1", "08 11 01 05"],
  ];
  for (const [clause, text] of rows) {
    const message = decodeMessage(octetsOf(text));
    t.match(message, { type: "reject", clause: `Q.931 ${clause}` }, text);
  }
  t.end();
});

t.test("call references of one and two octets, both directions (§4.3)", (t) => {
  t.strictSame(decode("08 01 05 05").reference, { value: 5, octets: 1, fromOriginator: true });
  t.strictSame(decode("08 01 85 02").reference, { value: 5, octets: 1, fromOriginator: false });
  t.strictSame(decode("08 02 7f ff 05").reference, { value: 0x7fff, octets: 2, fromOriginator: true });
  t.strictSame(decode("08 02 80 05 02").reference, { value: 5, octets: 2, fromOriginator: false });
  t.strictSame(decode("08 02 00 00 46").reference, { value: 0, octets: 2, fromOriginator: true });
  t.end();
});

t.test("elements go out in the order of §4.5.1", (t) => {
  const octets = encodeMessage({ value: 1, octets: 1, fromOriginator: true }, "SETUP", [
    { name: "called-number", number: { digits: "1", type: "unknown", plan: "unknown" } },
    { name: "octets", id: 0x01, codeset: 6, octets: [9] },
    { name: "octets", id: 0x7e, codeset: 0, octets: [] },
    { name: "progress-indicator", progress: { description: 3, location: "user" } },
    { name: "sending-complete" },
  ]);
  t.strictSame(octets, octetsOf("08 01 01 05 a1 1e 02 80 83 70 02 80 31 7e 00 9e 01 01 09"));
  t.end();
});
