// Distribution's state in a file beside the journal, each day anew: a box that has run for years starts as fast as a new one. It is
// a shortcut and nothing more: where it does not fit the journal, or an older program wrote it, the journal is folded.
import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import type { KeptAcd } from "../acd/acd.ts";
import { acdStateVersion } from "../acd/state.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { JournalEvent } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import type { Storage } from "../storage/storage.ts";

interface Snapshot {
  readonly version: number;
  /** The journal's last event that is in it, and a digest of that one. */
  readonly seq: number;
  readonly digest: string;
  readonly kept: KeptAcd;
}

type Reading = Pick<Storage, "journal">;

/** @returns undefined where there is none that fits the journal */
export async function readSnapshot(storage: Reading, path: string): Promise<Snapshot | undefined> {
  try {
    const snapshot = JSON.parse(await readFile(path, "utf8")) as Snapshot;
    const digest = await digestAt(storage, snapshot.seq);
    return snapshot.version === acdStateVersion && digest === snapshot.digest ? snapshot : undefined;
  } catch {
    return undefined;
  }
}

async function digestAt(storage: Reading, seq: number): Promise<string | undefined> {
  const [stored] = await storage.journal({ after: seq - 1, limit: 1 });
  return stored?.seq === seq ? digestOf(stored.event) : undefined;
}

const digestOf = (event: JournalEvent): string =>
  createHash("sha256").update(JSON.stringify(event)).digest("hex");

export interface SnapshotDeps {
  readonly storage: Pick<Storage, "journal" | "last" | "committed">;
  readonly path: string;
  readonly keep: () => KeptAcd;
  readonly clock: Clock;
  readonly log: Logger;
}

/** So often, and soon after the start for the first time. */
const everyMs = 6 * 3_600_000;
const firstMs = 2000;

/** Keeps the state now and then until the result is called. */
export function startSnapshots(deps: SnapshotDeps): Cancel {
  const { clock, log } = deps;
  let cancel: Cancel = () => undefined;
  const again = (ms: number): void => {
    cancel = clock.after(ms, () => {
      again(everyMs);
      writeSnapshot(deps).catch((error: unknown) =>
        log.warn({ err: error }, "distribution's state could not be kept"),
      );
    });
  };
  again(firstMs);
  return () => cancel();
}

/** @throws what keeps the journal, or the file, from being written */
export async function writeSnapshot({ storage, path, keep }: SnapshotDeps): Promise<void> {
  // Both are of this moment: nothing comes between them.
  const [seq, kept] = [storage.last(), keep()];
  await storage.committed();
  const digest = await digestAt(storage, seq);
  if (digest === undefined) return;
  const snapshot: Snapshot = { version: acdStateVersion, seq, digest, kept };
  await writeFile(`${path}.new`, JSON.stringify(snapshot), { mode: 0o600 });
  await rename(`${path}.new`, path);
}
