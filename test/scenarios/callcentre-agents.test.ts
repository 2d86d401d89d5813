// What agents do beside answering: say who they are, pass on to experts, conference, be rated, say what it was about, pause for a
// reason, sit at a telephone that stays lifted. On fake lines and media.
import t from "tap";
import type { FakeLeg } from "../support/fake-lines.ts";
import { talking, withOffice, type Office } from "../support/office.ts";

const queue = { id: "sales", name: "Sales", number: "401", wrapUpSeconds: 0 };
const withQueue = (more: object, part: object = {}): object => ({
  queues: [
    { ...queue, ...more },
    { id: "support", name: "Support", number: "402", wrapUpSeconds: 0 },
  ],
  ...part,
});

async function press({ clock }: Office, leg: FakeLeg, keys: string): Promise<void> {
  leg.press(keys);
  await clock.advance(200 * keys.length + 100);
}

t.test("the agent hangs up, and the caller is asked for a rating", (t) =>
  withOffice(
    async (office) => {
      const { caller, agent } = await talking(office);
      agent.hangUp();
      await office.clock.advance(100);
      t.equal(caller.state, "connected", "the caller stays");
      t.same(office.hears(caller), ["prompt:rate-5"]);
      t.equal(office.centre.acd.agents()[0]?.status, "idle", "the agent is free at once");
      await press(office, caller, "9");
      t.same(office.events("call.rated"), [], "no such rating");
      await press(office, caller, "4");
      t.match(office.events("call.rated"), [{ score: 4, highest: 5, agent: "301", queue: "sales" }]);
      t.same(office.hears(caller), ["prompt:rate-thanks"]);
      await press(office, caller, "1");
      await office.clock.advance(2000);
      t.equal(caller.state, "released");
      t.equal(office.events("call.rated").length, 1, "once");
      t.match(office.events("queue.left"), [{ reason: "completed-by-agent", talkedMs: 10_000 }]);
      t.match(office.record(), { rating: { score: 4, highest: 5 }, disposition: "answered", talkMs: 10_000 });
      t.same(office.leaks(), []);
    },
    withQueue({ rating: { highest: 5 } }),
  ),
);

t.test("no rating: the caller hangs up first, says nothing, or was given to another", async (t) => {
  await withOffice(
    async (office) => {
      const { caller } = await talking(office);
      caller.hangUp();
      await office.clock.advance(100);
      t.match(office.events("queue.left"), [{ reason: "completed-by-caller" }]);
      t.same(office.leaks(), []);
    },
    withQueue({ rating: {} }),
  );
  await withOffice(
    async (office) => {
      const { caller, agent } = await talking(office);
      agent.hangUp();
      await office.clock.advance(12_100);
      t.equal(caller.state, "released", "silence");
      t.same(office.events("call.rated"), []);
      t.same(office.leaks(), []);
    },
    withQueue({ rating: {} }),
  );
  await withOffice(
    async (office) => {
      const { caller, agent } = await talking(office);
      agent.flash();
      await press(office, agent, "204");
      const other = office.lines.ringing("4/4");
      other.answered();
      await office.clock.advance(1000);
      agent.hangUp();
      await office.clock.advance(1000);
      t.equal(other.media?.connectedTo, caller.media);
      other.hangUp();
      await office.clock.advance(1000);
      t.equal(caller.state, "released", "the queue has nothing to do with it any more");
      t.same(office.leaks(), []);
    },
    withQueue({ rating: {} }),
  );
});

t.test("both are told about each other before they speak", (t) =>
  withOffice(
    async (office) => {
      office.centre.acd.logIn("301", "201", "test");
      const caller = office.lines.incoming("3/1", { calling: "5551000" });
      await office.clock.advance(4000);
      const agent = office.lines.ringing("4/1");
      agent.answered();
      await office.clock.advance(0);
      t.same(office.hears(caller), ["prompt:agent-number", "digits:301", "prompt:agent-serves"]);
      t.same(office.hears(agent), [
        "text:Sales",
        "prompt:queue-reporthold",
        "number:4",
        "prompt:queue-seconds",
      ]);
      t.same(office.events("call.joined"), []);
      await office.clock.advance(4100);
      t.equal(agent.media?.connectedTo, caller.media);
      t.same(office.hears(caller), []);
      caller.hangUp();
      await office.clock.advance(100);
      t.same(office.leaks(), []);
    },
    withQueue({ announceAgent: true, agentHears: ["queue", "wait"] }),
  ),
);

t.test("the agent has time for a headset; the caller's music goes on meanwhile", (t) =>
  withOffice(
    async (office) => {
      office.centre.acd.logIn("301", "201", "test");
      for (const patient of [true, false]) {
        const caller = office.lines.incoming("3/1", { calling: "5551000" });
        const agent = office.lines.ringing("4/1");
        agent.answered();
        await office.clock.advance(2900);
        t.same(office.hears(caller), ["music:default"]);
        t.equal(agent.media?.connectedTo, undefined);
        if (patient) {
          await office.clock.advance(200);
          t.equal(agent.media?.connectedTo, caller.media);
        }
        caller.hangUp();
        await office.clock.advance(100);
        t.same(office.leaks(), []);
      }
    },
    withQueue({ joinAfterSeconds: 3 }),
  ),
);

t.test("what the queue has to say is said in turn, after the place in line", (t) =>
  withOffice(
    async (office) => {
      const caller = office.lines.incoming("3/1", { calling: "5551000" });
      const said: unknown[] = [];
      for (const ms of [3100, 10_000, 10_000]) {
        await office.clock.advance(ms);
        said.push(office.hears(caller).at(-1));
      }
      t.same(said, ["prompt:hours", "prompt:website", "prompt:hours"]);
      caller.hangUp();
      await office.clock.advance(100);
      t.same(office.leaks(), []);
    },
    withQueue({ announceEverySeconds: 10, messages: [{ prompt: "hours" }, { prompt: "website" }] }),
  ),
);

t.test("the place in line is said when it is news, and only near the front, where the queue is set so", (t) =>
  withOffice(
    async (office) => {
      const places = async (ms: number): Promise<readonly string[]> => {
        await office.clock.advance(ms);
        return office.hears(third).filter((item) => item.startsWith("place:") || item.endsWith("youarenext"));
      };
      const [first, second] = [1, 2].map((n) => office.lines.incoming(`1/${n}`, { called: "401" }));
      for (const leg of [first, second]) {
        await office.clock.advance(1500);
        leg?.press("1");
      }
      await office.clock.advance(100);
      const third = office.lines.incoming("3/1", { calling: "5551000" });
      t.same(await places(3100), [], "third: too far back");
      first?.hangUp();
      t.same(await places(10_000), ["place:2"]);
      t.same(await places(10_000), [], "no news");
      second?.hangUp();
      t.same(await places(10_000), ["prompt:queue-youarenext"]);
      third.hangUp();
      await office.clock.advance(100);
      t.same(office.leaks(), []);
    },
    withQueue({ announceEverySeconds: 10, announcePlace: "when-closer", announceUpTo: 2 }),
  ),
);

t.test("whoever begins the day paused is rung when ready, not before", (t) =>
  withOffice(
    async (office) => {
      office.lines.incoming("3/1", { calling: "5551000" });
      await office.clock.advance(100);
      office.centre.acd.logIn("301", "201", "test");
      t.equal(office.centre.acd.agents()[0]?.status, "paused");
      t.equal(
        office.lines.open.some(({ line }) => line.id === "4/1"),
        false,
        "nobody is rung",
      );
      office.centre.acd.ready("301", "test");
      t.equal(office.lines.ringing("4/1").state, "offered");
    },
    withQueue({}, { agents: [{ number: "301", name: "Anna", queues: ["sales"], startPaused: true }] }),
  ),
);

t.test("who hangs up meanwhile has ended the call, once", async (t) => {
  for (const who of ["caller", "agent"] as const)
    await withOffice(
      async (office) => {
        office.centre.acd.logIn("301", "201", "test");
        const caller = office.lines.incoming("3/1", { calling: "5551000" });
        const agent = office.lines.ringing("4/1");
        agent.answered();
        await office.clock.advance(500);
        (who === "caller" ? caller : agent).hangUp();
        await office.clock.advance(10_000);
        t.match(office.events("queue.left"), [{ reason: `completed-by-${who}`, agent: "301" }], who);
        t.same(office.events("call.joined"), []);
        t.equal(office.centre.acd.agents()[0]?.status, "idle");
        t.same(office.leaks(), []);
      },
      withQueue({ announceAgent: true }),
    );
});

t.test("the key for experts: the call goes on to their queue", (t) =>
  withOffice(
    async (office) => {
      const { caller, agent } = await talking(office);
      office.centre.acd.logIn("302", "202", "test");
      await press(office, agent, "#2");
      t.equal(agent.state, "released");
      t.match(office.events("transfer"), [{ kind: "escalated", to: "queue:support" }]);
      const expert = office.lines.ringing("4/2");
      expert.answered();
      await office.clock.advance(1000);
      t.equal(expert.media?.connectedTo, caller.media);
      t.match(
        office.events("queue.left").map(({ queue: id, reason }) => [id, reason]),
        [["sales", "transferred-blind"]],
      );
      expert.hangUp();
      await office.clock.advance(1000);
      t.same(office.leaks(), []);
    },
    withQueue({ experts: "support" }),
  ),
);

t.test("a conference of three, and each way out of it", async (t) => {
  const three = async (office: Office) => {
    const { caller, agent } = await talking(office);
    agent.flash();
    await press(office, agent, "204");
    const third = office.lines.ringing("4/4");
    third.answered();
    await office.clock.advance(1000);
    await press(office, agent, "#3");
    return { caller, agent, third };
  };
  const inConference = (office: Office, legs: readonly FakeLeg[]): boolean => {
    const [conference] = office.media.openConferences;
    return legs.every((leg) => leg.media !== undefined && conference?.parties.has(leg.media) === true);
  };
  await withOffice(async (office) => {
    const { caller, agent, third } = await three(office);
    t.ok(inConference(office, [caller, agent, third]), "all three hear each other");
    t.equal(office.events("call.conference").length, 1);
    third.hangUp();
    await office.clock.advance(100);
    t.equal(agent.media?.connectedTo, caller.media, "the third goes: two are left");
    t.same(office.media.openConferences, []);
    caller.hangUp();
    await office.clock.advance(100);
    t.same(office.leaks(), []);
  }, withQueue({}));
  await withOffice(async (office) => {
    const { caller, agent, third } = await three(office);
    agent.hangUp();
    await office.clock.advance(100);
    t.equal(third.media?.connectedTo, caller.media, "the agent goes: the caller has the third");
    t.match(office.events("queue.left"), [{ reason: "transferred-consulted", agent: "301" }]);
    t.equal(office.centre.acd.agents()[0]?.status, "idle");
    third.hangUp();
    await office.clock.advance(100);
    t.same(office.leaks(), []);
  }, withQueue({}));
  await withOffice(async (office) => {
    const { caller, agent, third } = await three(office);
    caller.hangUp();
    await office.clock.advance(100);
    t.equal(agent.media?.connectedTo, third.media, "the caller goes: agent and third talk on");
    t.match(office.events("queue.left"), [{ reason: "completed-by-caller" }]);
    agent.hangUp();
    await office.clock.advance(100);
    t.same(office.leaks(), []);
  }, withQueue({}));
  await withOffice(async (office) => {
    const { caller, agent, third } = await three(office);
    agent.flash();
    await office.clock.advance(100);
    t.equal(third.state, "released", "a flash lets go of the last one");
    t.equal(agent.media?.connectedTo, caller.media);
    caller.hangUp();
    await office.clock.advance(100);
    t.same(office.leaks(), []);
  }, withQueue({}));
});

t.test("what a call was about, and why one pauses, said at the telephone", (t) =>
  withOffice(
    async (office) => {
      const { caller, agent } = await talking(office);
      caller.hangUp();
      agent.hangUp();
      await office.clock.advance(1000);
      const phone = office.lines.incoming("4/1", { called: "*297" });
      await office.clock.advance(500);
      t.same(office.hears(phone), ["prompt:agent-coded"]);
      t.match(office.events("call.coded"), [{ call: "C1", code: "order", agent: "301", queue: "sales" }]);
      t.match(office.record(1), { wrapUp: "order" });
      await office.clock.advance(2000);
      t.throws(() => office.centre.acd.code("301", "repair", "x"), { code: "ERR_WRAP_UP_CODE" });
      t.throws(() => office.centre.acd.code("302", "order", "x"), { code: "ERR_AGENT_NO_CALL" });
      const pausing = office.lines.incoming("4/1", { called: "*241" });
      await office.clock.advance(2500);
      pausing.hangUp();
      t.match(office.centre.acd.agents()[0], { status: "paused", reason: "lunch" });
      t.equal(office.centre.acd.agents()[0]?.limit === true, false);
      await office.clock.advance(45 * 60_000);
      t.match(office.centre.acd.agents()[0], { status: "paused", limit: true }, "too long by now");
      t.match(office.events("agent.overdue"), [{ agent: "301", reason: "lunch" }]);
      t.throws(() => office.centre.acd.pause("301", "holiday", "x"), { code: "ERR_PAUSE_REASON" });
      office.centre.acd.ready("301", "x");
      t.equal(office.centre.acd.agents()[0]?.limit, undefined);
      t.same(office.leaks(), []);
    },
    withQueue(
      {},
      {
        featureCodes: { agentCode: "*29" },
        pauseReasons: [{ id: "lunch", name: "Lunch", limitMinutes: 45, key: "1" }],
        wrapUpCodes: [
          { id: "order", name: "Order", key: "7" },
          { id: "repair", name: "Repair", queues: ["support"] },
        ],
      },
    ),
  ),
);

t.test("a queue that is closed, and where its callers go by why", (t) =>
  withOffice(
    async (office) => {
      const caller = office.lines.incoming("3/1", { calling: "5551000" });
      await office.clock.advance(100);
      t.equal(office.lines.ringing("4/3").state, "offered", "closed: telephone 203");
      t.match(office.events("queue.left"), [{ reason: "closed", waitedMs: 0 }]);
      caller.hangUp();
      await office.clock.advance(100);
      t.same(office.leaks(), []);
    },
    withQueue(
      { schedule: "never", overflow: { extension: "202" }, sendOn: { closed: { extension: "203" } } },
      { schedules: [{ id: "never", name: "Never" }] },
    ),
  ),
);

t.test("transfer to an agent, wherever that one is logged in", (t) =>
  withOffice(
    async (office) => {
      const { caller, agent } = await talking(office);
      office.centre.acd.logIn("302", "204", "test");
      agent.flash();
      await press(office, agent, "302");
      const other = office.lines.ringing("4/4");
      agent.hangUp();
      other.answered();
      await office.clock.advance(100);
      t.equal(other.media?.connectedTo, caller.media);
      t.match(office.events("transfer"), [{ to: "agent:302" }]);
      other.hangUp();
      await office.clock.advance(100);
      const away = office.lines.incoming("4/1", { called: "303" });
      await office.clock.advance(20_000);
      t.same(away.done.at(-1), "release 20", "who is not logged in is absent");
      t.same(office.leaks(), []);
    },
    withQueue(
      {},
      {
        agents: [
          { number: "301", name: "Anna", queues: ["sales"] },
          { number: "302", name: "Ben", queues: [] },
          { number: "303", name: "Chen", queues: [] },
        ],
      },
    ),
  ),
);

t.test("a telephone that stays lifted: a beep, and the caller is there", (t) =>
  withOffice(
    async (office) => {
      const seat = office.lines.incoming("4/1", { called: "*22" });
      await office.clock.advance(500);
      await press(office, seat, "301#");
      t.same(office.hears(seat), ["prompt:agent-loginok"]);
      await office.clock.advance(2000);
      t.equal(seat.state, "connected");
      t.match(office.centre.acd.agents()[0], { status: "idle", extension: "201" });
      t.match(office.centre.calls.list(), [{ phase: "seat" }]);
      const caller = office.lines.incoming("3/1", { calling: "5551000" });
      await office.clock.advance(300);
      t.equal(seat.media?.connectedTo, caller.media, "put through without a ring");
      t.equal(office.centre.acd.agents()[0]?.status, "on-call");
      await office.clock.advance(5000);
      await press(office, seat, "**");
      t.equal(caller.state, "released", "two stars end it");
      t.equal(seat.state, "connected", "and the telephone stays lifted");
      t.match(office.events("queue.left"), [{ reason: "completed-by-agent" }]);
      t.equal(office.centre.acd.agents()[0]?.status, "idle");
      const second = office.lines.incoming("3/1", { calling: "5551001" });
      await office.clock.advance(300);
      t.equal(seat.media?.connectedTo, second.media);
      seat.hangUp();
      await office.clock.advance(100);
      t.equal(second.state, "released");
      t.equal(office.centre.acd.agents()[0]?.status, "logged-out", "hung up: gone home");
      t.match(office.events("queue.left").at(-1), { reason: "completed-by-agent" });
      t.same(office.leaks(), []);
    },
    withQueue({}, { agents: [{ number: "301", name: "Anna", queues: ["sales"], offHook: true }] }),
  ),
);

t.test("an agent with a telephone of one's own logs in nowhere else", (t) =>
  withOffice(
    async (office) => {
      t.throws(() => office.centre.acd.logIn("301", "201", "x"), { code: "ERR_AGENT_SEAT" });
      const phone = office.lines.incoming("4/1", { called: "*22" });
      await office.clock.advance(500);
      await press(office, phone, "301#");
      t.same(office.hears(phone), ["prompt:agent-incorrect"]);
      await office.clock.advance(2000);
      t.equal(office.centre.acd.agents()[0]?.status, "logged-out");
      office.centre.acd.logIn("301", "203", "x");
      t.equal(office.centre.acd.agents()[0]?.extension, "203");
      t.same(office.leaks(), []);
    },
    withQueue({}, { agents: [{ number: "301", name: "Anna", queues: ["sales"], seat: "203" }] }),
  ),
);
