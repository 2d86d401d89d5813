// Conferences: who hears whom, measured by each party's own frequency; nothing lost or doubled on the way in and out.
import { join } from "node:path";
import t from "tap";
import type { Conference, MediaEngine, MediaPort, Part } from "../../src/media/engine.ts";
import {
  alawDecode,
  engineFor,
  find,
  folder,
  noise,
  pair,
  pass,
  readWave,
  side,
  writeWave,
} from "./support.ts";

const dir = folder();

/** A line of ours and whoever is at its far end. */
interface Party {
  readonly port: MediaPort;
  readonly person: MediaPort;
}

function party(engine: MediaEngine, name: string): Party {
  return { port: engine.open(pair(name, "near")), person: engine.open(pair(name, "far")) };
}

const hz = (index: number): number => 400 + 230 * index;

function speak({ person }: Party, frequency: number, levelDbm0 = -20): void {
  person.playTone({ parts: [{ frequencies: [frequency], levelDbm0, ms: 1000 }], repeat: true });
}

/** Level of a frequency in A-law samples, dBm0. */
function levelOf(codes: Uint8Array, frequency: number): number {
  let re = 0;
  let im = 0;
  let weight = 0;
  codes.forEach((code, n) => {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / codes.length);
    const angle = (2 * Math.PI * frequency * n) / 8000;
    re += window * alawDecode(code) * Math.cos(angle);
    im += window * alawDecode(code) * Math.sin(angle);
    weight += window;
  });
  return 3.14 + 20 * Math.log10((2 * Math.hypot(re, im)) / weight / 32768 + 1e-9);
}

let files = 0;
/** What a person hears for a while, A-law. */
async function listen(people: readonly Party[], ms = 400): Promise<readonly Uint8Array[]> {
  const takes = people.map(({ person }) => person.record(join(dir, `heard${++files}.wav`)));
  await new Promise((resolve) => setTimeout(resolve, ms));
  await Promise.all(takes.map((take) => take.stop()));
  return takes.map((take) => side(readWave(take.path).data, 0).slice(-1600));
}

/** By listener, who is heard: the names of those whose frequency comes at its level. */
async function whoHears(people: Readonly<Record<string, Party>>): Promise<Record<string, string>> {
  const names = Object.keys(people);
  const heard = await listen(Object.values(people));
  return Object.fromEntries(
    names.map((name, listener) => {
      const codes = heard[listener] ?? new Uint8Array();
      const of = names.filter((_, index) => {
        const level = levelOf(codes, hz(index));
        if (level > -45 && Math.abs(level + 20) > 0.5)
          throw new Error(`${level} dBm0 is neither there nor not`);
        return level > -45;
      });
      return [name, of.join(" ")];
    }),
  );
}

t.test("a supervisor listens, whispers and barges in: who hears whom, exactly", async (t) => {
  const engine = engineFor(t);
  const people = {
    caller: party(engine, "caller"),
    agent: party(engine, "agent"),
    supervisor: party(engine, "supervisor"),
  };
  const { caller, agent, supervisor } = people;
  Object.values(people).forEach((one, index) => speak(one, hz(index)));
  caller.port.connect(agent.port);
  t.same(await whoHears(people), { caller: "agent", agent: "caller", supervisor: "" }, "a bridge");
  const conference = engine.openConference();
  const parts: readonly (readonly [Part, Record<string, string>])[] = [
    [{ speaksTo: "nobody" }, { caller: "agent", agent: "caller", supervisor: "caller agent" }],
    [{ speaksTo: agent.port }, { caller: "agent", agent: "caller supervisor", supervisor: "caller agent" }],
    [{}, { caller: "agent supervisor", agent: "caller supervisor", supervisor: "caller agent" }],
    [{ hears: false }, { caller: "agent supervisor", agent: "caller supervisor", supervisor: "" }],
    [{ speaksTo: caller.port }, { caller: "agent supervisor", agent: "caller", supervisor: "caller agent" }],
    [{ speaksTo: "nobody" }, { caller: "agent", agent: "caller", supervisor: "caller agent" }],
  ];
  conference.join(caller.port);
  for (const [part, expected] of parts) {
    conference.join(supervisor.port, part);
    t.same(await whoHears(people), expected, JSON.stringify({ ...part, speaksTo: typeof part.speaksTo }));
  }
  conference.join(supervisor.port, { speaksTo: agent.port });
  agent.port.disconnect();
  t.same(await whoHears(people), { caller: "", agent: "", supervisor: "caller" }, "the agent leaves");
  await conference.close();
  t.same(await whoHears(people), { caller: "", agent: "", supervisor: "" }, "closed");
});

t.test("into a conference and back: not a sample is lost, nor is anybody heard twice", async (t) => {
  const engine = engineFor(t);
  const [caller, agent, supervisor] = [party(engine, "c"), party(engine, "a"), party(engine, "s")];
  const said = [noise(8000, 11), noise(8000, 12)];
  const spoken = said.map((codes, index) => writeWave(join(dir, `said${index}.wav`), codes));
  caller.port.connect(agent.port);
  await pass(caller.person, 50);
  const [atCaller, atAgent] = [caller, agent].map(({ person }, index) =>
    person.record(join(dir, `through${index}.wav`)),
  );
  const onLine = caller.port.record(join(dir, "line.wav"));
  const done = [caller, agent].map(({ person }, index) => person.play([spoken[index] ?? ""]).finished);
  const conference = engine.openConference();
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve, 120));
    conference.join(caller.port);
    conference.join(supervisor.port, { speaksTo: "nobody" });
    await new Promise((resolve) => setTimeout(resolve, 120));
    caller.port.connect(agent.port);
    supervisor.port.disconnect();
  }
  await Promise.all(done);
  await pass(caller.person, 60);
  await Promise.all([atCaller?.stop(), atAgent?.stop(), onLine.stop()]);
  t.ok(
    find(side(readWave(join(dir, "through0.wav")).data, 0), said[1] ?? noise(1)) > 0,
    "the caller heard all",
  );
  t.ok(find(side(readWave(join(dir, "through1.wav")).data, 0), said[0] ?? noise(1)) > 0, "the agent too");
  t.ok(find(side(readWave(onLine.path).data, 1), said[1] ?? noise(1)) > 0, "and so it is recorded");
});

t.test("240 parties: all hear the two who speak, and these each other", async (t) => {
  const engine = engineFor(t);
  const parties = Array.from({ length: 240 }, (_, index) => party(engine, `p${index}`));
  const conference = engine.openConference();
  for (const { port } of parties) conference.join(port);
  const [first, second] = parties;
  if (first === undefined || second === undefined) return;
  speak(first, hz(0));
  speak(second, hz(1));
  const heard = (await listen(parties)).map((codes) =>
    [levelOf(codes, hz(0)) > -25, levelOf(codes, hz(1)) > -25].join(),
  );
  t.same(heard.slice(0, 2), ["false,true", "true,false"], "the speakers");
  t.same([...new Set(heard.slice(2))], ["true,true"], "the others");
});

t.test("a conference is full at 256; who leaves makes room", async (t) => {
  const engine = engineFor(t);
  const parties = Array.from({ length: 256 }, (_, index) => party(engine, `p${index}`));
  const late = party(engine, "late");
  const conference = engine.openConference();
  for (const { port } of parties) conference.join(port);
  conference.join(late.port);
  const [first] = parties;
  if (first === undefined) return;
  speak(first, hz(0));
  const hears = async (): Promise<boolean> => levelOf((await listen([late]))[0] ?? noise(1), hz(0)) > -25;
  t.equal(await hears(), false, "no room");
  await parties[7]?.port.close();
  conference.join(late.port);
  t.equal(await hears(), true, "room");
  const [one, two] = [party(engine, "one"), party(engine, "two")];
  one.port.connect(two.port);
  speak(two, hz(1));
  await parties[8]?.port.close();
  conference.join(one.port);
  const still = async (): Promise<boolean> => levelOf((await listen([one]))[0] ?? noise(1), hz(1)) > -25;
  t.equal(await still(), true, "two who find room for one alone go on as they were");
});

t.test("gain, automatic gain, and who speaks", async (t) => {
  const engine = engineFor(t);
  const [quiet, listener] = [party(engine, "q"), party(engine, "l")];
  const conference = engine.openConference();
  conference.join(listener.port);
  const level = async (): Promise<number> => levelOf((await listen([listener]))[0] ?? noise(1), hz(0));
  const near = (value: number, wanted: number): boolean => Math.abs(value - wanted) < 0.5;
  const told: boolean[] = [];
  quiet.port.events.on((event) => event.type === "talking" && told.push(event.talking));
  quiet.port.detectVoice(true);
  conference.join(quiet.port, { gainDb: 6 });
  speak(quiet, hz(0), -30);
  t.ok(near(await level(), -24), "6 dB more");
  conference.join(quiet.port, { gainDb: -10 });
  t.ok(near(await level(), -40), "10 dB less");
  conference.join(quiet.port, { automaticGain: true });
  await new Promise((resolve) => setTimeout(resolve, 2200));
  const raised = await level();
  t.ok(raised > -21 && raised < -17, `brought to the usual: ${raised.toFixed(1)} dBm0`);
  quiet.person.stopPlaying();
  await new Promise((resolve) => setTimeout(resolve, 700));
  t.same(told, [true, false], "who speaks is told, and when it ends");
  quiet.port.detectVoice(false);
  speak(quiet, hz(0));
  await new Promise((resolve) => setTimeout(resolve, 200));
  t.same(told, [true, false], "to whoever asked for it");
});

t.test("a sound for all, a recording of all, and ends of everything", async (t) => {
  const engine = engineFor(t);
  const [one, two] = [party(engine, "1"), party(engine, "2")];
  const conference: Conference = engine.openConference();
  conference.join(one.port);
  conference.join(two.port, { speaksTo: "nobody" });
  const music = noise(4000, 21);
  const take = conference.record(join(dir, "all.wav"));
  const [atOne, atTwo] = [one, two].map(({ person }, index) => person.record(join(dir, `music${index}.wav`)));
  await pass(one.person, 40);
  const played = await conference.play([writeWave(join(dir, "music.wav"), music)]).finished;
  await pass(one.person, 60);
  t.same([played.reason, played.playedMs], ["end", 500]);
  await Promise.all([atOne?.stop(), atTwo?.stop()]);
  t.ok(find(side(readWave(join(dir, "music0.wav")).data, 0), music) > 0, "one hears it, sample for sample");
  t.ok(find(side(readWave(join(dir, "music1.wav")).data, 0), music) > 0, "two as well: one playback for all");
  const end = await take.stop();
  t.same([end.reason, readWave(take.path).channels], ["stopped", 1]);
  t.ok(find(readWave(take.path).data, music) > 0, "and so does the recording");
  const ring = conference.playTone({
    parts: [{ frequencies: [400], levelDbm0: -20, ms: 100 }],
    repeat: true,
  });
  const replaced = conference.playTone({
    parts: [{ frequencies: [500], levelDbm0: -20, ms: 100 }],
    repeat: true,
  });
  t.equal((await ring.finished).reason, "replaced");
  const second = conference.record(join(dir, "second.wav"));
  const third = conference.record(join(dir, "third.wav"));
  t.equal((await third.finished).reason, "error", "one recording at a time");
  await conference.close();
  t.equal((await replaced.finished).reason, "closed");
  t.equal((await second.finished).reason, "closed");
  t.equal((await conference.play(["x.wav"]).finished).reason, "closed");
  conference.join(one.port);
  await conference.close();
});

t.test("256 conferences, and no more", async (t) => {
  const engine = engineFor(t);
  const all = Array.from({ length: 256 }, () => engine.openConference());
  t.throws(() => engine.openConference(), { code: "ERR_MEDIA_CONFERENCES" });
  await all[0]?.close();
  t.doesNotThrow(() => engine.openConference());
});
