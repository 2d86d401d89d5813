// Queues and agents, as acd/live.ts tells them, and the figures of today, as the journal counts them.
import { Type, type Static } from "typebox";
import { Alert } from "../../config/settings.ts";
import { At, Digits, Id, Ms, Party } from "./common.ts";

const Count = Type.Integer({ minimum: 0 });

export const WaitingCaller = Type.Object({
  call: Id,
  caller: Party,
  position: Type.Integer({ minimum: 1 }),
  since: At,
  /** Raised and lowered by a supervisor; 0 for most. */
  priority: Type.Integer(),
  /** Has hung up, and is called back when the turn comes. */
  callback: Type.Optional(Type.Literal(true)),
  /** The agents whose phones ring for this caller. */
  offeredTo: Type.Array(Digits),
});

export const QueueView = Type.Object({
  id: Id,
  name: Type.String(),
  /** All who wait, those with a phone ringing for them included. */
  waiting: Count,
  /** The first hundred in line. */
  callers: Type.Array(WaitingCaller),
  /** Logged-in agents of the queue, and those of them who could take a call now. */
  agents: Count,
  available: Count,
  longestSince: Type.Optional(At),
  /** Since local midnight, as distribution counts them. */
  totals: Type.Object({ entered: Count, connected: Count, inTime: Count, abandoned: Count, left: Count }),
});

export const AgentStatus = Type.Union([
  Type.Literal("logged-out"),
  Type.Literal("idle"),
  Type.Literal("offered"),
  Type.Literal("on-call"),
  Type.Literal("wrap-up"),
  /** Offered nothing for a while after a call that was not answered. */
  Type.Literal("resting"),
  Type.Literal("paused"),
  /** The phone is used otherwise. */
  Type.Literal("busy"),
  /** The phone does not work. */
  Type.Literal("unavailable"),
]);

export const AgentView = Type.Object({
  number: Digits,
  name: Type.String(),
  queues: Type.Array(Id),
  status: AgentStatus,
  since: At,
  /** Why the agent is paused. */
  reason: Type.Optional(Type.String()),
  /** The telephone the agent is logged in at. */
  extension: Type.Optional(Digits),
  /** The call offered, spoken or wrapped up, and its queue. */
  call: Type.Optional(Id),
  queue: Type.Optional(Id),
  /** When wrap-up, rest or ringing ends. */
  until: Type.Optional(At),
  /** When the pause becomes too long by its reason's limit; `true`: it has. */
  limit: Type.Optional(Type.Union([At, Type.Literal(true)])),
});

/** 0 is usual; more goes before less. */
export const Prioritise = Type.Object({ priority: Type.Integer({ minimum: -100, maximum: 100 }) });

/** Agents may command themselves; supervisors and admins everybody. */
export const AgentCommand = Type.Union([
  Type.Object({ command: Type.Literal("log-in"), extension: Digits }),
  Type.Object({ command: Type.Literal("log-out") }),
  Type.Object({ command: Type.Literal("pause"), reason: Type.Optional(Type.String({ maxLength: 64 })) }),
  /** Ends a pause or the wrap-up. */
  Type.Object({ command: Type.Literal("ready") }),
  /** What the present or the last call was about: a wrap-up code of the settings. */
  Type.Object({ command: Type.Literal("code"), code: Id }),
]);

/** What a rule of the settings finds now. */
export const AlertView = Type.Object({
  id: Id,
  name: Type.String(),
  what: Alert.properties.what,
  /** Queue, trunk group or agent. */
  about: Type.String(),
  /** Percent, seconds, callers or agents. */
  value: Type.Number(),
  since: At,
});

/** What agents choose from. */
export const WorkReply = Type.Object({
  pauseReasons: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      /** Longer is too long; 0: never. */
      limitMinutes: Count,
    }),
  ),
  wrapUpCodes: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      /** Of these queues only; none: of all. */
      queues: Type.Array(Id),
    }),
  ),
});

export const QueuesReply = Type.Object({ queues: Type.Array(QueueView) });
export const AgentsReply = Type.Object({ agents: Type.Array(AgentView) });

/** One queue since local midnight. offered = answered + abandoned + overflowed + still waiting. */
export const QueueFigures = Type.Object({
  queue: Id,
  offered: Count,
  answered: Count,
  abandoned: Count,
  /** Timed out, nobody there, or left by key. */
  overflowed: Count,
  /**
   * Answered within the threshold ÷ (answered + abandoned), of all that left the queue so far;
   * null while there is none.
   */
  serviceLevel: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
  thresholdSeconds: Count,
  /** Of those answered. */
  averageWaitMs: Ms,
  /** Of those who left the queue, by any way. */
  longestWaitMs: Ms,
});

/** The whole box since local midnight. */
export const Today = Type.Object({
  from: At,
  incoming: Count,
  outgoing: Count,
  internal: Count,
  queues: Type.Array(QueueFigures),
  agents: Type.Array(Type.Object({ agent: Digits, answered: Count, talkMs: Ms })),
  /** 24 entries, local hours: calls of all queues by when they entered. */
  hours: Type.Array(Type.Object({ offered: Count, answered: Count, abandoned: Count }), {
    minItems: 24,
    maxItems: 24,
  }),
});

export type QueueView = Static<typeof QueueView>;
export type WaitingCaller = Static<typeof WaitingCaller>;
export type QueueFigures = Static<typeof QueueFigures>;
export type AgentView = Static<typeof AgentView>;
export type AgentStatus = Static<typeof AgentStatus>;
export type AgentCommand = Static<typeof AgentCommand>;
export type AlertView = Static<typeof AlertView>;
export type Work = Static<typeof WorkReply>;
export type Today = Static<typeof Today>;
