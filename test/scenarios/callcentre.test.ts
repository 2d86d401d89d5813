// Calls through the whole call centre, on fake lines and media.
import t from "tap";
import { createOffice, type Office } from "../support/office.ts";
import type { FakeLeg } from "../support/fake-lines.ts";

/** A caller on the E1, who has pressed 1 and waits in the queue. */
async function callerInQueue(office: Office, line = "1/1"): Promise<FakeLeg> {
  const caller = office.lines.incoming(line, { calling: "5551000", called: "4000" });
  await office.clock.advance(1100);
  caller.press("1");
  await office.clock.advance(200);
  return caller;
}

async function withOffice(
  test: (office: Office) => Promise<void>,
  ...made: Parameters<typeof createOffice>
): Promise<void> {
  const office = createOffice(...made);
  try {
    await test(office);
  } finally {
    await office.close();
  }
}

t.test("what the network charges is in the record, though it comes last", (t) =>
  withOffice(async (office) => {
    const { clock, lines } = office;
    const phone = lines.incoming("4/1", { called: "95550100" });
    await clock.advance(100);
    const trunk = lines.open.find((leg) => leg !== phone);
    if (trunk === undefined) throw new Error("nothing was dialled");
    trunk.answered();
    await clock.advance(1000);
    lines.charge(trunk, { kind: "units", units: 1 });
    lines.charge(trunk, { kind: "units", units: 1 });
    await clock.advance(1000);
    phone.hangUp();
    await clock.advance(100);
    lines.charge(trunk, { kind: "units", units: 4 });
    await clock.advance(100);
    t.strictSame(Object.values(office.record()?.charges ?? {}), [{ kind: "units", units: 4 }]);
    t.equal(
      office.journal.filter((event) => event.type === "call.charged").length,
      2,
      "what was said already is not noted again",
    );
  }),
);

t.test("what the network says beside the numbers is in the journal and the record", (t) =>
  withOffice(async (office) => {
    const { clock, lines } = office;
    const caller = lines.incoming("1/1", { calling: "5551000", called: "4000" });
    lines.detail(caller, { divertedFrom: "5550199", divertedBecause: "busy", userToUser: "first" });
    await clock.advance(1000);
    lines.detail(caller, { userToUser: "second" });
    caller.hangUp();
    await clock.advance(100);
    t.strictSame(office.record()?.details, {
      ...{ divertedFrom: "5550199", divertedBecause: "busy", userToUser: "second" },
    });
    const told = office.journal.map(({ type }) => type);
    t.ok(told.indexOf("call.started") < told.indexOf("call.detailed"));
    t.equal(told.filter((type) => type === "call.detailed").length, 2);
  }),
);

t.test("from outside through menu and queue to an agent, and the record of it", (t) =>
  withOffice(async (office) => {
    const { clock, lines, centre } = office;
    centre.acd.logIn("301", "201", "test");
    const caller = lines.incoming("1/1", { calling: "5551000", called: "4000" });
    t.same(caller.done, ["proceed", "answer"], "answered by the flow");
    t.same(office.hears(caller), ["prompt:welcome"]);
    await clock.advance(1100);
    t.same(office.hears(caller), ["prompt:menu"]);
    caller.press("1");
    await clock.advance(100);
    const agent = lines.ringing("4/1");
    t.equal(agent.calling.digits, "5551000", "the agent sees the customer's number");
    t.same(office.hears(caller), ["music:default"]);
    t.match(centre.calls.list(), [{ phase: "waiting", where: "sales", caller: { number: "5551000" } }]);
    t.match(centre.acd.queues()[0], { waiting: 1, callers: [{ position: 1, offeredTo: ["301"] }] });
    t.match(centre.acd.agents()[0], { number: "301", status: "offered" });
    agent.alerting();
    await clock.advance(4000);
    t.same(office.hears(caller), ["prompt:queue-youarenext", "prompt:queue-thankyou"]);
    await clock.advance(2000);
    t.same(office.hears(caller), ["music:default"], "music again after the announcement");
    agent.answered();
    t.equal(caller.media?.connectedTo, agent.media, "both hear each other");
    t.same(office.hears(caller), [], "no music into the conversation");
    t.match(centre.calls.list(), [{ phase: "talking", agent: "301", recording: "on" }]);
    t.match(centre.acd.agents()[0], { status: "on-call" });
    await clock.advance(20_000);
    caller.hangUp();
    await clock.advance(0);
    t.same(agent.done.at(-1), "release 16");
    t.match(centre.acd.agents()[0], { status: "wrap-up" });
    t.match(office.record(), {
      direction: "in",
      caller: { number: "5551000" },
      called: "4000",
      line: "1/1",
      group: "city",
      extension: "201",
      agent: "301",
      queue: "sales",
      queueLeft: "completed-by-caller",
      queueWaitMs: 6000,
      talkMs: 20_000,
      flow: "main",
      digits: "1",
      cause: 16,
      endedBy: "caller",
      disposition: "answered",
      recordings: [{ durationMs: 27_200 }],
    });
    await clock.advance(10_000);
    t.match(centre.acd.agents()[0], { status: "idle" });
    t.same(office.leaks(), []);
  }),
);

t.test("the agent hangs up first", (t) =>
  withOffice(async (office) => {
    office.centre.acd.logIn("301", "201", "test");
    const caller = await callerInQueue(office);
    office.lines.ringing("4/1").answered();
    await office.clock.advance(5000);
    office.lines.ringing("4/1").hangUp();
    await office.clock.advance(10_000);
    t.same(caller.done.at(-1), "release 16");
    t.match(office.record(), { endedBy: "called", queueLeft: "completed-by-agent", talkMs: 5000 });
    t.same(office.leaks(), []);
  }),
);

t.test("hanging up at every step leaves nothing behind", async (t) => {
  const steps: readonly (readonly [string, (office: Office, caller: FakeLeg) => Promise<void> | void])[] = [
    ["at once", () => undefined],
    ["in the welcome", ({ clock }) => clock.advance(500)],
    ["in the menu", ({ clock }) => clock.advance(1500)],
    [
      "while a key is down",
      async ({ clock }, caller) => {
        await clock.advance(1500);
        caller.press("1");
        await clock.advance(10);
      },
    ],
    [
      "in the queue with nobody there",
      async ({ clock }, caller) => {
        await clock.advance(1500);
        caller.press("1");
        await clock.advance(500);
      },
    ],
    [
      "in an announcement",
      async ({ clock }, caller) => {
        await clock.advance(1500);
        caller.press("1");
        await clock.advance(3500);
      },
    ],
    [
      "while the agent's phone rings",
      async ({ clock, centre }, caller) => {
        centre.acd.logIn("301", "201", "test");
        await clock.advance(1500);
        caller.press("1");
        await clock.advance(500);
      },
    ],
    [
      "while talking",
      async ({ clock, centre, lines }, caller) => {
        centre.acd.logIn("301", "201", "test");
        await clock.advance(1500);
        caller.press("1");
        await clock.advance(500);
        lines.ringing("4/1").answered();
        await clock.advance(500);
      },
    ],
    [
      "while an extension rings",
      async ({ clock, lines }, caller) => {
        await clock.advance(1500);
        caller.press("2");
        await clock.advance(500);
        lines.ringing("4/1").alerting();
      },
    ],
    [
      "after a busy extension",
      async ({ clock, lines }, caller) => {
        lines.setState("4/1", "in-use");
        await clock.advance(1500);
        caller.press("2");
        await clock.advance(500);
      },
    ],
    [
      "in the voicemail greeting",
      async ({ clock }, caller) => {
        await clock.advance(1500);
        caller.press("3");
        await clock.advance(500);
      },
    ],
    [
      "while leaving a message",
      async ({ clock }, caller) => {
        await clock.advance(1500);
        caller.press("3");
        await clock.advance(5000);
      },
    ],
    [
      "held while the agent consults",
      async ({ clock, centre, lines }, caller) => {
        centre.acd.logIn("301", "201", "test");
        await clock.advance(1500);
        caller.press("1");
        await clock.advance(500);
        lines.ringing("4/1").answered();
        lines.ringing("4/1").flash();
        await clock.advance(500);
      },
    ],
  ];
  for (const [name, lead] of steps) {
    for (const by of ["remote", "fault"] as const) {
      await withOffice(async (office) => {
        const caller = office.lines.incoming("1/1", { calling: "5551000" });
        await lead(office, caller);
        caller.hangUp(by === "fault" ? 41 : 16, by);
        await office.clock.advance(30_000);
        t.same(office.leaks(), [], `${name}, by ${by}`);
        t.equal(office.events("call.ended").length, 1, "one end");
        t.equal(office.events("leg.added").length, office.events("leg.ended").length, "all legs ended");
        t.equal(office.events("call.ended")[0]?.by, by === "fault" ? "fault" : "caller");
        t.equal(
          office.events("recording.started").length,
          office.events("recording.finished").length,
          "all recordings finished",
        );
        t.equal(office.events("queue.entered").length, office.events("queue.left").length, "in = out");
      });
    }
  }
});

t.test("no answer: the next agent; too many: paused", (t) =>
  withOffice(async (office) => {
    const { clock, lines, centre } = office;
    centre.acd.logIn("301", "201", "test");
    await clock.advance(1);
    centre.acd.logIn("302", "202", "test");
    const caller = await callerInQueue(office);
    lines.ringing("4/1").alerting();
    await clock.advance(20_000);
    t.same(lines.ringing("4/1").done.at(-1), "release 16");
    t.equal(lines.ringing("4/2").state, "offered", "the second agent is rung");
    await clock.advance(20_000);
    t.equal(
      lines.legs.filter((leg) => leg.line.id === "4/1").length,
      2,
      "the first one again after the rest",
    );
    await clock.advance(20_000);
    t.match(centre.acd.agents()[0], { status: "paused", reason: "no-answer" });
    t.same(
      office.events("queue.ring-no-answer").map((event) => event.agent),
      ["301", "302", "301"],
    );
    lines.ringing("4/2").answered();
    t.equal(caller.media?.connectedTo, lines.ringing("4/2").media);
    centre.acd.ready("301", "test");
    t.match(centre.acd.agents()[0], { status: "idle" });
  }),
);

t.test("nobody comes: the longest wait ends the call, or overflows", async (t) => {
  const queues = [{ id: "sales", name: "Sales", maxWaitSeconds: 60 }];
  const agents = [{ number: "301", name: "Anna", queues: ["sales"] }];
  await withOffice(
    async (office) => {
      const caller = await callerInQueue(office);
      await office.clock.advance(60_000);
      t.same(caller.done.at(-1), "release 19");
      t.match(office.record(), { queueLeft: "timed-out", disposition: "unanswered", endedBy: "box" });
      t.same(office.leaks(), []);
    },
    { queues, agents },
  );
  await withOffice(
    async (office) => {
      office.centre.acd.logIn("301", "201", "test");
      office.lines.setState("4/1", "in-use");
      const caller = await callerInQueue(office);
      await office.clock.advance(60_000);
      t.equal(office.lines.ringing("4/2").state, "offered", "overflows to the extension");
      t.same(office.hears(caller), ["music:default"], "music until it rings");
      office.lines.ringing("4/2").alerting();
      t.same(office.hears(caller), ["tone:ringback"]);
      office.lines.ringing("4/2").answered();
      t.equal(caller.media?.connectedTo, office.lines.ringing("4/2").media);
    },
    { queues: queues.map((queue) => ({ ...queue, overflow: { extension: "202" } })), agents },
  );
});

t.test("a flow and a queue that lead into each other do not turn for ever", async (t) => {
  const loop = { name: "Loop", start: "back", nodes: { back: { type: "queue", queue: "sales" } } };
  await withOffice(
    async (office) => {
      const caller = office.lines.incoming("3/1");
      await office.clock.advance(10_000);
      t.equal(caller.state, "released");
      t.match(office.record(), { cause: 41 });
      t.same(office.leaks(), []);
    },
    { queues: [{ id: "sales", name: "Sales", overflow: { flow: "loop" } }], agents: [] },
    { loop },
  );
});

t.test("voicemail to a file", (t) =>
  withOffice(async (office) => {
    const caller = office.lines.incoming("1/1", { calling: "5551000" });
    await office.clock.advance(1500);
    caller.press("3");
    await office.clock.advance(200);
    t.same(office.hears(caller), ["prompt:vm-intro", "prompt:beep"]);
    await office.clock.advance(2000);
    t.match(caller.media?.recordings.at(-1), { options: { layout: "received" } });
    await office.clock.advance(8000);
    caller.press("#");
    await office.clock.advance(200);
    t.same(office.hears(caller), ["prompt:vm-msgsaved", "prompt:vm-goodbye"]);
    await office.clock.advance(3000);
    t.same(caller.done.at(-1), "release 16");
    t.match(office.events("voicemail.left"), [{ mailbox: "office", call: "C1" }]);
    t.same(office.leaks(), []);
  }),
);

t.test("agents log in, pause and log out at a phone", (t) =>
  withOffice(
    async (office) => {
      const { clock, lines, centre } = office;
      const dial = async (line: string, code: string, keys: readonly string[] = []): Promise<FakeLeg> => {
        const phone = lines.incoming(line, { called: code });
        for (const some of keys) {
          await clock.advance(500);
          phone.press(some);
          await clock.advance(some.length * 200 + 100);
        }
        return phone;
      };
      const wrong = await dial("4/1", "*22", ["302#", "9#", "302#", "1234#"]);
      t.same(office.hears(wrong), ["prompt:agent-loginok"], "the second time with the right PIN");
      await clock.advance(2000);
      t.equal(wrong.state, "released");
      t.match(centre.acd.agents()[1], { number: "302", status: "idle", extension: "201" });
      t.equal(office.events("recording.started").length, 0, "a PIN is never recorded");
      t.equal(office.events("ivr.digit").length, 0, "nor written down");
      await dial("4/1", "*24");
      t.match(centre.acd.agents()[1], { status: "paused", reason: "phone" });
      await clock.advance(2000);
      await dial("4/1", "*25");
      await clock.advance(2000);
      t.match(centre.acd.agents()[1], { status: "idle" });
      await dial("4/1", "*23");
      await clock.advance(2000);
      t.match(centre.acd.agents()[1], { status: "logged-out" });
      const guess = await dial("4/2", "*22", ["999#", "998#", "997#"]);
      t.same(office.hears(guess), ["prompt:agent-incorrect"]);
      await clock.advance(2000);
      t.equal(guess.state, "released");
      t.same(office.leaks(), []);
    },
    {
      agents: [
        { number: "301", name: "Anna", queues: ["sales"] },
        { number: "302", name: "Ben", queues: ["sales"], pinHash: "hash of 1234" },
      ],
    },
  ),
);

t.test("audio that comes later than the call", async (t) => {
  await withOffice(
    async (office) => {
      office.centre.acd.logIn("301", "201", "test");
      const caller = office.lines.incoming("1/1", { calling: "5551000" });
      t.equal(caller.media, undefined);
      await office.clock.advance(50);
      t.same(office.hears(caller), ["prompt:welcome"], "said as soon as it can be heard");
      t.equal(office.events("recording.started").length, 1);
      await office.clock.advance(1100);
      caller.press("1");
      await office.clock.advance(200);
      const agent = office.lines.ringing("4/1");
      agent.answered();
      await office.clock.advance(50);
      t.equal(caller.media?.connectedTo, agent.media);
      caller.hangUp();
      await office.clock.advance(20_000);
      t.same(office.leaks(), []);
    },
    {},
    {},
    { audioLateMs: 40 },
  );
  await withOffice(
    async (office) => {
      const caller = office.lines.incoming("1/1");
      caller.hangUp();
      await office.clock.advance(100);
      const never = office.lines.incoming("1/2");
      await office.clock.advance(9000);
      t.equal(never.state, "connected");
      never.hangUp();
      await office.clock.advance(20_000);
      t.same(office.leaks(), [], "hung up before there was any, or with none at all");
    },
    {},
    {},
    { audioLateMs: 8000 },
  );
});

t.test("a phone left off the hook is offered nothing until it is hung up", async (t) => {
  await withOffice(
    async (office) => {
      const { clock, lines, centre } = office;
      centre.acd.logIn("301", "201", "test");
      const first = await callerInQueue(office);
      lines.ringing("4/1").answered();
      first.hangUp();
      await clock.advance(30_000);
      t.match(centre.acd.agents()[0], { status: "busy" });
      await callerInQueue(office, "1/2");
      t.equal(lines.legs.filter((leg) => leg.line.id === "4/1").length, 1);
      lines.setState("4/1", "idle");
      t.equal(lines.legs.filter((leg) => leg.line.id === "4/1").length, 2, "at once when it is hung up");
    },
    {},
    {},
    { phonesStayOff: true },
  );
});

t.test(
  "after a crash agents are still logged in, and callers who were lost are out of their queues",
  async (t) => {
    const before = createOffice();
    before.centre.acd.logIn("301", "201", "test");
    before.centre.acd.logIn("302", "202", "test");
    before.centre.acd.pause("302", "lunch", "test");
    const caller = await callerInQueue(before);
    before.lines.ringing("4/1").answered();
    await callerInQueue(before, "1/2");
    t.equal(caller.state, "connected");

    const after = createOffice({}, {}, {}, before.journal);
    t.match(after.centre.acd.agents(), [
      { number: "301", extension: "201", status: "wrap-up" },
      { number: "302", extension: "202", status: "paused", reason: "lunch" },
    ]);
    t.same(
      after.events("queue.left").map(({ reason, agent }) => [reason, agent]),
      [
        ["restarted", "301"],
        ["restarted", undefined],
      ],
    );
    t.match(after.centre.acd.queues()[0], { waiting: 0, totals: { entered: 2, connected: 1, left: 1 } });
    await after.clock.advance(20_000);
    await callerInQueue(after);
    t.equal(after.lines.ringing("4/1").state, "offered", "and calls go on");
    await before.close();
    await after.close();
  },
);

t.test("a caller steers a long announcement by keys, and leaves it", async (t) => {
  const flow = {
    name: "Long",
    start: "long",
    nodes: {
      long: { type: "play", say: [{ prompt: "long" }], control: true, next: "bye" },
      bye: { type: "hang-up", say: [{ prompt: "bye" }] },
    },
  };
  const office = createOffice({}, { main: flow });
  const caller = office.lines.incoming("1/1", { calling: "5551000" });
  await office.clock.advance(200);
  t.same(office.hears(caller), ["prompt:long"]);
  for (const key of ["8", "8", "9", "7", "6", "6", "4"]) {
    caller.press(key);
    await office.clock.advance(100);
  }
  t.same(caller.media?.controlled, [
    "pause",
    "go on",
    "seek 10500",
    "seek 0",
    "speed 1.25",
    "speed 1.5625",
    "speed 1.25",
  ]);
  caller.press("#");
  await office.clock.advance(200);
  t.same(office.hears(caller), ["prompt:bye"]);
  await office.clock.advance(5000);
  t.same(office.leaks(), []);
  await office.close();
});
