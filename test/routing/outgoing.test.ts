// Outgoing calls are a table: who dials what, and over which groups it goes with which numbers; or why not.
import fc from "fast-check";
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import t from "tap";
import type { Authority } from "../../src/calls/plan.ts";
import { plainNumber } from "../../src/routing/caller-number.ts";
import { countries, countryNumbers } from "../../src/routing/countries.ts";
import { createDialPlan, matchDialled } from "../../src/routing/dial-plan.ts";
import { decideOutgoing } from "../../src/routing/outgoing.ts";
import { matchPattern, rewrite } from "../../src/routing/pattern.ts";
import { office, type OfficeOptions } from "./office.ts";

t.test("patterns", (t) => {
  const rows: readonly [string, string, string][] = [
    ["110", "1", "partial"],
    ["110", "110", "exact"],
    ["110", "1100", "no"],
    ["9XX", "91", "partial"],
    ["9XX", "912", "exact"],
    ["9XX", "9*2", "no"],
    ["00.", "0", "partial"],
    ["00.", "00", "open"],
    ["00.", "0049", "open"],
    ["00.", "1", "no"],
    ["+86.", "+8613", "open"],
    [".", "", "open"],
  ];
  for (const [pattern, digits, expected] of rows)
    t.equal(matchPattern(pattern, digits), expected, `${digits} on ${pattern}`);
  t.end();
});

t.test("rules rewrite: the first that fits, and only that", (t) => {
  const rule = (match: string, more: object) => ({ match, strip: 0, prepend: "", ...more });
  const rules = [
    rule("0755XXXXXXXX", { replace: "XXXXXXXX" }),
    rule("00.", { replace: "+." }),
    rule("8XXX", { replace: "2065588XXX" }),
    rule("1XX", { strip: 1, prepend: "99" }),
    rule("1.", { prepend: "0" }),
  ];
  const rows: readonly [string, string, number][] = [
    ["075588880001", "88880001", 0],
    ["0044207", "+44207", 1],
    ["8123", "2065588123", 2],
    ["110", "9910", 3],
    ["13800", "013800", 4],
    ["7", "7", -1],
  ];
  for (const [from, to, index] of rows) t.same(rewrite(rules, from), { digits: to, rule: index }, from);
  t.end();
});

const settings = office().settings;

t.test("what a phone dials", (t) => {
  const rows: readonly [string, unknown][] = [
    ["2", { kind: "incomplete" }],
    ["201", { kind: "complete", to: { extension: "201" } }],
    ["202", { kind: "ambiguous", to: { extension: "202" } }],
    ["2020", { kind: "complete", to: { extension: "2020" } }],
    ["401", { kind: "complete", to: { queue: "sales" } }],
    ["*", { kind: "incomplete" }],
    ["*22", { kind: "complete", to: { feature: "agentLogIn" } }],
    ["#1", { kind: "invalid", cause: 1 }],
    ["110", { kind: "complete", to: { outside: "110" } }],
    ["119", { kind: "complete", to: { outside: "119" } }],
    ["912345678", { kind: "ambiguous", to: { outside: "912345678" } }],
    ["7", { kind: "invalid", cause: 1 }],
    ["*31", { kind: "incomplete" }],
    ["*318", { kind: "ambiguous", to: { outside: "8", withhold: true } }],
    ["*31110", { kind: "complete", to: { outside: "110", withhold: true } }],
    ["*31201", { kind: "invalid", cause: 1 }],
    ["*26", { kind: "incomplete" }],
    ["*261", { kind: "complete", to: { feature: "scheduleOpen", about: "office" } }],
    ["*281", { kind: "complete", to: { feature: "scheduleByHours", about: "office" } }],
    ["*262", { kind: "invalid", cause: 1 }],
  ];
  for (const [digits, expected] of rows) t.same(matchDialled(settings, digits), expected, digits);
  t.end();
});

t.test(
  "forwarding by code: the number after it means what it always means; alone it is complete after a pause",
  (t) => {
    const { settings } = office({ part: { featureCodes: { forwardBusy: "*90", doNotDisturb: "*76" } } });
    const feature = "forwardBusy";
    const rows: readonly (readonly [string, object])[] = [
      ["*9", { kind: "incomplete" }],
      ["*90", { kind: "ambiguous", to: { feature } }],
      ["*902", { kind: "incomplete" }],
      ["*90203", { kind: "complete", to: { feature, to: { extension: "203" } } }],
      ["*90202", { kind: "ambiguous", to: { feature, to: { extension: "202" } } }],
      ["*90301", { kind: "complete", to: { feature, to: { agent: "301" } } }],
      ["*90912345678", { kind: "ambiguous", to: { feature, to: { outside: "912345678" } } }],
      ["*90*", { kind: "invalid", cause: 1 }],
      ["*90110", { kind: "invalid", cause: 1 }],
      ["*76", { kind: "complete", to: { feature: "doNotDisturb" } }],
      ["*72", { kind: "invalid", cause: 1 }],
    ];
    for (const [digits, expected] of rows) t.same(matchDialled(settings, digits), expected, digits);
    t.end();
  },
);

t.test("an emergency number without a route waits only for a longer number that there is", (t) => {
  const { settings: clash } = office({ part: { incoming: [], extensions: [{ number: "1190", name: "X" }] } });
  t.same(matchDialled(clash, "119"), { kind: "ambiguous", to: { outside: "119" } });
  t.same(matchDialled(clash, "110"), { kind: "complete", to: { outside: "110" } });
  const { settings: none } = office({
    part: { trunkGroups: [], incoming: [], outgoing: [], extensions: [] },
  });
  t.same(matchDialled(none, "110"), { kind: "invalid", cause: 1 }, "no line, no call");
  t.end();
});

const from = (extension: string): Authority => ({ extension });
const decide = (digits: string, authority: Authority, options: OfficeOptions = {}, calling?: string) =>
  decideOutgoing(office(options), {
    digits,
    authority,
    calling: plainNumber(calling ?? (authority === "box" ? "" : authority.extension)),
  });

t.test("who may dial what, and what is sent where", (t) => {
  const rows: readonly (readonly [string, Authority, object])[] = [
    [
      "912345678",
      from("201"),
      {
        class: "local",
        emergency: false,
        attempts: [
          { group: "city", called: { digits: "12345678", type: "unknown" }, calling: { digits: "88880000" } },
          { group: "bri" },
        ],
      },
    ],
    [
      "988880001",
      from("201"),
      {
        attempts: [{ group: "city" }, { group: "bri", called: { digits: "75588880001", type: "national" } }],
      },
    ],
    ["900442079460018", from("201"), { refused: 57 }],
    [
      "900442079460018",
      from("202"),
      {
        class: "international",
        attempts: [
          { called: { digits: "00442079460018" }, calling: { digits: "88880202" } },
          {
            group: "bri",
            called: { digits: "442079460018", type: "international" },
            calling: { digits: "75588880202", type: "national" },
          },
        ],
      },
    ],
    ["9013800138000", from("201"), { refused: 57 }],
    ["913800138000", from("201"), { refused: 57 }],
    ["913800138000", from("203"), { class: "mobile" }],
    ["901012345678", from("203"), { class: "national" }],
    ["916812345", from("202"), { refused: 57 }],
    ["916812345", from("203"), { class: "premium", attempts: [{ called: { digits: "16812345" } }] }],
    ["910086", from("201"), { class: "local", attempts: [{ called: { digits: "10086", type: "unknown" } }] }],
    ["800442079460018", from("201"), { refused: 57 }],
    ["800442079460018", "box", { refused: 57 }],
    [
      "810086",
      "box",
      { class: "local", attempts: [{ group: "bri", called: { digits: "10086", type: "unknown" } }] },
    ],
    ["77", from("203"), { refused: 1 }],
    ["912345678", from("2020"), { refused: 57 }],
    ["912345678", from("nobody"), { refused: 57 }],
    [
      "110",
      from("2020"),
      { class: "emergency", emergency: true, attempts: [{ group: "city" }, { group: "bri" }] },
    ],
    [
      "119",
      from("nobody"),
      { emergency: true, attempts: [{ group: "city", called: { digits: "119" } }, {}] },
    ],
    ["9120", from("2020"), { emergency: true, attempts: [{ called: { digits: "120" } }, { group: "bri" }] }],
    [
      "8120",
      "box",
      { emergency: true, attempts: [{ group: "bri", called: { digits: "120" } }, { group: "city" }] },
    ],
  ];
  for (const [digits, authority, expected] of rows) {
    const decided = decide(digits, authority);
    t.match(decided, expected, `${digits} by ${JSON.stringify(authority)}`);
    t.equal("refused" in decided, "refused" in expected, `${digits}: allowed or not`);
  }
  t.end();
});

t.test("limits: of the phone, of the box, of costly calls, of a group; never of help", (t) => {
  const limited = (limits: object, more: object = {}) => ({ part: { limits, ...more } });
  const rows: readonly (readonly [string, string, string, OfficeOptions, boolean])[] = [
    [
      "calls a day",
      "912345678",
      "201",
      { ...limited({ extension: { callsPerDay: 5 } }), used: { "extension:201": { calls: 5 } } },
      false,
    ],
    [
      "one left",
      "912345678",
      "201",
      { ...limited({ extension: { callsPerDay: 5 } }), used: { "extension:201": { calls: 4 } } },
      true,
    ],
    [
      "another's",
      "912345678",
      "201",
      { ...limited({ extension: { callsPerDay: 5 } }), used: { "extension:202": { calls: 9 } } },
      true,
    ],
    [
      "minutes",
      "912345678",
      "201",
      { ...limited({ extension: { minutesPerDay: 1 } }), used: { "extension:201": { ms: 60_000 } } },
      false,
    ],
    [
      "at a time",
      "912345678",
      "201",
      { ...limited({ box: { concurrent: 1 } }), used: { box: { concurrent: 1 } } },
      false,
    ],
    ["costly", "90044207946001", "202", { used: { costly: { concurrent: 8 } } }, false],
    ["costly full, a local call", "912345678", "202", { used: { costly: { concurrent: 8 } } }, true],
    ["none at all", "912345678", "201", limited({ extension: { concurrent: 0 } }), false],
    [
      "help in spite of all",
      "110",
      "201",
      limited({ box: { concurrent: 0 }, extension: { concurrent: 0 } }),
      true,
    ],
  ];
  for (const [name, digits, extension, options, allowed] of rows) {
    const decided = decide(digits, from(extension), options);
    t.equal("attempts" in decided, allowed, name);
    if (!allowed)
      t.ok(
        decided.steps.some(({ code }) => code === "limit"),
        `${name}: says so`,
      );
  }
  t.end();
});

t.test("an extension's own limits are in place of all extensions'", (t) => {
  const part = {
    incoming: [],
    limits: { extension: { concurrent: 0 } },
    extensions: [{ number: "201", name: "Desk", limits: { concurrent: 1 } }],
  };
  t.ok("attempts" in decide("912345678", from("201"), { part }));
  t.end();
});

t.test("a group whose limit is reached is passed over", (t) => {
  const trunkGroups = settings.trunkGroups.map((group) =>
    group.id === "city" ? { ...group, limits: { callsPerDay: 1 } } : group,
  );
  const used = { "group:city": { calls: 1 } };
  t.match(decide("912345678", from("201"), { part: { trunkGroups }, used }), {
    attempts: [{ group: "bri" }],
  });
  t.match(decide("910086", from("201"), { part: { trunkGroups }, used }), { refused: 57 });
  t.match(decide("110", from("201"), { part: { trunkGroups }, used }), { attempts: [{ group: "city" }, {}] });
  t.end();
});

t.test("the number that is shown", (t) => {
  const groups = (more: object) => ({
    part: { trunkGroups: [{ ...settings.trunkGroups[0], ...more }, settings.trunkGroups[1]] },
  });
  const rows: readonly (readonly [string, Authority, string | undefined, OfficeOptions, object])[] = [
    ["the group's", from("201"), undefined, {}, { digits: "88880000", presentation: "allowed" }],
    ["the extension's", from("202"), undefined, {}, { digits: "88880202" }],
    [
      "the agent's, before the extension's",
      from("202"),
      undefined,
      { agents: { 202: "302" } },
      { digits: "88880302" },
    ],
    [
      "the extension's, before the queue's",
      from("202"),
      undefined,
      { agents: { 202: "301" } },
      { digits: "88880202" },
    ],
    [
      "the first queue's that has one",
      from("201"),
      undefined,
      { agents: { 201: "301" } },
      { digits: "88880401" },
    ],
    ["an outside caller's own", "box", "13800138000", {}, { digits: "13800138000" }],
    [
      "ours for an outside caller",
      "box",
      "13800138000",
      groups({ forwardedNumber: "own" }),
      { digits: "88880000" },
    ],
    [
      "rewritten",
      from("201"),
      undefined,
      groups({ callingOut: [{ match: "8888.", replace: "6666." }] }),
      { digits: "66660000" },
    ],
    [
      "withheld by the group",
      from("201"),
      undefined,
      groups({ withhold: true }),
      { digits: "88880000", presentation: "restricted" },
    ],
    [
      "checked, says the box",
      from("201"),
      undefined,
      groups({ screening: "user-passed" }),
      { screening: "user-passed" },
    ],
    [
      "none at all",
      from("201"),
      undefined,
      groups({ callerNumber: undefined }),
      { digits: "", presentation: "unavailable" },
    ],
  ];
  for (const [name, authority, calling, options, expected] of rows)
    t.match(
      decide("912345678", authority, options, calling),
      { attempts: [{ calling: expected }, {}] },
      name,
    );
  const withheld = decideOutgoing(office(), {
    digits: "110",
    authority: from("201"),
    calling: plainNumber("201"),
    withhold: true,
  });
  t.match(
    withheld,
    { attempts: [{ calling: { digits: "88880000", presentation: "allowed" } }, {}] },
    "help sees it",
  );
  const restricted = { ...plainNumber("13800138000"), presentation: "restricted" } as const;
  t.match(
    decideOutgoing(office(), { digits: "912345678", authority: "box", calling: restricted }),
    { attempts: [{ calling: { digits: "13800138000", presentation: "restricted" } }, {}] },
    "who withheld it before is not shown when sent on",
  );
  t.end();
});

t.test("how a destination is reached", (t) => {
  const plan = createDialPlan({
    context: () => office(),
    lineOf: (extension) => ({ 201: "4/1", 202: "4/2" })[extension],
  });
  t.match(plan.reach({ extension: "202" }, from("201"), plainNumber("201")), {
    requests: [
      { called: { digits: "202", name: "Manager" }, calling: { digits: "201" }, via: { line: "4/2" } },
    ],
  });
  t.match(plan.reach({ outside: "912345678" }, from("201"), plainNumber("201")), {
    requests: [{ via: { group: "city" } }, { via: { group: "bri" } }],
    charge: { class: "local", payer: "201" },
  });
  t.match(plan.reach({ outside: "110" }, "box", plainNumber("")), {
    requests: [{ emergency: true }, { emergency: true }],
    charge: { class: "emergency" },
  });
  const refused: readonly [string, Parameters<typeof plan.reach>[0], number][] = [
    ["a class that the phone has not", { outside: "900442079460018" }, 57],
    ["no route", { outside: "77" }, 1],
    ["unknown extension", { extension: "999" }, 1],
    ["extension without a port", { extension: "2020" }, 27],
    ["a queue is entered, not dialled", { queue: "sales" }, 1],
  ];
  for (const [name, to, cause] of refused)
    t.same(plan.reach(to, from("201"), plainNumber("201")), { refused: cause }, name);
  t.end();
});

/** Routes of an installer who has thought of nothing, in any country. */
const careless = fc.record({
  country: fc.constantFrom(...countries()),
  class: fc.constantFrom("emergency", "internal", "local", "national", "mobile", "by-number"),
  format: fc.constantFrom("as-is", "dialable", "by-type", "international"),
  prepend: fc.constantFrom("", "0", "00", "011", "1"),
  rest: fc.stringMatching(/^[0-9]{3,14}$/),
});

t.test(
  "default deny: whatever a route is called, no number that is foreign leaves without the class",
  (t) => {
    let foreign = 0;
    const property = fc.property(careless, ({ country, class: dialClass, format, prepend, rest }) => {
      const part = {
        appliance: { country },
        trunkGroups: [{ id: "city", name: "City", numberFormat: format, incoming: { flow: "main" } }],
        outgoing: [{ pattern: "9.", group: "city", strip: 1, class: dialClass }],
        incoming: [],
        extensions: [
          { number: "201", name: "X", classes: ["emergency", "internal", "local", "national", "mobile"] },
        ],
      };
      const decided = decideOutgoing(office({ part }), {
        digits: `9${prepend}${rest}`,
        authority: from("201"),
        calling: plainNumber("201"),
      });
      const home = country.toUpperCase();
      const isForeign = (digits: string, type: string): boolean => {
        const text = type === "international" ? `+${digits}` : digits;
        const parsed = parsePhoneNumberFromString(text, { defaultCountry: home as "CN", extract: false });
        return type !== "national" && parsed?.country !== undefined && parsed.country !== home;
      };
      const dialled = isForeign(`${prepend}${rest}`, "unknown");
      if (dialled && !countryNumbers(country).emergency.includes(prepend + rest)) foreign++;
      if ("refused" in decided) return true;
      return decided.attempts.every(({ called }) => !isForeign(called.digits, called.type)) && !dialled;
    });
    t.doesNotThrow(() => fc.assert(property, { numRuns: 3000 }));
    t.ok(foreign > 50, `${foreign} foreign numbers were tried`);
    t.end();
  },
);

t.test(
  "emergency: always routed, whoever calls, whatever the routes and limits, over every group in the end",
  (t) => {
    const groupIds = ["one", "two", "three"];
    const anyRoute = fc.record({
      pattern: fc.constantFrom("1.", "9.", "0.", "XXX", "11X", "."),
      group: fc.constantFrom(...groupIds),
      strip: fc.nat(2),
      prepend: fc.constantFrom("", "0", "00"),
      class: fc.constantFrom("local", "premium", "international", "by-number", "emergency"),
    });
    const property = fc.property(
      fc
        .constantFrom(...countries())
        .chain((country) =>
          fc.tuple(fc.constant(country), fc.constantFrom(...countryNumbers(country).emergency)),
        ),
      fc.array(
        anyRoute.filter(({ pattern }) => pattern !== "."),
        { maxLength: 4 },
      ),
      fc.constantFrom<Authority>("box", from("201"), from("nobody")),
      ([country, number], outgoing, authority) => {
        const part = {
          appliance: { country },
          trunkGroups: groupIds.map((id) => ({
            id,
            name: id,
            limits: { concurrent: 0 },
            incoming: { flow: "main" },
          })),
          outgoing: outgoing.map((route) =>
            route.class === "emergency" ? { ...route, strip: 0, prepend: "" } : route,
          ),
          incoming: [],
          extensions: [{ number: "201", name: "X", classes: [] }],
          limits: { box: { concurrent: 0 } },
        };
        const decided = decideOutgoing(office({ part }), {
          digits: number,
          authority,
          calling: plainNumber(""),
        });
        return (
          "attempts" in decided &&
          decided.emergency &&
          decided.attempts.length === groupIds.length &&
          decided.attempts.every(({ called }) => called.digits === number)
        );
      },
    );
    t.doesNotThrow(() => fc.assert(property, { numRuns: 1500 }));
    t.end();
  },
);
