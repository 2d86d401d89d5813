// The program dies with calls up whose lines are held, and the next run goes on with them. On fake lines and media; the lines
// themselves are test/lines/go-on.test.ts, and the real driver and service manager the lab's.
import t from "tap";
import type { FakeLeg } from "../support/fake-lines.ts";
import { createOffice, talking, type Office } from "../support/office.ts";

async function press({ clock }: Office, leg: FakeLeg, keys: string): Promise<void> {
  leg.press(keys);
  await clock.advance(200 * keys.length + 100);
}

const hear = (a: FakeLeg, b: FakeLeg): boolean => a.media !== undefined && a.media.connectedTo === b.media;

/** Whoever asked to be called back is rung, and the agent hears it. */
async function callingBack(office: Office): Promise<{ readonly agent: FakeLeg; readonly caller: FakeLeg }> {
  const asks = office.lines.incoming("3/1", { calling: "5551000" });
  await office.clock.advance(100);
  await press(office, asks, "1");
  await press(office, asks, "1");
  await office.clock.advance(2000);
  office.centre.acd.logIn("301", "201", "test");
  const agent = office.lines.ringing("4/1");
  agent.answered();
  await office.clock.advance(1500);
  const [caller] = office.lines.open.filter((leg) => leg.line.kind === "isdn");
  if (caller === undefined) throw new Error("the caller is not rung");
  return { agent, caller };
}

/** An agent whose telephone stays lifted speaks with a caller. */
async function talkingOnSeat() {
  const agents = [{ number: "301", name: "Anna", queues: ["sales"], offHook: true }];
  const before = createOffice({ queues, agents });
  const seat = before.lines.incoming("4/1", { called: "*22" });
  await before.clock.advance(500);
  await press(before, seat, "301#");
  await before.clock.advance(5000);
  const caller = before.lines.incoming("3/1", { calling: "5551000" });
  await before.clock.advance(1000);
  return { before, seat, caller };
}

const queues = [
  { id: "sales", name: "Sales", number: "401", announceEverySeconds: 0, callback: { key: "1", prefix: "9" } },
  { id: "support", name: "Support" },
];
const rooms = [{ id: "board", name: "Board", number: "801", pinHash: "hash of 12" }];

t.test("caller and agent talk on, also over a second crash, and are counted once", async (t) => {
  const first = createOffice({ queues });
  const { caller, agent } = await talking(first);
  const second = first.crash();
  await second.clock.advance(1000);
  t.ok(hear(agent, caller) && hear(caller, agent));
  t.equal(second.centre.acd.agents()[0]?.status, "on-call");
  const third = second.crash();
  await third.clock.advance(9000);
  t.ok(hear(agent, caller));
  t.same(
    [second.journal, third.journal].flat().filter(({ type }) => type.endsWith("ended")),
    [],
  );
  caller.hangUp();
  await third.clock.advance(1000);
  t.match(third.events("queue.left"), [{ reason: "completed-by-caller", agent: "301", talkedMs: 20_000 }]);
  t.equal(third.centre.acd.agents()[0]?.status, "wrap-up");
  t.equal(agent.state, "released");
  t.match(third.centre.acd.queues()[0]?.totals, { entered: 1, connected: 1 });
  await third.close();
});

t.test("whoever waits is first in line since the same moment, and has the agent", async (t) => {
  const before = createOffice({ queues });
  const caller = before.lines.incoming("3/1", { calling: "5551000" });
  await before.clock.advance(30_000);
  const [since] = before.centre.acd.queues()[0]?.callers ?? [];
  const after = before.crash();
  await after.clock.advance(1000);
  t.same(after.hears(caller), ["music:default"]);
  t.equal(after.centre.acd.queues()[0]?.callers[0]?.since, since?.since);
  after.centre.acd.logIn("301", "201", "test");
  after.lines.ringing("4/1").answered();
  await after.clock.advance(1000);
  t.ok(hear(after.lines.ringing("4/1"), caller));
  t.match(after.events("queue.connected"), [{ waitedMs: 31_000 }]);
  await after.close();
});

t.test("who was being rung is rung again; a menu begins anew and takes its keys", async (t) => {
  const before = createOffice({ queues });
  const waiting = before.lines.incoming("3/1", { calling: "5551000" });
  const chooses = before.lines.incoming("1/1", { called: "5550100", calling: "5552000" });
  before.centre.acd.logIn("301", "201", "test");
  await before.clock.advance(1500);
  t.same(before.hears(chooses), ["prompt:menu"]);
  const rung = before.lines.ringing("4/1");
  const after = before.crash([rung]);
  await after.clock.advance(100);
  t.match(after.events("queue.ring-cancelled"), [{ agent: "301" }]);
  t.equal(after.lines.ringing("4/1").state, "offered");
  t.not(after.lines.ringing("4/1"), rung);
  t.same(after.hears(chooses), ["prompt:welcome"]);
  await after.clock.advance(1000);
  await press(after, chooses, "2");
  t.equal(waiting.state, "connected");
  t.match(after.events("call.routed").at(-1), { to: "201" });
  await after.close();
});

t.test("a telephone that the driver dropped ends its call, and says why; other calls do not", async (t) => {
  const before = createOffice({ queues });
  const { caller, agent } = await talking(before);
  const other = before.lines.incoming("1/1", { called: "5550100" });
  await before.clock.advance(2000);
  const after = before.crash([agent]);
  await after.clock.advance(1000);
  t.equal(caller.state, "released");
  t.match(after.events("leg.ended"), [{ by: "fault", reason: "line-dropped" }, { by: "local" }]);
  t.match(after.events("call.ended"), [{ by: "fault", reason: "line-dropped" }]);
  t.match(after.events("queue.left"), [{ reason: "restarted", agent: "301" }]);
  t.equal(other.state, "connected");
  await after.close();
});

t.test("a conference goes on, and nobody is asked for the PIN again", async (t) => {
  const before = createOffice({
    queues,
    rooms,
    trunkGroups: [
      { id: "city", name: "City", incoming: { room: "board" } },
      { id: "analog", name: "Analog", incoming: { queue: "sales" } },
    ],
  });
  const trunk = before.lines.incoming("1/1", { called: "5550100" });
  const inside = before.lines.incoming("4/2", { called: "801" });
  for (const leg of [trunk, inside]) {
    await before.clock.advance(500);
    await press(before, leg, "12#");
  }
  await before.clock.advance(2000);
  t.equal(before.centre.rooms.list()[0]?.calls.length, 2);
  const after = before.crash();
  await after.clock.advance(2000);
  t.equal(after.centre.rooms.list()[0]?.calls.length, 2);
  t.ok(trunk.media?.conference !== undefined && trunk.media.conference === inside.media?.conference);
  t.same(after.hears(trunk), []);
  inside.hangUp();
  await after.clock.advance(100);
  t.match(after.events("conference.left"), [{ room: "board" }]);
  await after.close();
});

t.test("a telephone that stays lifted does so, with the talk on it", async (t) => {
  const { before, seat, caller } = await talkingOnSeat();
  t.ok(hear(seat, caller));
  const after = before.crash();
  await after.clock.advance(1000);
  t.ok(hear(seat, caller));
  t.equal(after.centre.acd.agents()[0]?.status, "on-call");
  await press(after, seat, "**");
  t.equal(caller.state, "released");
  t.equal(seat.state, "connected");
  await after.clock.advance(10_000);
  t.equal(after.centre.acd.agents()[0]?.status, "idle");
  const again = after.crash();
  await again.clock.advance(1000);
  const next = again.lines.incoming("3/1", { calling: "5551001" });
  await again.clock.advance(500);
  t.ok(hear(seat, next), "put through without a ring");
  seat.hangUp();
  await again.clock.advance(100);
  t.equal(next.state, "released");
  t.equal(again.centre.acd.agents()[0]?.status, "logged-out");
  await again.close();
});

t.test(
  "the driver dropped the lifted telephone: the caller's call is over, its agent is rung as others are",
  async (t) => {
    const { before, seat, caller } = await talkingOnSeat();
    const after = before.crash([seat]);
    await after.clock.advance(1000);
    t.equal(caller.state, "released");
    t.match(after.events("queue.left"), [{ reason: "restarted" }]);
    t.equal(after.lines.open.length, 0);
    await after.clock.advance(10_000);
    after.lines.incoming("3/1", { calling: "5551001" });
    await after.clock.advance(500);
    t.equal(after.lines.ringing("4/1").state, "offered");
    await after.close();
  },
);

t.test("a callback's talk goes on as one", async (t) => {
  const before = createOffice({ queues, wrapUpCodes: [{ id: "order", name: "Order" }] });
  const { agent, caller } = await callingBack(before);
  caller.answered();
  await before.clock.advance(10_000);
  const after = before.crash();
  await after.clock.advance(10_000);
  t.ok(hear(agent, caller));
  t.equal(after.centre.acd.agents()[0]?.status, "on-call");
  t.same(after.events("queue.left"), []);
  after.centre.acd.code("301", "order", "test");
  t.match(after.events("call.coded"), [{ call: "C3", queue: "sales", agent: "301" }]);
  caller.hangUp();
  await after.clock.advance(100);
  t.match(after.events("queue.left"), [{ reason: "completed-by-caller", agent: "301", talkedMs: 20_000 }]);
  t.match(after.centre.acd.queues()[0]?.totals, { entered: 2, connected: 1, left: 1 });
  await after.close();
});

t.test("a callback whose caller was being rung is tried again at once", async (t) => {
  const before = createOffice({ queues });
  const { agent, caller } = await callingBack(before);
  const after = before.crash([caller]);
  await after.clock.advance(1000);
  t.match(after.events("callback.failed"), [{ cause: 41, tries: 3 }]);
  t.same(after.events("callback.reached"), []);
  t.equal(agent.state, "released");
  t.equal(after.lines.ringing("4/1").state, "offered", "the agent is rung for it anew");
  await after.close();
});
