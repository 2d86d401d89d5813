// Supervision: a third phone hears a call, whispers, barges in and takes it over, on fake lines and media.
import t from "tap";
import { talking, withOffice, type Office } from "../support/office.ts";
import type { FakeLeg } from "../support/fake-lines.ts";

/** A customer and an agent, and the call that they are in. */
async function supervisable(
  office: Office,
): Promise<Awaited<ReturnType<typeof talking>> & { readonly id: string }> {
  const both = await talking(office);
  return { ...both, id: office.centre.calls.list()[0]?.id ?? "" };
}

type Mode = Parameters<Office["centre"]["calls"]["supervise"]>[1]["mode"];
const ask = ({ centre }: Office, call: string, mode: Mode, extension = "203"): void =>
  centre.calls.supervise(call, { extension, mode, by: "sue" });

/** The supervisor's phone, which has answered. */
async function supervised(office: Office, call: string, mode: Mode = "listen"): Promise<FakeLeg> {
  ask(office, call, mode);
  const phone = office.lines.ringing("4/3");
  phone.answered();
  await office.clock.advance(100);
  return phone;
}

/** What part each takes in the call's conference. */
function parts({ media }: Office, legs: Readonly<Record<string, FakeLeg>>): object {
  const conference = media.openConferences[0];
  return Object.fromEntries(
    Object.entries(legs).map(([name, leg]) => {
      const part = leg.media && conference?.parties.get(leg.media);
      const { speaksTo = "all" } = part ?? {};
      const listener = Object.entries(legs).find(([, one]) => one.media === speaksTo)?.[0];
      return [name, part === undefined ? "out" : typeof speaksTo === "string" ? speaksTo : (listener ?? "?")];
    }),
  );
}

t.test("listen, whisper, barge in, by console and by the phone's keys; then hang up", (t) =>
  withOffice(async (office) => {
    const { id, caller, agent } = await supervisable(office);
    ask(office, id, "listen");
    const supervisor = office.lines.ringing("4/3");
    t.equal(supervisor.calling.digits, "5551000", "the phone shows whose call it is");
    t.equal(caller.media?.connectedTo, agent.media, "nothing changes while it rings");
    supervisor.answered();
    await office.clock.advance(100);
    const legs = { caller, agent, supervisor };
    t.same(parts(office, legs), { caller: "all", agent: "all", supervisor: "nobody" });
    t.match(office.centre.calls.list()[0]?.legs.at(-1), { role: "supervisor", supervises: "listen" });
    ask(office, id, "whisper");
    t.same(parts(office, legs), { caller: "all", agent: "all", supervisor: "agent" });
    supervisor.press("6");
    await office.clock.advance(300);
    t.same(parts(office, legs), { caller: "all", agent: "all", supervisor: "all" });
    supervisor.press("4");
    await office.clock.advance(300);
    t.same(parts(office, legs), { caller: "all", agent: "all", supervisor: "nobody" });
    supervisor.press("#1");
    await office.clock.advance(500);
    t.equal(office.centre.calls.list()[0]?.phase, "talking", "no key of the supervisor moves the call");
    supervisor.hangUp();
    await office.clock.advance(100);
    t.equal(caller.media?.connectedTo, agent.media, "the two are joined as before");
    t.equal(office.media.openConferences.length, 0);
    t.same(
      office.events("call.supervised").map(({ mode, by }) => [mode, by]),
      [
        ["listen", "sue"],
        ["whisper", "sue"],
        ["barge", undefined],
        ["listen", undefined],
      ],
    );
    caller.hangUp();
    await office.clock.advance(10_000);
    t.match(office.record(), { agent: "301", attempts: 1, disposition: "answered", transfers: 0 });
    t.same(office.leaks(), []);
  }),
);

t.test("the call ends, or is held, under a supervisor", (t) =>
  withOffice(async (office) => {
    const { id, caller, agent } = await supervisable(office);
    const supervisor = await supervised(office, id, "whisper");
    agent.flash();
    await office.clock.advance(100);
    const held = { caller, agent, supervisor };
    t.same(
      parts(office, held),
      { caller: "out", agent: "out", supervisor: "agent" },
      "on hold nobody is heard",
    );
    agent.press("202");
    await office.clock.advance(1000);
    const other = office.lines.ringing("4/2");
    other.answered();
    await office.clock.advance(100);
    t.same(
      parts(office, { ...held, other }),
      { caller: "out", agent: "all", supervisor: "agent", other: "all" },
      "the consultation is heard",
    );
    agent.flash();
    await office.clock.advance(100);
    t.same(parts(office, held), { caller: "all", agent: "all", supervisor: "agent" }, "and the call again");
    caller.hangUp();
    await office.clock.advance(10_000);
    t.match(supervisor.done.at(-1), /^release/);
    t.equal(office.media.openConferences.length, 0);
    t.same(office.leaks(), []);
  }),
);

t.test("takes over: the agent is released and free, the caller goes on", (t) =>
  withOffice(async (office) => {
    const { id, caller, agent } = await supervisable(office);
    t.throws(() => ask(office, id, "take-over"), { code: "ERR_SUPERVISION" }, "not before listening");
    const supervisor = await supervised(office, id);
    ask(office, id, "take-over");
    await office.clock.advance(100);
    t.match(agent.done.at(-1), /^release/);
    t.equal(caller.media?.connectedTo, supervisor.media);
    t.equal(office.media.openConferences.length, 0);
    t.match(office.centre.acd.agents().find(({ number }) => number === "301")?.status, /wrap-up|idle/);
    t.match(office.events("transfer"), [{ kind: "taken-over", to: "203" }]);
    supervisor.hangUp();
    await office.clock.advance(10_000);
    t.match(office.record(), { transfers: 1, extension: "203", disposition: "answered" });
    t.same(office.leaks(), []);
  }),
);

t.test("two supervisors, and a phone that cannot be rung", (t) =>
  withOffice(async (office) => {
    const { id, caller, agent } = await supervisable(office);
    t.throws(() => ask(office, id, "listen", "299"), { code: "ERR_SUPERVISION" }, "nobody to ring");
    t.equal(office.media.openConferences.length, 0, "and nothing is kept for it");
    const one = await supervised(office, id);
    t.throws(
      () => ask(office, id, "listen", "201"),
      { code: "ERR_SUPERVISION" },
      "busy with the call itself",
    );
    t.throws(() => ask(office, id, "listen", "299"), { code: "ERR_SUPERVISION" }, "no such phone");
    t.throws(() => ask(office, id, "end", "204"), { code: "ERR_SUPERVISION" }, "is not there");
    t.throws(() => ask(office, "nowhere", "listen"), { code: "ERR_CALL_UNKNOWN" });
    ask(office, id, "barge", "204");
    const two = office.lines.ringing("4/4");
    two.answered();
    await office.clock.advance(100);
    t.same(parts(office, { caller, agent, one, two }), {
      caller: "all",
      agent: "all",
      one: "nobody",
      two: "all",
    });
    ask(office, id, "end");
    await office.clock.advance(100);
    t.match(one.done.at(-1), /^release/);
    t.same(parts(office, { caller, agent, two }), { caller: "all", agent: "all", two: "all" });
    agent.hangUp();
    await office.clock.advance(10_000);
    t.same(office.leaks(), []);
  }),
);

t.test("a supervisor who does not answer, or is rung when the call ends", (t) =>
  withOffice(async (office) => {
    const { id, caller, agent } = await supervisable(office);
    ask(office, id, "listen");
    office.lines.ringing("4/3").hangUp();
    await office.clock.advance(100);
    t.equal(caller.media?.connectedTo, agent.media);
    t.equal(office.media.openConferences.length, 0);
    ask(office, id, "listen", "204");
    caller.hangUp();
    await office.clock.advance(10_000);
    t.equal(office.media.openConferences.length, 0);
    t.same(office.leaks(), []);
  }),
);
