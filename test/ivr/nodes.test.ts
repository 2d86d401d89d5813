// Every kind of node as a table: what it does when entered and on each input.
import t from "tap";
import type { NodeContext, NodeInput } from "../../src/ivr/node.ts";
import { nodeKinds } from "../../src/ivr/nodes/index.ts";

const context: NodeContext = {
  now: Date.UTC(2026, 0, 5, 9, 30),
  timeZone: "UTC",
  schedule: (id) => (({ office: "open", night: "closed", feast: "holiday" }) as const)[id],
};
const say = [{ prompt: "hello" }];
const said = { type: "said" } as const;
const timer = { type: "timer" } as const;
const down = { type: "digit-begin" } as const;
const key = (digit: string) => ({ type: "digit", digit }) as const;

const keys = (digits: string) => Array.from(digits, key);

/** A node as a flow's file has it. */
interface Node {
  readonly type: string;
  readonly [name: string]: unknown;
}

/** Feeds inputs one after another; gives the last turn. */
function run(node: Node, inputs: readonly NodeInput[]): unknown {
  const kind = nodeKinds.get(node.type);
  if (kind === undefined) throw new Error(`no kind ${node.type}`);
  let turn = kind.enter(node, context);
  for (const input of inputs) {
    if (!("memory" in turn)) throw new Error(`left before ${JSON.stringify(input)}`);
    turn = kind.input(node, turn.memory, input);
  }
  return turn;
}

const menu = { type: "menu", say, keys: { 1: "one", 2: "two" }, attempts: 2, otherwise: "out" };
const collect = {
  type: "collect",
  say,
  minimum: 2,
  maximum: 4,
  attempts: 2,
  to: { 1234: "vip", 12: "short" },
  otherwise: "out",
};
const speech = { type: "say", items: say };
const invalid = { type: "say", items: [{ prompt: "pm-invalid-option" }, ...say] };

const rows: readonly (readonly [string, Node, readonly NodeInput[], object])[] = [
  ["play says", { type: "play", say, next: "n" }, [], { effects: [speech] }],
  ["play goes on", { type: "play", say, next: "n" }, [said], { go: "n" }],
  ["play hears no keys", { type: "play", say, next: "n" }, [down, key("1")], { memory: {} }],
  [
    "play with barge-in",
    { type: "play", say, next: "n", bargeIn: true },
    [down],
    { go: "n", effects: [{ type: "stop" }] },
  ],
  [
    "play that is steered needs the caller's keys",
    { type: "play", say, next: "n", control: true },
    [],
    { effects: [{ type: "answer" }, speech] },
  ],
  ...(
    [
      ["4", { speed: 0.8 }],
      ["6", { speed: 1.25 }],
      ["7", { ms: -10_000 }],
      ["8", { pause: "toggle" }],
      ["9", { ms: 10_000 }],
    ] as const
  ).map(
    ([digit, how]) =>
      [
        `play is steered by ${digit}`,
        { type: "play", say, next: "n", control: true, bargeIn: true },
        [down, key(digit)],
        { memory: {}, effects: [{ type: "steer", how }] },
      ] as const,
  ),
  [
    "play that is steered hears no other key",
    { type: "play", say, next: "n", control: true },
    [down, key("1")],
    { memory: {} },
  ],
  [
    "play that is steered ends by #",
    { type: "play", say, next: "n", control: true },
    [down, key("#")],
    { go: "n", effects: [{ type: "stop" }] },
  ],
  ["fax takes the call", { type: "fax", mailbox: "sales" }, [], { leave: { type: "fax", mailbox: "sales" } }],
  ["menu says", menu, [], { effects: [{ type: "answer" }, speech] }],
  ["menu waits after the choice", menu, [said], { effects: [{ type: "timer", ms: 5000 }] }],
  [
    "menu stops talking when a key goes down",
    menu,
    [down],
    { effects: [{ type: "stop" }, { type: "timer", ms: 5000 }] },
  ],
  [
    "menu takes a key",
    menu,
    [down, key("2")],
    { go: "two", effects: [{ type: "stop" }, { type: "no-timer" }, { type: "took", digit: "2" }] },
  ],
  ["menu takes a pulse digit, which has no beginning", menu, [key("1")], { go: "one" }],
  [
    "menu on a wrong key says so and asks again",
    menu,
    [key("9")],
    { memory: { attempt: 2 }, effects: [{ type: "took", digit: "9" }, { type: "no-timer" }, invalid] },
  ],
  ["menu after too many wrong keys", menu, [key("9"), key("9")], { go: "out" }],
  [
    "menu on silence asks again",
    menu,
    [said, timer],
    { memory: { attempt: 2 }, effects: [{ type: "no-timer" }, speech] },
  ],
  ["menu after too much silence", menu, [said, timer, said, timer], { go: "out" }],
  ["menu: a key that never came up", menu, [down, timer, down, timer], { go: "out" }],
  [
    "collect waits between keys",
    collect,
    [down, key("1")],
    {
      memory: { digits: "1" },
      effects: [{ type: "took", digit: "1" }, { type: "stop" }, { type: "timer", ms: 3000 }],
    },
  ],
  ["collect is complete at the longest", collect, keys("1234"), { go: "vip" }],
  ["collect is complete at #", collect, [key("1"), key("2"), key("#")], { go: "short" }],
  ["collect is complete after a pause", collect, [key("1"), key("2"), timer], { go: "short" }],
  [
    "collect: too short",
    collect,
    [key("1"), key("#")],
    {
      memory: { attempt: 2, digits: "" },
      effects: [{ type: "took", digit: "#" }, { type: "stop" }, { type: "no-timer" }, invalid],
    },
  ],
  ["collect: no such number", collect, keys("9999"), { memory: { attempt: 2, digits: "" } }],
  ["collect: too often", collect, keys("99999999"), { go: "out" }],
  ["collect: silence", collect, [said, timer, said, timer], { go: "out" }],
  ["collect: any other number", { ...collect, anyOther: "any" }, keys("9999"), { go: "any" }],
  [
    "collect an extension",
    { ...collect, to: "extension" },
    keys("2011"),
    { leave: { type: "enter", to: { extension: "2011" } } },
  ],
  [
    "collect a secret",
    { ...collect, secret: true },
    [key("1")],
    { effects: [{ type: "took", digit: "*" }, { type: "stop" }, { type: "timer", ms: 3000 }] },
  ],
  ["queue", { type: "queue", queue: "q" }, [], { leave: { type: "enter", to: { queue: "q" } } }],
  [
    "transfer",
    { type: "transfer", to: { outside: "1" } },
    [],
    { leave: { type: "enter", to: { outside: "1" } } },
  ],
  [
    "voicemail",
    { type: "voicemail", mailbox: "m" },
    [],
    { leave: { type: "voicemail", mailbox: "m", greeting: [{ prompt: "vm-intro" }] } },
  ],
  ["hang-up at once", { type: "hang-up", cause: 17 }, [], { leave: { type: "hang-up", cause: 17 } }],
  ["hang-up says good-bye", { type: "hang-up", say }, [], { effects: [speech] }],
  [
    "hang-up after good-bye",
    { type: "hang-up", say },
    [down, said],
    { leave: { type: "hang-up", cause: 16 } },
  ],
  [
    "set-language",
    { type: "set-language", language: "ko", next: "n" },
    [],
    { go: "n", effects: [{ type: "language", language: "ko" }] },
  ],
];

for (const [name, node, inputs, expected] of rows) {
  t.test(name, (t) => {
    t.match(run(node, inputs), expected);
    t.end();
  });
}

t.test("nodes that leave at once have nothing to hear", (t) => {
  for (const type of ["queue", "transfer", "voicemail", "set-language", "schedule"]) {
    const turn = nodeKinds.get(type)?.input({ type }, {}, said);
    t.same(turn, { memory: {} }, type);
  }
  t.end();
});

t.test("schedule", (t) => {
  const node = (from: string, to: string, days = ["mon"]) => ({
    type: "schedule",
    open: [{ days, from, to }],
    then: "open",
    closed: "closed",
  });
  t.same(run(node("09:30", "18:00"), []), { go: "open" });
  t.same(run(node("08:00", "09:30"), []), { go: "closed" }, "the end is outside");
  t.same(run(node("00:00", "24:00", ["tue"]), []), { go: "closed" });
  const named = (schedule: string, more: object = {}) => ({
    type: "schedule",
    schedule,
    then: "open",
    closed: "closed",
    ...more,
  });
  t.same(run(named("office"), []), { go: "open" });
  t.same(run(named("night"), []), { go: "closed" });
  t.same(run(named("feast"), []), { go: "closed" }, "a holiday is as closed");
  t.same(run(named("feast", { holiday: "greeting" }), []), { go: "greeting" });
  t.same(run(named("gone"), []), { go: "closed" }, "a schedule that is gone opens nothing");
  t.same(nodeKinds.get("schedule")?.exits(named("feast", { holiday: "x" })), ["open", "closed", "x"]);
  t.end();
});

t.test("each kind says what it may lead to", (t) => {
  const exits = (node: Node) => nodeKinds.get(node.type)?.exits(node);
  t.same(exits(menu), ["one", "two", "out"]);
  t.same(exits({ ...collect, anyOther: "any" }), ["short", "vip", "any", "out"]);
  t.same(exits({ ...collect, to: "extension" }), ["out"]);
  t.same(exits({ type: "queue" }), []);
  t.end();
});
