// Queues, their waiting callers and agents, live, and the figures of today.
import { Type, type Static } from "typebox";
import { At, Digits, Id, Ms, Party } from "./common.ts";

export const WaitingCaller = Type.Object({
  call: Id,
  caller: Party,
  position: Type.Integer({ minimum: 1 }),
  since: At,
});

const Count = Type.Integer({ minimum: 0 });

/** One queue since local midnight. offered = answered + abandoned + overflowed + still waiting. */
export const QueueFigures = Type.Object({
  offered: Count,
  answered: Count,
  abandoned: Count,
  overflowed: Count,
  /**
   * Answered within the threshold ÷ (answered + abandoned), of all that left the queue so far;
   * null while there is none.
   */
  serviceLevel: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
  thresholdSeconds: Count,
  averageWaitMs: Ms,
  longestWaitMs: Ms,
});

export const QueueView = Type.Object({
  id: Id,
  name: Type.String(),
  waiting: Type.Array(WaitingCaller),
  figures: QueueFigures,
});

export const AgentState = Type.Union([
  Type.Literal("logged-out"),
  Type.Literal("ready"),
  Type.Literal("paused"),
  Type.Literal("ringing"),
  Type.Literal("talking"),
  Type.Literal("wrap-up"),
  /** Offered nothing for a while after a call that was not answered. */
  Type.Literal("resting"),
]);

export const AgentView = Type.Object({
  number: Digits,
  name: Type.String(),
  queues: Type.Array(Id),
  state: AgentState,
  since: At,
  /** The telephone the agent is logged in on. */
  extension: Type.Optional(Digits),
  /** Ringing or talking: the call. */
  call: Type.Optional(Id),
  /** The phone is used otherwise, or does not work: nothing is offered meanwhile. */
  phone: Type.Union([Type.Literal("free"), Type.Literal("busy"), Type.Literal("unavailable")]),
  /** Paused: why and by whom (a user's name, the agent's number, `box` after unanswered calls). */
  pause: Type.Optional(Type.Object({ reason: Type.String(), by: Type.String() })),
  answeredToday: Count,
});

/** Agents may command themselves; supervisors and admins everybody. */
export const AgentCommand = Type.Union([
  Type.Object({ command: Type.Literal("log-in"), extension: Digits }),
  Type.Object({ command: Type.Literal("log-out") }),
  Type.Object({ command: Type.Literal("pause") }),
  /** Ends a pause or the wrap-up. */
  Type.Object({ command: Type.Literal("ready") }),
]);

export const QueuesReply = Type.Object({ queues: Type.Array(QueueView) });
export const AgentsReply = Type.Object({ agents: Type.Array(AgentView) });

/** The whole box since local midnight, and by hour. */
export const Today = Type.Object({
  from: At,
  incoming: Count,
  outgoing: Count,
  internal: Count,
  answered: Count,
  /** 24 entries, local hours. */
  hours: Type.Array(Type.Object({ offered: Count, answered: Count, abandoned: Count }), {
    minItems: 24,
    maxItems: 24,
  }),
});

export type QueueView = Static<typeof QueueView>;
export type QueueFigures = Static<typeof QueueFigures>;
export type AgentView = Static<typeof AgentView>;
export type AgentState = Static<typeof AgentState>;
export type AgentCommand = Static<typeof AgentCommand>;
export type Today = Static<typeof Today>;
