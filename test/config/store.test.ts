// The settings file: made, changed by the box and by an editor, damaged, and found again.
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import { demoOffice } from "../../src/config/demo-office.ts";
import { ensureFirstUser } from "../../src/config/first-user.ts";
import { verifyPassword } from "../../src/config/password.ts";
import { createSettings, type SettingsEvent, type SettingsStore } from "../../src/config/store.ts";
import { systemClock, type Clock } from "../../src/shared/clock.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { createTestClock } from "../support/test-clock.ts";

interface TestLike {
  teardown(fn: () => void): void;
}

function place(t: TestLike): string {
  const folder = mkdtempSync(join(tmpdir(), "callbox-config-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "etc", "settings.json");
}

const open = (path: string, clock: Clock = createTestClock()): Promise<SettingsStore> =>
  createSettings({ path, defaults: demoOffice(), log: silentLogger, clock, watch: false });

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const lastGood = (path: string): string => path.replace(".json", ".last-good.json");

t.test("a first start writes the defaults, readable by the owner alone", async (t) => {
  const path = place(t);
  const store = await open(path);
  t.same(store.current(), demoOffice());
  t.same(readJson(path), demoOffice());
  t.same(readJson(lastGood(path)), demoOffice());
  t.equal(statSync(path).mode & 0o777, 0o600);
  t.same(
    readdirSync(join(path, "..")).sort(),
    ["settings.json", "settings.last-good.json"],
    "no half file is left",
  );
  await store.close();
});

t.test("a change is on disk before it is in force, and is told with its places", async (t) => {
  const path = place(t);
  const store = await open(path);
  const told: SettingsEvent[] = [];
  store.events.on((event) => void told.push(event));
  const before = store.revision;
  await store.update((draft) => void (draft.web.port = 9443), { by: "eva", revision: before });
  t.equal(store.current().web.port, 9443);
  t.match(readJson(path), { web: { port: 9443 } });
  t.match(told, [{ type: "changed", by: "eva", paths: ["/web/port"], before: { web: { port: 8443 } } }]);
  t.ok(store.revision > before);
  await t.rejects(
    store.update((draft) => void (draft.web.port = 1), { revision: before }),
    { code: "ERR_SETTINGS_CONFLICT" },
  );
  await store.update(() => undefined);
  t.equal(told.length, 1, "no change, no event");
  await store.close();
  const again = await open(path, createTestClock(Date.UTC(2026, 0, 6)));
  t.equal(again.current().web.port, 9443);
  t.ok(again.revision > before);
  await again.close();
});

t.test("a wrong change changes nothing", async (t) => {
  const path = place(t);
  const store = await open(path);
  const text = readFileSync(path, "utf8");
  await t.rejects(
    store.update((draft) => void draft.agents[0]?.queues.push("nowhere")),
    {
      code: "ERR_SETTINGS_INVALID",
      message: /settings.json: \/agents\/0\/queues\/2 there is no queue nowhere/,
    },
  );
  t.same(store.current(), demoOffice());
  t.equal(readFileSync(path, "utf8"), text);
  await store.close();
});

t.test("many changes at once happen one after another", async (t) => {
  const store = await open(place(t));
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      store.update(({ incoming }) => void incoming.push({ called: `5${i}`, to: { queue: "sales" } })),
    ),
  );
  t.equal(store.current().incoming.length, demoOffice().incoming.length + 20);
  await store.close();
});

t.test("an editor's change comes into force; a wrong one does not, and is told", async (t) => {
  const path = place(t);
  const store = await open(path);
  const told: SettingsEvent[] = [];
  store.events.on((event) => void told.push(event));
  writeFileSync(path, JSON.stringify({ ...demoOffice(), recording: { calls: "none" } }));
  await store.reload();
  t.equal(store.current().recording.calls, "none");
  t.match(told, [{ type: "changed", by: "file", paths: ["/recording/calls"] }]);

  writeFileSync(path, '{ "version": 1, "web": ');
  await t.rejects(store.reload(), { code: "ERR_SETTINGS_SYNTAX" });
  await t.rejects(store.reload(), { code: "ERR_SETTINGS_SYNTAX" });
  t.equal(store.current().recording.calls, "none", "the settings in force stay");
  t.equal(store.problem?.code, "ERR_SETTINGS_SYNTAX");
  t.match(told.slice(1), [{ type: "refused", error: { code: "ERR_SETTINGS_SYNTAX" } }], "told once");
  t.match(readJson(lastGood(path)), { recording: { calls: "none" } });

  // The console can still change things; the wrong file is kept for whoever wrote it.
  await store.update((draft) => void (draft.recording.keepDays = 7));
  t.equal(store.problem, undefined);
  t.match(readJson(path), { recording: { calls: "none", keepDays: 7 } });
  t.equal(readFileSync(path.replace(".json", ".rejected.json"), "utf8"), '{ "version": 1, "web": ');

  rmSync(path);
  await t.rejects(store.reload(), { code: "ERR_SETTINGS_UNREADABLE" });
  t.equal(store.current().recording.keepDays, 7);
  await store.close();
});

t.test("a file that is wrong at start: the last good copy serves, the file stays as it is", async (t) => {
  const path = place(t);
  const store = await open(path);
  await store.update((draft) => void (draft.web.port = 9443));
  await store.close();
  const wrong = readFileSync(path, "utf8").slice(0, 900);
  writeFileSync(path, wrong);
  const again = await open(path);
  t.equal(again.current().web.port, 9443);
  t.equal(again.problem?.code, "ERR_SETTINGS_SYNTAX");
  t.equal(readFileSync(path, "utf8"), wrong);
  await again.close();

  rmSync(lastGood(path));
  await t.rejects(open(path), { code: "ERR_SETTINGS_SYNTAX" }, "without a copy the start says what is wrong");
});

t.test("a file that was deleted comes back from the copy, not from the defaults", async (t) => {
  const path = place(t);
  const store = await open(path);
  await store.update((draft) => void (draft.web.port = 9443));
  await store.close();
  rmSync(path);
  const again = await open(path);
  t.equal(again.current().web.port, 9443);
  t.match(readJson(path), { web: { port: 9443 } });
  await again.close();
});

t.test(
  "a flow that went away stops neither the start nor other changes, but cannot be named anew",
  async (t) => {
    const path = place(t);
    let flows = ["main"];
    const start = (): Promise<SettingsStore> =>
      createSettings({
        path,
        defaults: demoOffice(),
        log: silentLogger,
        clock: createTestClock(),
        watch: false,
        known: () => ({ flows }),
      });
    const store = await start();
    const toFlow = (flow: string) =>
      store.update(({ incoming }) => void incoming.push({ called: "7", to: { flow } }));
    await t.rejects(toFlow("night"), {
      code: "ERR_SETTINGS_INVALID",
      message: /no flow night \(there are: main\)/,
    });
    flows = ["night"];
    await toFlow("night");
    await store.update((draft) => void (draft.recording.keepDays = 3));
    writeFileSync(
      path,
      JSON.stringify({ ...store.current(), incoming: [{ called: "8", to: { flow: "gone" } }] }),
    );
    await t.rejects(store.reload(), { code: "ERR_SETTINGS_INVALID", message: /no flow gone/ });
    await store.close();
    writeFileSync(path, readFileSync(lastGood(path)));
    const again = await start();
    t.equal(again.current().recording.keepDays, 3);
    t.equal(again.problem, undefined);
    await again.close();
  },
);

t.test("a folder that cannot be written to is said", async (t) => {
  const path = place(t);
  const store = await open(path);
  renameSync(join(path, ".."), join(path, "..", "..", "moved"));
  await t.rejects(
    store.update((draft) => void (draft.web.port = 9443)),
    { code: "ERR_SETTINGS_UNWRITABLE" },
  );
  t.equal(store.current().web.port, 8443);
  await store.close();
});

t.test("an edit of the file is noticed", async (t) => {
  const path = place(t);
  // Neither watcher nor clock keep a process alive.
  const alive = setInterval(() => undefined, 1000);
  t.teardown(() => clearInterval(alive));
  const store = await createSettings({ path, defaults: demoOffice(), log: silentLogger, clock: systemClock });
  const changed = new Promise<SettingsEvent>((resolve) => store.events.on(resolve));
  const next = `${path}.editor`;
  writeFileSync(next, JSON.stringify({ ...demoOffice(), web: { port: 7443 } }));
  renameSync(next, path);
  t.match(await changed, { type: "changed", settings: { web: { port: 7443 } } });
  await store.close();
  t.notOk(existsSync(next));
});

t.test("a new box gets one admin, whose password must be changed", async (t) => {
  const store = await open(place(t));
  const first = await ensureFirstUser(store);
  t.equal(first?.name, "admin");
  const [user] = store.current().users;
  t.match(user, { name: "admin", role: "admin", mustChange: true });
  t.ok(await verifyPassword(first?.password ?? "", user?.passwordHash));
  t.equal(await ensureFirstUser(store), undefined, "once");
  await store.close();
});
