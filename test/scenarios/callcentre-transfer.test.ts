// Telephones: calls between them, to the outside, hold, consultation and transfer, on fake lines and media.
import t from "tap";
import { createOffice, dial, talking, withOffice, type Office } from "../support/office.ts";
import type { FakeLeg } from "../support/fake-lines.ts";

t.test("extension to extension", (t) =>
  withOffice(async (office) => {
    const { clock, lines } = office;
    const a = lines.incoming("4/1", { called: "202" });
    const b = lines.ringing("4/2");
    t.equal(b.calling.digits, "201");
    t.equal(b.called.name, "Phone 2");
    b.alerting();
    t.same(office.hears(a), ["tone:ringback"]);
    await clock.advance(3000);
    b.answered();
    t.equal(a.media?.connectedTo, b.media);
    t.same(office.hears(a), []);
    await clock.advance(5000);
    b.hangUp();
    t.same(a.done.at(-1), "release 16");
    await clock.advance(0);
    t.match(office.record(), {
      direction: "internal",
      extension: "202",
      talkMs: 5000,
      endedBy: "called",
      disposition: "answered",
    });
    t.same(office.leaks(), []);
  }),
);

t.test("extensions that cannot be reached", async (t) => {
  const rows: readonly [string, (office: Office) => void, string, number, string?][] = [
    ["busy", ({ lines }) => lines.setState("4/2", "in-use"), "202", 17],
    ["out of order", ({ lines }) => lines.setState("4/2", "alarm"), "202", 27],
    ["unknown", () => undefined, "299", 1],
    ["not allowed", () => undefined, "0049301234", 57, "feature-not-avail-line"],
  ];
  for (const [name, prepare, called, cause, said] of rows) {
    await withOffice(async (office) => {
      prepare(office);
      const a = office.lines.incoming("4/1", { called });
      if (said !== undefined) {
        t.same(office.hears(a), ["tone:sit"], name);
        await office.clock.advance(1200);
        t.same(office.hears(a), [`prompt:${said}`], name);
        await office.clock.advance(15_000);
      }
      t.same(a.done.at(-1), `release ${cause}`, name);
      await office.clock.advance(1);
      t.match(office.record(), { cause, endedBy: "box", disposition: "unanswered" });
      t.same(office.leaks(), []);
    });
  }
  await withOffice(async (office) => {
    const a = office.lines.incoming("4/1", { called: "202" });
    office.lines.ringing("4/2").alerting();
    await office.clock.advance(60_000);
    t.same(a.done.at(-1), "release 19", "nobody lifts");
    t.equal(office.lines.ringing("4/2").state, "released");
    t.same(office.leaks(), []);
  });
});

t.test("extension to the outside, with the network's own ringback", (t) =>
  withOffice(async (office) => {
    const { clock, lines } = office;
    const a = lines.incoming("4/1", { called: "95551234" });
    const trunk = lines.ringing("1/1");
    t.equal(trunk.called.digits, "5551234", "the prefix is stripped");
    trunk.proceeding();
    trunk.alerting(true);
    t.equal(a.media?.connectedTo, trunk.media, "the caller hears the network");
    t.same(office.hears(a), []);
    t.match(office.centre.calls.list(), [{ phase: "ringing", direction: "out" }]);
    trunk.answered();
    t.match(office.centre.calls.list(), [{ phase: "talking" }]);
    await clock.advance(7000);
    trunk.hangUp(16);
    await clock.advance(0);
    t.match(office.record(), { direction: "out", extension: "201", talkMs: 7000, endedBy: "called" });
    t.same(office.leaks(), []);
  }),
);

t.test("no free line of the group, and a line that fails while talking", async (t) => {
  await withOffice(async (office) => {
    for (const line of ["1/1", "1/2", "1/3"]) office.lines.setState(line, "in-use");
    const a = office.lines.incoming("4/1", { called: "95551234" });
    t.same(office.hears(a), ["tone:sit"]);
    await office.clock.advance(20_000);
    t.same(a.done.at(-1), "release 34");
    t.same(office.leaks(), []);
  });
  await withOffice(async (office) => {
    const a = office.lines.incoming("4/1", { called: "95551234" });
    office.lines.ringing("1/1").answered();
    await office.clock.advance(1000);
    office.lines.ringing("1/1").hangUp(27, "fault");
    await office.clock.advance(1);
    t.same(a.done.at(-1), "release 27");
    t.match(office.record(), { endedBy: "fault", cause: 27 });
    t.same(office.leaks(), []);
  });
});

t.test("a menu's transfer to a busy extension: the caller hears it", (t) =>
  withOffice(async (office) => {
    office.lines.setState("4/1", "in-use");
    const caller = office.lines.incoming("1/1");
    await office.clock.advance(1100);
    caller.press("2");
    await office.clock.advance(200);
    t.same(office.hears(caller), ["tone:busy"]);
    await office.clock.advance(5000);
    t.same(caller.done.at(-1), "release 17");
    t.same(office.leaks(), []);
  }),
);

t.test("flash: hold with music and dial tone; flash again: back", (t) =>
  withOffice(async (office) => {
    const { clock, centre } = office;
    const { caller, agent } = await talking(office);
    agent.flash();
    t.same(office.hears(caller), ["music:default"]);
    t.same(office.hears(agent), ["tone:dial"]);
    t.equal(caller.media?.connectedTo, undefined);
    t.match(centre.calls.list(), [{ phase: "held" }]);
    await clock.advance(4000);
    agent.flash();
    t.equal(caller.media?.connectedTo, agent.media);
    t.same([...office.hears(caller), ...office.hears(agent)], []);
    await clock.advance(1000);
    caller.hangUp();
    await clock.advance(20_000);
    t.match(office.record(), {
      holdMs: 4000,
      talkMs: 11_000,
      agent: "301",
      queueLeft: "completed-by-caller",
    });
    t.same(office.leaks(), []);
  }),
);

t.test("consulted transfer: talk to the third, hang up, they talk", (t) =>
  withOffice(async (office) => {
    const { clock, lines, centre } = office;
    const { caller, agent } = await talking(office);
    agent.flash();
    await dial(office, agent, "202");
    const third = lines.ringing("4/2");
    t.equal(third.calling.digits, "201", "rung by the agent, not the customer");
    third.alerting();
    t.same(office.hears(agent), ["tone:ringback"]);
    third.answered();
    t.equal(agent.media?.connectedTo, third.media);
    t.same(office.hears(caller), ["music:default"]);
    await clock.advance(3000);
    agent.hangUp();
    t.equal(caller.media?.connectedTo, third.media);
    t.same(office.hears(caller), []);
    t.match(centre.acd.agents()[0], { status: "wrap-up" }, "the agent's part ends with the transfer");
    t.match(office.events("queue.left"), [{ reason: "transferred-consulted", agent: "301" }]);
    await clock.advance(60_000);
    t.match(centre.acd.agents()[0], { status: "idle" });
    third.hangUp();
    await clock.advance(1);
    t.same(caller.done.at(-1), "release 16");
    t.match(office.record(), { transfers: 1, extension: "202", talkMs: 70_000, endedBy: "called" });
    t.equal(office.events("queue.left").length, 1, "counted once");
    t.same(office.leaks(), []);
  }),
);

t.test("transfer while the third still rings", async (t) => {
  await withOffice(async (office) => {
    const { caller, agent } = await talking(office);
    agent.flash();
    await dial(office, agent, "202");
    office.lines.ringing("4/2").alerting();
    agent.hangUp();
    t.same(office.hears(caller), ["tone:ringback"]);
    t.match(office.centre.calls.list(), [{ phase: "ringing" }]);
    office.lines.ringing("4/2").answered();
    t.equal(caller.media?.connectedTo, office.lines.ringing("4/2").media);
    caller.hangUp();
    await office.clock.advance(20_000);
    t.same(office.leaks(), []);
  });
  await withOffice(async (office) => {
    const { caller, agent } = await talking(office);
    agent.flash();
    await dial(office, agent, "202");
    office.lines.ringing("4/2").alerting();
    agent.hangUp();
    office.lines.ringing("4/2").hangUp(21);
    await office.clock.advance(20_000);
    t.equal(caller.state, "released", "the third refuses");
    t.match(office.record(), { cause: 21 });
    t.same(office.leaks(), []);
  });
});

t.test("hanging up without having reached anybody: the phone rings again with the customer", (t) =>
  withOffice(async (office) => {
    const { caller, agent } = await talking(office);
    agent.flash();
    await dial(office, agent, "2");
    agent.hangUp();
    const again = office.lines.ringing("4/1");
    t.not(again, agent);
    t.equal(again.state, "offered");
    again.answered();
    t.equal(caller.media?.connectedTo, again.media);
    again.hangUp();
    await office.clock.advance(20_000);
    t.same(office.leaks(), []);
  }),
);

t.test("what goes wrong in a consultation leads back to the customer", async (t) => {
  const rows: readonly [string, (office: Office, agent: FakeLeg) => Promise<void>][] = [
    ["a number that leads nowhere", (office, agent) => dial(office, agent, "77")],
    ["too long without a digit", (office) => office.clock.advance(15_000)],
    [
      "busy",
      async (office, agent) => {
        office.lines.setState("4/2", "in-use");
        await dial(office, agent, "202");
      },
    ],
    [
      "refused",
      async (office, agent) => {
        await dial(office, agent, "202");
        office.lines.ringing("4/2").hangUp(21);
      },
    ],
  ];
  for (const [name, lead] of rows) {
    await withOffice(async (office) => {
      const { caller, agent } = await talking(office);
      agent.flash();
      await lead(office, agent);
      t.match(office.hears(agent)[0], /tone:(busy|congestion)/, `${name}: a tone`);
      await office.clock.advance(8000);
      t.equal(caller.media?.connectedTo, agent.media, `${name}: back`);
      caller.hangUp();
      await office.clock.advance(20_000);
      t.same(office.leaks(), []);
    });
  }
  await withOffice(async (office) => {
    const { caller, agent } = await talking(office);
    agent.flash();
    await dial(office, agent, "202");
    office.lines.ringing("4/2").answered();
    office.lines.ringing("4/2").hangUp();
    t.equal(caller.media?.connectedTo, agent.media, "the third hangs up: back");
    t.equal(agent.state, "connected");
  });
  await withOffice(async (office) => {
    const { caller, agent } = await talking(office);
    agent.flash();
    await dial(office, agent, "202");
    office.lines.ringing("4/2").answered();
    agent.flash();
    t.equal(caller.media?.connectedTo, agent.media, "flash while talking to the third: back");
    t.equal(office.lines.ringing("4/2").state, "released", "and the third is let go");
  });
});

t.test("the customer gives up while held: the two who talk go on", (t) =>
  withOffice(async (office) => {
    const { caller, agent } = await talking(office);
    agent.flash();
    await dial(office, agent, "202");
    const third = office.lines.ringing("4/2");
    third.answered();
    caller.hangUp();
    t.equal(agent.media?.connectedTo, third.media);
    t.match(office.events("queue.left"), [{ reason: "completed-by-caller" }]);
    third.hangUp();
    await office.clock.advance(20_000);
    t.same(office.leaks(), []);
  }),
);

t.test("transfer into a queue: dial it, hang up", (t) =>
  withOffice(async (office) => {
    const { clock, lines, centre } = office;
    const { caller, agent } = await talking(office);
    centre.acd.logIn("302", "202", "test");
    agent.flash();
    await dial(office, agent, "402");
    t.same(office.hears(agent), ["tone:ringback"]);
    agent.hangUp();
    const next = lines.ringing("4/2");
    t.equal(next.state, "offered");
    t.same(
      office.events("queue.left").map(({ queue, reason }) => [queue, reason]),
      [["sales", "transferred-blind"]],
    );
    next.answered();
    t.equal(caller.media?.connectedTo, next.media);
    next.hangUp();
    await clock.advance(20_000);
    t.match(office.record(), { queue: "support", agent: "302", transfers: 1 });
    t.same(office.leaks(), []);
  }),
);

t.test("a phone without a flash key transfers by the code; a caller from outside cannot", (t) =>
  withOffice(async (office) => {
    const { caller, agent } = await talking(office);
    caller.press("#1");
    await office.clock.advance(500);
    t.equal(caller.media?.connectedTo, agent.media, "not the caller");
    agent.press("5#1");
    await office.clock.advance(700);
    t.same(office.hears(agent), ["tone:dial"]);
  }),
);

t.test("the console transfers and hangs up", async (t) => {
  await withOffice(async (office) => {
    const { caller, agent } = await talking(office);
    office.centre.calls.transfer("C1", { extension: "203" });
    t.equal(agent.state, "released");
    t.match(office.centre.acd.agents()[0], { status: "wrap-up" });
    const third = office.lines.ringing("4/3");
    third.answered();
    t.equal(caller.media?.connectedTo, third.media);
    t.match(office.events("transfer"), [{ kind: "blind", to: "203" }]);
    office.centre.calls.hangUp("C1");
    await office.clock.advance(20_000);
    t.match(office.record(), { endedBy: "box", transfers: 1 });
    t.same(office.leaks(), []);
    t.throws(() => office.centre.calls.hangUp("C1"), { code: "ERR_CALL_UNKNOWN" });
    t.throws(() => office.centre.calls.transfer("C9", { queue: "sales" }), { code: "ERR_CALL_UNKNOWN" });
  });
  await withOffice((office) => {
    office.centre.acd.logIn("301", "201", "test");
    const caller = office.lines.incoming("3/1", { calling: "5551000" });
    office.centre.calls.transfer("C1", { extension: "203" });
    t.equal(office.lines.ringing("4/1").state, "released", "the offered agent is let go");
    t.match(office.events("queue.left"), [{ reason: "transferred-blind" }]);
    office.lines.ringing("4/3").answered();
    t.equal(caller.media?.connectedTo, office.lines.ringing("4/3").media);
    t.match(office.centre.acd.agents()[0], { status: "idle" });
    return Promise.resolve();
  });
});

t.test("console's words to agents who are not there", (t) =>
  withOffice((office) => {
    const { acd } = office.centre;
    t.throws(() => acd.logIn("999", "201", "x"), { code: "ERR_AGENT_UNKNOWN" });
    t.throws(() => acd.logIn("301", "999", "x"), { code: "ERR_EXTENSION_UNKNOWN" });
    t.throws(() => acd.pause("301", "x", "x"), { code: "ERR_AGENT_LOGGED_OUT" });
    t.throws(() => acd.ready("301", "x"), { code: "ERR_AGENT_LOGGED_OUT" });
    t.throws(() => acd.logOut("999", "x"), { code: "ERR_AGENT_UNKNOWN" });
    return Promise.resolve();
  }),
);

t.test("alarms and faulty lines are written down", (t) =>
  withOffice((office) => {
    office.lines.setAlarms(1, ["RED"]);
    office.lines.setAlarms(1, ["RED"]);
    office.lines.setAlarms(1, []);
    office.lines.setState("1/1", "alarm");
    office.lines.setState("1/1", "idle");
    office.lines.setState("1/1", "in-use");
    t.match(office.events("alarm.raised"), [{ span: 1, alarms: ["RED"] }]);
    t.equal(office.events("alarm.cleared").length, 1);
    office.lines.setClock(1, 2);
    office.lines.setClock(1, 2);
    t.match(office.events("clock.moved"), [{ span: 1, from: 0, to: 2 }]);
    t.same(
      office.events("line.state").map(({ state }) => state),
      ["alarm", "idle"],
    );
    return Promise.resolve();
  }),
);

t.test("closing with calls up ends and records all of them", async (t) => {
  const office = createOffice();
  await talking(office);
  office.lines.incoming("1/1");
  await office.clock.advance(500);
  await office.centre.close();
  t.equal(office.events("call.ended").length, 2);
  t.equal(office.events("recording.finished").length, 2);
  t.equal(office.record()?.open.talkingSince, undefined);
  t.match(office.record(), { endedBy: "fault", cause: 41 });
  t.equal(office.clock.pending, 0);
  await office.close();
});
