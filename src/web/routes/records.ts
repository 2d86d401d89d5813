// Call records, their stories and their recordings.
import { isAbsolute, relative, resolve } from "node:path";
import type { RecordsQuery as StorageQuery } from "../../storage/queries.ts";
import { CallboxError } from "../../shared/errors.ts";
import type { RecordsQuery } from "../api/records.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";
import type { SignedIn } from "../users.ts";
import { maySee, parseRecordingId, present, recordView, soundFormat } from "../views.ts";

type Named = "GET /records" | "GET /records/:id" | "POST /records/:id/score" | "GET /recordings/:id/audio";

const soundTypes = { wav: "audio/wav", opus: "audio/ogg; codecs=opus", flac: "audio/flac" } as const;

type RecordsDeps = Pick<WebDeps, "storage" | "note" | "recordingsDir" | "log">;

export function recordRoutes({ storage, note, recordingsDir, log }: RecordsDeps): Pick<Handlers, Named> {
  return {
    "GET /records": async ({ query, user }) => {
      const asked = ownQuery(query, user);
      if (asked === undefined) return { records: [] };
      const { records, more } = await storage.records(asked);
      const last = records.at(-1);
      return {
        records: records.flatMap((record) => recordView(record) ?? []),
        ...(more && last !== undefined ? { next: last.call } : {}),
      };
    },
    "GET /records/:id": async ({ params, user }) => {
      const record = await storage.record(params.id);
      const view = record === undefined ? undefined : recordView(record);
      // To an agent another's call is as unknown as one that never was.
      if (record === undefined || view === undefined || !maySee(user, record))
        throw new CallboxError("ERR_RECORD_UNKNOWN", { detail: params.id });
      const story = await storage.story(params.id);
      return { record: view, story: story.map(({ event }) => event) };
    },
    "POST /records/:id/score": async ({ params, body, user }) => {
      const record = await storage.record(params.id);
      if (record?.endedAt === undefined) throw new CallboxError("ERR_RECORD_UNKNOWN", { detail: params.id });
      const { agent } = record;
      if (agent === undefined) throw new CallboxError("ERR_RECORD_NO_AGENT", { detail: params.id });
      note({
        type: "call.scored",
        call: params.id,
        agent,
        by: user.name,
        ...present(body),
        score: body.score,
      });
      return null;
    },
    "GET /recordings/:id/audio": async ({ params, user, request, reply }) => {
      const unknown = new CallboxError("ERR_RECORDING_UNKNOWN", { detail: params.id });
      const named = parseRecordingId(params.id);
      const record = named === undefined ? undefined : await storage.record(named.call);
      const file = named === undefined ? undefined : record?.recordings[named.index]?.file;
      if (record === undefined || file === undefined || !maySee(user, record)) throw unknown;
      const path = within(recordingsDir, file);
      if (path === undefined) throw unknown;
      // A player asks again for each further part.
      if (!/^bytes=[1-9]/.test(request.headers.range ?? ""))
        log.info({ recording: params.id, by: user.name }, "recording heard");
      // Answers Range, and says ERR_NOT_FOUND itself when the file is gone.
      return reply
        .type(soundTypes[soundFormat(file)])
        .sendFile(path, recordingsDir, { dotfiles: "deny", immutable: false, maxAge: 0 });
    },
  };
}

/** @returns undefined when the person can have no records at all */
function ownQuery(query: RecordsQuery, user: SignedIn): StorageQuery | undefined {
  const { cursor, agent, limit, from, to, number, direction, disposition, queue } = query;
  const only = user.role === "agent" ? user.agent : agent;
  if (user.role === "agent" && (only === undefined || (agent !== undefined && agent !== only)))
    return undefined;
  return present({ from, to, number, direction, disposition, queue, agent: only, before: cursor, limit });
}

/** @returns the path within the folder; undefined when it leads out of it */
export function within(folder: string, file: string): string | undefined {
  const path = relative(folder, resolve(folder, file));
  return path === "" || path.startsWith("..") || isAbsolute(path) ? undefined : path;
}
