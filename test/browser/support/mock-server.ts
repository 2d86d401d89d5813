// A server with the appliance's API and nothing behind it: every route of the table, its inputs and its replies checked
// against the schemas, over an office that lives by itself. For developing the console and for its tests.
import { nothingUsed } from "../../../src/routing/context.ts";
import { importChanDahdi } from "../../../src/provisioning/chan-dahdi-import.ts";
import { importSystemConf } from "../../../src/provisioning/system-conf-spans.ts";
import { tryRouting } from "../../../src/routing/trial.ts";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import websocket, { type WebSocket } from "@fastify/websocket";
import fastifyStatic from "@fastify/static";
import fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { Value } from "typebox/value";
import type { Issue } from "../../../src/web/api/common.ts";
import { PushedEvent } from "../../../src/web/api/events.ts";
import type { Me } from "../../../src/web/api/session.ts";
import {
  routes,
  type Body,
  type Params,
  type Query,
  type Reply,
  type RouteName,
} from "../../../src/web/api/routes.ts";
import { policy, refuse, Refused, sendAudio } from "./mock-http.ts";
import { createMockChange } from "./mock-change.ts";
import { mockLineService } from "./mock-line-service.ts";
import { mockCards, spansOf } from "./mock-data.ts";
import { createMockOffice, type MockOffice } from "./mock-office.ts";
import { createMockPrompts } from "./mock-prompts.ts";
import { createMockTrace } from "./mock-trace.ts";
import { createMockStations } from "./mock-stations.ts";
import { reportOf, whatIfOf } from "./mock-reports.ts";
import { mockVoicemail } from "./mock-voicemail.ts";
import { mockFaxes } from "./mock-faxes.ts";
import { sampleOpus, sampleRecording } from "./sample-wav.ts";

export interface MockServer {
  readonly url: string;
  readonly office: MockOffice;
  /** Closes all event sockets, as when the network breaks; `down`: and refuses new ones. */
  breakEvents(down: boolean): void;
  close(): Promise<void>;
}

export interface MockOptions {
  readonly port?: number;
  /** The built console. */
  readonly ui?: string;
  /** Somebody is signed in, with a password of one's own. */
  readonly signedIn?: boolean;
  /** Milliseconds between the office's steps; 0: it stands still after its first minutes. */
  readonly pace?: number;
}

interface Input<K extends RouteName> {
  readonly params: Params<K>;
  readonly query: Query<K>;
  readonly body: Body<K>;
}
type Handlers = { readonly [K in RouteName]: (input: Input<K>) => Reply<K> | Buffer };

const flowSource = `{
  "id": "main",
  "name": "Main menu",
  "start": "welcome",
  "nodes": {
    "welcome": { "type": "play", "prompts": ["welcome"], "next": "menu" },
    "menu": {
      "type": "menu",
      "prompts": ["for-sales-press-1", "for-support-press-2"],
      "keys": { "1": "sales", "2": "support" }
    },
    "sales": { "type": "queue", "queue": "sales" },
    "support": { "type": "queue", "queue": "support" }
  }
}
`;

const openedMs = 90_000;

export async function startMockServer(options: MockOptions = {}): Promise<MockServer> {
  // The office has been open for a while: its first seconds are gone through at once, on a clock of their own.
  let past = openedMs;
  const office = createMockOffice(() => Date.now() - past);
  const stations = createMockStations();
  const session: { me: Me | undefined } = { me: undefined };
  const sockets = new Set<WebSocket>();
  const handsets = new Map<string, WebSocket>();
  let down = false;
  let password = "callbox-first";
  let revision = 3;
  const sections: Record<string, unknown> = structuredClone(office.settings);
  const settingsReply = (): Reply<"GET /settings"> => ({
    revision,
    settings: sections as Reply<"GET /settings">["settings"],
    warnings: [],
  });
  sections["users"] = [
    { name: "admin", role: "admin" },
    { name: "lead", role: "supervisor" },
  ];
  let source = flowSource;

  for (; past > 0; past -= 1000) office.step();
  const timer = options.pace === 0 ? undefined : setInterval(() => office.step(), options.pace ?? 700);

  const me = (mustChange: boolean): Me => ({
    name: "admin",
    role: "admin",
    mustChange,
    appliance: "Callbox demo office",
    language: "en",
    timeZone: "Asia/Shanghai",
    country: "cn",
  });
  const flow = () => ({ id: "main", name: "Main menu", changedAt: 1_795_000_000_000, nodes: 4, issues: [] });
  const checked = (text: string): Issue[] => {
    try {
      JSON.parse(text);
      return text.includes('"start"')
        ? []
        : [{ path: "/start", message: "must be there", line: 1, column: 1 }];
    } catch (error) {
      const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? 0);
      const before = text.slice(0, at).split("\n");
      return [
        { path: "", message: "is not JSON", line: before.length, column: (before.at(-1) ?? "").length + 1 },
      ];
    }
  };
  if (options.signedIn === true) session.me = me(false);
  const found = <T>(value: T | undefined, code: string, message: string): T => {
    if (value === undefined) throw new Refused(404, code, message);
    return value;
  };

  const trace = createMockTrace(Date.now());
  const change = createMockChange((event) => all(event));
  const handlers: Handlers = {
    ...mockFaxes(Date.now()),
    ...mockVoicemail(Date.now()),
    "POST /import/chan-dahdi": ({ body }) =>
      importChanDahdi(body.text, [], {
        spans: [],
        analog: [],
        trunkGroups: [],
      }) as Reply<"POST /import/chan-dahdi">,
    "POST /import/system-conf": ({ body }) =>
      importSystemConf(body.text, spansOf(0), office.settings) as Reply<"POST /import/system-conf">,
    "GET /rooms": () => ({ rooms: office.settings.rooms.map(({ id, name }) => ({ id, name, calls: [] })) }),
    "GET /journal/verification": () => ({ events: 1, last: 1, link: "0".repeat(64), anonymised: 0 }),
    "GET /journal": () => Buffer.from(""),
    "GET /reports/:report": ({ params, query }) => reportOf(params.report, query, Date.now()),
    "POST /what-if": ({ body }) => whatIfOf(body, Date.now()),
    "GET /shifts": () => ({ shifts: [] }),
    "PUT /shifts": () => ({ shifts: [] }),
    "GET /lines/cards": () => ({ cards: mockCards }),
    "POST /export/assigned-spans": ({ body: { text } }) => ({ text, cards: [] }),
    "POST /export/system-conf": ({ body: { text } }) => ({ text, spans: [] }),
    "GET /spans/:number/trace": ({ query: { after } }) => trace.frames(after),
    "GET /spans/:number/trace.pcap": () => trace.file(),
    "POST /session": ({ body }) => {
      if (body.name !== "admin" || body.password !== password)
        throw new Refused(401, "ERR_SIGN_IN", "Name or password is wrong");
      return (session.me = me(password === "callbox-first"));
    },
    "GET /session": () => session.me ?? null,
    "DELETE /session": () => ((session.me = undefined), null),
    "PUT /session/password": ({ body }) => {
      if (body.current !== password)
        throw new Refused(403, "ERR_PASSWORD_WRONG", "The present password is wrong");
      password = body.next;
      return (session.me = me(false));
    },
    "GET /lines": () => office.snapshot(),
    ...mockLineService(office),
    ...change.handlers,
    "GET /calls": () => ({ calls: [...office.calls.values()] }),
    "DELETE /calls/:id": ({ params }) => (office.endCall(params.id), null),
    "POST /calls/:id/transfer": () => {
      throw new Refused(409, "ERR_EXTENSION_UNKNOWN", "There is no such extension");
    },
    "POST /calls/:id/supervision": ({ params, body }) => {
      const call = found(office.calls.get(params.id), "ERR_CALL_UNKNOWN", "There is no such call");
      const others = call.legs.filter(({ role }) => role !== "supervisor");
      const own = {
        id: "supervisor",
        role: "supervisor" as const,
        direction: "out" as const,
        line: "2/1",
        kind: "fxs" as const,
        number: body.extension,
        extension: body.extension,
        state: "connected" as const,
        held: false,
      };
      const { mode } = body;
      const left =
        mode === "end" || mode === "take-over" ? others : [...others, { ...own, supervises: mode }];
      office.setCall(call.id, { legs: left });
      return null;
    },
    "POST /calls/:id/recording": ({ params, body }) => {
      const call = found(office.calls.get(params.id), "ERR_CALL_UNKNOWN", "There is no such call");
      const now = { start: "on", pause: "paused", resume: "on", stop: "off" } as const;
      office.setCall(call.id, { recording: now[body.command], recordedByHand: body.command !== "stop" });
      return null;
    },
    "POST /calls/:id/priority": ({ params }) => {
      found(office.calls.get(params.id), "ERR_CALL_UNKNOWN", "There is no such call");
      return null;
    },
    "GET /queues": () => ({ queues: [...office.queues.values()] }),
    "GET /agents": () => ({ agents: [...office.agents.values()] }),
    "POST /agents/:number/commands": ({ params, body }) => {
      switch (body.command) {
        case "log-in":
          return office.setAgent(params.number, { status: "idle", extension: body.extension });
        case "log-out":
          return office.setAgent(params.number, { status: "logged-out" });
        case "pause":
          return office.setAgent(params.number, { status: "paused", reason: body.reason ?? "" });
        case "ready":
          return office.setAgent(params.number, { status: "idle" });
        case "code":
          return office.setAgent(params.number, {});
      }
    },
    "GET /alerts": () => ({ alerts: office.snapshot().alerts }),
    "GET /work": () => ({
      pauseReasons: office.settings.pauseReasons,
      wrapUpCodes: office.settings.wrapUpCodes,
    }),
    "GET /figures/today": () => office.snapshot().today,
    "GET /records": ({ query }) => {
      const limit = query.limit ?? 50;
      const from = Number(query.cursor ?? 0);
      const all = office.records.filter(
        (record) =>
          (query.number === undefined || `${record.caller.number} ${record.called}`.includes(query.number)) &&
          (query.disposition === undefined || record.disposition === query.disposition) &&
          (query.direction === undefined || record.direction === query.direction),
      );
      const more = all.length > from + limit ? { next: String(from + limit) } : {};
      return { records: all.slice(from, from + limit), ...more };
    },
    "GET /records/:id": ({ params }) => {
      const record = found(
        office.records.find((one) => one.id === params.id),
        "ERR_RECORD_UNKNOWN",
        "There is no such record",
      );
      const { startedAt: at, id: call } = record;
      return {
        record,
        story: [
          {
            v: 1,
            at,
            type: "call.started",
            call,
            direction: record.direction,
            caller: record.caller,
            called: record.called,
            line: record.line,
          },
          { v: 1, at: at + 40, type: "ivr.entered", call, flow: "main" },
          { v: 1, at: at + 900, type: "call.answered", call },
          { v: 1, at: at + 950, type: "recording.started", call, leg: "a", file: "x.wav" },
          { v: 1, at: at + 5000, type: "ivr.digit", call, flow: "main", node: "menu", digit: "1" },
          {
            v: 1,
            at: at + 5100,
            type: "queue.entered",
            call,
            queue: "sales",
            caller: record.caller,
            priority: 0,
            until: at + 600_000,
          },
          {
            v: 1,
            at: at + 8000,
            type: "queue.offered",
            call,
            queue: "sales",
            offer: "o",
            agent: "302",
            until: at + 28_000,
          },
          {
            v: 1,
            at: at + 28_000,
            type: "queue.ring-no-answer",
            call,
            queue: "sales",
            offer: "o",
            agent: "302",
            reason: "no-answer",
            ringMs: 20_000,
            restUntil: at + 30_000,
          },
          {
            v: 1,
            at: at + 28_100,
            type: "queue.offered",
            call,
            queue: "sales",
            offer: "p",
            agent: "301",
            until: at + 48_000,
          },
          {
            v: 1,
            at: at + 31_000,
            type: "queue.connected",
            call,
            queue: "sales",
            offer: "p",
            agent: "301",
            waitedMs: 25_900,
            ringMs: 2900,
          },
          {
            v: 1,
            at: record.endedAt - 20,
            type: "queue.left",
            call,
            queue: "sales",
            reason: "completed-by-caller",
            agent: "301",
            waitedMs: 25_900,
            talkedMs: record.talkMs,
            position: 0,
          },
          { v: 1, at: record.endedAt, type: "call.ended", call, cause: record.cause ?? 16, by: "caller" },
        ],
      };
    },
    "GET /faxes/:id/document": () => Buffer.from("%PDF-1.4\n"),
    "GET /recordings/:id/audio": ({ params }) =>
      office.records.some(({ recordings }) =>
        recordings.some(({ id, format }) => id === params.id && format === "opus"),
      )
        ? sampleOpus()
        : sampleRecording(),
    "GET /rehearsal/stations": () => ({ stations: [...stations.list()] }),
    "POST /rehearsal/stations/:id/actions": ({ params, body }) =>
      found(stations.act(params.id, body), "ERR_STATION_UNKNOWN", "There is no such station"),
    "GET /settings": () => settingsReply(),
    "PUT /settings/:section": ({ params, body }) => {
      const section = routes["GET /settings"].reply.properties.settings.properties[params.section];
      const value: unknown = Value.Default(section, structuredClone(body.value));
      const issues = Value.Errors(section, value);
      if (issues.length > 0)
        throw new Refused(
          422,
          "ERR_SETTINGS_INVALID",
          "The settings are not right",
          issues.map((issue) => ({
            path: `/${params.section}${issue.instancePath}`,
            message: issue.message,
          })),
        );
      sections[params.section] = value;
      revision += 1;
      return settingsReply();
    },
    "POST /records/:id/score": () => null,
    "POST /records/:id/block": () => ({ number: "+8613800138000" }),
    "GET /routing/test": ({ query }) =>
      structuredClone(
        tryRouting(
          {
            settings: office.settings,
            used: () => nothingUsed,
            agentAt: () => undefined,
            now: query.at ?? Date.now(),
          },
          {
            from:
              query.extension === undefined ? { group: query.group ?? "" } : { extension: query.extension },
            calling: query.calling ?? "",
            called: query.called,
          },
        ),
      ) as Reply<"GET /routing/test">,
    ...createMockPrompts(),
    "GET /flows": () => ({ flows: [flow()] }),
    "GET /flows/:id": () => ({ flow: flow(), source }),
    "PUT /flows/:id": ({ body }) => {
      const issues = checked(body.source);
      if (issues.length > 0) throw new Refused(422, "ERR_FLOW_INVALID", "The flow is not right", issues);
      source = body.source;
      return flow();
    },
    "DELETE /flows/:id": () => null,
    "POST /flows/:id/check": ({ body }) => ({ issues: checked(body.source) }),
    "GET /health": () => office.snapshot().health,
    "GET /ready": () => ({ ready: true }),
  };

  const app = fastify();
  await app.register(websocket);
  for (const name of Object.keys(routes) as RouteName[]) {
    const [method = "GET", path = ""] = name.split(" ");
    app.route({
      method,
      url: `/api/v1${path}`,
      handler: (request, reply) => answer(name, request, reply),
    });
  }

  async function answer(
    name: RouteName,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const route: (typeof routes)[RouteName] = routes[name];
    if (route.access !== "public" && session.me === undefined)
      return refuse(reply, new Refused(401, "ERR_NOT_SIGNED_IN", "Nobody is signed in"));
    if ("body" in route && !Value.Check(route.body, request.body))
      return refuse(
        reply,
        new Refused(400, "ERR_REQUEST_INVALID", JSON.stringify(Value.Errors(route.body, request.body))),
      );
    const query = "query" in route ? Value.Convert(route.query, request.query) : undefined;
    try {
      const input = { params: request.params, query, body: request.body };
      const handle = handlers[name] as (input: unknown) => unknown;
      const made = handle(input);
      if (Buffer.isBuffer(made)) return await sendAudio(request, reply, made);
      const clean = Value.Clean(route.reply, structuredClone(made));
      if (!Value.Check(route.reply, clean))
        throw new Error(`${name}: ${JSON.stringify(Value.Errors(route.reply, clean))}`);
      return clean === null ? await reply.status(204).send() : await reply.send(clean);
    } catch (error) {
      if (error instanceof Refused) return refuse(reply, error);
      throw error;
    }
  }

  app.get("/api/v1/events", { websocket: true }, (socket) => {
    if (down) return socket.close(1013);
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    push(socket, { ...office.snapshot(), stations: [...stations.list()] });
  });
  app.get<{ Params: { id: string } }>(
    "/api/v1/rehearsal/stations/:id/audio",
    { websocket: true },
    (socket, request) => {
      handsets.get(request.params.id)?.close(4001);
      handsets.set(request.params.id, socket);
      const wire = stations.attach(request.params.id, (samples) => socket.send(Buffer.from(samples.buffer)));
      socket.on("message", (data: Buffer) => wire.say(new Int16Array(new Uint8Array(data).buffer)));
      socket.on("close", () => wire.detach());
    },
  );
  const push = (socket: WebSocket, event: PushedEvent): void => {
    if (!Value.Check(PushedEvent, event))
      throw new Error(`event: ${JSON.stringify(Value.Errors(PushedEvent, event)).slice(0, 2000)}`);
    socket.send(JSON.stringify(event));
  };
  const all = (event: PushedEvent): void => sockets.forEach((socket) => push(socket, event));
  office.events.on(all);
  stations.events.on((station) => all({ type: "station", station }));

  if (options.ui !== undefined) {
    const { ui } = options;
    await app.register(fastifyStatic, { root: join(ui, "assets"), prefix: "/assets/" });
    app.get("/", async (_request, reply) => {
      const nonce = randomBytes(16).toString("base64");
      const page = (await readFile(join(ui, "index.html"), "utf8")).replaceAll("CSP_NONCE", nonce);
      return reply.type("text/html").header("content-security-policy", policy(nonce)).send(page);
    });
  }
  const url = await app.listen({ port: options.port ?? 0, host: "127.0.0.1" });
  return {
    url,
    office,
    breakEvents(stay) {
      down = stay;
      for (const socket of sockets) socket.close(1012);
    },
    async close() {
      clearInterval(timer);
      stations.close();
      for (const socket of sockets) socket.terminate();
      await app.close();
    },
  };
}
