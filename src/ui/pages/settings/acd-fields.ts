// What distribution may be told beyond the usual: of a queue, and of an agent.
import { extensions, fixed, freshId, groups, queues, schedules, type Field, type Section } from "./fields.ts";

export const strategyNames = [
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
] as const;
export const strategies = fixed("strategy", strategyNames);

const seconds = (name: string, label: Field["label"], max = 3600, min = 0): Field => ({
  name,
  label,
  kind: "number",
  min,
  max,
  unit: "seconds",
});

const skills = (about: Field["label"]): Field => ({
  name: "skills",
  label: "field.skills",
  kind: "rows",
  about,
  fresh: { skill: "", level: 1 },
  fields: [
    { name: "skill", label: "field.skill", kind: "text" },
    { name: "level", label: "field.level", kind: "number", min: 1, max: 10 },
  ],
});

/** Why a queue sends a caller on. */
const sendReasons = [
  { value: "timedOut", label: { key: "field.sendOnTimedOut" } },
  { value: "nobodyThere", label: { key: "field.sendOnNobody" } },
  { value: "full", label: { key: "field.sendOnFull" } },
  { value: "closed", label: { key: "field.sendOnClosed" } },
] as const;

const sentTo = (name: string, label: Field["label"]): Field => ({
  name,
  label,
  kind: "destination",
  optional: true,
});

export const queueFields: readonly Field[] = [
  {
    name: "sendOn",
    label: "field.sendOn",
    kind: "parts",
    about: "field.sendOn.about",
    fields: sendReasons.map(({ value, label }) => sentTo(value, label.key)),
  },
  {
    name: "schedule",
    label: "field.queueSchedule",
    kind: "choice",
    optional: true,
    choices: schedules,
    about: "field.queueSchedule.about",
  },
  {
    name: "experts",
    label: "field.experts",
    kind: "choice",
    optional: true,
    choices: queues,
    about: "field.experts.about",
  },
  { name: "announceWait", label: "field.announceWait", kind: "toggle" },
  {
    name: "announcePlace",
    label: "field.announcePlace",
    kind: "choice",
    choices: fixed("announcePlace", ["always", "when-closer", "once"]),
  },
  {
    name: "announceUpTo",
    label: "field.announceUpTo",
    kind: "number",
    min: 0,
    max: 10_000,
    about: "field.announceUpTo.about",
  },
  {
    name: "messages",
    label: "field.messages",
    kind: "rows",
    about: "field.messages.about",
    fresh: { prompt: "" },
    fields: [{ name: "prompt", label: "field.messagePrompt", kind: "text" }],
  },
  { name: "announceAgent", label: "field.announceAgent", kind: "toggle" },
  {
    name: "agentHears",
    label: "field.agentHears",
    kind: "many",
    choices: fixed("agentHears", ["queue", "wait"]),
  },
  { ...seconds("joinAfterSeconds", "field.joinAfter", 30), about: "field.joinAfter.about" },
  {
    name: "rating",
    label: "field.rating",
    kind: "parts",
    optional: true,
    about: "field.rating.about",
    fields: [{ name: "highest", label: "field.ratingHighest", kind: "number", min: 2, max: 9 }],
  },
  {
    name: "callback",
    label: "field.callback",
    kind: "parts",
    optional: true,
    about: "field.callback.about",
    fields: [
      { name: "key", label: "field.key", kind: "digits", width: 3 },
      { name: "prefix", label: "field.callbackPrefix", kind: "digits", width: 6 },
      { name: "tries", label: "field.callbackTries", kind: "number", min: 1, max: 10 },
      {
        name: "retryMinutes",
        label: "field.callbackRetry",
        kind: "number",
        min: 1,
        max: 1440,
        unit: "minutes",
      },
      { name: "keepHours", label: "field.callbackKeep", kind: "number", min: 1, max: 168 },
      {
        name: "askWhen",
        label: "field.callbackAsk",
        kind: "many",
        optional: true,
        choices: () => sendReasons,
        about: "field.callbackAsk.about",
      },
      {
        name: "skipMachines",
        label: "field.skipMachines",
        kind: "toggle",
        about: "field.skipMachines.about",
      },
    ],
  },
  {
    name: "keys",
    label: "field.queueKeys",
    kind: "rows",
    about: "field.queueKeys.about",
    fresh: { key: "0", to: { extension: "" } },
    fields: [
      { name: "key", label: "field.key", kind: "digits", width: 3 },
      { name: "to", label: "field.keyTo", kind: "destination" },
    ],
  },
  {
    name: "weight",
    label: "field.queueWeight",
    kind: "number",
    min: 0,
    max: 100,
    about: "field.queueWeight.about",
  },
  {
    name: "mostWaiting",
    label: "field.mostWaiting",
    kind: "number",
    min: 0,
    max: 10_000,
    about: "field.mostWaiting.about",
  },
  { ...seconds("emptySeconds", "field.emptySeconds"), about: "field.emptySeconds.about" },
  {
    name: "emptyStates",
    label: "field.emptyStates",
    kind: "many",
    choices: fixed("emptyState", ["paused", "in-use", "ringing", "unavailable", "wrap-up"]),
  },
  {
    name: "rest",
    label: "field.rest",
    kind: "parts",
    fields: [
      seconds("noAnswerSeconds", "field.restNoAnswer"),
      seconds("busySeconds", "field.restBusy"),
      seconds("rejectedSeconds", "field.restRejected"),
    ],
  },
  { ...seconds("readyAgainSeconds", "field.readyAgain", 86_400), about: "field.readyAgain.about" },
  seconds("growSeconds", "field.growSeconds", 120, 1),
  { ...seconds("levelSeconds", "field.levelSeconds"), about: "field.levelSeconds.about" },
  { ...seconds("stickySeconds", "field.stickySeconds", 600), about: "field.stickySeconds.about" },
  { ...seconds("resumeSeconds", "field.resumeSeconds"), about: "field.resumeSeconds.about" },
  skills("field.skills.aboutQueue"),
  {
    name: "relax",
    label: "field.relax",
    kind: "rows",
    about: "field.relax.about",
    fresh: { afterSeconds: 30, lowerBy: 1 },
    fields: [
      seconds("afterSeconds", "field.afterSeconds", 3600, 1),
      { name: "lowerBy", label: "field.lowerBy", kind: "number", min: 1, max: 10 },
    ],
  },
];

/** What a new queue begins with. */
export const freshQueue = {
  sendOn: {},
  announcePlace: "always",
  announceUpTo: 0,
  announceWait: false,
  messages: [],
  joinAfterSeconds: 0,
  announceAgent: false,
  agentHears: [],
  weight: 0,
  mostWaiting: 0,
  emptySeconds: 0,
  emptyStates: [],
  rest: { noAnswerSeconds: 5, busySeconds: 5, rejectedSeconds: 5 },
  readyAgainSeconds: 0,
  growSeconds: 5,
  levelSeconds: 0,
  skills: [],
  relax: [],
  stickySeconds: 0,
  resumeSeconds: 0,
  keys: [],
} as const;

export const agentFields: readonly Field[] = [
  {
    name: "seat",
    label: "field.seat",
    kind: "choice",
    optional: true,
    choices: extensions,
    about: "field.seat.about",
  },
  { name: "startPaused", label: "field.startPaused", kind: "toggle" },
  { name: "offHook", label: "field.offHook", kind: "toggle", about: "field.offHook.about" },
  { name: "callerNumber", label: "field.callerNumber", kind: "digits", optional: true, width: 12 },
  {
    name: "weight",
    label: "field.agentWeight",
    kind: "number",
    min: 1,
    max: 100,
    about: "field.agentWeight.about",
  },
  { ...seconds("wrapUpSeconds", "field.wrapUp"), optional: true, about: "field.ownValue.about" },
  {
    name: "pauseAfterNoAnswers",
    label: "field.pauseAfter",
    kind: "number",
    min: 0,
    max: 100,
    optional: true,
    about: "field.ownValue.about",
  },
  {
    name: "levels",
    label: "field.levels",
    kind: "rows",
    about: "field.levels.about",
    fresh: { queue: "", level: 2 },
    fields: [
      { name: "queue", label: "field.queue", kind: "choice", choices: queues },
      { name: "level", label: "field.level", kind: "number", min: 1, max: 10 },
    ],
  },
  skills("field.skills.aboutAgent"),
];

/** What agents say of their pauses and calls. */
export const workSections: readonly Section[] = [
  {
    name: "pauseReasons",
    layout: "table",
    about: "section.pauseReasons.about",
    fields: [
      { name: "id", label: "field.id", kind: "text", width: 12 },
      { name: "name", label: "field.name", kind: "text", width: 18 },
      { name: "limitMinutes", label: "field.pauseLimit", kind: "number", min: 0, max: 1440, unit: "minutes" },
      { name: "key", label: "field.keyAfterCode", kind: "digits", optional: true, width: 4 },
    ],
    fresh: (settings) => ({
      id: freshId(
        settings.pauseReasons.map(({ id }) => id),
        "pause",
      ),
      name: "",
      limitMinutes: 0,
    }),
  },
  {
    name: "wrapUpCodes",
    layout: "table",
    about: "section.wrapUpCodes.about",
    fields: [
      { name: "id", label: "field.id", kind: "text", width: 12 },
      { name: "name", label: "field.name", kind: "text", width: 18 },
      { name: "queues", label: "field.ofQueues", kind: "many", choices: queues },
      { name: "key", label: "field.keyAfterCode", kind: "digits", optional: true, width: 4 },
    ],
    fresh: (settings) => ({
      id: freshId(
        settings.wrapUpCodes.map(({ id }) => id),
        "code",
      ),
      name: "",
      queues: [],
    }),
  },
];

export const alertsSection: Section = {
  name: "alerts",
  layout: "table",
  about: "section.alerts.about",
  fields: [
    { name: "id", label: "field.id", kind: "text", width: 12 },
    { name: "name", label: "field.name", kind: "text", width: 18 },
    {
      name: "what",
      label: "field.alertWhat",
      kind: "choice",
      choices: fixed("alert", [
        "service-level-below",
        "wait-above",
        "waiting-above",
        "available-below",
        "trunks-busy",
        "pause-too-long",
      ]),
    },
    { name: "limit", label: "field.alertLimit", kind: "number", min: 0, max: 100_000, width: 6 },
    { name: "forSeconds", label: "field.alertFor", kind: "number", min: 0, max: 3600, unit: "seconds" },
    { name: "queue", label: "field.queue", kind: "choice", optional: true, choices: queues },
    { name: "group", label: "field.group", kind: "choice", optional: true, choices: groups },
  ],
  fresh: (settings) => ({
    id: freshId(
      settings.alerts.map(({ id }) => id),
      "alert",
    ),
    name: "",
    what: "wait-above",
    limit: 60,
    forSeconds: 0,
  }),
};
