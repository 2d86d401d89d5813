// Where calls go that an extension does not take: always, busy, unanswered; to a colleague, a mailbox, a mobile that must
// press 1; set by telephone too; and telephones that are not to be disturbed. On fake lines and media.
import t from "tap";
import { createOffice, dial, talking, withOffice, type Office } from "../support/office.ts";
import type { FakeLeg } from "../support/fake-lines.ts";

const desk = { trunkGroups: [{ id: "city", name: "City", incoming: { extension: "201" } }] };

/** The first extensions with these settings, the others plain. */
const phones = (...first: readonly object[]) => ({
  ...desk,
  extensions: [1, 2, 3, 4].map((n, i) => ({
    number: `20${n}`,
    name: `Phone ${n}`,
    port: { span: 4, position: n },
    ...first[i],
  })),
});

const forwarded = (office: Office): readonly string[] =>
  office.events("call.forwarded").map(({ extension, reason, to }) => `${extension} ${reason} ${to}`);

const call = ({ lines }: Office): FakeLeg => lines.incoming("1/1", { calling: "5551000", called: "4000" });

async function done({ clock }: Office, ...legs: readonly FakeLeg[]): Promise<void> {
  for (const leg of legs) leg.hangUp();
  await clock.advance(20_000);
}

t.test("unanswered for its time, a call goes to the mailbox, and a message is left", (t) =>
  withOffice(
    async (office) => {
      const { clock, lines } = office;
      const caller = call(office);
      const phone = lines.ringing("4/1");
      phone.alerting();
      await clock.advance(14_900);
      t.same(forwarded(office), []);
      await clock.advance(200);
      t.match(phone.done.at(-1), /release/, "the telephone rings no more");
      t.same(forwarded(office), ["201 no-answer mailbox:office"]);
      t.equal(office.hears(caller).join(), "prompt:vm-intro,prompt:beep");
      await clock.advance(12_000);
      await done(office, caller);
      t.match(office.events("voicemail.left"), [{ mailbox: "office" }]);
      t.match(office.record(), { disposition: "abandoned" });
      t.same(office.leaks(), []);
    },
    phones({ forward: { noAnswer: { mailbox: "office" }, afterSeconds: 15 } }),
  ),
);

t.test("busy and unanswered go different ways; what is busy again goes on from the last that says so", (t) =>
  withOffice(
    async (office) => {
      const { clock, lines } = office;
      const own = lines.incoming("4/1", { called: "204" });
      lines.ringing("4/4").answered();
      await clock.advance(100);
      const caller = call(office);
      await clock.advance(100);
      t.same(forwarded(office), ["201 busy 202"]);
      lines.ringing("4/2").hangUp(17);
      await clock.advance(100);
      t.same(forwarded(office), ["201 busy 202", "202 busy queue:support"]);
      t.match(office.events("queue.entered"), [{ queue: "support" }]);
      await done(office, caller, own);
      t.same(office.leaks(), []);
    },
    {
      ...phones(
        { forward: { busy: { extension: "202" }, noAnswer: { mailbox: "office" } } },
        { forward: { busy: { queue: "support" } } },
      ),
      queues: [{ id: "support", name: "Support" }],
      agents: [],
    },
  ),
);

t.test(
  "always: the telephone does not ring, but for whom it is forwarded to; round and round ends at a bell",
  (t) =>
    withOffice(
      async (office) => {
        const { clock, lines } = office;
        const caller = call(office);
        t.same(forwarded(office), ["201 always 202", "202 always 201"]);
        const boss = lines.ringing("4/1");
        boss.answered();
        await clock.advance(1000);
        await done(office, caller);
        const secretary = lines.incoming("4/2", { called: "201" });
        t.equal(lines.ringing("4/1").request?.called.digits, "201");
        t.equal(forwarded(office).length, 2, "the secretary reaches the boss");
        await done(office, secretary);
        t.same(office.leaks(), []);
      },
      phones({ forward: { always: { extension: "202" } } }, { forward: { always: { extension: "201" } } }),
    ),
);

const mobile = {
  always: { outside: "95551234" },
  noAnswer: { mailbox: "office" },
  confirm: true,
  afterSeconds: 30,
} as const;

t.test("outside, who answers presses 1: both talk, and the caller was not answered before", (t) =>
  withOffice(
    async (office) => {
      const { clock, lines } = office;
      const caller = call(office);
      const far = lines.ringing("1/2");
      t.match(far.request, { called: { digits: "5551234" } });
      far.alerting();
      t.equal(caller.done.join(), "proceed,alert");
      await clock.advance(5000);
      far.answered();
      await clock.advance(500);
      t.equal(office.hears(far).join(), "prompt:forward-confirm,prompt:forward-confirm");
      far.press("5");
      await clock.advance(500);
      t.equal(caller.done.join(), "proceed,alert", "another key is none");
      far.press("1");
      await clock.advance(500);
      t.equal(caller.done.join(), "proceed,alert,answer");
      t.equal(caller.media?.connectedTo, far.media, "both hear each other");
      await clock.advance(60_000);
      t.equal(caller.media?.connectedTo, far.media, "no timer is left");
      await done(office, far);
      t.match(office.record(), { disposition: "answered", endedBy: "called" });
      t.match(
        office.events("leg.added").find(({ line }) => line === "1/2"),
        { class: "local", payer: "201" },
        "on behalf of the telephone",
      );
      t.same(office.leaks(), []);
    },
    phones({ forward: mobile }),
  ),
);

for (const [what, end] of [
  ["a mobile's mailbox answers and talks on", async ({ clock }: Office) => clock.advance(15_100)],
  [
    "the mobile is busy",
    async ({ clock }: Office, far: FakeLeg) => {
      far.hangUp(17);
      await clock.advance(100);
    },
  ],
  [
    "who answers hangs up",
    async ({ clock }: Office, far: FakeLeg) => {
      far.hangUp();
      await clock.advance(100);
    },
  ],
] as const)
  t.test(`${what}: the caller goes on to the mailbox here`, (t) =>
    withOffice(
      async (office) => {
        const caller = call(office);
        const far = office.lines.ringing("1/2");
        far.alerting();
        if (!what.endsWith("busy")) far.answered();
        await end(office, far);
        t.same(forwarded(office), ["201 always outside:95551234", "201 no-answer mailbox:office"]);
        t.equal(office.hears(caller).join(), "prompt:vm-intro,prompt:beep");
        t.notOk(office.lines.open.includes(far), "the mobile is let go");
        await done(office, caller);
        t.same(office.leaks(), []);
      },
      phones({ forward: mobile }),
    ),
  );

t.test(
  "the program dies while who has answered is asked: that one is let go, and the menu begins anew",
  async (t) => {
    const before = createOffice({ extensions: phones({ forward: mobile }).extensions });
    const caller = call(before);
    await before.clock.advance(1500);
    caller.press("2");
    await before.clock.advance(500);
    const far = before.lines.ringing("1/2");
    far.answered();
    await before.clock.advance(100);
    const after = before.crash();
    await after.clock.advance(500);
    t.equal(far.state, "released");
    t.same(after.hears(caller), ["prompt:welcome"]);
    await done(after, caller);
    t.same(after.lines.open, []);
    await after.close();
  },
);

t.test("an extension's calls go nowhere that it may not call itself", (t) =>
  withOffice(
    async (office) => {
      const caller = call(office);
      await office.clock.advance(100);
      t.same(
        office.lines.legs.filter(({ direction }) => direction === "out"),
        [],
      );
      t.match(caller.done.at(-1), /release 57/);
      await done(office);
      t.same(office.leaks(), []);
    },
    phones({ forward: { always: { outside: "0019005551234" } } }),
  ),
);

t.test("without a way on the caller hears why, as ever", (t) =>
  withOffice(
    async (office) => {
      const caller = call(office);
      office.lines.ringing("4/1").hangUp(27);
      await office.clock.advance(100);
      t.match(caller.done.at(-1), /release 27/);
      t.same(forwarded(office), []);
      t.same(office.leaks(), []);
    },
    phones({ forward: { busy: { mailbox: "office" } } }),
  ),
);

t.test("whoever is forwarded to reaches the other in a consultation too", (t) =>
  withOffice(
    async (office) => {
      const { lines } = office;
      const { caller, agent } = await talking(office);
      agent.flash();
      await dial(office, agent, "202");
      t.equal(lines.ringing("4/2").state, "offered");
      await done(office, agent, caller);
      t.same(office.leaks(), []);
    },
    { extensions: phones({}, { forward: { always: { extension: "201" } } }).extensions },
  ),
);

t.test("a consultation goes where the number's calls go, on its behalf", (t) =>
  withOffice(
    async (office) => {
      const { clock, lines } = office;
      const { caller, agent } = await talking(office);
      agent.flash();
      await dial(office, agent, "202");
      const far = lines.ringing("1/1");
      t.match(far.request, { called: { digits: "5551234" } });
      far.answered();
      await clock.advance(100);
      agent.hangUp();
      await clock.advance(100);
      t.equal(caller.media?.connectedTo, far.media);
      t.match(
        office.events("leg.added").find(({ line }) => line === "1/1"),
        { payer: "202" },
      );
      await done(office, caller);
      t.same(office.leaks(), []);
    },
    {
      extensions: phones({ classes: ["internal"] }, { forward: { always: { outside: "95551234" } } })
        .extensions,
    },
  ),
);

const codes = { forwardAlways: "*72", forwardBusy: "*90", forwardNoAnswer: "*52", doNotDisturb: "*76" };

t.test("a telephone sets by code where its calls go, hears it, and takes it back", (t) =>
  withOffice(
    async (office) => {
      const { clock, lines } = office;
      const set = async (called: string): Promise<string> => {
        const phone = lines.incoming("4/1", { called });
        await clock.advance(100);
        const heard = office.hears(phone).join();
        await done(office, phone);
        return heard;
      };
      const now = () => office.settings.extensions[0]?.forward;
      t.equal(await set("*72202"), "prompt:forward-on,digits:202");
      t.equal(await set("*9095551234"), "prompt:forward-on,digits:95551234");
      t.equal(await set("*52401"), "prompt:forward-on");
      t.match(now(), {
        always: { extension: "202" },
        busy: { outside: "95551234" },
        noAnswer: { queue: "sales" },
        afterSeconds: 33,
      });
      t.match(office.settings.extensions[1]?.forward, { always: undefined }, "nobody else's");
      t.equal(await set("*720019005551234"), "", "where it may not call");
      t.match(now(), { always: { extension: "202" } });
      t.equal(await set("*72"), "prompt:forward-off");
      t.notOk("always" in (now() ?? {}));
      t.match(now(), { busy: { outside: "95551234" } }, "one at a time");
      const caller = call(office);
      t.equal(lines.ringing("4/1").request?.called.digits, "201");
      await done(office, caller);
      t.same(office.leaks(), []);
    },
    { ...phones({ forward: { afterSeconds: 33 } }), featureCodes: codes },
  ),
);

t.test("a telephone that is not to be disturbed is busy, and its agent has no calls", (t) =>
  withOffice(
    async (office) => {
      const { clock, lines, centre } = office;
      centre.acd.logIn("301", "201", "test");
      const set = async (): Promise<string> => {
        const phone = lines.incoming("4/1", { called: "*76" });
        await clock.advance(100);
        const heard = office.hears(phone).join();
        phone.hangUp();
        await clock.advance(3000);
        return heard;
      };
      t.equal(await set(), "prompt:do-not-disturb-on");
      t.match(centre.acd.agents()[0], { status: "unavailable" });
      const waiting = lines.incoming("3/1", { calling: "5552000" });
      const colleague = lines.incoming("4/2", { called: "201" });
      await clock.advance(1000);
      t.same(forwarded(office), ["201 busy mailbox:office"]);
      t.match(office.events("queue.offered"), []);
      await done(office, colleague);
      t.equal(await set(), "prompt:do-not-disturb-off");
      const agent = lines.ringing("4/1");
      agent.answered();
      await clock.advance(1000);
      t.equal(waiting.media?.connectedTo, agent.media, "the caller who waits is the agent's now");
      await done(office, waiting);
      t.same(office.leaks(), []);
    },
    {
      ...phones({ forward: { busy: { mailbox: "office" } } }),
      trunkGroups: [
        { id: "city", name: "City", incoming: { extension: "201" } },
        { id: "analog", name: "Analog", incoming: { queue: "sales" } },
      ],
      featureCodes: codes,
    },
  ),
);
