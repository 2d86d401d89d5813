// What is wrong in settings is named with its place and a remedy; what is right is filled in and frozen.
import fc from "fast-check";
import t from "tap";
import { differingPaths } from "../../src/config/difference.ts";
import { demoOffice } from "../../src/config/demo-office.ts";
import { issuesOf } from "../../src/config/issues.ts";
import { checkSettings, parseSettings } from "../../src/config/read.ts";
import type { Settings } from "../../src/config/settings.ts";
import { CallboxError } from "../../src/shared/errors.ts";

function refusal(work: () => unknown): CallboxError {
  try {
    work();
  } catch (error) {
    if (error instanceof CallboxError) return error;
    throw error;
  }
  throw new Error("was accepted");
}

/** The demo office with something changed, checked. */
function changed(change: (draft: Settings) => void): () => Settings {
  const draft = structuredClone(demoOffice());
  change(draft);
  return () => checkSettings(draft, "settings.json", { flows: ["main", "night", "after-hours"] });
}

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error("the demo office is empty");
  return item;
}
const demoQueue = (settings: Settings) => first(settings.queues);
const demoExtension = (settings: Settings) => first(settings.extensions);
const demoSpan = (settings: Settings) => first(settings.spans);

t.test("an empty file becomes settings with all defaults", (t) => {
  const settings = parseSettings("{}", "settings.json");
  t.match(settings, {
    version: 1,
    web: { port: 8443, tls: true },
    recording: { calls: "all", keepDays: 90 },
  });
  t.ok(Object.isFrozen(settings.web) && Object.isFrozen(settings.queues));
  t.end();
});

t.test("the demo office is right, and has what a rehearsal needs", (t) => {
  const { spans, analog, extensions, queues, agents } = demoOffice();
  t.same(
    spans.map(({ span }) => span),
    [1, 2, 3],
  );
  t.equal(analog.filter(({ port, group }) => port.span === 4 && group !== undefined).length, 4);
  t.same(
    extensions.map(({ number, port }) => `${number} ${port?.span ?? 0}/${port?.position ?? 0}`),
    [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `20${n} 5/${n}`),
  );
  t.same(
    queues.map(({ id }) => id),
    ["sales", "support"],
  );
  t.ok(agents.length >= 2);
  t.end();
});

t.test("no JSON: the line and column", (t) => {
  for (const [text, line, column] of [
    ['{\n  "version": 1,\n  "web": { "port": 1 "tls": true }\n}', 3, 22],
    ["", 1, 1],
    ['{ "version": 1', 1, 15],
  ] as const) {
    const error = refusal(() => parseSettings(text, "settings.json"));
    t.equal(error.code, "ERR_SETTINGS_SYNTAX");
    t.match(issuesOf(error), [{ line, column }], JSON.stringify(text));
    t.match(error.message, `settings.json: line ${line} column ${column}`);
  }
  t.end();
});

t.test("unknown versions are refused with a remedy", (t) => {
  for (const version of [2, 0, "1", null]) {
    const error = refusal(() => parseSettings(JSON.stringify({ version }), "settings.json"));
    t.equal(error.code, "ERR_SETTINGS_VERSION", JSON.stringify(version));
    t.match(error.remedy, /last good copy/);
  }
  t.end();
});

t.test("wrong forms, each with its place", (t) => {
  const cases: readonly (readonly [unknown, string, RegExp])[] = [
    [{ web: { port: 0 } }, "/web/port", />= 1/],
    [{ web: { prt: 1 } }, "/web/prt", /unknown/],
    [
      { recording: { calls: "some" } },
      "/recording/calls",
      /must be one of all, queue, share, on-demand, none/,
    ],
    [{ queues: [{ id: "sales" }] }, "/queues/0", /lacks name/],
    [{ queues: [{ id: "Sales!", name: "Sales" }] }, "/queues/0/id", /pattern/],
    [{ incoming: [{ called: "1", to: { quue: "sales" } }] }, "/incoming/0/to", /none of the forms/],
    [[], "", /object/],
    ["settings", "", /object/],
    [null, "", /object/],
  ];
  for (const [value, path, message] of cases) {
    const error = refusal(() => checkSettings(value, "settings.json"));
    t.equal(error.code, "ERR_SETTINGS_INVALID", JSON.stringify(value));
    t.match(issuesOf(error)[0], { path, message }, JSON.stringify(value));
    t.equal(issuesOf(error).length, 1, "one thing, said once");
  }
  t.end();
});

t.test("what is named must exist, what is one of its kind must be", (t) => {
  const cases: readonly (readonly [(draft: Settings) => void, string, RegExp])[] = [
    [
      (s) => s.agents[0]?.queues.push("suport"),
      "/agents/0/queues/2",
      /no queue suport \(there are: sales, support\)/,
    ],
    [(s) => s.agents[0]?.queues.push("sales"), "/agents/0/queues/2", /already at \/agents\/0\/queues\/0/],
    [(s) => s.queues.push({ ...demoQueue(s), number: "409" }), "/queues/2/id", /sales is there already/],
    [(s) => (s.queues[0] = { ...demoQueue(s), number: "201" }), "/queues/0/number", /201 is dialled already/],
    [(s) => (s.extensions[1] = { ...demoExtension(s), number: "201" }), "/extensions/1/number", /already/],
    [
      (s) => (s.extensions[0] = { ...demoExtension(s), number: "201", port: { span: 5, position: 2 } }),
      "/extensions/1/port",
      /5\/2 is there already/,
    ],
    [
      (s) => (s.extensions[0] = { ...demoExtension(s), number: "201", port: { span: 4, position: 1 } }),
      "/extensions/0/port",
      /trunk group analog/,
    ],
    [
      (s) => s.incoming.push({ called: "1", to: { extension: "999" } }),
      "/incoming/12/to/extension",
      /no extension 999/,
    ],
    [
      (s) => s.incoming.push({ called: "1", to: { flow: "menu" } }),
      "/incoming/12/to/flow",
      /main, night, after-hours/,
    ],
    [
      (s) => s.incoming.push({ called: "1", group: "gone", to: { flow: "main" } }),
      "/incoming/12/group",
      /no trunk group/,
    ],
    [(s) => (s.spans[0] = { ...demoSpan(s), group: "gone" }), "/spans/0/group", /no trunk group gone/],
    [(s) => (s.spans[1] = demoSpan(s)), "/spans/1/span", /1 is there already/],
    [
      (s) => (s.queues[0] = { ...demoQueue(s), overflow: { queue: "support" } }),
      "/queues/0/overflow",
      /sales → support → sales/,
    ],
    [(s) => (s.appliance.timeZone = "Mars/Olympus"), "/appliance/timeZone", /no time zone/],
    [
      (s) => {
        const one = demoExtension(s);
        s.extensions[0] = { ...one, forward: { ...one.forward, busy: { queue: "none" } } };
      },
      "/extensions/0/forward/busy/queue",
      /there is no queue none/,
    ],
    [(s) => (s.featureCodes.agentLogOut = "*22"), "/featureCodes/agentLogOut", /dialled already/],
    [(s) => (s.featureCodes.agentLogOut = "*2"), "/featureCodes/agentLogIn", /begins with \*2/],
    [
      (s) => s.users.push({ name: "eva", role: "agent", passwordHash: "x", mustChange: false }),
      "/users",
      /nobody is an admin/,
    ],
    [
      (s) => s.users.push({ name: "eva", role: "admin", passwordHash: "x", mustChange: false, agent: "399" }),
      "/users/0/agent",
      /no agent 399/,
    ],
  ];
  t.doesNotThrow(changed(() => undefined));
  for (const [change, path, message] of cases) {
    const issues = issuesOf(refusal(changed(change)));
    t.match(
      issues.find((issue) => issue.path === path),
      { message },
      `${path}: ${JSON.stringify(issues)}`,
    );
  }
  t.end();
});

t.test("nothing that can be given is accepted wrongly or thrown otherwise", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(demoOffice())), (value, section) => {
        try {
          checkSettings({ ...demoOffice(), [section]: value }, "settings.json");
          return true;
        } catch (error) {
          return error instanceof CallboxError && error.code.startsWith("ERR_SETTINGS_");
        }
      }),
      { numRuns: 500 },
    ),
  );
  t.end();
});

t.test("where two values differ", (t) => {
  t.same(differingPaths({ a: 1, b: [1, { c: 2 }] }, { a: 1, b: [1, { c: 2 }] }), []);
  t.same(differingPaths({ a: 1, b: [1, { c: 2 }] }, { a: 2, b: [1, { c: 3 }] }), ["/a", "/b/1/c"]);
  t.same(differingPaths({ a: [1] }, { a: [1, 2], "x/y": 1 }), ["/a/1", "/x~1y"]);
  t.same(differingPaths([], {}), [""]);
  t.end();
});
