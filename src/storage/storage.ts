// The appliance's memory: the journal and what is asked of it. The disk is waited for in other threads.
import type { CallRecord } from "../shared/call-record.ts";
import type { Clock } from "../shared/clock.ts";
import type { CallboxError } from "../shared/errors.ts";
import { createEmitter, type Events } from "../shared/events.ts";
import { dated, type Journal, type JournalEvent } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import type { Aged, AgingType } from "./aging.ts";
import type { Verified } from "./chain.ts";
import { createGroupCommit } from "./group-commit.ts";
import type { Counts, CountsQuery, EventsQuery, RecordsPage, RecordsQuery, StoredEvent } from "./queries.ts";
import type { Opened } from "./ops.ts";
import { createThread } from "./thread.ts";

export interface StorageOptions {
  /** The database file; made with its folder where missing. */
  readonly path: string;
  readonly log: Logger;
  readonly clock: Clock;
  /** Calls of an earlier run that are not ended here: their lines may have been held. */
  readonly mayGoOn?: readonly string[];
}

export type StorageEvent =
  /** These are on disk now, in this order. */
  | { readonly type: "committed"; readonly events: readonly JournalEvent[] }
  /** Nothing can be written: events wait in memory, and are tried again each second. */
  | { readonly type: "failing"; readonly error: CallboxError }
  | { readonly type: "recovered" };

export interface StorageStatus {
  /** Events not yet on disk. */
  readonly waiting: number;
  /** Events that were lost because too many waited for a disk that fails. */
  readonly lost: number;
  /** Why nothing can be written now. */
  readonly fault: CallboxError | undefined;
}

/**
 * `append` throws ERR_CLOSED after `close`, and ERR_JOURNAL_EVENT for what is no event. `committed` rejects with
 * the fault while the disk fails; the events stay in memory and are tried again.
 */
export interface Storage extends Journal {
  readonly events: Events<StorageEvent>;
  /** Calls that an earlier run left open and that were ended in the journal at this start. */
  readonly recovered: number;
  /** Those of `mayGoOn` that are open in the journal. */
  readonly goingOn: readonly string[];
  status(): StorageStatus;
  /** The number of the last event that was appended; it may not be on disk yet. */
  last(): number;
  records(query: RecordsQuery): Promise<RecordsPage>;
  record(call: string): Promise<CallRecord | undefined>;
  /** All events of one call, oldest first. */
  story(call: string): Promise<readonly StoredEvent[]>;
  /** The journal itself, oldest first, by pages. */
  journal(query: EventsQuery): Promise<readonly StoredEvent[]>;
  /**
   * Looks at the whole chain of the journal, in parts that let other questions in between. `link`: of an earlier time (64
   * hexadecimal digits), to be found again.
   */
  verify(link?: string): Promise<Verified>;
  /** Takes numbers of persons out of events before this moment, and deletes those before that; the journal says so. */
  age(at: { readonly anonymiseBefore?: number; readonly removeBefore?: number }): Promise<void>;
  /** What began at or after a moment, counted. */
  counts(query: CountsQuery): Promise<Counts>;
  /** Writes what waits and closes the database. Safe to call twice. @throws the fault, when events had to be left */
  close(): Promise<void>;
}

/** People at the console ask in clusters; to start the thread again takes less than they notice. */
const readerRestMs = 20_000;

/** @throws ERR_STORAGE_CORRUPT, ERR_STORAGE_FULL, ERR_STORAGE_UNUSABLE, ERR_STORAGE_VERSION */
export async function openStorage({ path, log, clock, mayGoOn = [] }: StorageOptions): Promise<Storage> {
  const writer = createThread({ role: "writer", path, clock });
  const reader = createThread({ role: "reader", path, clock, restAfterMs: readerRestMs });
  const closeThreads = async (): Promise<void> => {
    await Promise.all([writer.close(), reader.close()]);
  };
  const emitter = createEmitter<StorageEvent>((error) => log.error({ err: error }, "a listener failed"));

  let start: Opened;
  try {
    start = (await writer.ask("open", { mayGoOn })) as Opened;
    await reader.ask("open");
  } catch (error) {
    await closeThreads();
    throw error;
  }
  if (start.recovered > 0) log.warn({ calls: start.recovered }, "ended calls that an earlier run left open");

  const group = createGroupCommit({
    first: start.last + 1,
    clock,
    async commit(first, texts) {
      const unkept = await writer.ask("commit", { first, texts });
      if (unkept !== 0) log.error({ unkept, first }, "events are in the journal but in no record");
    },
    onCommitted: (events) => emitter.emit({ type: "committed", events }),
    onFault(fault) {
      if (fault === undefined) {
        log.info("the journal is written again");
        emitter.emit({ type: "recovered" });
      } else {
        log.error({ code: fault.code, detail: fault.detail, remedy: fault.remedy }, fault.message);
        emitter.emit({ type: "failing", error: fault });
      }
    },
  });

  let closing: Promise<void> | undefined;
  return {
    events: emitter,
    recovered: start.recovered,
    goingOn: start.goingOn,
    append: (event) => group.append(event),
    committed: () => group.committed(),
    last: () => group.last,
    status: () => ({ waiting: group.waiting, lost: group.lost, fault: group.fault }),
    records: (query) => reader.ask("records", query) as Promise<RecordsPage>,
    record: (call) => reader.ask("record", call) as Promise<CallRecord | undefined>,
    story: (call) => reader.ask("story", call) as Promise<readonly StoredEvent[]>,
    journal: (query) => reader.ask("events", query) as Promise<readonly StoredEvent[]>,
    async verify(link) {
      const asked = link === undefined ? {} : { link };
      let so = (await reader.ask("verify", asked)) as Verified;
      while (!so.done) so = (await reader.ask("verify", { ...asked, so })) as Verified;
      return so;
    },
    async age({ anonymiseBefore, removeBefore }) {
      const say = async (type: AgingType, at: number | undefined): Promise<void> => {
        if (at === undefined) return;
        const found = (await writer.ask("before", { type, at })) as Aged | undefined;
        if (found === undefined) return;
        group.append(dated({ type, ...found }, clock.now()));
        await group.committed();
      };
      await say("journal.removed", removeBefore);
      while ((await writer.ask("remove")) === true);
      await say("journal.anonymised", anonymiseBefore);
      while ((await writer.ask("anonymise")) === true);
    },
    counts: (query) => reader.ask("counts", query) as Promise<Counts>,
    close() {
      closing ??= group.close().finally(async () => {
        await closeThreads();
        emitter.clear();
      });
      return closing;
    },
  };
}
