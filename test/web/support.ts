// The web on fakes: real settings and a real journal (in memory), made-up lines, calls, agents and stations.
import { scryptSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LightMyRequestResponse } from "fastify";
import type { Card } from "../../src/boards/board.ts";
import type { LiveAcdEvent, LiveAgent, LiveQueue } from "../../src/acd/live.ts";
import type { LiveCall, LiveCallEvent } from "../../src/calls/live.ts";
import type { Destination } from "../../src/config/settings.ts";
import { demoOffice } from "../../src/config/demo-office.ts";
import { settingsError } from "../../src/config/issues.ts";
import { createSettings, type SettingsStore } from "../../src/config/store.ts";
import type { LineInfo, LinesEvent, SpanInfo } from "../../src/lines/leg.ts";
import { waveFile } from "../../src/media/wave-file.ts";
import { readAudio } from "../../src/media/read-audio.ts";
import { createPromptLibrary } from "../../src/prompts/library.ts";
import { fold } from "../../src/reports/fold.ts";
import { whatIf } from "../../src/reports/what-if.ts";
import { createShifts } from "../../src/reports/shifts.ts";
import { createMailboxes, type Mailboxes } from "../../src/voicemail/mailboxes.ts";
import { createOutbox } from "../../src/fax/outbox.ts";
import { createIds } from "../../src/shared/ids.ts";
import { createLineChanges } from "../../src/provisioning/line-changes.ts";
import { nothingUsed } from "../../src/routing/context.ts";
import { tryRouting } from "../../src/routing/trial.ts";
import type { Station, StationEvent } from "../../src/rehearsal/station.ts";
import { CallboxError } from "../../src/shared/errors.ts";
import { createEmitter } from "../../src/shared/events.ts";
import type { JournalEvent } from "../../src/shared/journal.ts";
import { dated } from "../../src/shared/journal.ts";
import { silentLogger } from "../../src/shared/log.ts";
import { openForWriting } from "../../src/storage/database.ts";
import { verifyStep } from "../../src/storage/chain.ts";
import { createQueries } from "../../src/storage/queries.ts";
import type { StorageEvent, StorageStatus } from "../../src/storage/storage.ts";
import { createWriter } from "../../src/storage/writer.ts";
import type { FlowView } from "../../src/web/api/flows.ts";
import type { WebDeps } from "../../src/web/deps.ts";
import { createApp, type App } from "../../src/web/server.ts";
import { createFakeMedia, type FakeMedia, type FakePort } from "../support/fake-media.ts";
import { tracedSession } from "../support/traced.ts";
import { createTestClock, type TestClock } from "../support/test-clock.ts";
import { usualE1 } from "../support/line-config.ts";

interface TestLike {
  teardown(fn: () => unknown): void;
}

export const passwords = {
  admin: "the admin's own",
  lead: "the supervisor's own",
  anna: "anna's very own",
  fresh: "made-by-the-box",
} as const;
export type UserName = keyof typeof passwords;

/** As src/config/password.ts makes them, but cheap: tests sign in often. */
function cheapHash(password: string): string {
  const salt = Buffer.from("0123456789abcdef");
  const key = scryptSync(password, salt, 32, { N: 16, r: 1, p: 1 });
  return `scrypt$16$1$1$${salt.toString("base64url")}$${key.toString("base64url")}`;
}

const users = [
  { name: "admin", role: "admin", mustChange: false },
  { name: "lead", role: "supervisor", mustChange: false },
  { name: "anna", role: "agent", agent: "301", mustChange: false },
  { name: "fresh", role: "admin", mustChange: true },
] as const;

export interface FakeHouse {
  readonly deps: WebDeps;
  readonly clock: TestClock;
  readonly settings: SettingsStore;
  readonly media: FakeMedia;
  readonly folder: string;
  readonly did: readonly string[];
  /** How often the figures of the day were counted. */
  readonly countsRead: () => number;
  readonly lines: { emit(event: LinesEvent): void };
  readonly calls: { list: LiveCall[]; emit(event: LiveCallEvent): void };
  readonly acd: { emit(event: LiveAcdEvent): void };
  readonly flows: Map<string, string>;
  /** Lifts a station's handset, or hangs up. */
  setStation(id: string, state: Station["state"]): FakePort | undefined;
  /** Writes events to the journal, and tells that they are on disk. */
  commit(events: readonly JournalEvent[]): void;
  /** A voice message comes. */
  readonly left: Mailboxes["left"];
  storageStatus: StorageStatus;
  recordingFault: string | undefined;
}

export async function createHouse(t: TestLike): Promise<FakeHouse> {
  const folder = mkdtempSync(join(tmpdir(), "callbox-web-"));
  const clock = createTestClock();
  const media = createFakeMedia({ clock });
  const settings = await createSettings({
    path: join(folder, "settings.json"),
    defaults: {
      ...demoOffice(),
      users: users.map((user) => ({ ...user, passwordHash: cheapHash(passwords[user.name]) })),
    },
    log: silentLogger,
    clock,
    watch: false,
  });
  const uiDir = join(folder, "ui");
  mkdirSync(join(uiDir, "assets"), { recursive: true });
  writeFileSync(join(uiDir, "index.html"), page);
  writeFileSync(join(uiDir, "assets", "main-abc123.js"), "console.log(1)");
  writeFileSync(join(uiDir, ".secret"), "no");
  const recordingsDir = join(folder, "recordings");
  mkdirSync(recordingsDir);

  const database = openForWriting(":memory:");
  const writer = createWriter(database, ":memory:");
  const queries = createQueries(database);
  const storageEvents = createEmitter<StorageEvent>();
  const lineEvents = createEmitter<LinesEvent>();
  const callEvents = createEmitter<LiveCallEvent>();
  const acdEvents = createEmitter<LiveAcdEvent>();
  const stationEvents = createEmitter<StationEvent>();
  const did: string[] = [];
  let countsRead = 0;
  const calls: LiveCall[] = [call];
  const stations = new Map<string, Station>([phone, outside].map((one) => [one.id, one]));
  const ports = new Map<string, FakePort>();
  const flows = new Map([["main", "{}"]]);
  const house = {
    storageStatus: { waiting: 0, lost: 0, fault: undefined } satisfies StorageStatus as StorageStatus,
    recordingFault: undefined as string | undefined,
  };
  const station = (id: string): Station => {
    const found = stations.get(id);
    if (found === undefined) throw new CallboxError("ERR_STATION_UNKNOWN", { detail: id });
    return found;
  };
  const setStation = (id: string, state: Station["state"]): FakePort | undefined => {
    const next = { ...station(id), state };
    stations.set(id, next);
    if (state === "idle" || state === "ringing") ports.delete(id);
    else if (!ports.has(id)) ports.set(id, media.openStream() as FakePort);
    stationEvents.emit({ type: "station", station: next });
    return ports.get(id);
  };
  const known = (id: string): void => {
    if (!calls.some((one) => one.id === id)) throw new CallboxError("ERR_CALL_UNKNOWN", { detail: id });
  };

  t.teardown(async () => {
    await settings.close();
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const commit = (events: readonly JournalEvent[]): void => {
    writer.commit(
      writer.last + 1,
      events.map((event) => JSON.stringify(event)),
    );
    storageEvents.emit({ type: "committed", events });
  };
  const note: WebDeps["note"] = (entry) => {
    did.push(`${entry.type} ${"target" in entry ? entry.target : ""}`.trim());
    if (entry.type === "call.scored") commit([dated(entry, clock.now())]);
  };
  const rebuild = (number: number): Promise<void> => Promise.resolve(void did.push(`rebuild ${number}`));
  const changes = createLineChanges({
    settings,
    lines: { spans: () => [span], events: lineEvents, rebuild },
    path: join(folder, "line-change.json"),
    clock,
    newId: () => "change-1",
    note,
    log: silentLogger,
  });

  const prompts = await createPromptLibrary({
    folder: join(folder, "prompts"),
    readAudio,
    clock,
    log: silentLogger,
  });
  const mailboxes = createMailboxes(join(folder, "voicemail"), note);
  const deps: WebDeps = {
    settings,
    changes,
    prompts,
    mailboxes,
    reporter: {
      ask(job) {
        const events = queries.events({ limit: 10_000 }).map(({ event }) => event);
        return Promise.resolve("report" in job ? fold(events, job.report) : whatIf(events, job.whatIf));
      },
    },
    shifts: createShifts(join(folder, "shifts.json")),
    alerts: { list: () => [raisedAlert], events: createEmitter<undefined>() },
    rooms: { list: () => [{ room: "team", calls: ["C1"] }] },
    outbox: createOutbox({
      lines: {
        dial: () => {
          throw new CallboxError("ERR_LINE_BUSY");
        },
      },
      plan: { reach: () => ({ refused: 57 }) },
      clock,
      newId: createIds(() => clock.now()),
      note,
      log: silentLogger,
      folder: join(folder, "faxes"),
      settings: () => settings.current().fax,
      ident: () => "",
      header: () => ({ text: "", zone: "LT0" }),
    }),
    promptPhone: {
      record(extension, language, name, by) {
        did.push(`phone ${extension}`);
        return prompts.add(language, name, waveFile(new Int16Array(8000).fill(3000)), by);
      },
    },
    note,
    clock,
    media,
    log: silentLogger,
    board: "simulated",
    version: "0.1.0",
    uiDir,
    recordingsDir,
    faxesDir: join(folder, "faxes"),
    localSocket: join(folder, "callbox.sock"),
    tlsDir: join(folder, "tls"),
    storage: {
      records: (query) => Promise.resolve(queries.records(query)),
      record: (id) => Promise.resolve(queries.record(id)),
      story: (id) => Promise.resolve(queries.story(id)),
      counts(query) {
        countsRead++;
        return Promise.resolve(queries.counts(query));
      },
      journal: (query) => Promise.resolve(queries.events(query)),
      verify: (link) => Promise.resolve(verifyStep(database, link === undefined ? {} : { link })),
      events: storageEvents,
      status: () => house.storageStatus,
    },
    lines: {
      list: () => [line],
      spans: () => [span],
      cards: () => [card],
      events: lineEvents,
      trace(span, after = 0) {
        if (span !== 1) throw new CallboxError("ERR_SPAN_NO_DCHANNEL", { detail: String(span) });
        return tracedSession(clock.now()).filter(({ seq }) => seq > after);
      },
      clear: (target) => did.push(`clear ${JSON.stringify(target)}`) && 1,
      echo(id, dial = "") {
        did.push(`echo ${id} ${dial}`);
        return Promise.resolve({ returnLossDb: 14, cancelledLossDb: 42.5, spreadMs: 6, noiseDbm0: -63 });
      },
      level(id, { sendDbm0, dial = "" } = {}) {
        did.push(`level ${id} ${sendDbm0 ?? "-"} ${dial}`);
        return Promise.resolve({ receivedDbm0: -3.1, returnedDbm0: -3.2, noiseDbm0: -61.4 });
      },
      tap(id, { extension, direction, beforeCanceller }) {
        did.push(`tap ${id} ${extension} ${direction} ${beforeCanceller}`);
        return Promise.resolve();
      },
      bitErrors(id, ms) {
        did.push(`bits ${id} ${ms}`);
        return Promise.resolve({ bits: 640_000, errors: 3, losses: 0, erroredSeconds: 1, locked: true });
      },
      test: () =>
        Promise.resolve({
          passed: false,
          tested: [{ line: line.id, checks: [{ check: "restart", result: "failed", why: "no-answer" }] }],
        }),
    },
    calls: {
      list: () => calls,
      events: callEvents,
      hangUp(id) {
        known(id);
        did.push(`hang up ${id}`);
      },
      transfer(id: string, to: Destination) {
        known(id);
        did.push(`transfer ${id} ${JSON.stringify(to)}`);
      },
      supervise(id, asked) {
        known(id);
        did.push(`supervise ${id} ${JSON.stringify(asked)}`);
      },
    },
    recorder: {
      command(id, command, by) {
        known(id);
        did.push(`${command} recording ${id} ${by}`);
      },
      fault: () => house.recordingFault,
    },
    acd: {
      queues: () => [queue],
      agents: () => [agent],
      events: acdEvents,
      logIn: (number, extension, by) => void did.push(`log in ${number} ${extension} ${by}`),
      logOut: (number, by) => void did.push(`log out ${number} ${by}`),
      pause: (number, reason, by) => void did.push(`pause ${number} ${reason} ${by}`),
      code: (number, code, by) => void did.push(`code ${number} ${code} ${by}`),
      prioritise: (call, priority, by) => void did.push(`prioritise ${call} ${priority} ${by}`),
      ready() {
        throw new CallboxError("ERR_AGENT_LOGGED_OUT");
      },
    },
    tryRouting(ask, at) {
      did.push(`try ${JSON.stringify(ask)} ${at ?? "now"}`);
      return tryRouting(
        {
          settings: settings.current(),
          used: () => nothingUsed,
          agentAt: () => undefined,
          now: at ?? clock.now(),
        },
        ask,
      );
    },
    flows: {
      list: () => [...flows.keys()].map(flowView),
      read(id) {
        const source = flows.get(id);
        return source === undefined ? undefined : { flow: flowView(id), source };
      },
      write(id, source) {
        const issues = [{ path: "/start", message: "is missing", line: 1, column: 1 }];
        if (source === "{}") throw settingsError("ERR_FLOW_INVALID", `${id}.json`, issues);
        flows.set(id, source);
        return flowView(id);
      },
      remove(id) {
        if (!flows.delete(id)) throw new CallboxError("ERR_FLOW_UNKNOWN", { detail: id });
      },
      check: () => [],
    },
    rehearsal: {
      stations: () => [...stations.values()],
      events: stationEvents,
      lift: (id) => void setStation(id, "dialling"),
      hangUp: (id) => void setStation(id, "idle"),
      dial(id, digits, options) {
        station(id);
        did.push(`dial ${id} ${digits} ${options?.trunk ?? ""}`.trim());
      },
      press: (id, digit) => void did.push(`press ${id} ${digit}`),
      flash: (id) => void did.push(`flash ${id}`),
      audio: (id) => ports.get(id),
    },
  };
  return Object.assign(house, {
    deps,
    clock,
    settings,
    media,
    folder,
    did,
    flows,
    setStation,
    countsRead: () => countsRead,
    lines: lineEvents,
    calls: { list: calls, emit: (event: LiveCallEvent) => callEvents.emit(event) },
    acd: acdEvents,
    left: (message: Parameters<Mailboxes["left"]>[0]) => mailboxes.left(message),
    commit,
  });
}

export interface Browser {
  readonly cookie: string;
  readonly request: (
    method: Method,
    url: string,
    body?: unknown,
    headers?: Headers,
  ) => Promise<LightMyRequestResponse>;
}
export type Method = "GET" | "POST" | "PUT" | "DELETE" | "HEAD";
type Headers = Readonly<Record<string, string>>;

export interface Served {
  readonly house: FakeHouse;
  readonly app: App;
  /** Signs in and goes on with the cookie. */
  readonly browser: (user: UserName) => Promise<Browser>;
  /** Somebody who is not signed in. */
  readonly stranger: Browser;
}

export async function serve(
  t: TestLike,
  change: (deps: WebDeps) => WebDeps = (deps) => deps,
): Promise<Served> {
  const house = await createHouse(t);
  const app = await createApp(change(house.deps));
  // Before the house's own folder and database go away.
  t.teardown(() => app.close());
  await app.start();
  const as = (cookie: string): Browser => ({
    cookie,
    request: (method, url, body, headers = {}) =>
      app.fastify.inject({
        method,
        url,
        headers: { ...(cookie === "" ? {} : { cookie }), ...headers },
        ...(body === undefined ? {} : { payload: body as object }),
      }),
  });
  return {
    house,
    app,
    stranger: as(""),
    async browser(user) {
      const reply = await as("").request("POST", "/api/v1/session", {
        name: user,
        password: passwords[user],
      });
      return as(cookieOf(reply));
    },
  };
}

export function cookieOf(reply: LightMyRequestResponse): string {
  const set = reply.headers["set-cookie"];
  const text = Array.isArray(set) ? set[0] : set;
  return text?.split(";")[0] ?? "";
}

const page = `<!doctype html><html><head><meta property="csp-nonce" nonce="CSP_NONCE">
<script type="module" nonce="CSP_NONCE" src="/assets/main-abc123.js"></script></head><body></body></html>`;

const flowView = (id: string): FlowView => ({ id, name: id, changedAt: 0, nodes: 1, issues: [] });

export const at = Date.UTC(2026, 0, 5, 9);

export const line: LineInfo = {
  id: "1/1",
  kind: "isdn",
  span: 1,
  position: 1,
  channel: 1,
  name: "City 1",
  group: "city",
  state: "in-use",
};
export const card: Card = {
  path: "/sys/devices/pci0000:00/0000:00:1e.0",
  hardwareId: "",
  location: "PCI Bus 05 Slot 05",
  model: "Digium TE121",
  spans: [{ local: 1, type: "E1", number: 1, firstChannel: 1 }],
};
export const span: SpanInfo = {
  number: 1,
  name: "SIM/1",
  description: "Simulated E1",
  kind: "E1",
  firstChannel: 1,
  dataPosition: 16,
  alarms: [],
  dataLink: true,
  onDemand: false,
  keptCalls: 0,
  syncSource: 0,
  line: usualE1,
  alarmLog: [],
  counters: [],
  since: at,
};
export const call: LiveCall = {
  id: "01CALL",
  direction: "in",
  caller: { number: "02155501234" },
  called: "88880000",
  startedAt: at,
  answeredAt: at,
  phase: "talking",
  phaseSince: at,
  agent: "301",
  recording: "on",
  recordedByHand: false,
  legs: [
    {
      id: "a",
      role: "caller",
      direction: "in",
      line: "1/1",
      kind: "isdn",
      number: "02155501234",
      state: "connected",
      held: false,
    },
    {
      id: "b",
      role: "agent",
      direction: "out",
      line: "5/1",
      kind: "fxs",
      number: "201",
      extension: "201",
      state: "connected",
      held: false,
    },
  ],
  talking: ["a", "b"],
};
export const queue: LiveQueue = {
  id: "sales",
  name: "Sales",
  waiting: 1,
  callers: [{ call: "01WAIT", caller: { number: "" }, position: 1, priority: 0, since: at, offeredTo: [] }],
  agents: 1,
  available: 0,
  longestSince: at,
  totals: { entered: 2, connected: 1, inTime: 1, abandoned: 0, left: 0 },
};
export const agent: LiveAgent = {
  number: "301",
  name: "Anna Weber",
  queues: ["sales"],
  status: "on-call",
  since: at,
  extension: "201",
  call: "01CALL",
  queue: "sales",
};
export const phone: Station = {
  id: "phone-5/1",
  kind: "phone",
  number: "201",
  name: "Reception",
  line: "5/1",
  state: "idle",
  with: undefined,
  cause: undefined,
};
const outside: Station = {
  ...phone,
  id: "outside-1",
  kind: "outside",
  number: "02155501234",
  line: undefined,
};

const raisedAlert = {
  id: "wait",
  name: "Long wait",
  what: "wait-above",
  about: "sales",
  value: 75,
  since: 1_760_000_000_000,
} as const;
