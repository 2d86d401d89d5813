// The fastify server: every route of the table behind the guard, the two WebSockets, the console's files.
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import websocket from "@fastify/websocket";
import { TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import Fastify, {
  LogController,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { Refusal } from "./api/common.ts";
import { routes, type Route, type RouteName } from "./api/routes.ts";
import type { WebDeps } from "./deps.ts";
import { createGuard, type Guard } from "./guard.ts";
import type { Handlers } from "./handlers.ts";
import { headerPolicy } from "./header-policy.ts";
import { createHealth } from "./health.ts";
import { createHub } from "./hub.ts";
import { createLocalDoor } from "./local.ts";
import { registerOpenApi } from "./openapi.ts";
import { registerPage } from "./page.ts";
import { refusalOf } from "./refusals.ts";
import { createHandsets } from "./rehearsal-audio.ts";
import { changeRoutes } from "./routes/changes.ts";
import { flowRoutes } from "./routes/flows.ts";
import { importRoutes } from "./routes/import.ts";
import { lineServiceRoutes } from "./routes/line-service.ts";
import { liveRoutes } from "./routes/live.ts";
import { faxRoutes } from "./routes/faxes.ts";
import { reportRoutes } from "./routes/reports.ts";
import { journalRoutes } from "./routes/journal.ts";
import { voicemailRoutes } from "./routes/voicemail.ts";
import { promptRoutes } from "./routes/prompts.ts";
import { recordRoutes } from "./routes/records.ts";
import { rehearsalRoutes } from "./routes/rehearsal.ts";
import { routingRoutes } from "./routes/routing.ts";
import { sessionRoutes } from "./routes/session.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { traceRoutes } from "./routes/trace.ts";
import { createSessions } from "./sessions.ts";
import { readToday } from "./today.ts";
import type { SignedIn } from "./users.ts";

export interface TlsOptions {
  readonly key: string;
  readonly cert: string;
  /** The authority's certificate, offered to be installed. */
  readonly ca: string;
}

export interface App {
  readonly fastify: FastifyInstance;
  /** Serves the API on a Unix socket too. After `start`. @throws ERR_LOCAL_SOCKET */
  listenLocally(path: string): Promise<void>;
  /** Begins to push; before it, listeners are turned away. */
  start(): Promise<void>;
  close(): Promise<void>;
  /** The authority's certificate changed with the server's. */
  setCa(ca: string): void;
}

const base = "/api/v1";
/** Requests a minute from one address: a console makes few, a broken script many. */
const requestsMost = 1200;
const signInsMost = 10;
/** Consoles, each with a few connections; more is somebody who means harm. */
const connectionsMost = 500;

export async function createApp(deps: WebDeps, tls?: TlsOptions): Promise<App> {
  const { settings, clock, log } = deps;
  const sessions = createSessions({ clock, idleMs: () => settings.current().web.idleMinutes * 60_000 });
  const door = createLocalDoor();
  const guard = createGuard({
    local: (request) => door.userOf(request),
    sessions,
    settings,
    tls: tls !== undefined,
  });
  const health = createHealth(deps);
  const today = () => readToday(deps.storage, settings.current(), clock.now());
  const hub = createHub({ ...deps, sessions, health, readToday: today });
  const handsets = createHandsets(deps.rehearsal);
  const joining = new WeakMap<FastifyRequest, SignedIn>();
  let ca = tls?.ca;

  const options = {
    loggerInstance: log.child({ part: "web" }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_100_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 30_000,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    ...(tls === undefined ? {} : { https: { key: tls.key, cert: tls.cert, minVersion: "TLSv1.2" as const } }),
  };
  // Its type differs with TLS; what is used of it does not.
  const app = Fastify(options) as unknown as FastifyInstance;
  app.server.maxConnections = connectionsMost;
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.setErrorHandler((error, request, reply) => refuse(error, request, reply));

  await app.register(helmet, headerPolicy(tls !== undefined));
  await app.register(cookie);
  await app.register(rateLimit, { max: requestsMost, timeWindow: 60_000 });
  await app.register(websocket, { options: { maxPayload: 65_536 } });
  await registerOpenApi(app, deps.version, tls === undefined ? "callbox" : "__Host-callbox");

  const handlers: Handlers = {
    ...sessionRoutes({ settings, log, sessions, guard }),
    ...liveRoutes({ ...deps, today, health: () => health.sample() }),
    ...lineServiceRoutes(deps),
    ...changeRoutes(deps),
    ...traceRoutes(deps),
    ...importRoutes(deps),
    ...promptRoutes(deps),
    ...faxRoutes(deps),
    ...voicemailRoutes(deps),
    ...journalRoutes(deps),
    ...reportRoutes(deps),
    ...recordRoutes(deps),
    ...settingsRoutes(deps),
    ...flowRoutes(deps),
    ...routingRoutes(deps),
    ...rehearsalRoutes(deps),
  };
  await app.register(
    (api, _options, done) => {
      for (const name of Object.keys(routes) as RouteName[]) registerRoute(api, name, handlers, guard);
      api.get("/openapi.json", { schema: { hide: true }, preValidation: only(guard, "any") }, () =>
        app.swagger(),
      );
      api.get("/authority.crt", { schema: { hide: true } }, (_request, reply) =>
        reply
          .type("application/x-x509-ca-cert")
          .header("content-disposition", 'attachment; filename="callbox-authority.crt"')
          .send(ca ?? ""),
      );
      api.get(
        "/events",
        {
          websocket: true,
          preValidation: check((request) => void joining.set(request, guard.admit(request, "any"))),
        },
        (socket, request) => {
          const user = joining.get(request);
          if (user !== undefined) hub.join(socket, user);
        },
      );
      api.get(
        "/rehearsal/stations/:id/audio",
        {
          websocket: true,
          preValidation: [only(guard, "supervisor"), check((request) => handsets.check(stationOf(request)))],
        },
        (socket, request) => handsets.take(stationOf(request), socket),
      );
      done();
    },
    { prefix: base },
  );
  await registerPage(app, deps.uiDir);

  return {
    fastify: app,
    listenLocally: (path) => door.listen(path, (request, reply) => app.routing(request, reply)),
    async start() {
      await app.ready();
      await hub.start();
    },
    async close() {
      await door.close();
      hub.close();
      handsets.close();
      health.close();
      await app.close();
    },
    setCa: (next) => void (ca = next),
  };
}

function registerRoute(api: FastifyInstance, name: RouteName, handlers: Handlers, guard: Guard): void {
  const route: Route = routes[name];
  const [method = "GET", url = "/"] = name.split(" ");
  const isSession = url.startsWith("/session");
  const isNothing = "type" in route.reply && route.reply.type === "null";
  const users = new WeakMap<FastifyRequest, SignedIn>();
  api.route({
    method,
    url,
    ...(route.bodyLimit === undefined ? {} : { bodyLimit: route.bodyLimit }),
    ...(route.uncompiled === true
      ? { serializerCompiler: () => (data: unknown) => JSON.stringify(data) }
      : {}),
    schema: {
      summary: route.summary,
      ...(route.params === undefined ? {} : { params: route.params }),
      ...(route.query === undefined ? {} : { querystring: route.query }),
      ...(route.body === undefined ? {} : { body: route.body }),
      response: {
        ...(route.file === true ? {} : { [isNothing ? 204 : 200]: route.reply }),
        "4xx": Refusal,
        "5xx": Refusal,
      },
      ...(route.access === "public" ? {} : { security: [{ session: [] }] }),
      ...{ "x-access": route.access },
    },
    config:
      name === "POST /session" || name === "PUT /session/password"
        ? { rateLimit: { max: signInsMost, timeWindow: 60_000 } }
        : {},
    // Before anything of the request is read: who may not come in learns nothing of what is right or wrong.
    onRequest: check((request) => {
      if (route.access === "public") guard.checkOrigin(request);
      else users.set(request, guard.admit(request, route.access, isSession));
    }),
    handler: async (request, replying) => {
      // Each handler takes its own route's parts; here they are all alike.
      const handle: (asked: never) => unknown = handlers[name];
      const { params, query, body } = request;
      const asked = { params, query, body, user: users.get(request), request, reply: replying };
      const answer = await handle(asked as never);
      return answer === null ? replying.code(204).send() : answer;
    },
  });
}

type Hook = (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void) => void;

function check(work: (request: FastifyRequest) => void): Hook {
  return (request, _reply, done) => {
    try {
      work(request);
      done();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  };
}

const only = (guard: Guard, access: "any" | "supervisor"): Hook =>
  check((request) => void guard.admit(request, access));

const stationOf = (request: FastifyRequest): string => (request.params as { readonly id: string }).id;

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, body, fault } = refusalOf(error);
  if (fault) request.log.error({ err: error, method: request.method, url: request.url }, "a request failed");
  return reply.code(status).type("application/json").send(body);
}
