// What goes wrong in the field, by the report that tells of it: none of it happens here.
import t from "tap";
import { step, type Decision } from "../../src/acd/decide.ts";
import { emptyState } from "../../src/acd/state.ts";
import { byName, get, values } from "../../src/acd/tree.ts";
import { at, configure, enter, logIn, offersOf, play, sales, support } from "./office.ts";

const ringAll = { ...sales, strategy: "ring-all" };
const four = ["301", "302", "303", "304"].map((number) => ({ number, name: number, queues: ["sales"] }));
const present = (queue = ringAll) => [
  configure([queue], four),
  ...four.map(({ number }) => logIn(0, number)),
];
const types = ({ events }: Decision): readonly string[] => events.map(({ type }) => type);
const activityOf = ({ state }: Pick<Decision, "state">, agent: string): string | undefined =>
  get(state.agents, byName(agent))?.activity.type;

t.test("asterisk #176: two agents answer one call under ring-all; one has it, the other is told", (t) => {
  const { state } = play(emptyState, [...present(), enter(1, "A")]);
  const offers = offersOf(state, "A");
  t.equal(offers.length, 4);
  for (const first of offers) {
    const won = step(state, at(2, { type: "accept", call: "A", offer: first.offer }));
    t.equal(won.events.filter(({ type }) => type === "queue.connected").length, 1);
    t.equal(won.events.filter(({ type }) => type === "queue.ring-cancelled").length, 3);
    for (const other of offers) {
      const late = step(won.state, at(2, { type: "accept", call: "A", offer: other.offer }));
      t.same(late.events, [], "a second answer in the same moment changes nothing");
    }
    t.equal([...values(won.state.agents)].filter(({ activity }) => activity.type === "on-call").length, 1);
  }
  t.end();
});

t.test("asterisk #1557: one agent answers and drops at once, and another caller's ringing goes on", (t) => {
  const two = play(emptyState, [...present(sales), enter(1, "A"), enter(1, "B")]);
  const [a] = offersOf(two.state, "A");
  const [b] = offersOf(two.state, "B");
  const dropped = play(two.state, [
    at(2, { type: "accept", call: "A", offer: a?.offer ?? "" }),
    at(2, { type: "leave", call: "A", reason: "completed-by-agent" }),
  ]);
  t.same(offersOf(dropped.state, "B"), [b], "the other offer stands");
  t.end();
});

t.test("asterisk #1006, #607: wrap-up lasts as long as it should, whatever the phone and others do", (t) => {
  const { state } = play(emptyState, [configure([sales, support]), logIn(0, "302"), enter(1, "A")]);
  const [offer] = offersOf(state, "A");
  const wrapping = play(state, [
    at(2, { type: "accept", call: "A", offer: offer?.offer ?? "" }),
    at(10, { type: "leave", call: "A", reason: "completed-by-caller" }),
    at(11, { type: "phone", extension: "202", phone: "busy" }),
    at(12, { type: "phone", extension: "202", phone: "free" }),
    enter(13, "B"),
    enter(13, "C", "support"),
    at(19, { type: "tick" }),
  ]);
  t.equal(activityOf(wrapping, "302"), "wrap-up", "9 of 10 s have passed, calls wait in both queues");
  t.notOk(types(wrapping).slice(-3).includes("queue.offered"));
  t.match(play(wrapping.state, [at(20, { type: "tick" })]).events.at(-1), {
    type: "queue.offered",
    call: "B",
  });
  t.end();
});

t.test("asterisk #1736: a call counts once, however often it was offered and to how many", (t) => {
  let { state } = play(emptyState, [...present({ ...ringAll, wrapUpMs: 0 })]);
  for (const i of [1, 2, 3]) {
    state = step(state, enter(10 * i, `C${i}`)).state;
    const [first] = offersOf(state, `C${i}`);
    state = play(state, [
      at(10 * i + 1, { type: "offer-failed", call: `C${i}`, offer: first?.offer ?? "", reason: "rejected" }),
    ]).state;
    const own = offersOf(state, `C${i}`).find(({ agent }) => agent === "304") ?? offersOf(state, `C${i}`)[0];
    state = play(state, [
      at(10 * i + 2, { type: "accept", call: `C${i}`, offer: own?.offer ?? "" }),
      at(10 * i + 5, { type: "leave", call: `C${i}`, reason: "completed-by-caller" }),
      at(10 * i + 9, { type: "tick" }),
    ]).state;
  }
  const calls = [...values(state.agents)].map(({ tallies }) => tallies["sales"]?.calls ?? 0);
  t.equal(
    calls.reduce((a, b) => a + b, 0),
    3,
  );
  t.match(state.queues["sales"]?.totals, { entered: 3, connected: 3, abandoned: 0, left: 0 });
  t.end();
});

t.test("FreePBX #124: an agent who gives the call away is credited with what was talked, no more", (t) => {
  const { state } = play(emptyState, [...present(sales), enter(1, "A")]);
  const [offer] = offersOf(state, "A");
  const given = play(state, [
    at(5, { type: "accept", call: "A", offer: offer?.offer ?? "" }),
    at(65, { type: "leave", call: "A", reason: "transferred-blind" }),
    at(3665, { type: "leave", call: "A", reason: "completed-by-caller" }),
  ]);
  const agent = get(given.state.agents, byName(offer?.agent ?? ""));
  t.equal(agent?.tallies["sales"]?.talkMs, 60_000);
  t.end();
});

t.test("freeswitch #2540, #1973: no agent is stuck, in whatever way an offer ends", (t) => {
  const ends = [
    at(2, { type: "leave", call: "A", reason: "abandoned" }),
    at(2, { type: "log-out", agent: "301", by: "x" }),
    at(2, { type: "pause", agent: "301", reason: "x", by: "x" }),
    at(25, { type: "tick" }),
    at(2, { type: "phone", extension: "201", phone: "unavailable" }),
    { ...configure([support], []), at: 2000 },
  ];
  for (const end of ends) {
    const { state } = play(emptyState, [configure(), logIn(0, "301"), enter(1, "A")]);
    const over = play(state, [
      end,
      at(100, { type: "tick" }),
      at(200, { type: "tick" }),
      at(700, { type: "tick" }),
    ]);
    for (const { activity } of values(over.state.agents)) t.not(activity.type, "offered", end.type);
    t.equal(
      get(over.state.calls, byName("A"))?.stage.type,
      undefined,
      `${end.type}: the caller is not for ever`,
    );
  }
  t.end();
});

t.test("mikopbx #1043: who rejects a call is not rung for it again at once, others are", (t) => {
  const queue = { ...sales, restMs: { noAnswer: 5000, busy: 5000, rejected: 30_000 } };
  const { state } = play(emptyState, [...present(queue), enter(1, "A")]);
  const [offer] = offersOf(state, "A");
  const rejected = play(state, [
    at(2, { type: "offer-failed", call: "A", offer: offer?.offer ?? "", reason: "rejected" }),
  ]);
  t.not(offersOf(rejected.state, "A")[0]?.agent, offer?.agent);
  const alone = play(emptyState, [configure([queue], four), logIn(0, "301"), enter(1, "A")]);
  const [only] = offersOf(alone.state, "A");
  const left = play(alone.state, [
    at(2, { type: "offer-failed", call: "A", offer: only?.offer ?? "", reason: "rejected" }),
    at(31, { type: "tick" }),
  ]);
  t.same(offersOf(left.state, "A"), [], "not for 30 s, though nobody else is there");
  t.equal(offersOf(play(left.state, [at(32, { type: "tick" })]).state, "A").length, 1);
  t.end();
});
