// Two ports joined: both directions, bit for bit, and what overrides, mutes and ends it.
import { join } from "node:path";
import t from "tap";
import { engineFor, find, folder, noise, pair, pass, readWave, side, writeWave } from "./support.ts";

const dir = folder();
const a = noise(4000, 5);
const b = noise(4000, 6);
const fileA = writeWave(join(dir, "a.wav"), a);
const fileB = writeWave(join(dir, "b.wav"), b);

t.test("A-law passes both ways bit for bit", async (t) => {
  const engine = engineFor(t);
  const [caller, trunk] = [engine.open(pair("1", "far")), engine.open(pair("1", "near"))];
  const [phone, agent] = [engine.open(pair("2", "far")), engine.open(pair("2", "near"))];
  trunk.connect(agent);
  const call = trunk.record(join(dir, "call.wav"));
  const atCaller = caller.record(join(dir, "caller.wav"));
  const atPhone = phone.record(join(dir, "phone.wav"));
  const clock = engine.open(pair("3", "near"));
  await pass(clock, 30);
  await Promise.all([caller.play([fileA]).finished, phone.play([fileB]).finished]);
  await pass(clock, 50);
  await Promise.all([call.stop(), atCaller.stop(), atPhone.stop()]);
  t.ok(find(side(readWave(call.path).data, 0), a) > 0, "recorded: the caller on the left");
  t.ok(find(side(readWave(call.path).data, 1), b) > 0, "the agent on the right");
  t.ok(find(side(readWave(atPhone.path).data, 0), a) > 0, "the agent heard the caller");
  const callerFile = readWave(atCaller.path).data;
  t.ok(find(side(callerFile, 0), b) > 0, "the caller heard the agent");
  t.same(
    [trunk, agent, caller, phone].map((port) => port.stats().underruns + port.stats().overruns),
    [0, 0, 0, 0],
  );
});

t.test("who are joined are joined again, as when a call is answered: nothing is lost", async (t) => {
  const engine = engineFor(t);
  const [caller, trunk] = [engine.open(pair("1", "far")), engine.open(pair("1", "near"))];
  const [phone, agent] = [engine.open(pair("2", "far")), engine.open(pair("2", "near"))];
  trunk.connect(agent);
  const atPhone = phone.record(join(dir, "again.wav"));
  const spoken = caller.play([fileA]).finished;
  await pass(phone, 150);
  trunk.connect(agent);
  await pass(phone, 100);
  agent.connect(trunk);
  await spoken;
  await pass(phone, 50);
  await atPhone.stop();
  t.ok(find(side(readWave(atPhone.path).data, 0), a) > 0, "every sample");
});

t.test("µ-law to A-law keeps the level", async (t) => {
  const engine = engineFor(t);
  const [caller, trunk] = [engine.open(pair("1", "far", "ulaw")), engine.open(pair("1", "near", "ulaw"))];
  const [phone, agent] = [engine.open(pair("2", "far")), engine.open(pair("2", "near"))];
  trunk.connect(agent);
  caller.playTone({ parts: [{ frequencies: [1004], levelDbm0: -16, ms: 1000 }], repeat: true });
  await pass(phone, 250);
  t.ok(Math.abs(phone.levels().received + 16) < 0.2, `${phone.levels().received} dBm0`);
  t.ok(Math.abs(trunk.levels().received + 16) < 0.2);
  t.ok(trunk.levels().sent < -60, "and nothing comes back");
});

t.test("a playback overrides the bridge for its time; mutes and disconnection silence it", async (t) => {
  const engine = engineFor(t);
  const [caller, trunk] = [engine.open(pair("1", "far")), engine.open(pair("1", "near"))];
  const [phone, agent] = [engine.open(pair("2", "far")), engine.open(pair("2", "near"))];
  caller.playTone({ parts: [{ frequencies: [1000], levelDbm0: -10, ms: 1000 }], repeat: true });
  const level = async (): Promise<string> => {
    await pass(phone, 160);
    const heard = phone.levels().received;
    return heard < -60 ? "silence" : heard < -15 ? "prompt" : "caller";
  };
  t.equal(await level(), "silence", "not joined");
  trunk.connect(agent);
  t.equal(await level(), "caller");
  const prompt = agent.playTone({
    parts: [{ frequencies: [500], levelDbm0: -20, ms: 60_000 }],
    repeat: false,
  });
  t.equal(await level(), "prompt");
  prompt.stop();
  t.equal(await level(), "caller", "the bridge is heard again");
  agent.mute({ send: true });
  t.equal(await level(), "silence", "agent's sending muted");
  agent.mute({ send: false });
  trunk.mute({ receive: true });
  t.equal(await level(), "silence", "caller's microphone off");
  trunk.mute({ receive: false });
  t.equal(await level(), "caller");
  agent.disconnect();
  t.equal(await level(), "silence", "either end disconnects both");
  trunk.connect(agent);
  t.equal(await level(), "caller");
  const third = engine.open(pair("3", "near"));
  third.connect(trunk);
  t.equal(await level(), "silence", "a new partner replaces the old");
  agent.connect(trunk);
  t.equal(await level(), "caller");
  agent.connect(agent);
  t.equal(await level(), "silence", "joined with itself is joined with nobody");
  trunk.connect(agent);
  await trunk.close();
  t.equal(await level(), "silence", "a partner that closes");
  agent.connect(trunk);
  trunk.connect(agent);
  t.equal(await level(), "silence", "closed ports are joined with nobody");
});

t.test("a chain of bridges loses nothing", async (t) => {
  const engine = engineFor(t);
  const first = engine.open(pair("0", "far"));
  for (let i = 0; i < 5; i++) {
    engine.open(pair(`${i}`, "near")).connect(engine.open(pair(`${i + 1}`, i === 4 ? "near" : "far")));
  }
  const last = engine.open(pair("5", "far"));
  const heard = last.record(join(dir, "chain.wav"), { layout: "received" });
  await pass(last, 30);
  await first.play([fileA]).finished;
  await pass(last, 100);
  await heard.stop();
  t.ok(find(readWave(heard.path).data, a) > 0);
});
