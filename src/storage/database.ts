// Opens the database with the properties that the journal promises: write-ahead log, every commit on disk.
import Database, { type Database as Connection } from "better-sqlite3";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { guarded } from "./faults.ts";
import { migrate } from "./schema.ts";

/**
 * The one connection that writes. Makes file and folder where missing.
 * @throws ERR_STORAGE_CORRUPT, ERR_STORAGE_FULL, ERR_STORAGE_UNUSABLE, ERR_STORAGE_VERSION
 */
export function openForWriting(path: string): Connection {
  return guarded(path, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o750 });
    const database = new Database(path, { timeout: 2000 });
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = OFF");
    // A checkpoint is part of some commit's time: small ones keep each short.
    database.pragma("wal_autocheckpoint = 400");
    database.pragma("journal_size_limit = 8388608");
    database.pragma("cache_size = -4096");
    migrate(database);
    return database;
  });
}

/**
 * Makes this process the only one that writes beside `path`, until the lock is closed or the process ends, in
 * whatever way. A second Callbox would end the calls of the first in its journal.
 * @throws ERR_STORAGE_UNUSABLE when another process holds it
 */
export function lockForWriting(path: string): { close(): void } {
  const lockPath = `${path}.lock`;
  return guarded(lockPath, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o750 });
    const lock = new Database(lockPath, { timeout: 2000 });
    try {
      lock.exec("BEGIN EXCLUSIVE");
    } catch (error) {
      lock.close();
      throw error;
    }
    return lock;
  });
}

/** A connection for queries: it sees what is committed and never holds the writer up. */
export function openForReading(path: string): Connection {
  return guarded(path, () => {
    const database = new Database(path, { readonly: true, fileMustExist: true, timeout: 2000 });
    database.pragma("cache_size = -4096");
    database.pragma("query_only = ON");
    return database;
  });
}
