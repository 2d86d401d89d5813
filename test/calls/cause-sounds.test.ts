// What is heard when a call fails: every cause sounds, and what is said can be said in each language.
import t from "tap";
import { causePrompts, causeSound } from "../../src/calls/cause-sounds.ts";
import { promptTexts } from "../../src/calls/prompt-texts.ts";
import { toneOf } from "../../src/media/tones.ts";
import { createOffice, type Office } from "../support/office.ts";

async function withOffice(test: (office: Office) => Promise<void>): Promise<void> {
  const office = createOffice();
  try {
    await test(office);
  } finally {
    await office.close();
  }
}

t.test("every cause of Q.850 sounds, and what is said has words in each language", (t) => {
  for (let cause = 1; cause <= 127; cause++)
    t.match(causeSound(cause).tone, /^(busy|congestion)$/, `${cause}`);
  t.ok(causePrompts.length > 4);
  for (const prompt of causePrompts)
    for (const language of ["en", "zh", "ko"])
      t.ok(promptTexts[prompt]?.[language], `${prompt} in ${language}`);
  for (const country of ["cn", "de", "itu"]) t.equal(toneOf(country, "sit").repeat, false, country);
  t.end();
});

t.test("a phone hears why its outside call failed, then the call ends with that cause", (t) =>
  withOffice(async (office) => {
    for (const [cause, said] of [
      [1, "prompt:ss-noservice"],
      [28, "prompt:cannot-complete-as-dialed"],
      [42, "prompt:all-circuits-busy-now"],
    ] as const) {
      const a = office.lines.incoming("4/1", { called: "95551234" });
      const trunk = office.lines.ringing("1/1");
      trunk.proceeding();
      trunk.hangUp(cause);
      t.same(office.hears(a), ["tone:sit"], `${cause}`);
      await office.clock.advance(1200);
      t.same(office.hears(a), [said]);
      await office.clock.advance(15_000);
      t.same(a.done.at(-1), `release ${cause}`);
      a.hangUp();
      await office.clock.advance(1);
    }
    t.same(office.leaks(), []);
  }),
);

t.test("busy is no announcement: the phone's own line gives the tone at once", (t) =>
  withOffice((office) => {
    const a = office.lines.incoming("4/1", { called: "95551234" });
    office.lines.ringing("1/1").hangUp(17);
    t.same(a.done.at(-1), "release 17");
    return Promise.resolve();
  }),
);

t.test("who has heard the network's announcement is told nothing twice", (t) =>
  withOffice((office) => {
    const a = office.lines.incoming("4/1", { called: "95551234" });
    const trunk = office.lines.ringing("1/1");
    trunk.alerting(true);
    t.equal(a.media?.connectedTo, trunk.media);
    trunk.hangUp(1);
    t.same(a.done.at(-1), "release 1");
    return Promise.resolve();
  }),
);

t.test("a phone that hangs up while it is told", (t) =>
  withOffice(async (office) => {
    const a = office.lines.incoming("4/1", { called: "95551234" });
    office.lines.ringing("1/1").hangUp(1);
    await office.clock.advance(1300);
    a.hangUp();
    await office.clock.advance(20_000);
    t.same(office.leaks(), []);
  }),
);

t.test("an answered caller of a trunk is told too; one not answered is told by the exchange", (t) =>
  withOffice(async (office) => {
    const caller = office.lines.incoming("1/1");
    await office.clock.advance(3000);
    caller.press("4");
    await office.clock.advance(500);
    const out = office.lines.legs.findLast((leg) => leg.direction === "out");
    out?.hangUp(34);
    await office.clock.advance(0);
    t.same(office.hears(caller), ["tone:sit"]);
    await office.clock.advance(1300);
    t.same(office.hears(caller), ["prompt:all-circuits-busy-now"]);
    await office.clock.advance(20_000);
    t.same(caller.done.at(-1), "release 34");
  }),
);
