// Numbers and routes, opening hours, lists of callers, as forms.
import {
  classes,
  fixed,
  freshId,
  groups,
  holidays,
  recordRules,
  type Field,
  type Section,
  type Tab,
} from "./fields.ts";

export const limitFields: readonly Field[] = [
  { name: "concurrent", label: "field.concurrent", kind: "number", min: 0, max: 1000, optional: true },
  { name: "callsPerDay", label: "field.callsPerDay", kind: "number", min: 0, max: 100_000, optional: true },
  {
    name: "minutesPerDay",
    label: "field.minutesPerDay",
    kind: "number",
    min: 0,
    max: 100_000,
    optional: true,
    unit: "minutes",
  },
];

const rules = (
  name: string,
  label: "field.rules" | "field.calledOut" | "field.callingOut" | "field.calledIn" | "field.callingIn",
): Field => ({
  name,
  label,
  kind: "rows",
  fresh: { match: "", strip: 0, prepend: "" },
  fields: [
    { name: "match", label: "field.match", kind: "text", width: 12 },
    { name: "strip", label: "field.strip", kind: "number", min: 0, max: 16 },
    { name: "prepend", label: "field.prepend", kind: "text", width: 6 },
    { name: "replace", label: "field.replace", kind: "text", optional: true, width: 12 },
  ],
});

const answers = fixed("answer", ["at-once", "when-agent"]);
const anonymous = fixed("anonymous", ["accept", "reject", "announce"]);

const incoming: Section = {
  name: "incoming",
  layout: "table",
  about: "section.incoming.about",
  fields: [
    { name: "called", label: "field.called", kind: "digits", width: 14 },
    { name: "calling", label: "field.callingOnly", kind: "text", optional: true, width: 14 },
    { name: "group", label: "field.groupOnly", kind: "choice", optional: true, choices: groups },
    { name: "to", label: "field.to", kind: "incoming" },
    { name: "answer", label: "field.answer", kind: "choice", optional: true, choices: answers },
    { name: "anonymous", label: "field.anonymous", kind: "choice", optional: true, choices: anonymous },
  ],
  fresh: () => ({ called: "", to: { flow: "main" } }),
};

const outgoing: Section = {
  name: "outgoing",
  layout: "table",
  about: "section.outgoing.about",
  fields: [
    { name: "pattern", label: "field.pattern", kind: "text", width: 14 },
    { name: "group", label: "field.group", kind: "choice", choices: groups },
    { name: "overflow", label: "field.overflowGroups", kind: "many", choices: groups },
    { name: "strip", label: "field.strip", kind: "number", min: 0, max: 16, width: 4 },
    { name: "prepend", label: "field.prepend", kind: "text", width: 8 },
    {
      name: "class",
      label: "field.class",
      kind: "choice",
      choices: () => [...classes(), { value: "by-number", label: { key: "choice.class.by-number" } }],
    },
    rules("rules", "field.rules"),
  ],
  fresh: (settings) => ({
    pattern: "9.",
    group: settings.trunkGroups[0]?.id ?? "",
    overflow: [],
    strip: 1,
    prepend: "",
    rules: [],
    class: "by-number",
  }),
};

const trunkGroups: Section = {
  name: "trunkGroups",
  layout: "cards",
  fields: [
    { name: "id", label: "field.id", kind: "text" },
    { name: "name", label: "field.name", kind: "text" },
    {
      name: "hunt",
      label: "field.hunt",
      kind: "choice",
      choices: fixed("hunt", ["first", "last", "round-robin", "round-robin-down", "least-used", "most-idle"]),
    },
    { name: "reserveIncoming", label: "field.reserve", kind: "number", min: 0, max: 128 },
    { name: "incoming", label: "field.otherwise", kind: "incoming" },
    { name: "answer", label: "field.answer", kind: "choice", choices: answers, about: "field.answer.about" },
    {
      name: "recording",
      label: "field.recordRule",
      kind: "choice",
      optional: true,
      choices: recordRules,
      about: "field.recordRule.about",
    },
    { name: "anonymous", label: "field.anonymous", kind: "choice", choices: anonymous },
    { name: "callerNumber", label: "field.callerNumber", kind: "digits", optional: true },
    {
      name: "forwardedNumber",
      label: "field.forwarded",
      kind: "choice",
      choices: fixed("forwarded", ["caller", "own"]),
    },
    { name: "withhold", label: "field.withhold", kind: "toggle" },
    {
      name: "screening",
      label: "field.screening",
      kind: "choice",
      choices: fixed("screening", ["user-not-screened", "user-passed"]),
    },
    {
      name: "numberFormat",
      label: "field.numberFormat",
      kind: "choice",
      choices: fixed("format", ["as-is", "dialable", "by-type", "international"]),
    },
    { name: "limits", label: "field.limits", kind: "parts", fields: limitFields },
    rules("calledOut", "field.calledOut"),
    rules("callingOut", "field.callingOut"),
    rules("calledIn", "field.calledIn"),
    rules("callingIn", "field.callingIn"),
  ],
  fresh: (settings) => ({
    id: freshId(
      settings.trunkGroups.map((one) => one.id),
      "group",
    ),
    name: "",
    hunt: "first",
    reserveIncoming: 0,
    forwardedNumber: "caller",
    screening: "user-not-screened",
    withhold: false,
    numberFormat: "as-is",
    calledOut: [],
    callingOut: [],
    calledIn: [],
    callingIn: [],
    anonymous: "accept",
    limits: {},
    incoming: { flow: "main" },
    answer: "at-once",
  }),
};

const limits: Section = {
  name: "limits",
  layout: "form",
  about: "section.limits.about",
  fields: [
    { name: "box", label: "field.limitBox", kind: "parts", fields: limitFields },
    { name: "costly", label: "field.limitCostly", kind: "parts", fields: limitFields },
    { name: "extension", label: "field.limitExtension", kind: "parts", fields: limitFields },
    { name: "boxClasses", label: "field.boxClasses", kind: "many", choices: classes },
  ],
};

export const routesTab: Tab = { name: "routes", sections: [incoming, outgoing, trunkGroups, limits] };

const weekdays = fixed("day", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
const hours: readonly Field[] = [
  { name: "from", label: "field.from", kind: "text", width: 5 },
  { name: "to", label: "field.until", kind: "text", width: 5 },
];
const lastDay: Field = { name: "until", label: "field.lastDay", kind: "text", optional: true, width: 10 };

export const schedulesTab: Tab = {
  name: "schedules",
  sections: [
    {
      name: "schedules",
      layout: "cards",
      about: "section.schedules.about",
      fields: [
        { name: "id", label: "field.id", kind: "text" },
        { name: "name", label: "field.name", kind: "text" },
        {
          name: "override",
          label: "field.override",
          kind: "choice",
          choices: fixed("override", ["none", "open", "closed"]),
        },
        { name: "code", label: "field.scheduleCode", kind: "digits", optional: true, width: 4 },
        { name: "holidays", label: "field.holidays", kind: "many", choices: holidays },
        {
          name: "week",
          label: "field.week",
          kind: "rows",
          fresh: { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "18:00" },
          fields: [{ name: "days", label: "field.days", kind: "many", choices: weekdays }, ...hours],
        },
        {
          name: "dates",
          label: "field.dates",
          kind: "rows",
          fresh: { date: "", open: [] },
          fields: [
            { name: "date", label: "field.date", kind: "text", width: 10 },
            lastDay,
            {
              name: "open",
              label: "field.openHours",
              kind: "rows",
              fresh: { from: "09:00", to: "18:00" },
              fields: hours,
            },
          ],
        },
      ],
      fresh: (settings) => ({
        id: freshId(
          settings.schedules.map((one) => one.id),
          "schedule",
        ),
        name: "",
        week: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "18:00" }],
        dates: [],
        holidays: [],
        override: "none",
      }),
    },
    {
      name: "holidays",
      layout: "cards",
      about: "section.holidays.about",
      fields: [
        { name: "id", label: "field.id", kind: "text" },
        { name: "name", label: "field.name", kind: "text" },
        {
          name: "days",
          label: "field.holidayDays",
          kind: "rows",
          fresh: { date: "" },
          fields: [
            { name: "date", label: "field.date", kind: "text", width: 10 },
            lastDay,
            { name: "name", label: "field.name", kind: "text", optional: true, width: 16 },
          ],
        },
      ],
      fresh: (settings) => ({
        id: freshId(
          settings.holidays.map((one) => one.id),
          "holidays",
        ),
        name: "",
        days: [],
      }),
    },
  ],
};

export const callersTab: Tab = {
  name: "callers",
  sections: [
    {
      name: "blockList",
      layout: "table",
      about: "section.blockList.about",
      fields: [
        { name: "number", label: "field.callerPattern", kind: "digits", width: 18 },
        {
          name: "action",
          label: "field.action",
          kind: "choice",
          choices: fixed("action", ["reject", "announce", "busy"]),
        },
        { name: "note", label: "field.note", kind: "text", optional: true, width: 30 },
      ],
      fresh: () => ({ number: "", action: "reject" }),
    },
    {
      name: "priorityCallers",
      layout: "table",
      about: "section.priorityCallers.about",
      fields: [
        { name: "number", label: "field.callerPattern", kind: "digits", width: 18 },
        { name: "label", label: "field.label", kind: "text", optional: true, width: 10 },
        { name: "priority", label: "field.priority", kind: "number", min: 0, max: 10, width: 4 },
        { name: "note", label: "field.note", kind: "text", optional: true, width: 30 },
      ],
      fresh: () => ({ number: "", label: "VIP", priority: 5 }),
    },
  ],
};
