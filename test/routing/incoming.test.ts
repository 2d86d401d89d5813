// Incoming calls are a table: from whom, to whom, where it goes.
import fc from "fast-check";
import t from "tap";
import type { PartyNumber } from "../../src/lines/leg.ts";
import { plainNumber } from "../../src/routing/caller-number.ts";
import { decideIncoming, matchNumber } from "../../src/routing/incoming.ts";
import { office, wednesdayMorning, type OfficeOptions } from "./office.ts";

const withheld: PartyNumber = { digits: "13800138000", type: "unknown", presentation: "restricted" };
const decide = (
  line: object,
  called: string,
  calling: string | PartyNumber = "02112345678",
  options: OfficeOptions = {},
) =>
  decideIncoming(office(options), {
    line,
    calling: typeof calling === "string" ? plainNumber(calling) : calling,
    called: plainNumber(called),
  });
const city = { group: "city" };
const bri = { group: "bri" };

t.test("by the number called", (t) => {
  const rows: readonly (readonly [object, string, object])[] = [
    [city, "88880001", { to: { extension: "201" }, answer: "at-once", priority: 0 }],
    [city, "88881", { to: { flow: "forty" } }],
    [city, "88888", { to: { flow: "longer" } }],
    [bri, "88881", { to: { flow: "bri-forty" }, answer: "at-once" }],
    [bri, "88880001", { to: { extension: "201" }, answer: "when-agent" }],
    [city, "", { to: { flow: "main" } }],
    [bri, "1", { to: { queue: "sales" }, answer: "when-agent" }],
    [{ group: "none" }, "1", { refused: 1 }],
    [{}, "1", { refused: 1 }],
  ];
  for (const [line, called, expected] of rows)
    t.match(decide(line, called), expected, `${called} on ${JSON.stringify(line)}`);
  t.end();
});

t.test("by the number that calls, in whatever form it comes", (t) => {
  const rows: readonly (readonly [string | PartyNumber, string, object])[] = [
    ["01081234567", "88880001", { to: { queue: "support" } }],
    [
      { digits: "1081234567", type: "national", presentation: "allowed" },
      "88880001",
      { to: { queue: "support" } },
    ],
    ["13900139000", "88880001", { to: { extension: "202" } }],
    [
      { digits: "8613900139000", type: "international", presentation: "allowed" },
      "5",
      { to: { extension: "202" } },
    ],
    ["13900139001", "88880001", { to: { extension: "201" } }],
    [withheld, "88880001", { to: { extension: "201" } }],
    [withheld, "99", { refused: 21, rejected: "anonymous", announce: true }],
    ["13900139001", "99", { to: { flow: "main" } }],
  ];
  for (const [calling, called, expected] of rows)
    t.match(decide(city, called, calling), expected, `${JSON.stringify(calling)} to ${called}`);
  t.end();
});

t.test("who is turned away, and who goes first", (t) => {
  const rows: readonly (readonly [string, object, string | PartyNumber, object])[] = [
    ["blocked by a prefix", city, "13700000000", { refused: 21, rejected: "blocked", announce: false }],
    [
      "in another form",
      city,
      { digits: "8613700000000", type: "international", presentation: "allowed" },
      { refused: 21 },
    ],
    ["told so", city, "057188888888", { refused: 21, announce: true }],
    ["busy, as it were", city, "02088888888", { refused: 17, rejected: "blocked" }],
    [
      "allowed by name within a blocked prefix",
      city,
      "13700137000",
      { to: { extension: "201" }, priority: 7, calling: { name: "VIP" } },
    ],
    [
      "anonymous where the group takes none",
      bri,
      withheld,
      { refused: 21, rejected: "anonymous", announce: false },
    ],
    ["no number at all", bri, "", { refused: 21, rejected: "anonymous" }],
    ["anonymous where it does", city, withheld, { to: { extension: "201" } }],
    [
      "a withheld number is not used against its owner",
      city,
      { digits: "13700000000", type: "unknown", presentation: "restricted" },
      { to: { extension: "201" } },
    ],
  ];
  for (const [name, line, calling, expected] of rows)
    t.match(decide(line, "88880001", calling), expected, name);
  const named = { ...plainNumber("13700137000"), name: "Wang" };
  t.equal(decide(city, "88880001", named).calling.name, "VIP Wang");
  t.end();
});

t.test("by the schedule, at the moment of the call", (t) => {
  const hour = 3_600_000;
  const at = (now: number) => decide(city, "77", "02112345678", { now });
  t.match(at(wednesdayMorning), { to: { queue: "sales" } });
  t.match(at(wednesdayMorning + 9 * hour), { to: { flow: "night" } });
  t.match(at(Date.UTC(2027, 9, 4, 2)), { to: { flow: "feast" } });
  const schedules = office().settings.schedules.map((one) => ({ ...one, override: "closed" }));
  t.match(decide(city, "77", "1", { part: { schedules } }), { to: { flow: "night" } }, "closed by hand");
  t.end();
});

t.test("numbers are rewritten before they are looked for, and shown so", (t) => {
  const trunkGroups = [
    {
      id: "city",
      name: "City",
      incoming: { flow: "main" },
      calledIn: [{ match: "XXXX", prepend: "8888" }],
      callingIn: [{ match: "0086.", replace: "+86." }],
    },
    { id: "bri", name: "ISDN", incoming: { flow: "main" } },
  ];
  const options = { part: { trunkGroups } };
  t.match(decide(city, "0001", "008613900139000", options), {
    to: { extension: "202" },
    called: { digits: "88880001" },
    calling: { digits: "+8613900139000" },
  });
  const { settings } = office(options);
  t.equal(matchNumber(settings, "00", city), "ambiguous", "a rule may still fit");
  t.equal(matchNumber(settings, "0001", city), "complete");
  t.end();
});

t.test("from a telephone: what it dialled", (t) => {
  const phone = { extension: "201" };
  t.match(decide(phone, "202"), { to: { extension: "202" } });
  t.match(decide(phone, "*261"), { to: { feature: "scheduleOpen", about: "office" } });
  t.match(decide(phone, "7"), { refused: 1 });
  t.match(decide(phone, "40"), { refused: 28 });
  t.end();
});

t.test("digits collected one by one", (t) => {
  const rows: readonly [string, string][] = [
    ["8", "ambiguous"],
    ["8888", "ambiguous"],
    ["88880001", "complete"],
    ["888899", "complete"],
    ["77", "complete"],
  ];
  const { settings } = office();
  for (const [digits, expected] of rows) t.equal(matchNumber(settings, digits, city), expected, digits);
  const { settings: bare } = office({ part: { incoming: [{ called: "4001", to: { flow: "main" } }] } });
  t.equal(matchNumber(bare, "4", city), "incomplete");
  t.equal(matchNumber(bare, "5", city), "complete", "the group's own destination");
  t.equal(matchNumber(bare, "5", { group: "none" }), "invalid");
  t.equal(matchNumber(settings, "20", { extension: "201" }), "incomplete");
  t.end();
});

t.test("whoever calls whatever: one decision, with its reasons, and nothing blocked gets through", (t) => {
  const context = office();
  const number = fc.record({
    digits: fc.stringMatching(/^\+?[0-9]{0,14}$/),
    type: fc.constantFrom<PartyNumber["type"]>("unknown", "international", "national", "subscriber"),
    presentation: fc.constantFrom<PartyNumber["presentation"]>("allowed", "restricted", "unavailable"),
  });
  const property = fc.property(
    number,
    number,
    fc.constantFrom("city", "bri", "gone"),
    (calling, called, group) => {
      const decided = decideIncoming(context, { line: { group }, calling, called });
      if (decided.steps.length === 0) return false;
      const blocked =
        /^(\+86)?137\d{8}$/.test(calling.digits) &&
        calling.presentation === "allowed" &&
        calling.type === "unknown";
      return !blocked || "refused" in decided || decided.priority === 7;
    },
  );
  t.doesNotThrow(() => fc.assert(property, { numRuns: 2000 }));
  t.end();
});
