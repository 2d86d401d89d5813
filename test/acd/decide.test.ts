// Distribution's decisions, case by case.
import t from "tap";
import { decide, nextDue, positionOf, step } from "../../src/acd/decide.ts";
import { emptyState } from "../../src/acd/state.ts";
import { byName, get } from "../../src/acd/tree.ts";
import { at, configure, enter, logIn, offerOf, play, sales } from "./office.ts";

const types = (events: readonly { readonly type: string }[]): readonly string[] =>
  events.map(({ type }) => type);

t.test("a caller meets a free agent at once", (t) => {
  const { state, events } = play(emptyState, [configure(), logIn(0, "301"), enter(1, "A")]);
  t.same(types(events), ["acd.configured", "agent.logged-in", "queue.entered", "queue.offered"]);
  t.match(events.at(-1), { agent: "301", call: "A", until: 21_000 });
  t.equal(nextDue(state), 21_000);
  t.end();
});

t.test("an offer is a reservation: only its own acceptance counts, once", (t) => {
  const { state } = play(emptyState, [configure(), logIn(0, "301"), enter(1, "A")]);
  const offer = offerOf(state, "A");
  t.same(decide(state, at(2, { type: "accept", call: "A", offer: "other" })), []);
  const won = step(state, at(2, { type: "accept", call: "A", offer }));
  t.match(won.events, [{ type: "queue.connected", waitedMs: 1000, ringMs: 1000 }]);
  t.same(decide(won.state, at(3, { type: "accept", call: "A", offer })), [], "a second acceptance");
  t.same(decide(won.state, at(3, { type: "offer-failed", call: "A", offer, reason: "failed" })), []);
  t.end();
});

t.test("a late answer after the offer was withdrawn wins nothing", (t) => {
  const { state } = play(emptyState, [configure(), logIn(0, "301"), enter(1, "A")]);
  const offer = offerOf(state, "A");
  const late = step(state, at(21, { type: "tick" }));
  t.match(late.events, [
    { type: "queue.ring-no-answer", reason: "no-answer", ringMs: 20_000, restUntil: 26_000 },
  ]);
  t.same(decide(late.state, at(22, { type: "accept", call: "A", offer })), []);
  t.end();
});

t.test("first come, first served; a caller who was offered in vain is still first", (t) => {
  const { state } = play(emptyState, [
    configure(),
    logIn(0, "301"),
    enter(1, "A"),
    enter(2, "B"),
    enter(3, "C"),
  ]);
  t.same(
    ["A", "B", "C"].map((call) => positionOf(state, call)),
    [1, 2, 3],
  );
  const again = play(state, [at(21, { type: "tick" }), at(26, { type: "tick" })]);
  t.match(again.events.at(-1), { type: "queue.offered", call: "A" });
  t.end();
});

t.test("priority goes before time", (t) => {
  const { events } = play(emptyState, [
    configure(),
    enter(1, "A"),
    enter(2, "B", "sales", 5),
    logIn(3, "301"),
  ]);
  t.match(events.at(-1), { type: "queue.offered", call: "B" });
  t.end();
});

t.test("an agent of two queues takes who came first over both", (t) => {
  for (const [first, second] of [
    ["sales", "support"],
    ["support", "sales"],
  ] as const) {
    const start = [configure(), enter(1, "A", first), enter(2, "B", second), logIn(3, "302")];
    t.match(play(emptyState, start).events.at(-1), { type: "queue.offered", call: "A", queue: first });
  }
  t.end();
});

t.test("one caller to each free agent at once", (t) => {
  const start = [configure(), enter(1, "A"), enter(2, "B"), enter(3, "C"), logIn(4, "301"), logIn(4, "302")];
  const { events } = play(emptyState, start);
  t.same(
    events.filter((event) => event.type === "queue.offered").map((event) => [event.call, event.agent]),
    [
      ["A", "301"],
      ["B", "302"],
    ],
  );
  t.end();
});

t.test("longest idle: who became free first is offered first, whatever the clock says", (t) => {
  const { events } = play(emptyState, [configure(), logIn(100, "301"), logIn(50, "302"), enter(60, "A")]);
  t.match(events.at(-1), { agent: "301" });
  t.end();
});

t.test("wrap-up lasts its time and not less", (t) => {
  const talking = play(emptyState, [configure(), logIn(0, "301"), enter(1, "A")]);
  const accepted = step(
    talking.state,
    at(2, { type: "accept", call: "A", offer: offerOf(talking.state, "A") }),
  );
  const ended = step(accepted.state, at(60, { type: "leave", call: "A", reason: "completed-by-agent" }));
  t.match(ended.events, [
    { type: "queue.left", reason: "completed-by-agent", agent: "301", talkedMs: 58_000, waitedMs: 1000 },
    { type: "agent.wrap-up", agent: "301", until: 70_000 },
  ]);
  const busy = play(ended.state, [enter(61, "B"), at(69.999, { type: "tick" })]);
  t.notOk(types(busy.events).includes("queue.offered"), "no offer in wrap-up");
  const over = step(busy.state, at(70, { type: "tick" }));
  t.same(types(over.events), ["agent.idle", "queue.offered"]);
  const early = step(busy.state, at(65, { type: "ready", agent: "301", by: "301" }));
  t.same(types(early.events), ["agent.ready", "queue.offered"], "or until the agent is ready");
  t.end();
});

t.test("no wrap-up: free at once, and still seen in the journal", (t) => {
  const talking = play(emptyState, [configure(), logIn(0, "303"), enter(1, "A", "support")]);
  const { events } = play(talking.state, [
    at(2, { type: "accept", call: "A", offer: offerOf(talking.state, "A") }),
    at(3, { type: "leave", call: "A", reason: "completed-by-caller" }),
  ]);
  t.same(types(events), ["queue.connected", "queue.left", "agent.wrap-up", "agent.idle"]);
  t.end();
});

t.test("a phone in use is offered nothing until it is free again", (t) => {
  const { state, events } = play(emptyState, [
    configure(),
    logIn(0, "301"),
    at(1, { type: "phone", extension: "201", phone: "busy" }),
    enter(2, "A"),
  ]);
  t.notOk(types(events).includes("queue.offered"));
  t.match(step(state, at(3, { type: "phone", extension: "201", phone: "free" })).events, [
    { type: "agent.phone", phone: "free" },
    { type: "queue.offered", agent: "301" },
  ]);
  t.same(decide(state, at(3, { type: "phone", extension: "299", phone: "free" })), [], "nobody sits there");
  t.end();
});

t.test("pausing, and logging out, while the phone rings takes the offer back", (t) => {
  const { state } = play(emptyState, [configure(), logIn(0, "301"), enter(1, "A")]);
  const paused = step(state, at(2, { type: "pause", agent: "301", reason: "lunch", by: "301" }));
  t.same(types(paused.events), ["queue.ring-cancelled", "agent.paused"]);
  t.equal(positionOf(paused.state, "A"), 1);
  const out = step(state, at(2, { type: "log-out", agent: "301", by: "301" }));
  t.same(types(out.events), ["queue.ring-cancelled", "agent.logged-out"]);
  const next = play(paused.state, [logIn(3, "302")]);
  t.match(next.events.at(-1), { type: "queue.offered", agent: "302", call: "A" });
  t.end();
});

t.test("logging out while talking ends no call, and no wrap-up follows", (t) => {
  const talking = play(emptyState, [configure(), logIn(0, "301"), enter(1, "A")]);
  const { state, events } = play(talking.state, [
    at(2, { type: "accept", call: "A", offer: offerOf(talking.state, "A") }),
    at(3, { type: "log-out", agent: "301", by: "301" }),
    at(9, { type: "leave", call: "A", reason: "completed-by-caller" }),
  ]);
  t.same(types(events), ["queue.connected", "agent.logged-out", "queue.left"]);
  t.match(get(state.agents, byName("301")), { activity: { type: "idle" }, extension: null });
  t.end();
});

t.test("a seat has one agent: who logs in there logs the other one out", (t) => {
  const { events } = play(emptyState, [
    configure(),
    logIn(0, "301"),
    at(1, { type: "log-in", agent: "302", extension: "201", phone: "free", by: "302" }),
    at(2, { type: "log-in", agent: "302", extension: "202", phone: "busy", by: "302" }),
    at(3, { type: "log-in", agent: "302", extension: "202", phone: "busy", by: "302" }),
  ]);
  t.same(types(events.slice(1)), [
    "agent.logged-in",
    "agent.logged-out",
    "agent.logged-in",
    "agent.logged-out",
    "agent.logged-in",
    "agent.phone",
  ]);
  t.end();
});

t.test("too many no-answers in a row pause the agent; an answer begins the count again", (t) => {
  const start = play(emptyState, [configure(), logIn(0, "301"), enter(1, "A")]);
  const twice = play(
    start.state,
    [21, 26, 46].map((seconds) => at(seconds, { type: "tick" })),
  );
  t.match(twice.events.at(-1), { type: "agent.paused", agent: "301", reason: "no-answer" });
  const once = play(start.state, [at(21, { type: "tick" }), at(26, { type: "tick" })]);
  const answered = play(once.state, [at(27, { type: "accept", call: "A", offer: offerOf(once.state, "A") })]);
  t.equal(get(answered.state.agents, byName("301"))?.noAnswers, 0);
  t.end();
});

t.test("nobody is logged in where callers may not wait for nobody", (t) => {
  const strict = { ...sales, leaveWhenEmpty: true };
  const { state, events } = play(emptyState, [configure([strict]), enter(1, "A")]);
  t.match(events.at(-1), { type: "queue.left", reason: "nobody-there", position: 1 });
  const later = play(state, [
    logIn(2, "301"),
    at(2, { type: "pause", agent: "301", reason: "", by: "" }),
    enter(3, "B"),
    at(9, { type: "log-out", agent: "301", by: "301" }),
  ]);
  t.match(later.events.at(-1), { type: "queue.left", call: "B", reason: "nobody-there", waitedMs: 6000 });
  t.end();
});

t.test("the longest wait ends even while a phone rings", (t) => {
  const short = { ...sales, maxWaitMs: 10_000 };
  const { state } = play(emptyState, [configure([short]), logIn(0, "301"), enter(1, "A")]);
  t.same(types(decide(state, at(11, { type: "tick" }))), ["queue.ring-cancelled", "queue.left"]);
  t.end();
});

t.test("queues and agents that the settings lose", (t) => {
  const { state } = play(emptyState, [configure(), logIn(0, "301"), enter(1, "A"), enter(2, "B")]);
  const { events } = play(state, [at(5, { type: "configure", queues: [], agents: [] })]);
  t.same(types(events), [
    "queue.ring-cancelled",
    "queue.left",
    "queue.left",
    "agent.logged-out",
    "acd.configured",
  ]);
  t.end();
});

t.test("commands that mean nothing now say nothing", (t) => {
  const { state } = play(emptyState, [configure()]);
  const nothing = [
    at(1, { type: "enter", call: "A", queue: "none", caller: { number: "" }, priority: 0 }),
    at(1, { type: "log-in", agent: "999", extension: "1", phone: "free", by: "" }),
    at(1, { type: "log-out", agent: "301", by: "" }),
    at(1, { type: "pause", agent: "301", reason: "", by: "" }),
    at(1, { type: "ready", agent: "301", by: "" }),
    at(1, { type: "leave", call: "A", reason: "abandoned" }),
    at(1, { type: "accept", call: "A", offer: "1" }),
    at(1, { type: "offer-failed", call: "A", offer: "1", reason: "busy" }),
    at(1, { type: "tick" }),
  ] as const;
  for (const command of nothing) t.same(decide(state, command), [], command.type);
  t.end();
});
