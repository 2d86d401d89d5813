// What goes on now: lines, calls, queues, agents, the figures of the day; and what a person may do to them.
import { CallboxError } from "../../shared/errors.ts";
import type { LiveAcd } from "../../acd/live.ts";
import type { AgentCommand, Today } from "../api/queues.ts";
import type { Health } from "../api/health.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";
import type { SignedIn } from "../users.ts";
import { present, spanView } from "../views.ts";

type Named =
  | "GET /lines"
  | "GET /lines/cards"
  | "GET /calls"
  | "DELETE /calls/:id"
  | "POST /calls/:id/transfer"
  | "POST /calls/:id/supervision"
  | "POST /calls/:id/recording"
  | "POST /calls/:id/priority"
  | "GET /queues"
  | "GET /rooms"
  | "GET /agents"
  | "POST /agents/:number/commands"
  | "GET /alerts"
  | "GET /work"
  | "GET /figures/today"
  | "GET /health"
  | "GET /ready";

interface LiveDeps extends Pick<
  WebDeps,
  "lines" | "calls" | "recorder" | "acd" | "alerts" | "rooms" | "settings" | "log"
> {
  readonly today: () => Promise<Today>;
  readonly health: () => Promise<Health>;
}

export function liveRoutes({
  lines,
  calls,
  recorder,
  acd,
  alerts,
  rooms,
  settings,
  log,
  today,
  health,
}: LiveDeps): Pick<Handlers, Named> {
  return {
    "GET /lines": () => ({ spans: lines.spans().map(spanView), lines: lines.list() }),
    "GET /lines/cards": () => ({ cards: lines.cards() }),
    "GET /calls": () => ({ calls: calls.list() }),
    "DELETE /calls/:id": ({ params, user }) => {
      calls.hangUp(params.id);
      log.info({ call: params.id, by: user.name }, "call ended from the console");
      return null;
    },
    "POST /calls/:id/transfer": ({ params, body, user }) => {
      calls.transfer(params.id, body.to);
      log.info({ call: params.id, to: body.to, by: user.name }, "call transferred from the console");
      return null;
    },
    "POST /calls/:id/supervision": ({ params, body, user }) => {
      calls.supervise(params.id, { ...body, by: user.name });
      log.info({ call: params.id, ...body, by: user.name }, "call supervised from the console");
      return null;
    },
    "POST /calls/:id/recording": ({ params, body, user }) => {
      mayRecord(user, calls.list().find(({ id }) => id === params.id)?.agent);
      recorder.command(params.id, body.command, user.name);
      return null;
    },
    "POST /calls/:id/priority": ({ params, body, user }) => {
      acd.prioritise(params.id, body.priority, user.name);
      return null;
    },
    "GET /queues": () => ({ queues: acd.queues() }),
    "GET /rooms": () => ({
      rooms: settings.current().rooms.map(({ id, name, number }) => ({
        id,
        name,
        ...present({ number }),
        calls: rooms.list().find(({ room }) => room === id)?.calls ?? [],
      })),
    }),
    "GET /agents": () => ({ agents: acd.agents() }),
    "POST /agents/:number/commands": ({ params, body, user }) => {
      mayCommand(user, params.number);
      command(acd, params.number, body, user.name);
      const agent = acd.agents().find(({ number }) => number === params.number);
      if (agent === undefined) throw new CallboxError("ERR_AGENT_UNKNOWN", { detail: params.number });
      return agent;
    },
    "GET /alerts": () => ({ alerts: [...alerts.list()] }),
    "GET /work": () => {
      const { pauseReasons, wrapUpCodes } = settings.current();
      return {
        pauseReasons: pauseReasons.map(({ id, name, limitMinutes }) => ({ id, name, limitMinutes })),
        wrapUpCodes: wrapUpCodes.map(({ id, name, queues }) => ({ id, name, queues })),
      };
    },
    "GET /figures/today": today,
    "GET /health": health,
    "GET /ready": () => ({ ready: true }),
  };
}

function mayRecord(user: SignedIn, agent: string | undefined): void {
  if (user.role === "agent" && (agent === undefined || user.agent !== agent))
    throw new CallboxError("ERR_FORBIDDEN", { detail: "agents command only their own calls" });
}

function mayCommand(user: SignedIn, agent: string): void {
  if (user.role === "agent" && user.agent !== agent)
    throw new CallboxError("ERR_FORBIDDEN", { detail: "agents command only themselves" });
}

function command(acd: LiveAcd, agent: string, body: AgentCommand, by: string): void {
  switch (body.command) {
    case "log-in":
      return acd.logIn(agent, body.extension, by);
    case "log-out":
      return acd.logOut(agent, by);
    case "pause":
      return acd.pause(agent, body.reason ?? "", by);
    case "ready":
      return acd.ready(agent, by);
    case "code":
      return acd.code(agent, body.code, by);
  }
}
