// What is wrong with numbers, routes, groups and schedules, said at its place; and what is only surely not meant.
import t from "tap";
import { demoOffice } from "../../src/config/demo-office.ts";
import { issuesOf } from "../../src/config/issues.ts";
import { checkSettings } from "../../src/config/read.ts";
import { covers, settingsWarnings } from "../../src/config/routing-check.ts";

const demo = demoOffice();
const group = (more: object) => ({ id: "city", name: "City", incoming: { flow: "main" }, ...more });
const schedule = (more: object) => ({ id: "office", name: "Office", ...more });
const only = (part: object) => ({ version: 1, ...part });

function issues(value: object): readonly string[] {
  try {
    checkSettings(value, "settings.json", { flows: ["main", "after-hours"] });
    return [];
  } catch (error) {
    return issuesOf(error).map(({ path, message }) => `${path} ${message}`);
  }
}

t.test("what must be corrected", (t) => {
  const rows: readonly (readonly [object, string])[] = [
    [
      {
        trunkGroups: [group({})],
        outgoing: [{ pattern: "9.", group: "city", overflow: ["gone"], class: "local" }],
      },
      "/outgoing/0/overflow/0 there is no trunk group gone (there are: city)",
    ],
    [
      {
        trunkGroups: [group({}), group({ id: "bri" })],
        outgoing: [{ pattern: "9.", group: "city", overflow: ["bri", "city"], class: "local" }],
      },
      "/outgoing/0/overflow/1 leads back to city: city → bri → city",
    ],
    [
      {
        trunkGroups: [group({})],
        outgoing: [{ pattern: "9.", group: "city", overflow: ["city"], class: "local" }],
      },
      "/outgoing/0/overflow/0 leads back to city: city → city",
    ],
    [
      { spans: [{ span: 1, ranges: [{ from: 1, to: 5, group: "gone" }] }] },
      "/spans/0/ranges/0/group there is no trunk group gone",
    ],
    [
      { trunkGroups: [group({})], spans: [{ span: 1, ranges: [{ from: 9, to: 5, group: "city" }] }] },
      "/spans/0/ranges/0 ends (5) before it begins (9)",
    ],
    [
      { trunkGroups: [group({ calledOut: [{ match: "8XX", replace: "XXX" }] })] },
      "/trunkGroups/0/calledOut/0/replace has more X than 8XX, so a digit would be missing",
    ],
    [
      { trunkGroups: [group({ callingIn: [{ match: "00", replace: "+." }] })] },
      "/trunkGroups/0/callingIn/0/replace ends in a dot, but 00 has no further digits",
    ],
    [
      {
        incoming: [
          { called: "1", to: { schedule: "gone", open: { flow: "main" }, closed: { queue: "gone" } } },
        ],
      },
      "/incoming/0/to/schedule there is no schedule gone",
    ],
    [
      {
        schedules: [schedule({})],
        incoming: [
          {
            called: "1",
            to: {
              schedule: "office",
              open: { flow: "main" },
              closed: { flow: "main" },
              holiday: { queue: "gone" },
            },
          },
        ],
      },
      "/incoming/0/to/holiday/queue there is no queue gone",
    ],
    [
      {
        trunkGroups: [
          group({ incoming: { schedule: "gone", open: { flow: "main" }, closed: { flow: "main" } } }),
        ],
      },
      "/trunkGroups/0/incoming/schedule there is no schedule gone",
    ],
    [
      { schedules: [schedule({ holidays: ["gone"] })] },
      "/schedules/0/holidays/0 there is no holiday list gone",
    ],
    [
      { schedules: [schedule({ week: [{ days: ["mon"], from: "09:00", to: "09:00" }] })] },
      "/schedules/0/week/0 begins and ends at 09:00: for a whole day write 00:00 to 24:00",
    ],
    [
      { schedules: [schedule({ dates: [{ date: "2027-02-30" }] })] },
      "/schedules/0/dates/0 2027-02-30 is no day of the calendar",
    ],
    [
      { holidays: [{ id: "x", name: "X", days: [{ date: "2027-05-03", until: "2027-05-01" }] }] },
      "/holidays/0/days/0/until 2027-05-01 is before 2027-05-03",
    ],
    [
      { holidays: [{ id: "x", name: "X", days: [{ date: "05-03", until: "2027-05-01" }] }] },
      "/holidays/0/days/0/until 2027-05-01 is not of the form of 05-03",
    ],
    [
      { blockList: [{ number: "1" }, { number: "1" }] },
      "/blockList/1/number 1 is there already at /blockList/0",
    ],
    [
      {
        incoming: [
          { called: "1", calling: "2", to: { flow: "main" } },
          { called: "1", calling: "2", to: { flow: "main" } },
        ],
      },
      "/incoming/1/called 1 from 2 is there already at /incoming/0",
    ],
    [
      { featureCodes: { withhold: "*22" } },
      "/featureCodes/agentLogIn *22 is dialled already for /featureCodes/withhold",
    ],
    [
      {
        featureCodes: { scheduleOpen: "*9" },
        extensions: [{ number: "*91", name: "X" }],
        schedules: [schedule({ code: "1" })],
      },
      "/schedules/0/code *91 is dialled already for /extensions/0/number",
    ],
  ];
  for (const [part, expected] of rows) {
    const found = issues(only(part));
    t.ok(
      found.some((one) => one.startsWith(expected)),
      `${expected} in ${found.join(" | ")}`,
    );
  }
  t.same(
    issues(
      only({
        holidays: [{ id: "x", name: "X", days: [{ date: "02-29" }, { date: "12-24", until: "01-02" }] }],
      }),
    ),
    [],
  );
  t.same(
    issues(
      only({
        incoming: [
          { called: "1", calling: "2", to: { flow: "main" } },
          { called: "1", to: { flow: "main" } },
        ],
      }),
    ),
    [],
  );
  t.end();
});

t.test("what is only surely not meant", (t) => {
  const warnings = (part: object): readonly string[] =>
    settingsWarnings(checkSettings(only(part), "x")).map(({ path, message }) => `${path} ${message}`);
  const route = (pattern: string, dialClass = "local") => ({ pattern, group: "city", class: dialClass });
  t.same(settingsWarnings(demo), [], "the demo office is meant as it is");
  t.same(
    warnings({
      trunkGroups: [group({})],
      outgoing: [route("9."), route("900.", "international"), route("110", "emergency")],
      spans: [{ span: 1, group: "city" }],
    }),
    ["/outgoing/1/pattern 900. is never reached: 9. before it takes all of it"],
  );
  t.same(warnings({ trunkGroups: [group({})], outgoing: [route("1XX", "emergency")] }), [
    "/outgoing/0/pattern 1XX lets everybody dial all of it: name each emergency number",
  ]);
  t.same(warnings({ trunkGroups: [group({ calledOut: [{ match: "." }, { match: "00." }] })] }), [
    "/trunkGroups/0/calledOut/1/match 00. is never reached: . before it takes all of it",
  ]);
  t.same(
    warnings({
      trunkGroups: [group({ reserveIncoming: 2 })],
      analog: [1, 2].map((position) => ({ port: { span: 4, position }, group: "city" })),
    }),
    ["/trunkGroups/0/reserveIncoming keeps all of its 2 channels: nobody can call out"],
  );
  t.same(
    warnings({
      trunkGroups: [group({})],
      outgoing: [route("110", "emergency")],
      extensions: [
        { number: "1101", name: "X" },
        { number: "11", name: "Y" },
      ],
      queues: [{ id: "q", name: "Q", number: "110" }],
    }),
    [
      "/extensions/0/number 1101 cannot be dialled: the emergency number 110 is called before",
      "/queues/0/number 110 cannot be dialled: the emergency number 110 is called before",
    ],
  );
  t.end();
});

t.test("which pattern takes all of another", (t) => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ["9.", "900.", true],
    ["9.", "9", true],
    ["900.", "9.", false],
    ["9XX", "911", true],
    ["911", "9XX", false],
    ["9XX", "9.", false],
    ["XXX", "9*1", false],
    ["9X.", "91X", true],
    ["9X", "9XX", false],
  ];
  for (const [before, pattern, expected] of rows)
    t.equal(covers(before, pattern), expected, `${before} ${pattern}`);
  t.end();
});

t.test("a file from before trunks had all this loads, and behaves as it did", (t) => {
  const before = {
    version: 1,
    appliance: { name: "Old", country: "de" },
    spans: [{ span: 1, group: "e1", side: "user", tei: "fixed", overlap: false }],
    trunkGroups: [
      { id: "e1", name: "E1", hunt: "round-robin", callerNumber: "4000", incoming: { flow: "main" } },
    ],
    incoming: [{ called: "40*", to: { queue: "sales" } }],
    outgoing: [{ pattern: "0.", group: "e1", strip: 1, prepend: "", class: "national" }],
    extensions: [{ number: "201", name: "A", port: { span: 4, position: 1 }, classes: ["national"] }],
    agents: [{ number: "301", name: "B", queues: ["sales"] }],
    queues: [{ id: "sales", name: "Sales", number: "401", strategy: "longest-idle" }],
    featureCodes: {
      agentLogIn: "*26",
      agentLogOut: "*27",
      agentPause: "*28",
      agentReady: "*31",
      transfer: "#1",
    },
  };
  const settings = checkSettings(before, "settings.json", { flows: ["main"] });
  t.match(settings, {
    trunkGroups: [
      {
        answer: "at-once",
        anonymous: "accept",
        reserveIncoming: 0,
        numberFormat: "as-is",
        limits: {},
        forwardedNumber: "caller",
      },
    ],
    outgoing: [{ overflow: [], rules: [] }],
    extensions: [{ withhold: false, schedules: false }],
    queues: [{ answerAfterSeconds: 0 }],
    schedules: [],
    blockList: [],
    limits: { box: {}, extension: {} },
  });
  t.equal(settings.extensions[0]?.limits, undefined);
  t.end();
});
