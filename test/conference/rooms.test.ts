// Conference rooms on fake lines and media: who is in, who hears what, PIN, tones, keys, and what is left behind.
import t from "tap";
import type { FakeLeg } from "../support/fake-lines.ts";
import { withOffice, type Office } from "../support/office.ts";

const rooms = [
  { id: "team", name: "Team", number: "501" },
  { id: "board", name: "Board", number: "502", pinHash: "hash of 4711", entryTones: false, mostParties: 2 },
];
const phones = [1, 2, 3, 4].map((n) => `4/${n}`);

async function dial(office: Office, line: number, number: string): Promise<FakeLeg> {
  const leg = office.lines.incoming(phones[line - 1] ?? "", { called: number });
  await office.clock.advance(50);
  return leg;
}

async function press(office: Office, leg: FakeLeg, keys: string): Promise<void> {
  for (const key of keys) leg.press(key);
  await office.clock.advance(500);
}

const inRoom = (office: Office, leg: FakeLeg): unknown =>
  leg.media === undefined ? undefined : office.media.openConferences[0]?.parties.get(leg.media);

t.test("the first hears that it is alone, then music; the second ends it, and tones tell", (t) =>
  withOffice(
    async (office) => {
      const first = await dial(office, 1, "501");
      t.same(office.hears(first), ["prompt:conf-onlyperson"]);
      await office.clock.advance(1500);
      t.same(office.hears(first), ["music:default"]);
      t.match(office.centre.calls.list()[0], { phase: "conference", where: "team" });
      const second = await dial(office, 2, "501");
      t.same(office.hears(first), [], "the music ends");
      t.match(
        [first, second].map((leg) => inRoom(office, leg)),
        [
          { speaksTo: "all", automaticGain: true },
          { speaksTo: "all", automaticGain: true },
        ],
      );
      const [conference] = office.media.openConferences;
      t.equal(conference?.played.at(-1)?.kind, "tone", "both hear that somebody came");
      t.same(office.centre.rooms.list(), [{ room: "team", calls: ["C1", "C2"] }]);
      const third = await dial(office, 3, "501");
      const tones = (): number => conference?.played.length ?? 0;
      t.equal(tones(), 2);
      third.hangUp();
      await office.clock.advance(50);
      t.equal(tones(), 3, "and that somebody went");
      second.hangUp();
      await office.clock.advance(1500);
      t.same(office.hears(first), ["music:default"], "alone again");
      first.hangUp();
      await office.clock.advance(100);
      t.same(office.media.openConferences, [], "the conference is given back");
      t.same(office.centre.rooms.list(), []);
      t.same(
        office.events("conference.joined").map(({ call, room }) => [call, room]),
        [
          ["C1", "team"],
          ["C2", "team"],
          ["C3", "team"],
        ],
      );
      t.equal(office.events("conference.left").length, 3);
      t.same(office.leaks(), []);
    },
    { rooms },
  ),
);

t.test("*1 mutes and unmutes, and no other key does; nobody hears keys", (t) =>
  withOffice(
    async (office) => {
      const first = await dial(office, 1, "501");
      const second = await dial(office, 2, "501");
      t.equal(first.media?.masking, true);
      await press(office, first, "1");
      await press(office, first, "*91");
      t.match(inRoom(office, first), { speaksTo: "all" });
      await press(office, first, "*1");
      t.same(office.hears(first), ["prompt:conf-muted"]);
      t.match(inRoom(office, first), { speaksTo: "nobody" });
      t.match(inRoom(office, second), { speaksTo: "all" });
      await press(office, first, "*1");
      t.match(inRoom(office, first), { speaksTo: "all" });
      first.hangUp();
      second.hangUp();
      await office.clock.advance(100);
      t.same(office.leaks(), []);
    },
    { rooms },
  ),
);

t.test("a PIN is asked for, three times at most; a full room takes nobody", (t) =>
  withOffice(
    async (office) => {
      const wrong = await dial(office, 1, "502");
      t.same(office.hears(wrong), ["prompt:conf-getpin"]);
      t.equal(wrong.media?.masking, true, "the PIN is in no recording");
      await press(office, wrong, "1#");
      t.same(office.hears(wrong), ["prompt:conf-invalidpin"]);
      await press(office, wrong, "2#");
      await press(office, wrong, "3#");
      await office.clock.advance(2000);
      t.equal(wrong.state, "released", "after three wrong ones");
      t.same(office.media.openConferences, []);
      const members: FakeLeg[] = [];
      for (const n of [1, 2]) {
        const leg = await dial(office, n, "502");
        await press(office, leg, "4711#");
        members.push(leg);
      }
      t.same(office.centre.rooms.list()[0]?.calls.length, 2);
      t.equal(office.media.openConferences[0]?.played.length, 0, "this room has no tones");
      const late = await dial(office, 3, "502");
      await press(office, late, "4711#");
      t.same(office.hears(late), ["prompt:conf-full"]);
      await office.clock.advance(5000);
      t.equal(late.state, "released");
      for (const leg of members) leg.hangUp();
      await office.clock.advance(100);
      t.same(office.leaks(), []);
    },
    { rooms },
  ),
);

t.test("a caller is sent into a room by an agent, and by the console out of it again", (t) =>
  withOffice(
    async (office) => {
      const host = await dial(office, 3, "501");
      office.centre.acd.logIn("301", "201", "test");
      const caller = office.lines.incoming("3/1", { calling: "5551000" });
      const agent = office.lines.ringing("4/1");
      agent.answered();
      await office.clock.advance(1000);
      agent.flash();
      for (const key of "501") agent.press(key);
      await office.clock.advance(4000);
      agent.hangUp();
      await office.clock.advance(100);
      t.match(inRoom(office, caller), { speaksTo: "all" }, "the caller is in the room");
      t.match(inRoom(office, host), { speaksTo: "all" });
      const call = office.centre.calls.list().find(({ caller: { number } }) => number === "5551000");
      office.centre.calls.transfer(call?.id ?? "", { extension: "202" });
      await office.clock.advance(100);
      t.equal(inRoom(office, caller), undefined, "and out of it");
      t.equal(caller.media?.masking, false, "its keys are heard again");
      office.lines.ringing("4/2").answered();
      await office.clock.advance(1000);
      t.equal(caller.state, "connected");
      caller.hangUp();
      host.hangUp();
      await office.clock.advance(20_000);
      t.same(office.leaks(), []);
    },
    { rooms },
  ),
);

t.test("no room, or no conference to be had: the call ends, and no other", (t) =>
  withOffice(
    async (office) => {
      const first = await dial(office, 1, "501");
      office.change({ rooms: [] });
      t.equal(first.state, "connected", "a room that is deleted goes on for those who are in it");
      const second = await dial(office, 2, "501");
      t.equal(second.state, "released");
      first.hangUp();
      await office.clock.advance(100);
      t.same(office.leaks(), []);
    },
    { rooms },
  ),
);
