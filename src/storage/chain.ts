// The journal's chain: each event's link is made from the link before it, its number and its text, so that whoever takes
// an event out, puts one in or changes one breaks all links from there on.
import type { Database } from "better-sqlite3";
import { hash } from "node:crypto";
import { readEvent } from "../shared/stored-event.ts";
import type { EventOf } from "../shared/journal.ts";

/** What the first event's link is made from. */
export const genesis: Buffer = Buffer.alloc(32);

/** SHA-256 of an event's text. */
export const digestOf = (text: string): Buffer => hash("sha256", text, "buffer");

/** SHA-256 of the link before, the event's number (8 bytes, big-endian) and its digest. */
export function linkOf(before: Uint8Array, seq: number, digest: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(72);
  bytes.set(before, 0);
  bytes.writeBigUInt64BE(BigInt(seq), 32);
  bytes.set(digest, 40);
  return hash("sha256", bytes, "buffer");
}

export interface VerifyStep {
  /** A link (hexadecimal) of an earlier time, to be found again. */
  readonly link?: string;
  /** What was found so far; none: from the beginning. */
  readonly so?: Verified;
}

export interface Verified {
  /** Events looked at. */
  readonly events: number;
  /** The last of them, and its link (hexadecimal): what a person may keep elsewhere and compare. */
  readonly last: number;
  readonly link: string;
  /** Of which numbers of persons were taken out, as the journal says it would. */
  readonly anonymised: number;
  /** Where the chain does not hold. */
  readonly broken?: { readonly seq: number; readonly why: BrokenWhy };
  /** The event that has the link that was asked for. */
  readonly known?: number;
  /** There is no more. */
  readonly done: boolean;
}

/** `missing`: an event is not there. `changed`: its text. `link`: what is kept of the chain. `anonymised`: nobody said so. */
export type BrokenWhy = "missing" | "changed" | "link" | "anonymised";

interface Row {
  readonly seq: number;
  readonly data: string;
  readonly link: Buffer | null;
  readonly digest: Buffer | null;
}

/** How many events one step looks at. */
const stepRows = 20_000;

/** Looks at the next part of the chain. */
export function verifyStep(database: Database, { so, link: sought }: VerifyStep): Verified {
  const removed = lastOf<"journal.removed">(database, "journal.removed");
  const allowed = lastOf<"journal.anonymised">(database, "journal.anonymised")?.through ?? 0;
  const begin: Verified = so ?? {
    events: 0,
    last: removed?.through ?? 0,
    link: removed?.link ?? genesis.toString("hex"),
    anonymised: 0,
    done: false,
  };
  let { events, last, anonymised, known } = begin;
  if (known === undefined && sought === begin.link) known = last;
  let link: Buffer = Buffer.from(begin.link, "hex");
  const found = (why?: { readonly seq: number; readonly why: BrokenWhy }, done = true): Verified => ({
    events,
    last,
    link: link.toString("hex"),
    anonymised,
    ...(known === undefined ? {} : { known }),
    ...(why === undefined ? {} : { broken: why }),
    done,
  });
  const rows = database
    .prepare<[number, number], Row>(
      "SELECT seq, data, link, digest FROM event WHERE seq > ? ORDER BY seq LIMIT ?",
    )
    .all(last, stepRows);
  for (const row of rows) {
    const { seq } = row;
    if (seq !== last + 1) return found({ seq: last + 1, why: "missing" });
    if (row.digest !== null && seq > allowed) return found({ seq, why: "anonymised" });
    const made = linkOf(link, seq, row.digest ?? digestOf(row.data));
    if (row.link === null || !made.equals(row.link))
      return found({ seq, why: row.link?.length === 32 ? "changed" : "link" });
    link = made;
    if (sought !== undefined && made.toString("hex") === sought) known = seq;
    last = seq;
    events += 1;
    if (row.digest !== null) anonymised += 1;
  }
  return found(undefined, rows.length < stepRows);
}

export function lastOf<T extends "journal.removed" | "journal.anonymised">(
  database: Database,
  type: T,
): EventOf<T> | undefined {
  const text = database
    .prepare<[string], string>("SELECT data FROM event WHERE type = ? ORDER BY seq DESC LIMIT 1")
    .pluck()
    .get(type);
  return text === undefined ? undefined : (readEvent(text) as EventOf<T>);
}

/** Gives links to what was written before there was a chain. */
export function linkAll(database: Database): void {
  const rows = database.prepare<[number], { seq: number; data: string }>(
    "SELECT seq, data FROM event WHERE seq > ? ORDER BY seq LIMIT 5000",
  );
  const update = database.prepare("UPDATE event SET link = ? WHERE seq = ?");
  let link: Buffer = genesis;
  let last = 0;
  for (let page = rows.all(last); page.length > 0; page = rows.all(last)) {
    for (const { seq, data } of page) {
      link = linkOf(link, seq, digestOf(data));
      update.run(link, seq);
      last = seq;
    }
  }
}
