// One call through the whole box in real time with the real media engine: prompt, key, music, agent, both
// directions of the conversation, and the recording with each party on its side.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { madeMusic } from "../../src/calls/music.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { alawDecode, engineFor, folder, writeWave } from "../media/support.ts";
import { createDemoOffice } from "./demo-office.ts";
import { hear, say, share, sine, tones, until } from "./handsets.ts";

const promptHz = 1130;
const callerHz = 700;
const agentHz = 1900;

/** The two sides of a stereo A-law WAV file. */
function sides(file: string): { readonly left: number[]; readonly right: number[]; readonly tag: number } {
  const bytes = readFileSync(file);
  const data = bytes.subarray(bytes.indexOf("data") + 8);
  const side = (from: number): number[] =>
    Array.from({ length: Math.floor(data.length / 2) }, (_, i) => alawDecode(data[2 * i + from] ?? 0xd5));
  return { left: side(0), right: side(1), tag: bytes.readUInt16LE(20) };
}

t.test("a real call from outside to an agent, heard and recorded", async (t) => {
  const media = engineFor(t);
  const sounds = folder();
  const prompt = join(sounds, "prompt.wav");
  writeWave(prompt, new Uint8Array(sine(promptHz, 16_000).buffer), { tag: 1, bits: 16 });
  const music = madeMusic(join(sounds, "music.wav"));
  const office = await createDemoOffice({
    clock: systemClock,
    media,
    tones,
    prompts: { files: () => [prompt], music: () => [music] },
  });
  const { rehearsal, centre } = office;
  await until("the lines are in service", () => office.lines.list().every(({ state }) => state === "idle"));
  centre.acd.logIn("301", "202", "test");

  rehearsal.dial("outside-1", "88880000");
  await until("the box answers", () => office.station("outside-1").state === "connected");
  const said = share(await hear(office, "outside-1"), promptHz);
  t.ok(said > 0.95, `the caller hears the prompt: ${said.toFixed(3)} of the power`);
  rehearsal.press("outside-1", "1");
  await until("the agent's telephone rings", () => office.station("phone-5/2").state === "ringing");
  const played = await hear(office, "outside-1");
  t.ok(share(played, promptHz) < 0.1 && played.some((one) => Math.abs(one) > 200), "then music");

  rehearsal.lift("phone-5/2");
  await until("they talk", () => centre.calls.list()[0]?.phase === "talking");
  const quiet = [say(office, "outside-1", callerHz), say(office, "phone-5/2", agentHz)];
  await new Promise((resolve) => setTimeout(resolve, 400));
  const [atAgent, atCaller] = [await hear(office, "phone-5/2"), await hear(office, "outside-1")];
  t.ok(share(atAgent, callerHz) > 0.95, `the agent hears the caller: ${share(atAgent, callerHz).toFixed(3)}`);
  t.ok(share(atCaller, agentHz) > 0.95, `the caller hears the agent: ${share(atCaller, agentHz).toFixed(3)}`);
  quiet.forEach((stop) => stop());

  rehearsal.hangUp("outside-1");
  await until("the recording is finished", () => office.records()[0]?.recordings[0]?.bytes !== undefined);
  const record = office.records()[0];
  t.match(record, { agent: "301", queue: "sales", digits: "1", endedBy: "caller", disposition: "answered" });
  const { left, right, tag } = sides(join(centre.recordings, record?.recordings[0]?.file ?? ""));
  t.equal(tag, 6, "A-law");
  t.ok(
    Math.abs(left.length / 8 - (record?.recordings[0]?.durationMs ?? 0)) < 25,
    "as long as the journal says",
  );
  const end = left.length - 8000;
  t.ok(share(left.slice(end, end + 4000), callerHz) > 0.9, "caller left");
  t.ok(share(right.slice(end, end + 4000), agentHz) > 0.9, "agent right");
  t.ok(share(right.slice(1600, 5600), promptHz) > 0.9, "and what the menu said before");

  rehearsal.hangUp("phone-5/2");
  await until("all lines are idle", () => office.lines.list().every(({ state }) => state === "idle"));
  await office.close();
  t.equal(media.stats().ports, 0, "no media port is left");
  t.equal(media.stats().openFiles, 0, "nor a file");
});
