// Gathers events while the disk is busy and gives them to it as one group: one wait for the disk, many events.
import type { Cancel, Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import type { Journal, JournalEvent } from "../shared/journal.ts";

export interface GroupCommitOptions {
  /** The number of the next event. */
  readonly first: number;
  /** Puts a group on disk, all or nothing; may be given the same group again after it failed. */
  readonly commit: (first: number, texts: readonly string[]) => Promise<void>;
  readonly clock: Clock;
  /** Told in order, after the events are on disk. */
  readonly onCommitted: (events: readonly JournalEvent[]) => void;
  /** Told when groups begin to fail (with the reason), and when they succeed again. */
  readonly onFault: (fault: CallboxError | undefined) => void;
  /** Events kept in memory while the disk fails; newer ones are lost. Default 100,000. */
  readonly most?: number;
}

export interface GroupCommit extends Journal {
  /** The number of the last event that was taken; it may not be on disk yet. */
  readonly last: number;
  readonly waiting: number;
  /** Events that were refused because too many waited. */
  readonly lost: number;
  readonly fault: CallboxError | undefined;
  /** Writes what waits. @throws the fault that keeps it from being written */
  close(): Promise<void>;
}

interface Waiter {
  readonly upTo: number;
  readonly resolve: () => void;
  readonly reject: (error: CallboxError) => void;
}

const groupMost = 2000;
const retryMs = 1000;

export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  const { commit, clock, onCommitted, onFault, most = 100_000 } = options;
  const waiting: { readonly event: JournalEvent; readonly text: string }[] = [];
  /** The number of the first that waits. */
  let first = options.first;
  let busy = false;
  let planned = false;
  let closed = false;
  let lost = 0;
  let fault: CallboxError | undefined;
  let cancelRetry: Cancel = () => undefined;
  let waiters: readonly Waiter[] = [];

  const settle = (): void => {
    const done = waiters.filter(({ upTo }) => upTo < first);
    waiters = waiters.filter(({ upTo }) => upTo >= first);
    for (const { resolve } of done) resolve();
  };

  const succeeded = (written: number): void => {
    const events = waiting.splice(0, written).map(({ event }) => event);
    first += written;
    if (fault !== undefined) {
      fault = undefined;
      onFault(undefined);
    }
    onCommitted(events);
    settle();
  };

  const failed = (error: unknown): void => {
    const before = fault;
    fault =
      error instanceof CallboxError
        ? error
        : new CallboxError("ERR_STORAGE_UNUSABLE", { detail: String(error), cause: error });
    if (before?.code !== fault.code) onFault(fault);
    const all = waiters;
    waiters = [];
    for (const { reject } of all) reject(fault);
    if (!closed) cancelRetry = clock.after(retryMs, () => void pump());
  };

  const pump = async (): Promise<void> => {
    planned = false;
    if (busy) return;
    busy = true;
    cancelRetry();
    try {
      while (waiting.length > 0) {
        const group = waiting.slice(0, groupMost).map(({ text }) => text);
        await commit(first, group);
        succeeded(group.length);
      }
    } catch (error) {
      failed(error);
    } finally {
      busy = false;
    }
  };

  const plan = (): void => {
    if (planned || busy || fault !== undefined) return;
    planned = true;
    setImmediate(() => void pump());
  };

  const committed = (): Promise<void> => {
    if (waiting.length === 0) return Promise.resolve();
    if (fault !== undefined) return Promise.reject(fault);
    return new Promise((resolve, reject) => {
      waiters = [...waiters, { upTo: first + waiting.length - 1, resolve, reject }];
    });
  };

  return {
    get last() {
      return first + waiting.length - 1;
    },
    get waiting() {
      return waiting.length;
    },
    get lost() {
      return lost;
    },
    get fault() {
      return fault;
    },
    append(event) {
      if (closed) throw new CallboxError("ERR_CLOSED", { detail: "storage" });
      if (!Number.isFinite(event.at) || typeof event.type !== "string")
        throw new CallboxError("ERR_JOURNAL_EVENT", { detail: JSON.stringify(event) });
      if (waiting.length >= most) {
        lost++;
        return;
      }
      waiting.push({ event, text: JSON.stringify(event) });
      plan();
    },
    committed,
    async close() {
      if (closed) return;
      closed = true;
      cancelRetry();
      while (waiting.length > 0) {
        if (busy) await committed();
        else {
          fault = undefined;
          await pump();
          // `pump` sets it again when the disk still fails.
          throwIf(fault);
        }
      }
    },
  };
}

function throwIf(fault: CallboxError | undefined): void {
  if (fault !== undefined) throw fault;
}
