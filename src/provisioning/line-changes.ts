// Changes of lines carried out: settings first on disk, then the affected spans' lines anew, then on trial. Until it is
// confirmed a file beside the settings remembers what was before, so that a power cut takes the change back.
import { readFile, rm } from "node:fs/promises";
import { writeDurably } from "../config/file-adapter.ts";
import type { SettingsStore, UpdateOptions } from "../config/store.ts";
import type { Lines } from "../lines/leg.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import { CallboxError, codeOf } from "../shared/errors.ts";
import { createEmitter, type Events } from "../shared/events.ts";
import type { Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import { affectedSpans, differences, linesOf, type Difference, type LineSettings } from "./affected.ts";
import { nextChange, noChange, type ChangeInput, type ChangeState, type Trial } from "./change.ts";

export interface LineChangesOptions {
  readonly settings: SettingsStore;
  readonly lines: Pick<Lines, "spans" | "events" | "rebuild">;
  /** What was before, while a change is on trial; removed when it is over. */
  readonly path: string;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly note: Note;
  readonly log: Logger;
  readonly timing?: Partial<ChangeTiming>;
}

export interface ChangeTiming {
  /** A person has this long to confirm, ms. */
  readonly confirmMs: number;
  /** A span that was in order has this long to come back, ms. */
  readonly linksMs: number;
  /** A card has this long to find an alarm, ms. */
  readonly settleMs: number;
  /** Pause before taking back is tried again, should the disk refuse, ms. */
  readonly againMs: number;
}

/** T203 is not waited for: a new link is asked for at once, thrice a second apart, and again after a pause. */
const defaults: ChangeTiming = { confirmMs: 120_000, linksMs: 20_000, settleMs: 3000, againMs: 5000 };

export interface Preview {
  readonly spans: readonly number[];
  readonly differences: readonly Difference[];
}

export interface LineChanges {
  readonly events: Events<ChangeState>;
  state(): ChangeState;
  /** What the change on trial differs in from what was before. */
  differences(): readonly Difference[];
  /** @throws nothing: settings that are wrong are found when they are applied */
  preview(change: Partial<LineSettings>): Preview;
  /**
   * Puts the change in force: at once and for good when no line has to be built anew, else on trial. Calls on the
   * affected spans end; others do not notice.
   * @throws ERR_CHANGE_PENDING while another is on trial; what `SettingsStore.update` throws: nothing is changed then
   */
  apply(
    change: Partial<LineSettings>,
    options: UpdateOptions & { readonly confirmMs?: number },
  ): Promise<void>;
  /** @throws ERR_CHANGE_NONE when none is on trial */
  confirm(by: string): Promise<void>;
  /** Takes the change back. @throws ERR_CHANGE_NONE */
  undo(by: string): Promise<void>;
  /** Stops watching. A change that is on trial is taken back at the next start. */
  close(): void;
}

interface Memory {
  readonly trial: Trial;
  readonly before: LineSettings;
}

/**
 * Takes back what an earlier run left on trial. To be called before lines are made.
 * @returns what was taken back
 */
export async function restoreUnconfirmed(
  options: Pick<LineChangesOptions, "settings" | "path" | "log" | "clock">,
): Promise<Memory | undefined> {
  const { settings, path, log } = options;
  const memory = await readMemory(path, log);
  if (memory === undefined) return undefined;
  await settings.update((draft) => void Object.assign(draft, memory.before), { by: "box" });
  await rm(path, { force: true });
  log.warn(
    { spans: memory.trial.spans, by: memory.trial.by },
    "an unconfirmed change of lines was taken back",
  );
  return memory;
}

async function readMemory(path: string, log: Logger): Promise<Memory | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Memory;
  } catch (error) {
    // Half a file was never the promise of anything: settings are written after it is on disk.
    if (codeOf(error) !== "ENOENT") log.error({ err: error, path }, "the memory of a change cannot be read");
    return undefined;
  }
}

export function createLineChanges(options: LineChangesOptions, restored?: Memory): LineChanges {
  const { settings, lines, path, clock, note, log } = options;
  const timing = { ...defaults, ...options.timing };
  const events = createEmitter<ChangeState>((error) => log.error({ err: error }, "a listener failed"));
  let state: ChangeState = noChange;
  let before: LineSettings | undefined;
  let timer: Cancel = () => undefined;
  let working = false;
  let closed = false;

  const input = async (given: ChangeInput): Promise<void> => {
    const step = nextChange(state, given);
    const moved = step.state !== state;
    state = step.state;
    if (moved) events.emit(state);
    for (const effect of step.effects) {
      timer();
      if (effect.type === "wait") timer = clock.after(Math.max(0, effect.until - clock.now()), look);
      else if (effect.type === "keep") await rm(path, { force: true });
      else if (effect.type === "take-back") await takeBack(effect.trial);
      else note({ type: "lines.change-ended", ...effect.result });
    }
  };
  const down = (): readonly number[] =>
    lines
      .spans()
      .filter(({ dataLink, alarms }) => dataLink === false || alarms.length > 0)
      .map(({ number }) => number);
  const look = (): void => {
    if (state.phase !== "trial" || closed) return;
    void input({ type: "look", now: clock.now(), down: down() }).catch(report);
  };
  const report = (error: unknown): void => log.error({ err: error }, "a change of lines");

  const takeBack = async (trial: Trial): Promise<void> => {
    const was = before;
    if (was === undefined || closed) return;
    try {
      await settings.update((draft) => void Object.assign(draft, structuredClone(was)), { by: "box" });
      await rebuild(trial.spans);
      await rm(path, { force: true });
    } catch (error) {
      report(error);
      timer = clock.after(timing.againMs, () => void takeBack(trial).catch(report));
      return;
    }
    await input({ type: "undone", now: clock.now() });
  };
  const rebuild = async (spans: readonly number[]): Promise<void> => {
    for (const span of spans) await lines.rebuild(span);
  };
  const apply: LineChanges["apply"] = async (change, { confirmMs = timing.confirmMs, ...update }) => {
    if (working || state.phase !== "none") throw new CallboxError("ERR_CHANGE_PENDING");
    working = true;
    try {
      const was = linesOf(settings.current());
      const spans = affectedSpans(was, { ...was, ...change });
      const up = lines
        .spans()
        .filter(
          ({ number, dataLink, alarms }) =>
            spans.includes(number) && dataLink === true && alarms.length === 0,
        );
      const at = clock.now();
      const trial: Trial = {
        id: options.newId(),
        by: update.by ?? "box",
        at,
        spans,
        links: up.map(({ number }) => number),
        settledBy: at + timing.settleMs,
        linksBy: at + timing.linksMs,
        confirmBy: at + confirmMs,
      };
      if (spans.length > 0) await writeDurably(path, JSON.stringify({ trial, before: was } satisfies Memory));
      try {
        await settings.update((draft) => void Object.assign(draft, structuredClone(change)), update);
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
      if (spans.length === 0) return;
      before = was;
      note({ type: "lines.change-applied", id: trial.id, by: trial.by, spans, confirmBy: trial.confirmBy });
      await rebuild(spans);
      await input({ type: "applied", trial });
      look();
    } finally {
      working = false;
    }
  };
  const onTrial = (): void => {
    if (state.phase !== "trial") throw new CallboxError("ERR_CHANGE_NONE");
  };

  const unlisten = lines.events.on((event) => event.type === "span" && look());
  if (restored !== undefined) {
    const { state: undoing } = nextChange(state, {
      type: "restarted",
      trial: restored.trial,
      now: clock.now(),
    });
    state = undoing;
    void input({ type: "undone", now: clock.now() }).catch(report);
  }
  return {
    events,
    state: () => state,
    differences: () =>
      state.phase === "none" || before === undefined ? [] : differences(before, linesOf(settings.current())),
    preview(change) {
      const was = linesOf(settings.current());
      const next = { ...was, ...change };
      return { spans: affectedSpans(was, next), differences: differences(was, next) };
    },
    apply,
    async confirm(by) {
      onTrial();
      await input({ type: "confirm", now: clock.now(), by });
    },
    async undo(by) {
      onTrial();
      await input({ type: "undo", now: clock.now(), by });
    },
    close() {
      closed = true;
      timer();
      unlisten();
      events.clear();
    },
  };
}
