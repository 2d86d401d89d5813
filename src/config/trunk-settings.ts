// Trunk groups, the routes over them, what may be dialled, and who may call in.
import { Type, type Static } from "typebox";
import { Destination, DialClass, Digits, Exact, Id, Name, Note, RecordingRule } from "./fields.ts";

/** Digits, `X` any digit, and a last `.` for any number of further digits, also none. */
const Pattern = Type.String({ pattern: "^\\+?[0-9X*#]*\\.?$", minLength: 1, maxLength: 33 });

/** How a number is rewritten. The first rule of a list whose pattern fits is used, the others are not. */
export const NumberRule = Exact({
  match: Pattern,
  /** Digits taken away at the front. */
  strip: Type.Integer({ minimum: 0, maximum: 16, default: 0 }),
  prepend: Type.String({ pattern: "^\\+?[0-9*#]*$", maxLength: 16, default: "" }),
  /**
   * The number in place of strip and prepend: each `X` is the next digit that an `X` of `match` stood for, a last
   * `.` what its `.` stood for (`0755XXXXXXXX` to `XXXXXXXX`).
   */
  replace: Type.Optional(Pattern),
});
const NumberRules = Type.Array(NumberRule, { default: [], maxItems: 64 });

/** Counted from local midnight; left out: no limit. Emergency calls are neither counted nor limited. */
const limitFields = {
  concurrent: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
  callsPerDay: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
  /** Conversation, together. Calls that are up when it is used up are ended. */
  minutesPerDay: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
};
export const OutgoingLimit = Exact(limitFields);
const NoLimit = Exact(limitFields, { default: {} });

export const Limits = Exact(
  {
    /** All outgoing calls of the box. */
    box: NoLimit,
    /** All international and premium calls of the box together: a stolen phone must not cost a fortune. */
    costly: Exact(limitFields, { default: { concurrent: 8, minutesPerDay: 600 } }),
    /** Of each extension that has no limits of its own. */
    extension: NoLimit,
    /** What flows, queues and the console may send a caller on to. */
    boxClasses: Type.Array(DialClass, {
      default: ["emergency", "internal", "local", "national", "mobile"],
    }),
  },
  { default: {} },
);

/** By the opening hours of a schedule; a holiday is as closed where nothing is said. */
export const ScheduledDestination = Exact({
  schedule: Id,
  open: Destination,
  closed: Destination,
  holiday: Type.Optional(Destination),
});
export const IncomingDestination = Type.Union([...Destination.anyOf, ScheduledDestination]);

/**
 * `when-agent`: an ISDN caller hears music and words before the answer (ALERTING with progress 8, Q.931 §5.4.1) and
 * pays from the moment a person answers; a menu, which needs keys, and voicemail answer by themselves. Analog
 * lines are always answered at once: there is no sound before.
 */
const Answer = Type.Enum(["at-once", "when-agent"]);

/** Calls that withhold their number. `reject`: cause 21. `announce`: told so before, without an answer where ISDN. */
const Anonymous = Type.Enum(["accept", "reject", "announce"]);

export const TrunkGroup = Exact({
  id: Id,
  name: Name,
  /**
   * `first`, `last`: lowest, highest free channel. `round-robin`, `round-robin-down`: the next one up or down from
   * the last taken. `least-used`: fewest calls since the start. `most-idle`: free for longest.
   */
  hunt: Type.Enum(["first", "last", "round-robin", "round-robin-down", "least-used", "most-idle"], {
    default: "first",
  }),
  /** So many free channels are left for incoming calls; emergency calls take them all the same. */
  reserveIncoming: Type.Integer({ minimum: 0, maximum: 128, default: 0 }),
  /** Calling number shown outside when the caller has none of its own. */
  callerNumber: Type.Optional(Digits),
  /** What is shown of an outside caller who is sent on outside: exchanges often refuse numbers not their own. */
  forwardedNumber: Type.Enum(["caller", "own"], { default: "caller" }),
  /** What is said of our calling number: some exchanges take none but checked ones (Q.931 §4.5.10, octet 3a). */
  screening: Type.Enum(["user-not-screened", "user-passed"], { default: "user-not-screened" }),
  /** No number is ever shown on this group, but to emergency services. */
  withhold: Type.Boolean({ default: false }),
  /**
   * How called numbers are sent. `as-is`: as the route leaves them. `dialable`: as dialled here (0…, 00…).
   * `by-type`: without prefix, type national or international. `international`: country code first, type
   * international. Short codes always stay as they are.
   */
  numberFormat: Type.Enum(["as-is", "dialable", "by-type", "international"], { default: "as-is" }),
  /** Rewrites called numbers going out, after the format. */
  calledOut: NumberRules,
  /** Rewrites our calling number going out. */
  callingOut: NumberRules,
  /** Rewrites called numbers coming in, before routes are looked for. */
  calledIn: NumberRules,
  /** Rewrites callers' numbers coming in. */
  callingIn: NumberRules,
  anonymous: Type.Enum([...Anonymous.enum], { default: "accept" }),
  limits: NoLimit,
  /** Where calls without a matching incoming number go. */
  incoming: IncomingDestination,
  answer: Type.Enum([...Answer.enum], { default: "at-once" }),
  /** Goes before what holds for all calls. */
  recording: Type.Optional(RecordingRule),
});

export const IncomingRoute = Exact({
  /** Called number: exact, or a prefix that ends in `*`. */
  called: Type.String({ pattern: "^\\+?[0-9]*\\*?$" }),
  /** Only these callers: exact, or a prefix that ends in `*`; `anonymous` for withheld numbers. */
  calling: Type.Optional(Type.String({ pattern: "^\\+?[0-9]*\\*?$|^anonymous$", minLength: 1 })),
  group: Type.Optional(Id),
  to: IncomingDestination,
  /** The group's own when left out. */
  answer: Type.Optional(Answer),
  anonymous: Type.Optional(Anonymous),
});

export const OutgoingRoute = Exact({
  /** What is dialled: digits, `X` any digit, `.` any number of further digits. */
  pattern: Type.String({ pattern: "^[0-9X*#]+\\.?$" }),
  group: Id,
  /** Groups tried in turn when the first is full, out of order, or finds no circuit. */
  overflow: Type.Array(Id, { default: [], maxItems: 16 }),
  strip: Type.Integer({ minimum: 0, maximum: 16, default: 0 }),
  prepend: Type.String({ pattern: "^[0-9]*$", default: "" }),
  /** After strip and prepend. */
  rules: NumberRules,
  /**
   * Who may dial this; a class that nobody has is denied to all. `by-number`: what the number is. International and
   * premium numbers need that class whatever the route says.
   */
  class: Type.Enum([...DialClass.enum, "by-number"]),
});

/** A caller's number: exact, or a prefix that ends in `*`; in any form (0755…, +86755…). */
const CallerPattern = Type.String({ pattern: "^\\+?[0-9]+\\*?$", maxLength: 33 });

export const BlockedCaller = Exact({
  number: CallerPattern,
  note: Type.Optional(Note),
  /** `reject`: cause 21. `announce`: is told so. `busy`: cause 17, the caller learns nothing. */
  action: Type.Enum(["reject", "announce", "busy"], { default: "reject" }),
});

/** Goes before the block list, and before others in a queue. */
export const PriorityCaller = Exact({
  number: CallerPattern,
  /** Shown to agents before the caller's name. */
  label: Type.Optional(Type.String({ maxLength: 16 })),
  priority: Type.Integer({ minimum: 0, maximum: 10, default: 5 }),
  note: Type.Optional(Note),
});

export type NumberRule = Static<typeof NumberRule>;
export type OutgoingLimit = Static<typeof OutgoingLimit>;
export type Limits = Static<typeof Limits>;
export type IncomingDestination = Static<typeof IncomingDestination>;
export type TrunkGroup = Static<typeof TrunkGroup>;
export type IncomingRoute = Static<typeof IncomingRoute>;
export type OutgoingRoute = Static<typeof OutgoingRoute>;
export type BlockedCaller = Static<typeof BlockedCaller>;
export type PriorityCaller = Static<typeof PriorityCaller>;
