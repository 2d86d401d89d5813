// Faxes to be sent: kept on the disk until they are, tried again when the far end is busy or the line was bad.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Settings } from "../config/settings.ts";
import type { Cancel } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import type { Logger } from "../shared/log.ts";
import { dialFax, type FaxDialDeps, type FaxResult } from "./dial.ts";
import { writePages, writePdf } from "./document.ts";

/** `sent` and `failed` stay until somebody clears them. */
export type FaxJobState = "waiting" | "dialling" | "sending" | "sent" | "failed";

export interface FaxJob {
  readonly id: string;
  /** As dialled, with the digit that gets a line. */
  readonly to: string;
  /** Who wants it sent. */
  readonly by: string;
  readonly pages: number;
  /** Wall clock, milliseconds. */
  readonly createdAt: number;
  readonly state: FaxJobState;
  /** Calls made so far. */
  readonly tries: number;
  /** Of the present call. */
  readonly pagesSent: number;
  /** When it is tried again, wall clock. */
  readonly nextAt?: number;
  /** Why the last call did not do: T.30's word, `no-line`, or `refused`. */
  readonly status?: string;
  /** The last call's record. */
  readonly call?: string;
}

export interface Outbox {
  /** @throws ERR_FAX_DOCUMENT, ERR_FAX_NUMBER for no number, ERR_FAX_OUTBOX_FULL */
  send(to: string, document: Uint8Array, by: string): Promise<FaxJob>;
  /** Oldest first. */
  list(): readonly FaxJob[];
  /** Cuts off the newest fax on a trunk group for an emergency call; it is tried again later. False when there is none. */
  makeRoom(forCall: string, group: string): boolean;
  /** Takes a fax back; one that is being sent is cut off. @throws ERR_FAX_UNKNOWN */
  remove(id: string): Promise<void>;
  /** Resolves when nothing is being sent any more; what is not sent is when the box starts again. */
  close(): Promise<void>;
}

export interface OutboxDeps extends FaxDialDeps {
  /** Where faxes are kept; the journal names files relative to it. */
  readonly folder: string;
  readonly settings: () => Settings["fax"];
  readonly log: Logger;
}

interface Running {
  readonly stop: AbortController;
  done: Promise<void>;
  /** The call that is made for it, and its trunk group. */
  call?: string;
  group?: string | undefined;
}

/** With what was sent and not cleared yet. */
const mostJobs = 500;
/** A line that was busy with another call is free again sooner than a far end. */
const noLineMs = 15_000;
/** T.30 says that another call would end the same way. */
const hopeless: ReadonlySet<string> = new Set([
  "file",
  "incompatible",
  "cannot-receive",
  "size",
  "resolution",
]);

export function createOutbox(deps: OutboxDeps): Outbox {
  const { folder, settings, clock, newId, note, log } = deps;
  const place = join(folder, "outbox");
  const jobs = new Map<string, FaxJob>();
  const running = new Map<string, Running>();
  let timer: Cancel = () => undefined;
  let closed = false;

  const pathOf = (id: string, ending: string): string => join(place, `${id}${ending}`);
  const keep = async (job: FaxJob): Promise<void> => {
    jobs.set(job.id, job);
    const path = pathOf(job.id, ".json");
    await writeFile(`${path}.part`, JSON.stringify(job), { mode: 0o640 });
    await rename(`${path}.part`, path);
  };
  const change = async (id: string, how: Partial<FaxJob>): Promise<void> => {
    const job = jobs.get(id);
    if (job !== undefined) await keep({ ...job, ...how });
  };

  const later = (): Partial<FaxJob> => ({
    state: "waiting",
    nextAt: clock.now() + settings().retryMinutes * 60_000,
  });

  const look = (): void => {
    timer();
    if (closed) return;
    const now = clock.now();
    const waiting = [...jobs.values()].filter(({ state }) => state === "waiting");
    for (const { id } of waiting.filter(({ nextAt = 0 }) => nextAt <= now)) {
      if (running.size >= settings().lines) break;
      begin(id);
    }
    const next = Math.min(...waiting.filter(({ id }) => !running.has(id)).map(({ nextAt = now }) => nextAt));
    if (Number.isFinite(next)) timer = clock.after(Math.max(1000, next - now), look);
  };

  const begin = (id: string): void => {
    const own: Running = { stop: new AbortController(), done: Promise.resolve() };
    running.set(id, own);
    own.done = attempt(id, own)
      .catch((error: unknown) => {
        log.error({ err: error, fax: id }, "a fax could not be sent");
        // Kept in memory alone: it may be the disk that failed.
        const job = jobs.get(id);
        if (job !== undefined) jobs.set(id, { ...job, ...later() });
      })
      .finally(() => {
        running.delete(id);
        look();
      });
  };

  const attempt = async (id: string, own: Running): Promise<void> => {
    const { signal } = own.stop;
    const { to, by, tries } = found(id);
    await change(id, { state: "dialling", pagesSent: 0 });
    const told = (how: Partial<FaxJob>): void => {
      const job = jobs.get(id);
      if (job !== undefined) jobs.set(id, { ...job, ...how });
    };
    const result = await dialFax(
      {
        to,
        by,
        path: pathOf(id, ".tif"),
        file: `outbox/${id}.tif`,
        onDialled: (call, group) => Object.assign(own, { call, group }),
        onAnswer: () => told({ state: "sending" }),
        onPage: ({ pages }) => told({ pagesSent: pages }),
      },
      deps,
      signal,
    );
    // Taken back, made room for an emergency call, or the box stops: then it is tried when it starts.
    if (signal.aborted) return change(id, later());
    await change(id, after(result, tries, settings(), clock.now()));
  };

  const found = (id: string): FaxJob => {
    const job = jobs.get(id);
    if (job === undefined) throw new CallboxError("ERR_FAX_UNKNOWN", { detail: id });
    return job;
  };

  for (const job of kept(place, log)) jobs.set(job.id, job);
  look();
  return {
    async send(to, document, by) {
      if (!/^[0-9*#]{1,40}$/u.test(to)) throw new CallboxError("ERR_FAX_NUMBER", { detail: to });
      if (jobs.size >= mostJobs) throw new CallboxError("ERR_FAX_OUTBOX_FULL", { detail: String(mostJobs) });
      const id = newId();
      try {
        await mkdir(place, { recursive: true });
        const pages = await writePages(document, pathOf(id, ".tif"));
        await writePdf(pathOf(id, ".tif"), pathOf(id, ".pdf"));
        await rm(pathOf(id, ".tif.pdf"), { force: true });
        await keep({ id, to, by, pages, createdAt: clock.now(), state: "waiting", tries: 0, pagesSent: 0 });
      } catch (error) {
        jobs.delete(id);
        for (const ending of [".tif", ".tif.pdf", ".pdf", ".json.part"])
          await rm(pathOf(id, ending), { force: true });
        throw error;
      }
      look();
      return found(id);
    },
    list: () => [...jobs.values()].sort((a, b) => a.createdAt - b.createdAt),
    async remove(id) {
      const { state } = found(id);
      const own = running.get(id);
      jobs.delete(id);
      own?.stop.abort();
      await own?.done;
      // The pages of one that was sent stay with its record, as long as faxes are kept.
      const endings = state === "sent" ? [".json"] : [".json", ".tif", ".pdf"];
      for (const ending of endings) await rm(pathOf(id, ending), { force: true });
      look();
    },
    makeRoom(forCall, group) {
      const victim = [...running.values()].findLast((one) => one.group === group && !one.stop.signal.aborted);
      if (victim?.call === undefined) return false;
      note({ type: "call.preempted", call: victim.call, for: forCall, group });
      victim.stop.abort();
      return true;
    },
    async close() {
      closed = true;
      timer();
      for (const { stop } of running.values()) stop.abort();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}

/** What becomes of a fax after a call, or none. */
function after(
  result: FaxResult,
  before: number,
  { tries: most, retryMinutes }: Settings["fax"],
  now: number,
): Partial<FaxJob> {
  if (result.type === "no-line") return { state: "waiting", status: "no-line", nextAt: now + noLineMs };
  if (result.type === "refused") return { state: "failed", status: "refused" };
  const { call, status, pages } = result;
  const told = { call, status, tries: before + 1, pagesSent: pages };
  if (status === "ok") return { ...told, state: "sent" };
  if (hopeless.has(status) || before + 1 >= most) return { ...told, state: "failed" };
  return { ...told, state: "waiting", nextAt: now + retryMinutes * 60_000 };
}

/** What was not sent when the box stopped. A spoilt job is left out and stays on the disk. */
function kept(place: string, log: Logger): readonly FaxJob[] {
  const found: FaxJob[] = [];
  const names = existsSync(place) ? readdirSync(place) : [];
  for (const name of names.filter((one) => one.endsWith(".json"))) {
    try {
      const job = JSON.parse(readFileSync(join(place, name), "utf8")) as FaxJob;
      if (`${job.id}.json` !== name) throw new Error("another fax's name");
      const cut = job.state === "dialling" || job.state === "sending";
      found.push(cut ? { ...job, state: "waiting" } : job);
    } catch (error) {
      log.warn({ err: error, file: name }, "a fax to be sent cannot be read");
    }
  }
  return found;
}
