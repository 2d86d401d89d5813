// The dry run: what a technician asks, and what the box would do.
import t from "tap";
import { stepCodes } from "../../src/routing/context.ts";
import { tryRouting, type TrialAsk } from "../../src/routing/trial.ts";
import { en } from "../../src/ui/i18n/en.ts";
import { placeholdersOf } from "../../src/ui/i18n/message.ts";
import { office, type OfficeOptions } from "./office.ts";

const ask = (from: TrialAsk["from"], called: string, calling = "02112345678", options: OfficeOptions = {}) =>
  tryRouting(office(options), { from, calling, called });
const seen = new Set<string>();

/** The office with what its second telephone, and its first, do with their calls. */
const forwarding = (second: object, first: object = {}): OfficeOptions => ({
  part: {
    extensions: [first, second, {}].map((more, i) => ({
      number: `20${i + 1}`,
      name: "Phone",
      port: { span: 4, position: i + 1 },
      ...more,
    })),
    incoming: [],
    trunkGroups: [
      { id: "city", name: "City", incoming: { flow: "main" } },
      { id: "bri", name: "ISDN", incoming: { extension: "202" } },
    ],
  },
});

t.test("a question, a verdict, and why", (t) => {
  const phone = { extension: "201" };
  const rows: readonly (readonly [string, ReturnType<typeof ask>, object, string])[] = [
    [
      "in to a flow",
      ask({ group: "city" }, "88881"),
      { verdict: "connected", to: "flow:forty", answer: "at-once" },
      "incomingRoute goesTo answer",
    ],
    [
      "in to a queue",
      ask({ group: "bri" }, "1"),
      { to: "queue:sales", answer: "when-agent", priority: 0 },
      "incomingGroup goesTo answer",
    ],
    ["in to a phone", ask({ group: "city" }, "88880001"), { to: "201" }, "incomingRoute goesTo answer"],
    [
      "VIP",
      ask({ group: "city" }, "1", "13700137000"),
      { priority: 7 },
      "priorityCaller incomingGroup goesTo answer",
    ],
    ["blocked", ask({ group: "city" }, "1", "13700000000"), { verdict: "refused", cause: 21 }, "blocked"],
    ["anonymous", ask({ group: "bri" }, "1", ""), { verdict: "refused", cause: 21 }, "anonymous"],
    ["no such group", ask({ group: "none" }, "1"), { verdict: "refused", cause: 1 }, "incomingNone"],
    [
      "by schedule",
      ask({ group: "city" }, "77"),
      { to: "queue:sales" },
      "incomingRoute schedule goesTo answer",
    ],
    ["phone to phone", ask(phone, "202"), { verdict: "connected", to: "202" }, "goesTo"],
    ["phone without a port", ask(phone, "2020"), { verdict: "refused", cause: 27 }, "goesTo noPort"],
    [
      "forwarded outside, on the extension's behalf",
      ask(
        { group: "bri" },
        "1",
        "13800001000",
        forwarding({ forward: { always: { outside: "912345678" } } }),
      ),
      { verdict: "connected", to: "outside:912345678", answer: "at-once", attempts: [{ group: "city" }, {}] },
      "incomingGroup goesTo answer forwarded outgoingRoute rewritten class allowed attempt attempt",
    ],
    [
      "forwarded where it may not call",
      ask(phone, "202", "", forwarding({ classes: [], forward: { always: { outside: "912345678" } } })),
      { verdict: "refused", cause: 57 },
      "goesTo forwarded outgoingRoute rewritten class denied",
    ],
    [
      "who is forwarded to reaches it",
      ask(phone, "202", "", forwarding({ forward: { always: { extension: "201" } } })),
      { verdict: "connected", to: "202" },
      "goesTo",
    ],
    [
      "to and fro",
      ask(
        { extension: "203" },
        "202",
        "",
        forwarding(
          { forward: { always: { extension: "201" } } },
          { forward: { always: { extension: "202" } } },
        ),
      ),
      { verdict: "connected", to: "202" },
      "goesTo forwarded forwarded",
    ],
    [
      "not to be disturbed",
      ask(phone, "202", "", forwarding({ doNotDisturb: true })),
      { verdict: "refused", cause: 17 },
      "goesTo undisturbed",
    ],
    [
      "not to be disturbed, and elsewhere when busy",
      ask(phone, "202", "", forwarding({ doNotDisturb: true, forward: { busy: { mailbox: "office" } } })),
      { verdict: "connected", to: "mailbox:office" },
      "goesTo undisturbed forwarded",
    ],
    ["a feature", ask(phone, "*261"), { verdict: "feature", to: "scheduleOpen" }, "feature"],
    ["too short", ask(phone, "40"), { verdict: "refused", cause: 28 }, "incomplete"],
    ["nothing there", ask(phone, "7"), { verdict: "refused", cause: 1 }, "unassigned"],
    [
      "outside",
      ask(phone, "912345678"),
      {
        verdict: "connected",
        attempts: [{ group: "city", called: { digits: "12345678" } }, { group: "bri" }],
      },
      "goesTo outgoingRoute rewritten class allowed attempt attempt",
    ],
    [
      "not allowed",
      ask(phone, "900442079460018"),
      { verdict: "refused", cause: 57, attempts: [] },
      "goesTo outgoingRoute rewritten class denied",
    ],
    [
      "withheld",
      ask(phone, "*31810086"),
      { attempts: [{ calling: { presentation: "restricted" } }] },
      "goesTo withheld outgoingRoute rewritten class allowed attempt",
    ],
    [
      "help",
      ask(phone, "110"),
      { verdict: "connected", attempts: [{}, {}] },
      "goesTo outgoingRoute class emergency attempt attempt",
    ],
    [
      "a limit",
      ask(phone, "912345678", "", {
        used: { box: { calls: 1 } },
        part: { limits: { box: { callsPerDay: 1 } } },
      }),
      { verdict: "refused" },
      "goesTo outgoingRoute rewritten class limit",
    ],
    [
      "sent on outside where there is no route",
      ask({ group: "city" }, "66", "1", { part: { incoming: [{ called: "66", to: { outside: "5" } }] } }),
      { verdict: "refused", cause: 1 },
      "incomingRoute goesTo answer outgoingNone",
    ],
    [
      "rewritten",
      ask({ group: "city" }, "1", "2", {
        part: {
          incoming: [],
          trunkGroups: [
            {
              id: "city",
              name: "C",
              incoming: { flow: "main" },
              calledIn: [{ match: "1", replace: "9" }],
              callingIn: [{ match: "2", replace: "8" }],
            },
            { id: "bri", name: "B", incoming: { flow: "main" } },
          ],
        },
      }),
      { to: "flow:main" },
      "calledRewritten callingRewritten incomingGroup goesTo answer",
    ],
  ];
  for (const [name, trial, expected, steps] of rows) {
    t.match(trial, expected, name);
    t.equal(trial.steps.map(({ code }) => code).join(" "), steps, `${name}: why`);
    for (const { code, values } of trial.steps) {
      seen.add(code);
      const named = placeholdersOf(en[`why.${code}`]);
      t.same(
        named.filter((one) => !(one in values)),
        [],
        `${code} has what the console says of it`,
      );
    }
  }
  // What checked settings cannot hold.
  t.same(
    stepCodes.filter((code) => !seen.has(code)),
    ["scheduleUnknown", "groupUnknown"],
    "each reason is given somewhere",
  );
  t.end();
});
