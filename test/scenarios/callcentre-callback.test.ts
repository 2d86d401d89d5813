// A waiting caller presses a key, hangs up, keeps the place in line, and is called back: agent first, then the caller. And
// keys that lead elsewhere. On fake lines and media.
import t from "tap";
import type { FakeLeg } from "../support/fake-lines.ts";
import { createOffice, withOffice, type Office } from "../support/office.ts";

const queues = [
  {
    id: "sales",
    name: "Sales",
    wrapUpSeconds: 0,
    callback: { key: "1", prefix: "9", tries: 2, retryMinutes: 10 },
    keys: [{ key: "0", to: { extension: "204" } }],
  },
  { id: "support", name: "Support" },
];

async function waiting(office: Office, calling = "5551000"): Promise<FakeLeg> {
  const caller = office.lines.incoming("3/1", { calling });
  await office.clock.advance(100);
  return caller;
}

async function press(office: Office, leg: FakeLeg, keys: string): Promise<void> {
  leg.press(keys);
  await office.clock.advance(200 * keys.length + 100);
}

/** The caller asks for a callback at the number that is known, and is gone. */
async function asked(office: Office): Promise<void> {
  const caller = await waiting(office);
  await press(office, caller, "1");
  await press(office, caller, "1");
  await office.clock.advance(2000);
  if (caller.state !== "released") throw new Error("the caller is still there");
}

/** The agent whose phone rings for a callback lifts it, and the caller is rung. */
async function lifted(office: Office): Promise<{ readonly agent: FakeLeg; readonly caller: FakeLeg }> {
  const agent = office.lines.ringing("4/1");
  if (agent.calling.digits !== "5551000") throw new Error("the phone does not show whom it is about");
  agent.answered();
  await office.clock.advance(100);
  if (office.hears(agent)[0] !== "prompt:callback-dialling") throw new Error("the agent is not told");
  await office.clock.advance(1500);
  const caller = office.lines.open.find((leg) => leg.line.kind === "isdn" && leg.direction === "out");
  if (caller === undefined) throw new Error("the caller is not rung");
  if (caller.called.digits !== "5551000") throw new Error("another number is dialled");
  return { agent, caller };
}

t.test("agent first, then the caller; they talk, and all is counted once", (t) =>
  withOffice(
    async (office) => {
      const first = await waiting(office);
      await press(office, first, "1");
      t.same(office.hears(first), ["prompt:callback-number", "digits:5551000", "prompt:callback-confirm"]);
      await press(office, first, "1");
      t.same(office.hears(first), ["prompt:callback-thanks"]);
      await office.clock.advance(1500);
      t.equal(first.state, "released", "hung up, kindly");
      t.match(office.centre.acd.queues()[0], {
        waiting: 1,
        callers: [{ caller: { number: "5551000" }, callback: true, position: 1 }],
      });
      office.centre.acd.logIn("301", "201", "test");
      const { agent, caller } = await lifted(office);
      t.equal(office.centre.acd.agents()[0]?.status, "on-call");
      caller.answered();
      await office.clock.advance(60_000);
      t.equal(agent.media?.connectedTo, caller.media);
      t.match(office.events("callback.reached"), [{ queue: "sales", agent: "301" }]);
      caller.hangUp();
      await office.clock.advance(1000);
      t.equal(office.centre.acd.agents()[0]?.status, "idle");
      t.match(office.centre.acd.queues()[0], {
        waiting: 0,
        totals: { entered: 2, connected: 1, left: 1, abandoned: 0 },
      });
      t.match(
        office.events("queue.left").map(({ reason, agent: by }) => [reason, by]),
        [
          ["callback", undefined],
          ["completed-by-caller", "301"],
        ],
      );
      t.match(office.record(3), {
        direction: "out",
        called: "5551000",
        agent: "301",
        disposition: "answered",
      });
    },
    { queues },
  ),
);

t.test("who hangs up in the middle of the thanks is called back all the same", (t) =>
  withOffice(
    async (office) => {
      const caller = await waiting(office);
      await press(office, caller, "11");
      t.same(office.hears(caller), ["prompt:callback-thanks"]);
      caller.hangUp();
      await office.clock.advance(100);
      t.match(office.events("callback.requested"), [{ number: "5551000" }]);
      t.match(office.events("queue.left"), [{ reason: "callback" }]);
      t.match(office.record(1), { disposition: "unanswered", queueLeft: "callback" });
      t.equal(office.centre.acd.queues()[0]?.waiting, 1);
      t.same(office.leaks(), ["queued C2", "timer"], "but for who is to be called back");
    },
    { queues },
  ),
);

t.test("busy: the agent is told and free; it is tried again, in vain, and then no more", (t) =>
  withOffice(
    async (office) => {
      await asked(office);
      office.centre.acd.logIn("301", "201", "test");
      for (const again of [true, false]) {
        const { agent, caller } = await lifted(office);
        caller.hangUp(17);
        await office.clock.advance(100);
        t.same(office.hears(agent), ["prompt:callback-failed"]);
        await office.clock.advance(2000);
        t.equal(agent.state, "released");
        t.equal(office.centre.acd.agents()[0]?.status, "idle");
        t.equal(office.centre.acd.queues()[0]?.waiting, 0);
        const failed = office.events("callback.failed").at(-1);
        t.match(failed, { cause: 17 });
        t.equal(failed?.again !== undefined, again);
        await office.clock.advance(10 * 60_000);
      }
      t.same(office.lines.open, [], "nobody is rung any more");
      t.match(office.centre.acd.queues()[0], { totals: { entered: 2, connected: 0, left: 2 } });
      t.same(office.leaks(), []);
    },
    { queues },
  ),
);

t.test("an agent who hangs up before the caller answers has not lost the caller", (t) =>
  withOffice(
    async (office) => {
      await asked(office);
      office.centre.acd.logIn("301", "201", "test");
      const { agent, caller } = await lifted(office);
      agent.hangUp();
      await office.clock.advance(100);
      t.equal(caller.state, "released");
      t.equal(office.events("callback.failed").length, 1);
      await office.clock.advance(10 * 60_000 + 100);
      const second = await lifted(office);
      second.caller.answered();
      await office.clock.advance(1000);
      second.agent.hangUp();
      await office.clock.advance(1000);
      t.match(office.events("queue.left").at(-1), { reason: "completed-by-agent", agent: "301" });
      t.same(office.leaks(), []);
    },
    { queues },
  ),
);

t.test("another number, and one that may not be dialled; silence leads back to the music", (t) =>
  withOffice(
    async (office) => {
      const caller = await waiting(office);
      await press(office, caller, "1");
      await press(office, caller, "2");
      t.same(office.hears(caller), ["prompt:callback-enter"]);
      await press(office, caller, "00442079460018#");
      t.same(office.hears(caller), ["prompt:callback-refused"], "expensive numbers are not called back");
      await office.clock.advance(1500);
      t.same(office.hears(caller), ["music:default"]);
      await press(office, caller, "1");
      await office.clock.advance(20_000);
      t.same(office.hears(caller), ["music:default"], "nothing was pressed");
      t.equal(caller.state, "connected");
      await press(office, caller, "1");
      await press(office, caller, "2");
      await press(office, caller, "5553333#");
      await office.clock.advance(1500);
      t.match(office.events("callback.requested"), [{ number: "5553333", tries: 2 }]);
      const stranger = await waiting(office, "");
      await press(office, stranger, "1");
      t.same(office.hears(stranger), ["prompt:callback-enter"], "who shows no number dials one");
      stranger.hangUp();
      await office.clock.advance(100);
      t.equal(office.centre.acd.queues()[0]?.waiting, 1);
    },
    { queues },
  ),
);

const offering = (more: object) => [
  {
    id: "sales",
    name: "Sales",
    announceEverySeconds: 0,
    callback: { key: "1", prefix: "9", askWhen: ["timedOut", "nobodyThere", "full", "closed"] },
    ...more,
  },
  { id: "support", name: "Support" },
];
const evening = { id: "day", name: "Day", override: "closed" };
const givenUp = [
  { why: "timed-out", sets: { maxWaitSeconds: 60, overflow: { extension: "204" } }, afterMs: 60_000 },
  { why: "nobody-there", sets: { overflow: { extension: "204" } }, afterMs: 0 },
  { why: "closed", sets: { schedule: "day", overflow: { extension: "204" } }, afterMs: 0 },
] as const;

for (const { why, sets, afterMs } of givenUp) {
  const part = { queues: offering(sets), schedules: [evening] };
  const there = (office: Office): void => {
    if (why !== "timed-out") return;
    office.centre.acd.logIn("301", "201", "test");
    office.centre.acd.pause("301", "", "test");
  };

  t.test(`${why}: whoever would be sent on may be called back, in the same place`, (t) =>
    withOffice(async (office) => {
      there(office);
      const caller = await waiting(office);
      await office.clock.advance(afterMs);
      t.equal(caller.state, "connected", "keys need a line that is answered");
      t.same(office.hears(caller), ["prompt:callback-number", "digits:5551000", "prompt:callback-confirm"]);
      t.match(office.events("queue.asked"), [{ reason: why, queue: "sales" }]);
      t.equal(office.centre.acd.queues()[0]?.waiting, 0, "nobody is served meanwhile");
      const [entered] = office.events("queue.entered");
      await press(office, caller, "1");
      await office.clock.advance(1500);
      t.match(office.events("queue.left"), [{ reason: "callback", position: 1 }]);
      t.match(office.events("callback.requested"), [{ number: "5551000", enteredAt: entered?.at }]);
      if (why === "timed-out") office.centre.acd.ready("301", "test");
      else office.centre.acd.logIn("301", "201", "test");
      const { caller: called } = await lifted(office);
      called.answered();
      await office.clock.advance(1000);
      t.equal(office.centre.acd.agents()[0]?.status, "on-call");
      t.match(office.centre.acd.queues()[0]?.totals, { entered: 2, connected: 1, left: 1 });
    }, part),
  );

  t.test(`${why}: whoever presses nothing goes where the settings say`, (t) =>
    withOffice(async (office) => {
      there(office);
      const caller = await waiting(office);
      await office.clock.advance(afterMs + 16_000);
      t.equal(office.lines.ringing("4/4").state, "offered");
      t.match(office.events("queue.left"), [{ reason: why }]);
      t.same(office.events("callback.requested"), []);
      caller.hangUp();
      await office.clock.advance(1000);
      t.same(office.leaks(), []);
    }, part),
  );
}

t.test("full: the line's end is kept for whoever may be called back", (t) =>
  withOffice(
    async (office) => {
      office.centre.acd.logIn("301", "201", "test");
      office.centre.acd.pause("301", "", "test");
      await waiting(office, "5552000");
      const second = office.lines.incoming("1/1", { called: "401", calling: "5551000" });
      await office.clock.advance(1500);
      second.press("1");
      await office.clock.advance(1500);
      t.match(office.events("queue.asked"), [{ reason: "full" }]);
      await press(office, second, "1");
      await office.clock.advance(1500);
      t.match(office.centre.acd.queues()[0]?.callers, [
        { caller: { number: "5552000" }, position: 1 },
        { caller: { number: "5551000" }, position: 2, callback: true },
      ]);
    },
    { queues: offering({ mostWaiting: 1 }) },
  ),
);

t.test("whoever dials the number just as the longest wait is over goes on with that", (t) =>
  withOffice(
    async (office) => {
      office.centre.acd.logIn("301", "201", "test");
      office.centre.acd.pause("301", "", "test");
      const caller = await waiting(office);
      await office.clock.advance(58_000);
      await press(office, caller, "12");
      await press(office, caller, "555");
      await office.clock.advance(1500);
      t.equal(office.events("queue.asked").length, 1);
      await press(office, caller, "3333#");
      await office.clock.advance(1500);
      t.match(office.events("callback.requested"), [{ number: "5553333" }]);
    },
    { queues: offering({ maxWaitSeconds: 60 }) },
  ),
);

t.test("who is asked when the program dies is gone, with the place", async (t) => {
  const queues = offering({ overflow: { extension: "204" } });
  const before = createOffice({ queues });
  await waiting(before);
  t.equal(before.events("queue.asked").length, 1);
  const after = createOffice({ queues }, {}, {}, before.journal);
  t.match(after.events("queue.left"), [{ reason: "restarted" }]);
  t.match(after.centre.acd.queues()[0]?.totals, { entered: 1, left: 1 });
  await before.close();
  await after.close();
});

t.test("an agent who comes while the caller still chooses has the call", (t) =>
  withOffice(
    async (office) => {
      const caller = await waiting(office);
      await press(office, caller, "1");
      office.centre.acd.logIn("301", "201", "test");
      office.lines.ringing("4/1").answered();
      await office.clock.advance(30_000);
      t.equal(caller.state, "connected");
      t.same(office.events("callback.requested"), []);
      caller.hangUp();
      await office.clock.advance(1000);
      t.same(office.leaks(), []);
    },
    { queues },
  ),
);

t.test("asterisk #543: a key that leads elsewhere works while the position is said", (t) =>
  withOffice(
    async (office) => {
      const caller = await waiting(office);
      await office.clock.advance(3100);
      t.match(office.hears(caller)[0], "prompt:queue-youarenext");
      await press(office, caller, "0");
      t.equal(office.lines.ringing("4/4").state, "offered");
      t.match(office.events("queue.left"), [{ reason: "key" }]);
      caller.hangUp();
      await office.clock.advance(1000);
      t.same(office.leaks(), []);
    },
    { queues },
  ),
);

t.test("a restart loses no callback: not one in line, not one in the middle of it", async (t) => {
  const before = createOffice({ queues });
  await asked(before);
  before.centre.acd.logIn("301", "201", "test");
  await lifted(before);
  const after = createOffice({ queues }, {}, {}, before.journal);
  await after.clock.advance(1000);
  t.match(after.events("callback.failed"), [{ cause: 41 }]);
  const { caller, agent } = await lifted(after);
  caller.answered();
  await after.clock.advance(1000);
  t.equal(agent.media?.connectedTo, caller.media);
  await before.close();
  await after.close();
});

const skipping = [{ ...queues[0], callback: { ...queues[0]?.callback, skipMachines: true } }, queues[1]];

/** The callback's caller has lifted, or something for the caller has. */
async function answered(office: Office) {
  await asked(office);
  office.centre.acd.logIn("301", "201", "test");
  const both = await lifted(office);
  both.caller.answered();
  await office.clock.advance(500);
  return both;
}

t.test("an answering machine is not talked to: the agent is told and free, and it is tried again", (t) =>
  withOffice(
    async (office) => {
      const { agent, caller } = await answered(office);
      t.equal(agent.media?.connectedTo, caller.media, "they hear each other at once");
      t.same(office.events("callback.reached"), []);
      caller.media?.notice({ type: "answer", by: "machine", afterMs: 2600 });
      await office.clock.advance(100);
      t.equal(caller.state, "released", "nothing is said to the machine");
      t.same(office.hears(agent), ["prompt:callback-machine"]);
      const [failed] = office.events("callback.failed");
      t.match(failed, { cause: 19, machine: true, tries: 1 });
      t.ok(failed?.again);
      await office.clock.advance(2000);
      t.equal(agent.state, "released");
      t.equal(office.centre.acd.agents()[0]?.status, "idle");
      await office.clock.advance(10 * 60_000);
      const { caller: again } = await lifted(office);
      again.answered();
      await office.clock.advance(500);
      again.media?.notice({ type: "answer", by: "human", afterMs: 1500 });
      await office.clock.advance(100);
      t.match(office.events("callback.reached"), [{ agent: "301" }]);
      again.hangUp();
      await office.clock.advance(1000);
      t.match(office.events("queue.left").at(-1), { reason: "completed-by-caller" });
      t.same(office.leaks(), []);
    },
    { queues: skipping },
  ),
);

const person = [
  ["whom the agent talks to", "talking"],
  ["who hangs up at once", "caller"],
  ["whom the agent hangs up on at once", "agent"],
] as const;
for (const [who, how] of person)
  t.test(`${who} is a person, whatever it sounds like`, (t) =>
    withOffice(
      async (office) => {
        const { agent, caller } = await answered(office);
        if (how === "talking") agent.media?.notice({ type: "talking", talking: true });
        else (how === "caller" ? caller : agent).hangUp();
        await office.clock.advance(100);
        caller.media?.notice({ type: "answer", by: "machine", afterMs: 2600 });
        await office.clock.advance(1000);
        t.equal(office.events("callback.reached").length, 1);
        t.same(office.events("callback.failed"), []);
        if (how === "talking") caller.hangUp();
        await office.clock.advance(1000);
        t.match(office.events("queue.left").at(-1), {
          reason: how === "agent" ? "completed-by-agent" : "completed-by-caller",
        });
        t.same(office.leaks(), []);
      },
      { queues: skipping },
    ),
  );

t.test("where machines are talked to, nobody listens for them", (t) =>
  withOffice(
    async (office) => {
      const { agent, caller } = await answered(office);
      t.equal(office.events("callback.reached").length, 1, "at once");
      caller.media?.notice({ type: "answer", by: "machine", afterMs: 2600 });
      await office.clock.advance(100);
      t.equal(agent.media?.connectedTo, caller.media);
    },
    { queues },
  ),
);
