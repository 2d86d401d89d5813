// The database's form: migrations in order, each applied once, counted by SQLite's user_version.
import type { Database } from "better-sqlite3";
import { CallboxError } from "../shared/errors.ts";
import { linkAll } from "./chain.ts";

/**
 * `event` is the truth; the other tables are kept from it in the same transaction and may be rebuilt.
 * Moments are milliseconds since 1970 UTC.
 */
export const migrations: readonly (string | ((database: Database) => void))[] = [
  `
  CREATE TABLE event (
    seq   INTEGER PRIMARY KEY,
    at    INTEGER NOT NULL,
    type  TEXT NOT NULL,
    call  TEXT,
    data  TEXT NOT NULL
  ) STRICT;
  CREATE INDEX event_of_call ON event (call, seq) WHERE call IS NOT NULL;
  CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

  CREATE TABLE call_record (
    call        TEXT PRIMARY KEY,
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER,
    direction   TEXT NOT NULL,
    disposition TEXT NOT NULL,
    caller      TEXT NOT NULL,
    called      TEXT NOT NULL,
    queue       TEXT,
    agent       TEXT,
    data        TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- With the numbers in it: a search reads this index alone until it has found its page.
  CREATE INDEX call_record_by_time ON call_record (started_at, call, ended_at, caller, called);
  CREATE INDEX call_record_of_queue ON call_record (queue, started_at) WHERE queue IS NOT NULL;
  CREATE INDEX call_record_of_agent ON call_record (agent, started_at) WHERE agent IS NOT NULL;
  CREATE INDEX call_record_open ON call_record (call) WHERE ended_at IS NULL;

  CREATE TABLE queue_visit (
    seq         INTEGER PRIMARY KEY REFERENCES event,
    call        TEXT NOT NULL,
    queue       TEXT NOT NULL,
    entered_at  INTEGER NOT NULL,
    waited_ms   INTEGER,
    agent       TEXT,
    left_by     TEXT,
    talked_ms   INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX queue_visit_by_time ON queue_visit (entered_at);
  CREATE INDEX queue_visit_open ON queue_visit (call) WHERE left_by IS NULL;
  `,
  (database) => {
    database.exec(`
      -- See chain.ts. digest: of the text as it was, where numbers of persons were taken out of it.
      ALTER TABLE event ADD COLUMN link BLOB;
      ALTER TABLE event ADD COLUMN digest BLOB;
      DROP TRIGGER event_stays;
      -- How far old events have been worked through.
      CREATE TABLE progress (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;`);
    linkAll(database);
    database.exec(`
      CREATE TRIGGER event_stays BEFORE UPDATE ON event
      WHEN NEW.digest IS NULL OR OLD.digest IS NOT NULL OR NEW.seq IS NOT OLD.seq OR NEW.link IS NOT OLD.link
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;`);
  },
];

/** @throws ERR_STORAGE_VERSION when a newer Callbox has written the database. */
export function migrate(database: Database): void {
  const from = Number(database.pragma("user_version", { simple: true }));
  if (from > migrations.length)
    throw new CallboxError("ERR_STORAGE_VERSION", {
      detail: `version ${from}, this program knows ${migrations.length}`,
    });
  migrations.slice(from).forEach((sql, index) => {
    database
      .transaction(() => {
        if (typeof sql === "string") database.exec(sql);
        else sql(database);
        database.pragma(`user_version = ${from + index + 1}`);
      })
      .immediate();
  });
}
