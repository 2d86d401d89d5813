// Queues, agents, conference rooms, and what agents say of their work.
import { Type, type Static } from "typebox";
import { Destination, Digits, Exact, Id, Name, PromptName, Seconds } from "./fields.ts";

const SkillLevel = Exact({ skill: Id, level: Type.Integer({ minimum: 1, maximum: 10, default: 1 }) });

export const Agent = Exact({
  number: Digits,
  name: Name,
  queues: Type.Array(Id, { default: [] }),
  /** In a queue that is not named here: 1. Lower levels are rung first, and an agent's queues of a lower level come first. */
  levels: Type.Array(Exact({ queue: Id, level: Type.Integer({ minimum: 1, maximum: 10, default: 2 }) }), {
    default: [],
  }),
  skills: Type.Array(SkillLevel, { default: [] }),
  /** With the strategy `weighted-random`: twice the weight, twice the calls. */
  weight: Type.Integer({ minimum: 1, maximum: 100, default: 1 }),
  /** In place of the queue's. */
  wrapUpSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 3600 })),
  pauseAfterNoAnswers: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
  /** Calling number shown outside while logged in; else that of the first of the queues that has one. */
  callerNumber: Type.Optional(Digits),
  /** Logs in only at this telephone; none: at any. */
  seat: Type.Optional(Digits),
  /**
   * The telephone stays lifted from log-in to log-out, and calls come with a beep. Where it is not (after a restart), it
   * rings.
   */
  offHook: Type.Boolean({ default: false }),
  /** Is paused at log-in, until ready. */
  startPaused: Type.Boolean({ default: false }),
  /** scrypt hash of the PIN dialled at log-in; none: no PIN is asked. */
  pinHash: Type.Optional(Type.String()),
});

/** Why a queue sends a caller on. */
export const sendReasons = ["timedOut", "nobodyThere", "full", "closed"] as const;

const Key = Type.String({ pattern: "^[0-9*#]$" });

export const Queue = Exact({
  id: Id,
  name: Name,
  number: Type.Optional(Digits),
  strategy: Type.Enum(
    [
      "longest-idle",
      "ring-all",
      "ring-progressive",
      "linear",
      "round-robin",
      "random",
      "weighted-random",
      "least-recent",
      "fewest-calls",
      "fewest-calls-all",
      "least-talk-time",
      "best-skilled",
    ],
    { default: "longest-idle" },
  ),
  /** Name of a music-on-hold set. */
  music: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,31}$", default: "default" }),
  ringSeconds: Seconds(20, 120),
  wrapUpSeconds: Seconds(10, 3600),
  maxWaitSeconds: Seconds(600, 86_400),
  /** Say the caller's position this often while waiting; 0 never. */
  announceEverySeconds: Seconds(30, 600),
  /** The place in line is said each time, only when it is another one than was said last, or once. */
  announcePlace: Type.Enum(["always", "when-closer", "once"], { default: "always" }),
  /** Of a place further back nothing is said; 0: of any. */
  announceUpTo: Type.Integer({ minimum: 0, maximum: 10_000, default: 0 }),
  /** Calls answered within this count towards the service level. */
  serviceLevelSeconds: Seconds(20, 3600),
  /** No-answers in a row before the agent is paused; 0 never. */
  pauseAfterNoAnswers: Type.Integer({ minimum: 0, maximum: 100, default: 2 }),
  /** Where a caller goes who waited too long, finds nobody there, the line full, or the queue closed. */
  overflow: Type.Optional(Destination),
  /** In place of `overflow`, by why the caller is sent on. */
  sendOn: Exact(
    {
      timedOut: Type.Optional(Destination),
      nobodyThere: Type.Optional(Destination),
      full: Type.Optional(Destination),
      closed: Type.Optional(Destination),
    },
    { default: {} },
  ),
  /** While this schedule is closed nobody comes into line; who waits already is served. */
  schedule: Type.Optional(Id),
  /** The queue that its agents' key for experts leads to. */
  experts: Type.Optional(Id),
  /** The caller hears the number of the agent who has answered before both are joined. */
  announceAgent: Type.Boolean({ default: false }),
  /** What the agent hears before that. */
  agentHears: Type.Array(Type.Enum(["queue", "wait"]), { default: [], uniqueItems: true }),
  /** So long after lifting the agent has silence, for a headset, before the caller is joined. */
  joinAfterSeconds: Seconds(0, 30),
  /** With the caller's position, one of these each time, in turn. */
  messages: Type.Array(Exact({ prompt: PromptName }), { default: [], maxItems: 20 }),
  /** With the caller's position, how long it will take; said of a minute and more. */
  announceWait: Type.Boolean({ default: false }),
  /** When the agent has hung up, the caller is asked for a rating by key, 1 to the highest. */
  rating: Type.Optional(Exact({ highest: Type.Integer({ minimum: 2, maximum: 9, default: 5 }) })),
  /** Of two queues whose callers could have an agent, the heavier one goes first. */
  weight: Type.Integer({ minimum: 0, maximum: 100, default: 0 }),
  /** In line at most; 0: any number. */
  mostWaiting: Type.Integer({ minimum: 0, maximum: 10_000, default: 0 }),
  /** With an overflow: so long nobody must have been there before callers are sent on. */
  emptySeconds: Seconds(0, 3600),
  /** Agents in these states do not count as being there. */
  emptyStates: Type.Array(Type.Enum(["paused", "in-use", "ringing", "unavailable", "wrap-up"]), {
    default: [],
    uniqueItems: true,
  }),
  /** After an offer that came to nothing an agent is left alone for so long. */
  rest: Exact(
    { noAnswerSeconds: Seconds(5), busySeconds: Seconds(5), rejectedSeconds: Seconds(5) },
    { default: {} },
  ),
  /** Whoever was paused for not answering is ready again after so long; 0: when a person says so. */
  readyAgainSeconds: Seconds(0, 86_400),
  /** With the strategy `ring-progressive`: one more is rung after each so many. */
  growSeconds: Type.Integer({ minimum: 1, maximum: 120, default: 5 }),
  /** So long each level of agents has the caller for itself before the next one may be rung; 0: no wait. */
  levelSeconds: Seconds(0),
  /** What every agent who takes its calls must be able to do. */
  skills: Type.Array(SkillLevel, { default: [] }),
  /** After a while less of each skill will do. */
  relax: Type.Array(
    Exact({
      afterSeconds: Type.Integer({ minimum: 1, maximum: 3600, default: 30 }),
      lowerBy: Type.Integer({ minimum: 1, maximum: 10, default: 1 }),
    }),
    { default: [], maxItems: 20 },
  ),
  /** So long a caller waits for the agent spoken with last; 0 not at all. */
  stickySeconds: Seconds(0, 600),
  /** Who gave up and calls again within so long has the old place in line; 0 never. */
  resumeSeconds: Seconds(0, 3600),
  /** Keys that a waiting caller may press to leave for somewhere else. */
  keys: Type.Array(Exact({ key: Key, to: Destination }), { default: [], maxItems: 12 }),
  /** A waiting caller may press a key to be called back when the turn comes, and hang up. */
  callback: Type.Optional(
    Exact({
      key: Type.String({ pattern: "^[0-9]$", default: "1" }),
      /** Whoever would be sent on for one of these is asked first. */
      askWhen: Type.Array(Type.Enum(sendReasons), { default: [], uniqueItems: true }),
      /** Dialled before the caller's number, for the outgoing route. */
      prefix: Type.String({ pattern: "^[0-9*#]{0,8}$", default: "" }),
      tries: Type.Integer({ minimum: 1, maximum: 10, default: 3 }),
      retryMinutes: Type.Integer({ minimum: 1, maximum: 1440, default: 10 }),
      /** Where an answering machine takes the call, the agent is freed, and it is tried again. */
      skipMachines: Type.Boolean({ default: false }),
      /** After so long it is given up. */
      keepHours: Type.Integer({ minimum: 1, maximum: 168, default: 24 }),
    }),
  ),
  /** Calling number that its agents' outgoing calls show. */
  callerNumber: Type.Optional(Digits),
  /**
   * Callers who wait unanswered are answered after so long all the same, before their exchange gives up (T301,
   * 3 minutes or less); 0 never.
   */
  answerAfterSeconds: Seconds(0, 600),
});

/** A conference: whoever is sent there, or dials its number, hears all others who are. */
export const Room = Exact({
  id: Id,
  name: Name,
  number: Type.Optional(Digits),
  /** scrypt hash of the PIN that is asked for; none: no PIN is asked. */
  pinHash: Type.Optional(Type.String()),
  /** Two tones tell everybody that somebody comes, or goes. */
  entryTones: Type.Boolean({ default: true }),
  mostParties: Type.Integer({ minimum: 2, maximum: 256, default: 32 }),
});

/** Of an agent's pause. */
export const PauseReason = Exact({
  id: Id,
  name: Name,
  /** Longer than this is too long, and said to be; 0: never. */
  limitMinutes: Type.Integer({ minimum: 0, maximum: 1440, default: 0 }),
  /** What a phone dials after the code for the pause. */
  key: Type.Optional(Type.String({ pattern: "^[0-9]{1,2}$" })),
});

/** What a call was about, as its agent says afterwards. */
export const WrapUpCode = Exact({
  id: Id,
  name: Name,
  /** Of these queues only; none: of all. */
  queues: Type.Array(Id, { default: [] }),
  /** What a phone dials after the code for it. */
  key: Type.Optional(Type.String({ pattern: "^[0-9]{1,4}$" })),
});

/** When people are to be told. */
export const Alert = Exact({
  id: Id,
  name: Name,
  what: Type.Enum([
    /** Today's share answered in time, percent, is below. */
    "service-level-below",
    /** So many seconds somebody waits, or more. */
    "wait-above",
    /** So many wait, or more. */
    "waiting-above",
    /** So few agents could take a call, or fewer. */
    "available-below",
    /** All lines of a trunk group are taken, or out. */
    "trunks-busy",
    /** An agent is paused for longer than the reason's limit. */
    "pause-too-long",
  ]),
  /** Percent, seconds, callers or agents; of no use for the last two. */
  limit: Type.Integer({ minimum: 0, maximum: 100_000, default: 0 }),
  /** Only when it has been so for this long. */
  forSeconds: Seconds(0),
  /** Of this queue only; none: of all. */
  queue: Type.Optional(Id),
  /** Of this trunk group only. */
  group: Type.Optional(Id),
});

export type Agent = Static<typeof Agent>;
export type Queue = Static<typeof Queue>;
export type Room = Static<typeof Room>;
export type PauseReason = Static<typeof PauseReason>;
export type WrapUpCode = Static<typeof WrapUpCode>;
export type Alert = Static<typeof Alert>;
