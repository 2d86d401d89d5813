// Routing as callers and telephones meet it: unanswered waiting, overflow between groups, emergency calls, limits,
// lists, and schedules that a phone opens and closes.
import t from "tap";
import { createOffice, type Office } from "../support/office.ts";

async function withOffice(part: object, test: (office: Office) => Promise<void>): Promise<void> {
  const office = createOffice(part);
  try {
    await test(office);
  } finally {
    await office.close();
  }
}

const groups = (city: object, analog: object = {}) => [
  { id: "city", name: "City", incoming: { queue: "sales" }, ...city },
  { id: "analog", name: "Analog", incoming: { queue: "sales" }, ...analog },
];
const unanswered = { trunkGroups: groups({ answer: "when-agent" }, { answer: "when-agent" }) };
const doings = (leg: { readonly done: readonly string[] }): string => leg.done.join(", ");

t.test("nobody pays before an agent answers: music in band, CONNECT with the agent", (t) =>
  withOffice(unanswered, async (office) => {
    const { clock, lines, centre } = office;
    const caller = lines.incoming("1/1", { calling: "5551000", called: "4000" });
    t.equal(doings(caller), "proceed, alert inband");
    t.same(office.hears(caller), ["music:default"]);
    await clock.advance(30_000);
    centre.acd.logIn("301", "201", "test");
    await clock.advance(100);
    const agent = lines.ringing("4/1");
    agent.alerting();
    await clock.advance(5000);
    t.equal(doings(caller), "proceed, alert inband", "still not answered");
    t.equal(centre.calls.list()[0]?.recording, "off");
    agent.answered();
    await clock.advance(0);
    t.equal(doings(caller), "proceed, alert inband, answer");
    t.equal(caller.media?.connectedTo, agent.media, "both hear each other");
    await clock.advance(10_000);
    caller.hangUp();
    await clock.advance(20_000);
    const record = office.record();
    t.match(record, {
      queueWaitMs: 35_100,
      talkMs: 10_000,
      disposition: "answered",
      recordings: [{ durationMs: 10_000 }],
    });
    t.equal(
      (record?.answeredAt ?? 0) - (record?.startedAt ?? 0),
      35_100,
      "answered when the agent was there",
    );
    t.equal(record?.answeredAt, record?.connectedAt);
    t.same(office.leaks(), []);
  }),
);

t.test("a caller who gives up unanswered has paid nothing", (t) =>
  withOffice(unanswered, async (office) => {
    const caller = office.lines.incoming("1/1", { calling: "5551000", called: "4000" });
    await office.clock.advance(20_000);
    caller.hangUp();
    await office.clock.advance(0);
    t.notOk(caller.done.includes("answer"));
    t.equal(office.record()?.answeredAt, undefined);
    t.match(office.record(), { disposition: "abandoned", queueLeft: "abandoned", recordings: [] });
    t.same(office.leaks(), []);
  }),
);

t.test("an analog line is answered at once: there is nothing to hear before", (t) =>
  withOffice(unanswered, async (office) => {
    const caller = office.lines.incoming("3/1", {});
    t.equal(doings(caller), "proceed, answer");
    caller.hangUp();
    await office.clock.advance(0);
    t.same(office.leaks(), []);
  }),
);

t.test("words are heard before the answer, a menu answers: it needs keys", (t) =>
  withOffice(
    { trunkGroups: groups({ answer: "when-agent", incoming: { flow: "main" } }) },
    async (office) => {
      const { clock, lines } = office;
      const caller = lines.incoming("1/1", { calling: "5551000", called: "4000" });
      t.equal(doings(caller), "proceed, alert inband");
      t.same(office.hears(caller), ["prompt:welcome"]);
      await clock.advance(1100);
      t.equal(doings(caller), "proceed, alert inband, answer");
      t.same(office.hears(caller), ["prompt:menu"]);
      caller.hangUp();
      await clock.advance(0);
      t.same(office.leaks(), []);
    },
  ),
);

t.test("answered before the exchange gives up, where the queue says so", (t) =>
  withOffice(
    {
      ...unanswered,
      queues: [
        { id: "sales", name: "Sales", answerAfterSeconds: 100 },
        { id: "support", name: "S" },
      ],
    },
    async (office) => {
      const caller = office.lines.incoming("1/1", { calling: "5551000", called: "4000" });
      await office.clock.advance(99_000);
      t.notOk(caller.done.includes("answer"));
      await office.clock.advance(1000);
      t.ok(caller.done.includes("answer"));
      caller.hangUp();
      await office.clock.advance(0);
      t.same(office.leaks(), []);
    },
  ),
);

const ways = {
  trunkGroups: groups({ callerNumber: "4000" }, { callerNumber: "5000" }),
  outgoing: [
    { pattern: "9XXXXXXX", group: "city", overflow: ["analog"], strip: 1, class: "local" },
    { pattern: "7XXXXXXX", group: "analog", strip: 1, class: "local" },
  ],
};

t.test(
  "a full group, and one whose exchange finds no circuit, give way to the next; a busy subscriber does not",
  (t) =>
    withOffice(ways, async (office) => {
      const { clock, lines } = office;
      const phone = lines.incoming("4/1", { called: "95551234" });
      const first = lines.ringing("1/1");
      t.match(first.request, { called: { digits: "5551234" }, calling: { digits: "4000" } });
      first.hangUp(34);
      await clock.advance(0);
      const second = lines.ringing("3/1");
      t.match(second.request, { calling: { digits: "5000" } });
      second.answered();
      await clock.advance(0);
      t.equal(phone.media?.connectedTo, second.media);
      phone.hangUp();
      await clock.advance(0);
      const busy = lines.incoming("4/2", { called: "95551234" });
      lines.ringing("1/1").hangUp(17);
      await clock.advance(0);
      t.equal(doings(busy), "proceed, release 17");
      for (const id of ["1/1", "1/2", "1/3"]) lines.setState(id, "down");
      const third = lines.incoming("4/3", { called: "95551234" });
      lines.ringing("3/1").hangUp(42);
      await clock.advance(20_000);
      t.equal(doings(third), "proceed, release 42", "no way is left");
      t.match(
        office
          .events("leg.added")
          .filter(({ direction }) => direction === "out")
          .at(0),
        { class: "local", payer: "201" },
      );
      t.same(office.leaks(), []);
    }),
);

t.test("no line is in order: the network is out, not the called party", (t) =>
  withOffice(ways, async (office) => {
    const { clock, lines } = office;
    for (const id of ["1/1", "1/2", "1/3", "3/1"]) lines.setState(id, "blocked");
    const phone = lines.incoming("4/1", { called: "95551234" });
    await clock.advance(1500);
    t.same(office.hears(phone).slice(-1), ["prompt:cannot-complete-network-error"]);
    await clock.advance(20_000);
    t.equal(doings(phone).split(", ").at(-1), "release 38");
    t.same(office.leaks(), []);
  }),
);

t.test("an emergency call takes the channel of the newest call out; nobody else gets it", (t) =>
  withOffice(
    {
      ...ways,
      trunkGroups: [groups({ callerNumber: "4000" })[0]],
      outgoing: [{ pattern: "9XXXXXXX", group: "city", strip: 1, class: "local" }],
    },
    async (office) => {
      const { clock, lines, centre } = office;
      lines.setState("1/3", "down");
      const inside = lines.incoming("1/1", { calling: "5551000", called: "4000" });
      const chatting = lines.incoming("4/1", { called: "95551234" });
      lines.ringing("1/2").answered();
      await clock.advance(1000);
      // The exchange has not let go of the channel yet.
      const helping = lines.incoming("4/2", { called: "110" });
      lines.setState("1/2", "in-use");
      t.ok(chatting.done.includes("release 8"), "preempted");
      lines.incoming("4/3", { called: "95559999" });
      const onChannel = (): number =>
        lines.legs.filter(({ line, direction }) => line.id === "1/2" && direction === "out").length;
      await clock.advance(300);
      t.equal(onChannel(), 1, "nobody comes between");
      lines.setState("1/2", "idle");
      lines.incoming("4/4", { called: "95559999" });
      t.equal(onChannel(), 1, "not even now");
      await clock.advance(200);
      const help = lines.ringing("1/2");
      t.match(help.request, { called: { digits: "110" }, emergency: true });
      help.answered();
      await clock.advance(0);
      t.equal(helping.media?.connectedTo, help.media);
      t.match(office.events("call.preempted"), [{ call: "C2", for: "C3", group: "city" }]);
      t.equal(inside.state, "connected", "a call that came in is left alone");
      for (const call of centre.calls.list()) centre.calls.hangUp(call.id);
      await clock.advance(0);
      t.same(office.leaks(), []);
    },
  ),
);

t.test(
  "an emergency call that finds only emergency calls and callers is told that there is no circuit",
  (t) =>
    withOffice({ trunkGroups: [groups({})[0]], outgoing: [] }, async (office) => {
      const { clock, lines } = office;
      for (const id of ["1/2", "1/3"]) lines.setState(id, "down");
      const first = lines.incoming("4/1", { called: "110" });
      const second = lines.incoming("4/2", { called: "119" });
      await clock.advance(20_000);
      t.equal(doings(second), "proceed, release 34");
      first.hangUp();
      await clock.advance(0);
      t.same(office.events("call.preempted"), []);
      t.same(office.leaks(), []);
    }),
);

t.test("an agent consults over the next group, too", (t) =>
  withOffice(ways, async (office) => {
    const { clock, lines } = office;
    const caller = lines.incoming("4/1", { called: "202" });
    const phone = lines.ringing("4/2");
    phone.answered();
    await clock.advance(0);
    phone.flash();
    phone.press("95551234");
    await clock.advance(3000);
    lines.ringing("1/1").hangUp(44);
    await clock.advance(0);
    const second = lines.ringing("3/1");
    second.answered();
    await clock.advance(0);
    t.equal(phone.media?.connectedTo, second.media);
    second.hangUp();
    caller.hangUp();
    await clock.advance(20_000);
    t.same(office.leaks(), []);
  }),
);

t.test("the day's calls of a phone, over a restart", async (t) => {
  const limited = { limits: { extension: { callsPerDay: 2 } } };
  const history: Office["journal"][number][] = [];
  await withOffice(limited, async (office) => {
    for (const n of [1, 2]) {
      const phone = office.lines.incoming("4/1", { called: `9555000${n}` });
      await office.clock.advance(1000);
      phone.hangUp();
      await office.clock.advance(0);
    }
    history.push(...office.journal);
  });
  const after = createOffice(limited, {}, {}, history);
  const third = after.lines.incoming("4/1", { called: "95550003" });
  await after.clock.advance(20_000);
  t.equal(doings(third), "proceed, release 57");
  const other = after.lines.incoming("4/2", { called: "95550003" });
  t.notOk(other.state === "released", "another phone may");
  await after.close();
});

t.test("a conversation is ended when the day's minutes are over", (t) =>
  withOffice({ limits: { extension: { minutesPerDay: 1 } } }, async (office) => {
    const phone = office.lines.incoming("4/1", { called: "95551234" });
    office.lines.ringing("1/1").answered();
    await office.clock.advance(59_000);
    t.equal(phone.state, "connected");
    await office.clock.advance(2000);
    t.equal(phone.state, "released");
    t.match(office.events("call.limited"), [{ call: "C1", scope: "extension:201" }]);
    t.same(office.leaks(), []);
  }),
);

t.test("whoever is turned away hears why, unanswered, or only gets the cause", (t) =>
  withOffice(
    {
      trunkGroups: groups({ anonymous: "announce" }),
      blockList: [
        { number: "5551000", action: "announce" },
        { number: "5552000" },
        { number: "5553000", action: "busy" },
      ],
      priorityCallers: [{ number: "5559000", label: "VIP", priority: 5 }],
    },
    async (office) => {
      const { clock, lines, centre } = office;
      const told = lines.incoming("1/1", { calling: "5551000", called: "4000" });
      t.equal(doings(told), "proceed, alert inband");
      t.same(office.hears(told), ["prompt:caller-blocked"]);
      await clock.advance(1100);
      t.equal(doings(told), "proceed, alert inband, release 21");
      t.equal(doings(lines.incoming("1/1", { calling: "5552000", called: "4000" })), "proceed, release 21");
      t.equal(doings(lines.incoming("1/1", { calling: "5553000", called: "4000" })), "proceed, release 17");
      const hidden = lines.incoming("1/1", { called: "4000" });
      t.same(office.hears(hidden), ["prompt:caller-anonymous"]);
      await clock.advance(1100);
      t.match(
        office.events("call.rejected").map(({ reason }) => reason),
        ["blocked", "blocked", "blocked", "anonymous"],
      );
      const plain = lines.incoming("1/1", { calling: "5558000", called: "4000" });
      const first = lines.incoming("1/2", { calling: "5559000", called: "4000" });
      t.match(office.events("queue.entered"), [{ priority: 0 }, { priority: 5, caller: { name: "VIP" } }]);
      centre.acd.logIn("301", "201", "test");
      await clock.advance(100);
      t.match(
        office.events("queue.offered"),
        [{ call: office.events("queue.entered")[1]?.call }],
        "the VIP first",
      );
      plain.hangUp();
      first.hangUp();
      await clock.advance(0);
      t.same(office.leaks(), []);
    },
  ),
);

t.test("a phone that may opens and closes the office; it hears so; another may not", (t) =>
  withOffice(
    {
      featureCodes: { scheduleOpen: "*26", scheduleClosed: "*27", scheduleByHours: "*28", withhold: "*31" },
      extensions: [1, 2].map((n) => ({
        number: `20${n}`,
        name: `Phone ${n}`,
        port: { span: 4, position: n },
        schedules: n === 1,
      })),
      schedules: [{ id: "office", name: "Office", code: "1" }],
      incoming: [
        {
          called: "4000",
          to: { schedule: "office", open: { queue: "sales" }, closed: { queue: "support" } },
        },
      ],
      queues: [
        { id: "sales", name: "Sales" },
        { id: "support", name: "Support" },
      ],
    },
    async (office) => {
      const { clock, lines } = office;
      const call = async (): Promise<string | undefined> => {
        const caller = lines.incoming("1/1", { calling: "5551000", called: "4000" });
        await clock.advance(0);
        caller.hangUp();
        await clock.advance(0);
        return office.events("queue.entered").at(-1)?.queue;
      };
      const dial = async (line: string, called: string): Promise<string> => {
        const phone = lines.incoming(line, { called });
        await clock.advance(100);
        const heard = office.hears(phone).join();
        await clock.advance(3000);
        phone.hangUp();
        await clock.advance(0);
        return heard;
      };
      t.equal(await call(), "support", "a schedule without hours is closed");
      t.equal(await dial("4/1", "*261"), "prompt:schedule-open");
      t.equal(await call(), "sales");
      t.equal(await dial("4/2", "*271"), "", "not allowed");
      t.equal(await call(), "sales");
      t.equal(await dial("4/1", "*281"), "prompt:schedule-none");
      t.equal(await call(), "support");
      const hidden = lines.incoming("4/2", { called: "*3195551234" });
      t.match(lines.ringing("1/1").request, { calling: { presentation: "restricted" } });
      hidden.hangUp();
      await clock.advance(0);
      t.same(office.leaks(), []);
    },
  ),
);

t.test("the dry run says the same as a call does", (t) =>
  withOffice(ways, async (office) => {
    t.match(office.centre.tryRouting({ from: { extension: "201" }, calling: "", called: "95551234" }), {
      verdict: "connected",
      attempts: [
        { group: "city", called: { digits: "5551234" }, calling: { digits: "4000" } },
        { group: "analog" },
      ],
    });
    const phone = office.lines.incoming("4/1", { called: "95551234" });
    t.match(office.lines.ringing("1/1").request, {
      called: { digits: "5551234" },
      calling: { digits: "4000" },
    });
    phone.hangUp();
    await office.clock.advance(0);
    t.same(office.leaks(), []);
  }),
);
