// Routing is a table: digits and settings in, destination or cause out.
import t from "tap";
import { createDialPlan, matchDialled, type RoutingSettings } from "../../src/routing/dial-plan.ts";
import { matchNumber, routeIncoming } from "../../src/routing/incoming.ts";
import { matchPattern } from "../../src/routing/pattern.ts";
import { numberOf } from "../support/fake-lines.ts";

const settings: RoutingSettings = {
  featureCodes: {
    agentLogIn: "*22",
    agentLogOut: "*23",
    agentPause: "*24",
    agentReady: "*25",
    transfer: "#1",
  },
  extensions: [
    {
      number: "201",
      name: "Desk",
      port: { span: 4, position: 1 },
      classes: ["emergency", "internal", "local"],
    },
    { number: "202", name: "Manager", port: { span: 4, position: 2 }, classes: ["local", "international"] },
    { number: "2020", name: "Long", classes: [] },
  ],
  queues: [
    {
      id: "sales",
      name: "Sales",
      number: "300",
      strategy: "longest-idle",
      music: "default",
      ringSeconds: 20,
      wrapUpSeconds: 10,
      maxWaitSeconds: 600,
      announceEverySeconds: 30,
      serviceLevelSeconds: 20,
      pauseAfterNoAnswers: 2,
    },
  ],
  trunkGroups: [
    { id: "city", name: "City", hunt: "first", callerNumber: "4000", incoming: { flow: "main" } },
    { id: "gsm", name: "GSM", hunt: "first", incoming: { queue: "sales" } },
  ],
  incoming: [
    { called: "4001", to: { extension: "201" } },
    { called: "40*", to: { flow: "forty" } },
    { called: "40*", group: "gsm", to: { flow: "gsm-forty" } },
    { called: "400*", to: { flow: "four-hundred" } },
  ],
  outgoing: [
    { pattern: "9XXXXXXX", group: "city", strip: 1, prepend: "", class: "local" },
    { pattern: "900.", group: "city", strip: 1, prepend: "0", class: "international" },
    { pattern: "110", group: "city", strip: 0, prepend: "", class: "emergency" },
    { pattern: "1.", group: "gsm", strip: 0, prepend: "", class: "premium" },
  ],
};

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
  ];
  for (const [pattern, digits, expected] of rows)
    t.equal(matchPattern(pattern, digits), expected, `${digits} on ${pattern}`);
  t.end();
});

t.test("what a phone dials", (t) => {
  const rows: readonly [string, unknown][] = [
    ["2", { kind: "incomplete" }],
    ["201", { kind: "complete", to: { extension: "201" } }],
    ["202", { kind: "ambiguous", to: { extension: "202" } }],
    ["2020", { kind: "complete", to: { extension: "2020" } }],
    ["300", { kind: "complete", to: { queue: "sales" } }],
    ["*", { kind: "incomplete" }],
    ["*22", { kind: "complete", to: { feature: "agentLogIn" } }],
    ["#1", { kind: "invalid", cause: 1 }],
    ["110", { kind: "complete", to: { outside: "110" } }],
    ["118", { kind: "ambiguous", to: { outside: "118" } }],
    ["91234567", { kind: "complete", to: { outside: "91234567" } }],
    ["912", { kind: "incomplete" }],
    ["7", { kind: "invalid", cause: 1 }],
  ];
  for (const [digits, expected] of rows) t.same(matchDialled(settings, digits), expected, digits);
  t.end();
});

t.test("how a destination is reached", (t) => {
  const plan = createDialPlan({
    settings: () => settings,
    lineOf: (extension) => ({ 201: "4/1", 202: "4/2" })[extension],
  });
  const from201 = { extension: "201" };
  t.match(plan.reach({ extension: "202" }, from201, numberOf("201")), {
    request: { called: { digits: "202", name: "Manager" }, calling: { digits: "201" }, via: { line: "4/2" } },
  });
  t.match(
    plan.reach({ outside: "91234567" }, from201, numberOf("201")),
    { request: { called: { digits: "1234567" }, calling: { digits: "4000" }, via: { group: "city" } } },
    "stripped, and shown as the group's number",
  );
  t.match(
    plan.reach({ outside: "91234567" }, "box", numberOf("5551000")),
    { request: { calling: { digits: "5551000" } } },
    "a caller from outside keeps the number",
  );
  t.match(
    plan.reach({ outside: "90049301234" }, { extension: "202" }, numberOf("202")),
    { request: { called: { digits: "00049301234" } } },
    "prepended",
  );
  t.match(
    plan.reach({ outside: "118" }, "box", numberOf("201")),
    { request: { calling: { digits: "", presentation: "unavailable" } } },
    "a group without a number shows none",
  );
  const refused: readonly [string, Parameters<typeof plan.reach>[0], number][] = [
    ["international without the class", { outside: "90049301234" }, 57],
    ["premium without the class", { outside: "118" }, 57],
    ["no route", { outside: "77" }, 1],
    ["unknown extension", { extension: "999" }, 1],
    ["extension without a port", { extension: "2020" }, 27],
    ["a queue is entered, not dialled", { queue: "sales" }, 1],
  ];
  for (const [name, to, cause] of refused)
    t.same(plan.reach(to, from201, numberOf("201")), { refused: cause }, name);
  t.ok(
    "request" in plan.reach({ outside: "110" }, { extension: "2020" }, numberOf("2020")),
    "emergency always",
  );
  t.end();
});

t.test("where an incoming call goes", (t) => {
  const rows: readonly [string, string, unknown][] = [
    ["city", "4001", { to: { extension: "201" } }],
    ["city", "4002", { to: { flow: "four-hundred" } }],
    ["city", "4099", { to: { flow: "forty" } }],
    ["gsm", "4099", { to: { flow: "gsm-forty" } }],
    ["city", "", { to: { flow: "main" } }],
    ["gsm", "1", { to: { queue: "sales" } }],
    ["none", "1", { refused: 1 }],
  ];
  for (const [group, called, expected] of rows)
    t.same(routeIncoming(settings, { group }, called), expected, `${called} on ${group}`);
  t.same(routeIncoming(settings, { extension: "201" }, "202"), { to: { extension: "202" } });
  t.same(routeIncoming(settings, { extension: "201" }, "7"), { refused: 1 });
  t.same(routeIncoming(settings, { extension: "201" }, "91"), { refused: 28 });
  t.end();
});

t.test("digits collected one by one", (t) => {
  const rows: readonly [string, string][] = [
    ["4", "incomplete"],
    ["40", "ambiguous"],
    ["400", "ambiguous"],
    ["4001", "complete"],
    ["4002", "complete"],
    ["5", "complete"],
  ];
  for (const [digits, expected] of rows)
    t.equal(matchNumber(settings, digits, { group: "city" }), expected, digits);
  t.equal(matchNumber(settings, "5", { group: "none" }), "invalid");
  t.equal(matchNumber(settings, "20", { extension: "201" }), "incomplete");
  t.end();
});
