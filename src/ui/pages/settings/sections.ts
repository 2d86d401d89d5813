// The settings as forms: which sections, which fields, and how each is edited. A new setting is one line here.
import {
  agents,
  classes,
  fixed,
  following,
  freshId,
  groups,
  queues,
  recordRules,
  type Choice,
  type Tab,
} from "./fields.ts";
import { agentFields, freshQueue, queueFields, strategies } from "./acd-fields.ts";
import { callersTab, limitFields, routesTab, schedulesTab } from "./routing-sections.ts";
import { audioField, spanFields } from "./span-fields.ts";

const teiWords = fixed("tei", ["fixed", "automatic"]);
/** Beside 0 (`fixed`), the other fixed TEIs (Q.921 §3.3.4.1). */
const teis = (): readonly Choice[] => [
  ...teiWords(),
  ...Array.from({ length: 63 }, (_, i) => ({ value: String(i + 1), label: String(i + 1) })),
];

export const tabs: readonly Tab[] = [
  {
    name: "appliance",
    sections: [
      {
        name: "appliance",
        layout: "form",
        fields: [
          { name: "name", label: "field.name", kind: "text" },
          { name: "country", label: "field.country", kind: "text", about: "field.country.about", width: 6 },
          {
            name: "language",
            label: "field.language",
            kind: "choice",
            choices: fixed("language", ["en", "zh", "ko"]),
          },
          { name: "timeZone", label: "field.timeZone", kind: "zone" },
          {
            name: "areaCode",
            label: "field.areaCode",
            kind: "digits",
            optional: true,
            about: "field.areaCode.about",
            width: 6,
          },
        ],
      },
      {
        name: "recording",
        layout: "form",
        fields: [
          {
            name: "calls",
            label: "field.recordCalls",
            kind: "choice",
            choices: fixed("record", ["all", "queue", "share", "on-demand", "none"]),
          },
          {
            name: "sharePercent",
            label: "field.sharePercent",
            kind: "number",
            min: 1,
            max: 100,
            unit: "percent",
          },
          {
            name: "layout",
            label: "field.recordLayout",
            kind: "choice",
            choices: fixed("recordLayout", ["stereo", "mixed"]),
          },
          { name: "maskKeys", label: "field.maskKeys", kind: "toggle", about: "field.maskKeys.about" },
          { name: "beepSeconds", label: "field.beep", kind: "number", min: 0, max: 60, unit: "seconds" },
          {
            name: "archive",
            label: "field.archive",
            kind: "choice",
            choices: fixed("archive", ["none", "opus", "flac"]),
            about: "field.archive.about",
          },
          {
            name: "archiveAfterDays",
            label: "field.archiveAfter",
            kind: "number",
            min: 1,
            max: 3650,
            unit: "days",
          },
          { name: "keepDays", label: "field.keepDays", kind: "number", min: 1, max: 3650, unit: "days" },
        ],
      },
      {
        name: "fax",
        layout: "form",
        fields: [
          { name: "tries", label: "field.faxTries", kind: "number", min: 1, max: 10 },
          {
            name: "retryMinutes",
            label: "field.faxRetry",
            kind: "number",
            min: 1,
            max: 120,
            unit: "minutes",
          },
          { name: "lines", label: "field.faxLines", kind: "number", min: 1, max: 30 },
          { name: "keepDays", label: "field.faxKeepDays", kind: "number", min: 1, max: 3650, unit: "days" },
        ],
      },
      {
        name: "journal",
        layout: "form",
        about: "section.journal.about",
        fields: [
          { name: "keepDays", label: "field.journalKeep", kind: "number", min: 30, max: 3650, unit: "days" },
          {
            name: "anonymiseDays",
            label: "field.anonymise",
            kind: "number",
            min: 0,
            max: 3650,
            unit: "days",
            about: "field.anonymise.about",
          },
        ],
      },
      {
        name: "featureCodes",
        layout: "form",
        fields: [
          { name: "agentLogIn", label: "field.codeLogIn", kind: "digits", width: 8 },
          { name: "agentLogOut", label: "field.codeLogOut", kind: "digits", width: 8 },
          { name: "agentPause", label: "field.codePause", kind: "digits", width: 8 },
          { name: "agentReady", label: "field.codeReady", kind: "digits", width: 8 },
          { name: "transfer", label: "field.codeTransfer", kind: "digits", width: 8 },
          { name: "record", label: "field.codeRecord", kind: "digits", optional: true, width: 8 },
          { name: "messages", label: "field.codeMessages", kind: "digits", optional: true, width: 8 },
          { name: "withhold", label: "field.codeWithhold", kind: "digits", optional: true, width: 8 },
          { name: "scheduleOpen", label: "field.codeOpen", kind: "digits", optional: true, width: 8 },
          { name: "scheduleClosed", label: "field.codeClosed", kind: "digits", optional: true, width: 8 },
          { name: "scheduleByHours", label: "field.codeByHours", kind: "digits", optional: true, width: 8 },
        ],
      },
      {
        name: "web",
        layout: "form",
        about: "section.web.about",
        fields: [
          { name: "host", label: "field.host", kind: "text" },
          { name: "port", label: "field.tcpPort", kind: "number", min: 1, max: 65_535 },
          { name: "tls", label: "field.tls", kind: "toggle" },
          {
            name: "idleMinutes",
            label: "field.idleMinutes",
            kind: "number",
            min: 5,
            max: 1440,
            unit: "minutes",
          },
        ],
      },
    ],
  },
  {
    name: "lines",
    sections: [
      {
        name: "spans",
        layout: "cards",
        fields: [
          { name: "span", label: "field.span", kind: "number", min: 1, max: 128, width: 5 },
          { name: "name", label: "field.name", kind: "text", optional: true, width: 18 },
          { name: "group", label: "field.group", kind: "choice", optional: true, choices: groups },
          { name: "side", label: "field.side", kind: "choice", choices: fixed("side", ["user", "network"]) },
          { name: "tei", label: "field.tei", kind: "choice", choices: teis, numbers: true },
          { name: "overlap", label: "field.overlap", kind: "toggle" },
          {
            name: "ranges",
            label: "field.ranges",
            kind: "rows",
            optional: true,
            fresh: { from: 1, to: 15, group: "" },
            fields: [
              { name: "from", label: "field.from", kind: "number", min: 1, max: 31 },
              { name: "to", label: "field.until", kind: "number", min: 1, max: 31 },
              { name: "group", label: "field.group", kind: "choice", choices: groups },
            ],
          },
        ],
        more: spanFields,
        fresh: (settings) => ({
          span: Number(
            following(
              settings.spans.map((one) => String(one.span)),
              1,
            ),
          ),
          side: "user",
          tei: "fixed",
          overlap: false,
        }),
      },
      {
        name: "analog",
        layout: "table",
        fields: [
          { name: "port", label: "field.port", kind: "port" },
          { name: "name", label: "field.name", kind: "text", optional: true, width: 18 },
          { name: "group", label: "field.group", kind: "choice", optional: true, choices: groups },
          { name: "ringsBeforeOffer", label: "field.rings", kind: "number", min: 1, max: 10, width: 4 },
          {
            name: "callerId",
            label: "field.callerId",
            kind: "choice",
            optional: true,
            choices: fixed("callerId", ["none", "bell202", "v23", "dtmf"]),
          },
          audioField,
        ],
        fresh: () => ({ port: { span: 1, position: 1 }, ringsBeforeOffer: 1 }),
      },
    ],
  },
  routesTab,
  schedulesTab,
  callersTab,
  {
    name: "extensions",
    sections: [
      {
        name: "extensions",
        layout: "table",
        fields: [
          { name: "number", label: "field.number", kind: "digits", width: 8 },
          { name: "name", label: "field.name", kind: "text", width: 18 },
          { name: "port", label: "field.port", kind: "port", optional: true },
          { name: "callerNumber", label: "field.callerNumber", kind: "digits", optional: true, width: 12 },
          { name: "classes", label: "field.classes", kind: "many", choices: classes },
          { name: "withhold", label: "field.withhold", kind: "toggle" },
          { name: "schedules", label: "field.maySwitch", kind: "toggle" },
          { name: "mailbox", label: "field.mailbox", kind: "text", optional: true, width: 12 },
          {
            name: "recording",
            label: "field.recordRule",
            kind: "choice",
            optional: true,
            choices: recordRules,
          },
          { name: "limits", label: "field.limits", kind: "parts", optional: true, fields: limitFields },
        ],
        fresh: (settings) => ({
          number: following(
            settings.extensions.map((one) => one.number),
            201,
          ),
          name: "",
          classes: ["emergency", "internal", "local"],
          withhold: false,
          schedules: false,
        }),
      },
    ],
  },
  {
    name: "agents",
    sections: [
      {
        name: "agents",
        layout: "cards",
        fields: [
          { name: "number", label: "field.number", kind: "digits", width: 8 },
          { name: "name", label: "field.name", kind: "text", width: 18 },
          { name: "queues", label: "field.queues", kind: "many", choices: queues },
          { name: "pin", label: "field.pin", kind: "secret", optional: true, width: 10 },
        ],
        more: agentFields,
        fresh: (settings) => ({
          number: following(
            settings.agents.map((one) => one.number),
            301,
          ),
          name: "",
          queues: [],
          levels: [],
          skills: [],
          weight: 1,
        }),
      },
    ],
  },
  {
    name: "queues",
    sections: [
      {
        name: "queues",
        layout: "cards",
        fields: [
          { name: "id", label: "field.id", kind: "text" },
          { name: "name", label: "field.name", kind: "text" },
          { name: "number", label: "field.queueNumber", kind: "digits", optional: true },
          {
            name: "strategy",
            label: "field.strategy",
            kind: "choice",
            choices: strategies,
          },
          { name: "music", label: "field.music", kind: "text" },
          { name: "ringSeconds", label: "field.ring", kind: "number", min: 0, max: 120, unit: "seconds" },
          {
            name: "wrapUpSeconds",
            label: "field.wrapUp",
            kind: "number",
            min: 0,
            max: 3600,
            unit: "seconds",
          },
          {
            name: "maxWaitSeconds",
            label: "field.maxWait",
            kind: "number",
            min: 0,
            max: 86_400,
            unit: "seconds",
          },
          {
            name: "announceEverySeconds",
            label: "field.announce",
            kind: "number",
            min: 0,
            max: 600,
            unit: "seconds",
          },
          {
            name: "serviceLevelSeconds",
            label: "field.serviceLevel",
            kind: "number",
            min: 0,
            max: 3600,
            unit: "seconds",
          },
          { name: "pauseAfterNoAnswers", label: "field.pauseAfter", kind: "number", min: 0, max: 100 },
          { name: "overflow", label: "field.overflow", kind: "destination", optional: true },
          { name: "callerNumber", label: "field.callerNumber", kind: "digits", optional: true },
          {
            name: "answerAfterSeconds",
            label: "field.answerAfter",
            kind: "number",
            min: 0,
            max: 600,
            unit: "seconds",
            about: "field.answerAfter.about",
          },
        ],
        more: queueFields,
        fresh: (settings) => ({
          id: freshId(
            settings.queues.map((one) => one.id),
            "queue",
          ),
          name: "",
          strategy: "longest-idle",
          music: "default",
          ringSeconds: 20,
          wrapUpSeconds: 10,
          maxWaitSeconds: 600,
          announceEverySeconds: 30,
          serviceLevelSeconds: 20,
          pauseAfterNoAnswers: 2,
          answerAfterSeconds: 0,
          ...freshQueue,
        }),
      },
    ],
  },
  {
    name: "rooms",
    sections: [
      {
        name: "rooms",
        layout: "table",
        about: "section.rooms.about",
        fields: [
          { name: "id", label: "field.id", kind: "text", width: 12 },
          { name: "name", label: "field.name", kind: "text", width: 18 },
          { name: "number", label: "field.queueNumber", kind: "digits", optional: true, width: 8 },
          { name: "pin", label: "field.pin", kind: "secret", optional: true, width: 10 },
          { name: "entryTones", label: "field.entryTones", kind: "toggle" },
          { name: "mostParties", label: "field.mostParties", kind: "number", min: 2, max: 256, width: 5 },
        ],
        fresh: (settings) => ({
          id: freshId(
            settings.rooms.map((one) => one.id),
            "room",
          ),
          name: "",
          entryTones: true,
          mostParties: 32,
        }),
      },
    ],
  },
  {
    name: "users",
    sections: [
      {
        name: "users",
        layout: "table",
        about: "section.users.about",
        fields: [
          { name: "name", label: "field.userName", kind: "text", width: 16 },
          {
            name: "role",
            label: "field.role",
            kind: "choice",
            choices: fixed("role", ["admin", "supervisor", "agent"]),
          },
          { name: "agent", label: "field.worksAs", kind: "choice", optional: true, choices: agents },
          { name: "password", label: "field.password", kind: "secret", optional: true, width: 16 },
        ],
        fresh: () => ({ name: "", role: "agent", password: "" }),
      },
    ],
  },
];
