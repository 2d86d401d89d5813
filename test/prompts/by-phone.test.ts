// A prompt by a telephone: it rings, a tone, what is said; and every way in which it comes to nothing.
import { readdirSync, writeFileSync } from "node:fs";
import t from "tap";
import { createPhoneRecorder } from "../../src/prompts/by-phone.ts";
import type { OwnPrompt } from "../../src/prompts/library.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { createRig, plays } from "../lines/rig.ts";
import { temporaryFolder } from "../support/folder.ts";

const phone = { number: "201", name: "Reception", port: { span: 1, position: 1 } };

function rig(
  add = (): Promise<OwnPrompt> => Promise.resolve({ language: "en", name: "welcome", versions: [] }),
) {
  const all = createRig({ spans: [{ kind: "analog", ports: ["fxs"] }] }, { extensions: [phone] });
  const added: string[] = [];
  const folder = temporaryFolder("phone");
  const recorder = createPhoneRecorder({
    lines: all.lines,
    library: {
      add(language, name, audio, by) {
        added.push(`${language} ${name} ${by} ${"path" in audio}`);
        return add();
      },
      file: () => "made.wav",
    },
    folder,
    clock: all.clock,
    log: silentLogger,
  });
  return { ...all, all, recorder, added, folder, handset: all.farPort(1, 1) };
}

const port = ({ media }: ReturnType<typeof rig>) => media.portOf("sim/1/1", "near");

t.test("rings, a tone, what is said until #, and it is heard; then hung up", async (t) => {
  const own = rig();
  const { clock, recorder, handset, added } = own;
  const done = recorder.record("201", "en", "welcome", "wang");
  await clock.advance(1000);
  handset.offHook();
  await clock.advance(100);
  t.equal(port(own)?.recording, false, "not before the tone");
  await clock.advance(800);
  t.equal(port(own)?.recording, true);
  const [recording] = port(own)?.recordings ?? [];
  t.match(recording?.options, { layout: "received" });
  writeFileSync(recording?.path ?? "", "");
  await clock.advance(3000);
  port(own)?.press("1");
  await clock.advance(500);
  t.equal(port(own)?.recording, true, "another key does not end it");
  port(own)?.press("#");
  await clock.advance(500);
  t.match(await done, { name: "welcome" });
  t.strictSame(added, ["en welcome wang true"]);
  t.equal(plays(own.all, "sim/1/1"), "made.wav", "what was made of it");
  t.strictSame(readdirSync(own.folder), [], "and nothing is left over");
  port(own)?.finishPlaying();
  await clock.advance(10);
  handset.onHook();
  await clock.advance(40_000);
  t.equal(own.lines.list()[0]?.state, "idle");
  t.equal(clock.pending, 0);
});

t.test("hanging up ends it as well", async (t) => {
  const own = rig();
  const { clock, recorder, handset, added } = own;
  const done = recorder.record("201", "en", "welcome", "wang");
  await clock.advance(1000);
  handset.offHook();
  await clock.advance(3000);
  handset.onHook();
  await clock.advance(2000);
  t.match(await done, { name: "welcome" });
  t.strictSame(added, ["en welcome wang true"]);
  await clock.advance(5000);
  t.equal(own.lines.list()[0]?.state, "idle");
});

t.test(
  "nobody answers, no such telephone, a busy one, a recording that is refused, the end of all",
  async (t) => {
    const own = rig(() => Promise.reject(new Error("silent")));
    const { clock, recorder, handset, added } = own;
    await t.rejects(recorder.record("999", "en", "welcome", "wang"), { code: "ERR_LINE_UNKNOWN" });
    const unanswered = recorder.record("201", "en", "welcome", "wang");
    unanswered.catch(() => undefined);
    await clock.advance(100);
    await t.rejects(recorder.record("201", "en", "other", "wang"), { code: "ERR_LINE_BUSY" });
    await clock.advance(31_000);
    await t.rejects(unanswered, { code: "ERR_PHONE_UNANSWERED" });
    t.equal(own.lines.list()[0]?.state, "idle", "it rings no more");
    t.strictSame(added, []);

    const refused = recorder.record("201", "en", "welcome", "wang");
    refused.catch(() => undefined);
    await clock.advance(100);
    handset.offHook();
    await clock.advance(3000);
    port(own)?.press("#");
    await clock.advance(500);
    await t.rejects(refused, { message: "silent" });
    handset.onHook();
    await clock.advance(40_000);
    t.equal(own.lines.list()[0]?.state, "idle");

    const cut = recorder.record("201", "en", "welcome", "wang");
    cut.catch(() => undefined);
    await clock.advance(100);
    recorder.close();
    await clock.advance(100);
    await t.rejects(cut, { code: "ERR_PHONE_UNANSWERED" });
    await t.rejects(recorder.record("201", "en", "welcome", "wang"), { code: "ERR_CLOSED" });
  },
);
