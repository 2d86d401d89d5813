// What the two threads of the storage can be asked, as plain functions: the worker is only a shell round this.
import { CallboxError, codeOf, type ErrorCode } from "../shared/errors.ts";
import { createAging, type Aged, type Aging, type AgingType } from "./aging.ts";
import { verifyStep, type Verified, type VerifyStep } from "./chain.ts";
import { lockForWriting, openForReading, openForWriting } from "./database.ts";
import { guarded } from "./faults.ts";
import { createQueries, type Queries } from "./queries.ts";
import { createWriter, type Recovered } from "./writer.ts";

export interface Opened extends Recovered {
  /** The number of the last event on disk. */
  readonly last: number;
}

export interface WriterOps {
  /** Opens the database, and ends the calls that an earlier run left open and that may not go on. */
  open(asked: { readonly mayGoOn: readonly string[] }): Opened;
  commit(group: { readonly first: number; readonly texts: readonly string[] }): number;
  before(asked: { readonly type: AgingType; readonly at: number }): Aged | undefined;
  anonymise(): boolean;
  remove(): boolean;
  close(): void;
}

export type ReaderOps = Queries & { open(): void; verify(step: VerifyStep): Verified; close(): void };

export function writerOps(path: string): WriterOps {
  let writer: ReturnType<typeof createWriter> | undefined;
  let aging: Aging | undefined;
  let lock: { close(): void } | undefined;
  const opened = (): ReturnType<typeof createWriter> => {
    lock ??= lockForWriting(path);
    if (writer !== undefined) return writer;
    const database = openForWriting(path);
    aging = createAging(database);
    return (writer = createWriter(database, path));
  };
  const age = <T>(work: (own: Aging) => T): T =>
    guarded(path, () => {
      opened();
      if (aging === undefined) throw new CallboxError("ERR_CLOSED", { detail: "storage" });
      return work(aging);
    });
  return {
    open: ({ mayGoOn }) =>
      guarded(path, () => {
        const recovered = opened().recover(mayGoOn);
        return { last: opened().last, ...recovered };
      }),
    commit: ({ first, texts }) => opened().commit(first, texts),
    before: (asked) => age((own) => own.before(asked)),
    anonymise: () => age((own) => own.anonymise()),
    remove: () => age((own) => own.remove()),
    close() {
      writer?.close();
      lock?.close();
      writer = undefined;
      aging = undefined;
      lock = undefined;
    },
  };
}

export function readerOps(path: string): ReaderOps {
  let database: ReturnType<typeof openForReading> | undefined;
  let queries: Queries | undefined;
  const opened = (): Queries => {
    database ??= openForReading(path);
    return (queries ??= createQueries(database));
  };
  const asked = <A, R>(ask: (queries: Queries, argument: A) => R): ((argument: A) => R) => {
    return (argument) => guarded(path, () => ask(opened(), argument));
  };
  return {
    open: () => void opened(),
    records: asked((q, query) => q.records(query)),
    record: asked((q, call) => q.record(call)),
    story: asked((q, call) => q.story(call)),
    events: asked((q, query) => q.events(query)),
    counts: asked((q, query) => q.counts(query)),
    verify(step) {
      opened();
      return guarded(path, () => verifyStep(database ?? openForReading(path), step));
    },
    close() {
      database?.close();
      database = undefined;
      queries = undefined;
    },
  };
}

/** A message to the thread, and its answer. An error crosses as its code and detail. */
export interface Question {
  readonly id: number;
  readonly op: string;
  readonly argument: unknown;
}

export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly code: ErrorCode | undefined; readonly text: string };

/** Answers one question; never throws. */
export function answer(ops: object, { id, op, argument }: Question): Answer {
  try {
    const work: unknown = Object.hasOwn(ops, op) ? (ops as Record<string, unknown>)[op] : undefined;
    if (typeof work !== "function") throw new TypeError(`no operation ${op}`);
    return { id, value: (work as (argument: unknown) => unknown)(argument) };
  } catch (error) {
    return error instanceof CallboxError
      ? { id, code: error.code, text: error.detail ?? "" }
      : { id, code: undefined, text: `${codeOf(error) ?? ""} ${String(error)}`.trim() };
  }
}
