// Changes of lines carried out, with real settings on disk and lines that are made up.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t, { type Test } from "tap";
import { demoOffice } from "../../src/config/demo-office.ts";
import type { SpanSettings } from "../../src/config/settings.ts";
import { createSettings } from "../../src/config/store.ts";
import type { LinesEvent, SpanInfo } from "../../src/lines/leg.ts";
import { affectedSpans, differences } from "../../src/provisioning/affected.ts";
import {
  createLineChanges,
  restoreUnconfirmed,
  type LineChanges,
} from "../../src/provisioning/line-changes.ts";
import { createEmitter } from "../../src/shared/events.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { createTestClock } from "../support/test-clock.ts";

async function house(t: Test) {
  const folder = mkdtempSync(join(tmpdir(), "callbox-change-"));
  const clock = createTestClock();
  const settings = await createSettings({
    path: join(folder, "settings.json"),
    defaults: demoOffice(),
    clock,
    log: silentLogger,
    watch: false,
  });
  const path = join(folder, "line-change.json");
  const events = createEmitter<LinesEvent>();
  const up = new Map<number, boolean>([
    [1, true],
    [2, true],
  ]);
  const rebuilt: number[] = [];
  const notes: string[] = [];
  let refuse = false;
  const alarmed = new Set<number>();
  const info = (number: number): SpanInfo =>
    ({
      number,
      dataLink: up.get(number),
      alarms: alarmed.has(number) ? ["RED"] : [],
    }) as unknown as SpanInfo;
  const base = {
    settings,
    lines: {
      spans: () => [...up.keys()].map(info),
      events,
      rebuild: (number: number) => {
        if (refuse) return Promise.reject(new Error("no"));
        rebuilt.push(number);
        up.set(number, false);
        return Promise.resolve();
      },
    },
    path,
    clock,
    newId: () => "c1",
    note: (entry: { readonly type: string }) => void notes.push(entry.type),
    log: silentLogger,
  };
  const changes = createLineChanges(base);
  t.teardown(async () => {
    changes.close();
    await settings.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const side = (span: number, to: "user" | "network"): { readonly spans: SpanSettings[] } => ({
    spans: settings.current().spans.map((own) => (own.span === span ? { ...own, side: to } : own)),
  });
  const sideOf = (span: number) => settings.current().spans.find((own) => own.span === span)?.side;
  return {
    ...{ changes, settings, clock, path, events, rebuilt, notes, base, folder, side, sideOf },
    refuse: (now: boolean) => void (refuse = now),
    alarm(span: number) {
      alarmed.add(span);
      events.emit({ type: "span", span: info(span) });
    },
    link(span: number, now: boolean) {
      up.set(span, now);
      events.emit({ type: "span", span: info(span) });
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
/** Resolves when the change is over; the disk takes the time it takes. */
function over(changes: LineChanges): Promise<void> {
  return new Promise((resolve) => {
    if (changes.state().phase === "none") resolve();
    changes.events.on(({ phase }) => {
      if (phase === "none") resolve();
    });
  });
}

t.test("confirmed: it stays, and only the span it touches was built anew", async (t) => {
  const own = await house(t);
  await own.changes.apply(own.side(1, "network"), { by: "admin" });
  t.equal(own.sideOf(1), "network");
  t.strictSame(own.rebuilt, [1]);
  t.equal(own.changes.state().phase, "trial");
  t.ok(existsSync(own.path), "a power cut would take it back");
  t.match(own.changes.differences(), [{ path: "/spans/0/side", before: '"user"', after: '"network"' }]);
  await t.rejects(own.changes.apply(own.side(2, "network"), {}), { code: "ERR_CHANGE_PENDING" });
  await own.changes.confirm("lead");
  t.notOk(existsSync(own.path));
  own.clock.advanceSync(600_000);
  await settled();
  t.equal(own.sideOf(1), "network");
  await t.rejects(own.changes.confirm("lead"), { code: "ERR_CHANGE_NONE" });
  await t.rejects(own.changes.undo("lead"), { code: "ERR_CHANGE_NONE" });
  t.strictSame(own.notes, ["lines.change-applied", "lines.change-ended"]);
});

t.test("not confirmed in time: it goes back by itself", async (t) => {
  const own = await house(t);
  await own.changes.apply(own.side(1, "network"), { confirmMs: 30_000 });
  own.link(1, true);
  own.clock.advanceSync(29_999);
  await settled();
  t.equal(own.sideOf(1), "network");
  own.clock.advanceSync(1);
  await over(own.changes);
  t.equal(own.sideOf(1), "user");
  t.strictSame(own.rebuilt, [1, 1]);
  t.match(own.changes.state(), { last: { reason: "unconfirmed" } });
});

t.test("a D-channel that stays away takes it back at once; one that returns does not", async (t) => {
  const own = await house(t);
  await own.changes.apply(own.side(1, "network"), {});
  own.clock.advanceSync(20_000);
  await over(own.changes);
  t.match(own.changes.state(), { last: { reason: "data-link", lost: [1] } });
  t.equal(own.sideOf(1), "user");

  own.link(1, true);
  await own.changes.apply(own.side(1, "network"), {});
  own.clock.advanceSync(10_000);
  own.link(1, true);
  own.clock.advanceSync(15_000);
  own.link(1, false);
  own.clock.advanceSync(15_000);
  await settled();
  t.equal(own.changes.state().phase, "trial", "it came back: the rest is for a person to judge");
  await own.changes.undo("lead");
  t.match(own.changes.state(), { last: { reason: "undone", endedBy: "lead" } });
});

t.test("a D-channel that comes back, but with an alarm, takes it back as well", async (t) => {
  const own = await house(t);
  await own.changes.apply(own.side(1, "network"), {});
  own.link(1, true);
  own.clock.advanceSync(1000);
  own.alarm(1);
  own.clock.advanceSync(19_000);
  await over(own.changes);
  t.match(own.changes.state(), { last: { reason: "data-link", lost: [1] } });
  t.equal(own.sideOf(1), "user");
});

t.test("other settings that were changed meanwhile stay", async (t) => {
  const own = await house(t);
  await own.changes.apply(own.side(1, "network"), {});
  await own.settings.update((draft) => void (draft.appliance.name = "Another name"));
  await own.changes.undo("admin");
  t.equal(own.sideOf(1), "user");
  t.equal(own.settings.current().appliance.name, "Another name");
});

t.test("names and groups are no trial; what is wrong changes nothing", async (t) => {
  const own = await house(t);
  const named = own.settings.current().spans.map((each) => ({ ...each, name: "Main" }));
  t.strictSame(own.changes.preview({ spans: named }).spans, []);
  await own.changes.apply({ spans: named }, {});
  t.equal(own.changes.state().phase, "none");
  t.strictSame(own.rebuilt, []);
  t.equal(own.settings.current().spans[0]?.name, "Main");

  const wrong = [{ span: 1, side: "sideways" }] as unknown as SpanSettings[];
  await t.rejects(own.changes.apply({ spans: wrong }, {}), { code: "ERR_SETTINGS_INVALID" });
  t.notOk(existsSync(own.path));
  t.equal(own.changes.state().phase, "none");
  await t.rejects(own.changes.apply(own.side(1, "network"), { revision: 1 }), {
    code: "ERR_SETTINGS_CONFLICT",
  });
  t.equal(own.sideOf(1), "user");
});

t.test("a disk or a card that refuses: taking back is tried until it is done", async (t) => {
  const own = await house(t);
  await own.changes.apply(own.side(1, "network"), {});
  own.refuse(true);
  await own.changes.undo("admin");
  t.equal(own.changes.state().phase, "undoing");
  own.refuse(false);
  own.clock.advanceSync(5000);
  await over(own.changes);
  t.equal(own.sideOf(1), "user");
});

t.test("a restart in the middle takes it back before lines are made", async (t) => {
  const own = await house(t);
  await own.changes.apply(own.side(1, "network"), { by: "admin" });
  own.changes.close();
  const restored = await restoreUnconfirmed(own.base);
  t.equal(own.sideOf(1), "user");
  t.notOk(existsSync(own.path));
  const again = createLineChanges(own.base, restored);
  await over(again);
  t.match(again.state(), { last: { by: "admin", reason: "restart" } });
  again.close();

  t.equal(await restoreUnconfirmed(own.base), undefined, "once");
  writeFileSync(own.path, '{"trial": {');
  t.equal(await restoreUnconfirmed(own.base), undefined, "half a file");
  t.ok(readFileSync(own.path), "is left for a person to look at");
});

t.test("which spans a change touches", (t) => {
  const before = demoOffice();
  const analog = before.analog.map((own, i) => (i === 0 ? { ...own, ringsBeforeOffer: 3 } : own));
  const port = before.analog[0]?.port.span;
  t.strictSame(affectedSpans(before, { ...before, analog }), [port]);
  t.strictSame(affectedSpans(before, { ...before, spans: [] }), before.spans.map(({ span }) => span).sort());
  t.strictSame(affectedSpans(before, before), []);
  t.strictSame(differences(before, { ...before, spans: before.spans.slice(1) }).length > 0, true);
  t.match(differences({ spans: [], analog: [] }, { spans: before.spans.slice(0, 1), analog: [] }), [
    { path: "/spans/0", before: undefined },
  ]);
  t.end();
});
