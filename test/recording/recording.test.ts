// What is recorded by which rule, where, and for how long it is kept.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import t from "tap";
import type { Call } from "../../src/calls/call.ts";
import type { Settings } from "../../src/config/settings.ts";
import { createRecorder, recordingFile, type RecordingCommand } from "../../src/recording/recorder.ts";
import { removeOld } from "../../src/recording/retention.ts";
import { startUpkeep } from "../../src/recording/upkeep.ts";
import type { JournalEntry } from "../../src/shared/journal.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { fakeDigest } from "../support/fake-media.ts";
import { createOffice } from "../support/office.ts";
import { createTestClock } from "../support/test-clock.ts";

async function queueCall(calls: Settings["recording"]["calls"], more: object = {}) {
  const office = createOffice({ recording: { calls, ...more } });
  office.centre.acd.logIn("301", "201", "test");
  const caller = office.lines.incoming("1/1", { calling: "5551000" });
  await office.clock.advance(1100);
  caller.press("1");
  await office.clock.advance(2000);
  office.lines.ringing("4/1").answered();
  await office.clock.advance(5000);
  return { office, caller };
}

t.test("rules", async (t) => {
  const rows: readonly ["all" | "queue" | "none", readonly number[]][] = [
    ["all", [8100]],
    ["queue", [5000]],
    ["none", []],
  ];
  for (const [rule, durations] of rows) {
    const { office, caller } = await queueCall(rule);
    t.equal(office.centre.calls.list()[0]?.recording, durations.length > 0 ? "on" : "off", rule);
    caller.hangUp();
    await office.clock.advance(20_000);
    t.same(
      office.record()?.recordings.map((one) => one.durationMs),
      durations,
      rule,
    );
    t.same(office.leaks(), []);
    await office.close();
  }
});

t.test("calls without an agent are not recorded by the rule `queue`", async (t) => {
  const office = createOffice({ recording: { calls: "queue" } });
  office.lines.incoming("4/1", { called: "202" });
  office.lines.ringing("4/2").answered();
  await office.clock.advance(1000);
  t.equal(office.events("recording.started").length, 0);
  await office.close();
});

t.test("the served party is left: the recording is made on its port", async (t) => {
  const { office, caller } = await queueCall("all");
  t.equal(caller.media?.recordings.length, 1);
  t.equal(caller.media?.recordings[0]?.options.layout ?? "stereo", "stereo");
  t.match(office.events("recording.started"), [{ leg: caller.id, file: "2026/01/05/C1.wav" }]);
  t.ok(existsSync(join(office.centre.recordings, "2026/01/05")), "its folder is made");
  await office.close();
});

t.test("on demand: begun and ended by a person, as often as wanted", async (t) => {
  const { office, caller } = await queueCall("on-demand");
  const { calls, recorder } = office.centre;
  const now = (): string | undefined => calls.list()[0]?.recording;
  const order = (command: RecordingCommand, by = "anna"): void => recorder.command("C1", command, by);
  t.equal(now(), "off");
  t.throws(() => order("pause"), { code: "ERR_RECORDING_STATE" });
  t.throws(() => order("stop"), { code: "ERR_RECORDING_STATE" });
  order("start");
  t.equal(now(), "on");
  t.equal(calls.list()[0]?.recordedByHand, true, "who may begin it may end it");
  t.throws(() => order("start"), { code: "ERR_RECORDING_STATE" });
  await office.clock.advance(2000);
  order("pause");
  t.equal(now(), "paused");
  t.equal(caller.media?.paused, true);
  t.throws(() => order("pause"), { code: "ERR_RECORDING_STATE" });
  await office.clock.advance(3000);
  order("resume", "lead");
  t.equal(caller.media?.paused, false);
  await office.clock.advance(1000);
  order("stop");
  t.equal(now(), "off");
  await office.clock.advance(1000);
  order("start");
  await office.clock.advance(1000);
  caller.hangUp();
  await office.clock.advance(20_000);
  t.throws(() => order("start"), { code: "ERR_CALL_UNKNOWN" });
  t.match(office.record()?.recordings, [
    {
      file: "2026/01/05/C1.wav",
      durationMs: 6000,
      sha256: fakeDigest,
      pauses: [{ fromMs: 2000, toMs: 5000 }],
    },
    { file: "2026/01/05/C1-2.wav", durationMs: 1000, pauses: undefined },
  ]);
  t.match(office.events("recording.started"), [{ by: "anna" }, { by: "anna" }]);
  t.match(office.events("recording.resumed"), [{ by: "lead", offsetMs: 5000 }]);
  t.same(office.leaks(), []);
  await office.close();
});

t.test("what the rule records is paused and not stopped; what it forbids is not begun", async (t) => {
  const recorded = await queueCall("all");
  t.throws(() => recorded.office.centre.recorder.command("C1", "stop", "anna"), {
    code: "ERR_RECORDING_DENIED",
  });
  t.equal(recorded.office.centre.calls.list()[0]?.recording, "on", "and goes on");
  const forbidden = await queueCall("none");
  t.throws(() => forbidden.office.centre.recorder.command("C1", "start", "anna"), {
    code: "ERR_RECORDING_DENIED",
  });
  t.equal(forbidden.office.events("recording.started").length, 0);
  for (const { office, caller } of [recorded, forbidden]) {
    caller.hangUp();
    await office.close();
  }
});

t.test("a phone's key begins and ends, or pauses and goes on; a caller's does nothing", async (t) => {
  for (const [calls, now] of [
    ["on-demand", ["on", "off", "on"]],
    ["all", ["paused", "on", "paused"]],
    ["none", ["off", "off", "off"]],
  ] as const) {
    const { office, caller } = await queueCall(calls);
    office.change({ featureCodes: { record: "*1" } });
    const agent = office.lines.ringing("4/1");
    const before = office.centre.calls.list()[0]?.recording;
    caller.press("*1");
    await office.clock.advance(1000);
    t.equal(office.centre.calls.list()[0]?.recording, before, `${calls}: the caller's keys`);
    for (const wanted of now) {
      agent.press("*1");
      await office.clock.advance(1000);
      t.equal(office.centre.calls.list()[0]?.recording, wanted, calls);
    }
    caller.hangUp();
    await office.clock.advance(20_000);
    t.same(office.leaks(), []);
    await office.close();
  }
});

t.test(
  "a seat that is never recorded ends the recording while it speaks; the next party is recorded again",
  async (t) => {
    const office = createOffice({
      extensions: [1, 2].map((n) => ({
        number: `20${n}`,
        name: `Phone ${n}`,
        port: { span: 4, position: n },
        ...(n === 2 ? { recording: "never" } : {}),
      })),
    });
    const caller = office.lines.incoming("1/1", { calling: "5551000" });
    await office.clock.advance(1100);
    caller.press("2");
    await office.clock.advance(2000);
    office.lines.ringing("4/1").answered();
    await office.clock.advance(2000);
    t.equal(office.centre.calls.list()[0]?.recording, "on");
    office.centre.calls.transfer("C1", { extension: "202" });
    office.lines.ringing("4/2").answered();
    await office.clock.advance(2000);
    t.equal(office.centre.calls.list()[0]?.recording, "off");
    office.centre.calls.transfer("C1", { extension: "201" });
    office.lines.ringing("4/1").answered();
    await office.clock.advance(2000);
    t.equal(office.centre.calls.list()[0]?.recording, "on");
    caller.hangUp();
    await office.clock.advance(20_000);
    t.equal(office.record()?.recordings.length, 2);
    t.same(office.leaks(), []);
    await office.close();
  },
);

t.test(
  "a beep for both while they are recorded, and only then; keys hidden where settings say so",
  async (t) => {
    const { office, caller } = await queueCall("all", { beepSeconds: 15, maskKeys: true, layout: "mixed" });
    const agent = office.lines.ringing("4/1");
    const ports = [caller.media, agent.media];
    for (const port of ports) {
      t.match(port?.over, { parts: [{ frequencies: [1400], ms: 200 }, { ms: 14_800 }], repeat: true });
    }
    t.equal(caller.media?.recordings[0]?.options.layout, "mixed");
    t.equal(caller.media?.masking, true);
    office.centre.recorder.command("C1", "pause", "anna");
    t.same(
      ports.map((port) => port?.over),
      [undefined, undefined],
    );
    office.centre.recorder.command("C1", "resume", "anna");
    t.ok(ports.every((port) => port?.over !== undefined));
    caller.hangUp();
    await office.clock.advance(20_000);
    t.same(office.leaks(), []);
    await office.close();
  },
);

t.test(
  "a disk without room: calls go on unrecorded, and the fault is told until one is recorded again",
  async (t) => {
    const office = createOffice();
    let free = 1000;
    const recorder = createRecorder({
      calls: { moments: { on: () => () => undefined }, find: () => call },
      settings: () => office.settings,
      folder: office.centre.recordings,
      clock: office.clock,
      note: () => undefined,
      log: silentLogger,
      diskFree: () => free,
    });
    const port = office.media.openStream();
    const seen: string[] = [];
    const call = {
      id: "C1",
      confidential: false,
      state: {
        ...(await queueCall("all")).office.centre.calls.list()[0],
        main: "A",
        legs: {},
        talk: null,
        answeredAt: 1,
      },
      port: () => port,
      ports: () => [port],
      recording: (now: string) => void seen.push(now),
    } as unknown as Call;
    t.throws(() => recorder.command("C1", "start", "anna"), {
      code: "ERR_RECORDING_FAILED",
      detail: "ERR_DISK_LOW",
    });
    t.equal(recorder.fault(), "ERR_DISK_LOW");
    free = 1e12;
    recorder.command("C1", "start", "anna");
    recorder.command("C1", "stop", "anna");
    await recorder.close();
    t.equal(recorder.fault(), undefined, "the next one that ends well");
    await office.close();
  },
);

t.test("when the call passes to others, a second part begins", async (t) => {
  const office = createOffice();
  // An extension calls outside and gives the call to another extension: the outside party is served from then on.
  const a = office.lines.incoming("4/1", { called: "95551234" });
  office.lines.ringing("1/1").answered();
  await office.clock.advance(3000);
  a.flash();
  a.press("202");
  await office.clock.advance(1000);
  office.lines.ringing("4/2").answered();
  a.hangUp();
  await office.clock.advance(5000);
  office.lines.ringing("4/2").hangUp();
  await office.clock.advance(1000);
  t.match(office.record()?.recordings, [
    { file: "2026/01/05/C1.wav", durationMs: 4000 },
    { file: "2026/01/05/C1-2.wav", durationMs: 5000 },
  ]);
  t.same(office.leaks(), []);
  await office.close();
});

t.test("a file that fails is told by its reason, and the call goes on unrecorded", async (t) => {
  const { office, caller } = await queueCall("all");
  caller.media?.failRecordings("ENOSPC");
  await office.clock.advance(10);
  t.equal(office.centre.recorder.fault(), "ENOSPC");
  t.match(office.centre.calls.list(), [{ phase: "talking", recording: "off" }]);
  caller.hangUp();
  await office.clock.advance(20_000);
  t.same(office.leaks(), []);
  await office.close();
});

t.test("file names", (t) => {
  t.equal(recordingFile(Date.UTC(2026, 10, 22, 23, 59), "01ABC", 1), "2026/11/22/01ABC.wav");
  t.equal(recordingFile(Date.UTC(2026, 0, 1), "01ABC", 3), "2026/01/01/01ABC-3.wav");
  t.end();
});

function folderWith(t: { teardown(undo: () => void): void }, files: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "callbox-recordings-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), "");
  }
  return folder;
}

t.test("what is older than the days to keep is deleted, and nothing else", async (t) => {
  const clock = createTestClock(Date.UTC(2026, 0, 10, 12));
  const folder = folderWith(t, [
    "2025/12/31/A.wav",
    "2025/12/31/B.wav",
    "2026/01/02/C.wav",
    "2026/01/03/D.wav",
    "2026/01/10/E.wav",
    "keep/me.wav",
  ]);
  const said: JournalEntry[] = [];
  const note = (entry: JournalEntry): void => void said.push(entry);
  await removeOld({ folder, keepDays: () => 7, clock, note });
  t.same(said, [
    { type: "recording.removed", file: "2025/12/31/A.wav" },
    { type: "recording.removed", file: "2025/12/31/B.wav" },
    { type: "recording.removed", file: "2026/01/02/C.wav" },
  ]);
  t.same(readdirSync(folder).sort(), ["2026", "keep"], "empty years go too");
  t.same(readdirSync(join(folder, "2026/01")).sort(), ["03", "10"]);
});

t.test("the job runs a minute after the start and every day from then", async (t) => {
  const clock = createTestClock(Date.UTC(2026, 0, 10, 12));
  const folder = folderWith(t, ["2026/01/09/A.wav"]);
  let runs = 0;
  const keepDays = (): number => {
    runs += 1;
    return 1;
  };
  const cancel = startUpkeep(clock, silentLogger, [
    () => Promise.reject(new Error("one that fails")),
    () => removeOld({ folder, keepDays, clock, note: () => undefined }),
  ]);
  await clock.advance(59_999);
  t.equal(runs, 0);
  await clock.advance(1);
  t.equal(runs, 1);
  t.ok(existsSync(join(folder, "2026/01/09/A.wav")), "a day old");
  await clock.advance(86_400_000);
  while (existsSync(join(folder, "2026"))) await new Promise((resolve) => setImmediate(resolve));
  t.equal(runs, 2);
  cancel();
  t.equal(clock.pending, 0);
});

t.test("a folder that is not there has nothing to delete", async (t) => {
  const clock = createTestClock();
  await t.resolves(removeOld({ folder: "/nonexistent", keepDays: () => 1, clock, note: () => undefined }));
});
