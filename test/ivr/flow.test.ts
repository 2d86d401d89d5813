// Flows as files: what is refused and how it is said; the machine that walks through them; hot reload.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import { parseFlow } from "../../src/ivr/flow.ts";
import { loadFlows } from "../../src/ivr/flows.ts";
import { mostSilentNodes, next, startFlow, type IvrContext } from "../../src/ivr/machine.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { CallboxError } from "../../src/shared/errors.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { createTestClock } from "../support/test-clock.ts";

const flow = (nodes: object, more: object = {}): string =>
  JSON.stringify({ name: "Test", start: "a", nodes, ...more });
const bye = { type: "hang-up" };

function complaint(text: string): string {
  try {
    parseFlow(text, "test");
    return "";
  } catch (error) {
    if (error instanceof CallboxError && error.code === "ERR_FLOW_INVALID") return error.message;
    throw error;
  }
}

t.test("a wrong flow is refused with file and place", (t) => {
  const rows: readonly [string, string, RegExp][] = [
    ["no JSON", "{", /test\.json: is no JSON/],
    ["no start", JSON.stringify({ name: "x", nodes: {} }), /test\.json: .*lacks start/],
    ["start is missing", flow({ b: bye }), /\/start leads to "a", which is no node/],
    [
      "no such kind",
      flow({ a: { type: "pray" } }),
      /\/nodes\/a\/type "pray" is no kind of node; there are play, menu/,
    ],
    ["an exit leads nowhere", flow({ a: { type: "play", say: [], next: "b" } }), /\/nodes\/a leads to "b"/],
    ["a property that the kind lacks", flow({ a: { ...bye, wait: 1 } }), /\/nodes\/a\/wait is unknown here/],
    ["a wrong value", flow({ a: { ...bye, cause: "x" } }), /\/nodes\/a\/cause must be/],
    [
      "a prompt outside of the folders",
      flow({ a: { ...bye, say: [{ prompt: "../../etc/passwd" }] } }),
      /\/nodes\/a\/say/,
    ],
    [
      "a menu without keys",
      flow({ a: { type: "menu", say: [], keys: {}, otherwise: "a" } }),
      /\/nodes\/a\/keys/,
    ],
    ["a node's name", flow({ a: bye, "B 2": bye }), /B 2/],
  ];
  for (const [name, text, expected] of rows) t.match(complaint(text), expected, name);
  t.match(
    complaint(flow({ a: { type: "x" }, b: { type: "play", next: "zz", say: [] } })),
    /type "x".*leads to "zz"/s,
    "all at once",
  );
  t.end();
});

t.test("the flows that come with the box are right, and lead only to queues of the demo office", (t) => {
  const folder = join(import.meta.dirname, "../../src/ivr/flows");
  const files = readdirSync(folder);
  t.ok(files.includes("main.json"));
  for (const file of files) t.equal(complaint(readFileSync(join(folder, file), "utf8")), "", file);
  t.end();
});

const context: IvrContext = { call: "C", now: 0, timeZone: "UTC", schedule: () => undefined };

t.test("the machine walks from node to node and says so", (t) => {
  const parsed = parseFlow(
    flow({
      a: { type: "play", say: [{ prompt: "hello" }], next: "b" },
      b: { type: "menu", say: [{ prompt: "choose" }], keys: { 1: "c" }, otherwise: "c" },
      c: { type: "queue", queue: "sales" },
    }),
    "test",
  );
  const first = startFlow(parsed, context);
  t.match(first.effects, [
    { entry: { type: "ivr.entered", flow: "test" } },
    { entry: { type: "ivr.node", node: "a" } },
    { type: "say", items: [{ prompt: "hello" }] },
  ]);
  t.same(JSON.parse(JSON.stringify(first.state)), first.state, "plain JSON");
  const second = next(parsed, first.state, { type: "said" }, context);
  t.match(second.state, { node: "b", memory: { attempt: 1 } });
  const third = next(parsed, second.state, { type: "digit", digit: "1" }, context);
  t.match(third.effects, [
    { type: "stop" },
    { type: "no-timer" },
    { entry: { type: "ivr.digit", node: "b", digit: "1" } },
    { entry: { type: "ivr.node", node: "c" } },
    { type: "no-timer" },
    { entry: { type: "ivr.left", outcome: "queue:sales" } },
    { type: "leave", outcome: { type: "enter", to: { queue: "sales" } } },
  ]);
  t.end();
});

t.test("a flow in circles is left; one that a caller turns by keys is not", (t) => {
  const circle = parseFlow(
    flow({
      a: { type: "set-language", language: "en", next: "b" },
      b: { type: "set-language", language: "ko", next: "a" },
    }),
    "circle",
  );
  const left = startFlow(circle, context);
  t.match(left.effects.at(-1), { type: "leave", outcome: { type: "hang-up", cause: 31 } });
  t.equal(left.effects.filter((effect) => effect.type === "language").length, mostSilentNodes);

  const byKey = parseFlow(flow({ a: { type: "menu", say: [], keys: { 1: "a" }, otherwise: "a" } }), "keys");
  let { state } = startFlow(byKey, context);
  for (let i = 0; i < 3 * mostSilentNodes; i++) {
    const step = next(byKey, state, { type: "digit", digit: "1" }, context);
    t.notOk(step.effects.some((effect) => effect.type === "leave"));
    state = step.state;
  }
  t.end();
});

t.test("a folder of flows: a wrong file keeps what ran before", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "callbox-flows-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write("one.json", flow({ a: bye }));
  write("two.json", "{");
  write("notes.txt", "no flow");
  const flows = await loadFlows(folder, { clock: createTestClock(), log: silentLogger, watch: false });
  t.same(
    flows.list().map(({ id }) => id),
    ["one"],
  );
  t.same([...flows.errors.keys()], ["two.json"]);

  write("one.json", flow({ a: { type: "nonsense" } }));
  write("two.json", flow({ a: bye }));
  await flows.reload();
  t.match(flows.get("one"), { nodes: { a: bye } }, "still the old one");
  t.match(flows.errors.get("one.json")?.message, /one\.json: \/nodes\/a\/type/);
  t.ok(flows.get("two"), "mended");

  rmSync(join(folder, "one.json"));
  await flows.reload();
  t.equal(flows.get("one"), undefined);
  t.equal(flows.errors.size, 0);
  flows.close();
});

t.test("a folder that is not there has no flows and says so", async (t) => {
  const flows = await loadFlows("/nonexistent/flows", {
    clock: createTestClock(),
    log: silentLogger,
    watch: false,
  });
  t.same(flows.list(), []);
  t.match(flows.errors.get(".")?.message, /cannot be read/);
  flows.close();
});

t.test("a change on disk is taken over by itself", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "callbox-flows-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "one.json"), flow({ a: bye }, { name: "Before" }));
  // The kernel's notice is real: so is the clock.
  const flows = await loadFlows(folder, { clock: systemClock, log: silentLogger });
  t.teardown(() => flows.close());
  writeFileSync(join(folder, "one.json"), flow({ a: bye }, { name: "After" }));
  const until = Date.now() + 10_000;
  while (flows.get("one")?.name !== "After" && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 20));
  t.equal(flows.get("one")?.name, "After");
});
