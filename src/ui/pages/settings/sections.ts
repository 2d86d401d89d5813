// The settings as forms: which sections, which fields, and how each is edited. A new setting is one line here.
import type { SectionName, SettingsSections } from "../../../web/api/settings.ts";
import type { PlainKey } from "../../i18n/en.ts";
import { spanFields } from "./span-fields.ts";

export interface Choice {
  readonly value: string;
  readonly label: string | { readonly key: PlainKey };
}

export type Kind =
  | { readonly kind: "text" | "digits" | "toggle" | "destination" | "port" | "zone" | "secret" }
  | {
      readonly kind: "number";
      readonly min: number;
      readonly max: number;
      readonly unit?: "seconds" | "days" | "minutes";
    }
  | { readonly kind: "choice" | "many"; readonly choices: (settings: SettingsSections) => readonly Choice[] };

export type Field = Kind & {
  readonly name: string;
  readonly label: PlainKey;
  /** Left out of the settings when empty. */
  readonly optional?: true;
  /** A sentence under the field. */
  readonly about?: PlainKey;
  /** Width in a table, by characters. */
  readonly width?: number;
};

export interface Section {
  readonly name: SectionName;
  readonly about?: PlainKey;
  readonly fields: readonly Field[];
  /** `form`: one thing. `table`: a row each. `cards`: many fields each. */
  readonly layout: "form" | "table" | "cards";
  /** A new entry. */
  readonly fresh?: (settings: SettingsSections) => Readonly<Record<string, unknown>>;
}

/** A tab of the page: sections that belong together. */
export interface Tab {
  readonly name: "appliance" | "lines" | "routes" | "extensions" | "agents" | "queues" | "users";
  readonly sections: readonly Section[];
}

const fixed = (prefix: string, values: readonly string[]) => (): readonly Choice[] =>
  values.map((value) => ({ value, label: { key: `choice.${prefix}.${value}` as PlainKey } }));
const groups = (settings: SettingsSections): readonly Choice[] =>
  settings.trunkGroups.map(({ id, name }) => ({ value: id, label: name }));
const queues = (settings: SettingsSections): readonly Choice[] =>
  settings.queues.map(({ id, name }) => ({ value: id, label: name }));
const agents = (settings: SettingsSections): readonly Choice[] =>
  settings.agents.map(({ number, name }) => ({ value: number, label: `${number} · ${name}` }));
const classes = fixed("class", [
  "emergency",
  "internal",
  "local",
  "national",
  "mobile",
  "international",
  "premium",
]);

/** The first free name or number after those used. */
const following = (used: readonly string[], from: number): string => {
  let next = Math.max(
    from,
    ...used
      .map(Number)
      .filter(Number.isInteger)
      .map((n) => n + 1),
  );
  while (used.includes(String(next))) next += 1;
  return String(next);
};
const freshId = (used: readonly string[], stem: string): string =>
  `${stem}-${following(
    used.map((id) => id.replace(`${stem}-`, "")),
    1,
  )}`;

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
            choices: fixed("record", ["all", "queue", "none"]),
          },
          { name: "keepDays", label: "field.keepDays", kind: "number", min: 1, max: 3650, unit: "days" },
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
          { name: "tei", label: "field.tei", kind: "choice", choices: fixed("tei", ["fixed", "automatic"]) },
          { name: "overlap", label: "field.overlap", kind: "toggle" },
          ...spanFields,
        ],
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
        ],
        fresh: () => ({ port: { span: 1, position: 1 }, ringsBeforeOffer: 1 }),
      },
    ],
  },
  {
    name: "routes",
    sections: [
      {
        name: "incoming",
        layout: "table",
        about: "section.incoming.about",
        fields: [
          { name: "called", label: "field.called", kind: "digits", width: 14 },
          { name: "group", label: "field.groupOnly", kind: "choice", optional: true, choices: groups },
          { name: "to", label: "field.to", kind: "destination" },
        ],
        fresh: () => ({ called: "", to: { flow: "main" } }),
      },
      {
        name: "outgoing",
        layout: "table",
        about: "section.outgoing.about",
        fields: [
          { name: "pattern", label: "field.pattern", kind: "text", width: 14 },
          { name: "group", label: "field.group", kind: "choice", choices: groups },
          { name: "strip", label: "field.strip", kind: "number", min: 0, max: 16, width: 4 },
          { name: "prepend", label: "field.prepend", kind: "text", width: 8 },
          { name: "class", label: "field.class", kind: "choice", choices: classes },
        ],
        fresh: (settings) => ({
          pattern: "9.",
          group: settings.trunkGroups[0]?.id ?? "",
          strip: 1,
          prepend: "",
          class: "local",
        }),
      },
      {
        name: "trunkGroups",
        layout: "table",
        fields: [
          { name: "id", label: "field.id", kind: "text", width: 10 },
          { name: "name", label: "field.name", kind: "text", width: 14 },
          {
            name: "hunt",
            label: "field.hunt",
            kind: "choice",
            choices: fixed("hunt", ["first", "last", "round-robin"]),
          },
          { name: "callerNumber", label: "field.callerNumber", kind: "digits", optional: true, width: 12 },
          { name: "incoming", label: "field.otherwise", kind: "destination" },
        ],
        fresh: (settings) => ({
          id: freshId(
            settings.trunkGroups.map((one) => one.id),
            "group",
          ),
          name: "",
          hunt: "first",
          incoming: { flow: "main" },
        }),
      },
    ],
  },
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
          { name: "classes", label: "field.classes", kind: "many", choices: classes },
        ],
        fresh: (settings) => ({
          number: following(
            settings.extensions.map((one) => one.number),
            201,
          ),
          name: "",
          classes: ["emergency", "internal", "local"],
        }),
      },
    ],
  },
  {
    name: "agents",
    sections: [
      {
        name: "agents",
        layout: "table",
        fields: [
          { name: "number", label: "field.number", kind: "digits", width: 8 },
          { name: "name", label: "field.name", kind: "text", width: 18 },
          { name: "queues", label: "field.queues", kind: "many", choices: queues },
          { name: "pin", label: "field.pin", kind: "secret", optional: true, width: 10 },
        ],
        fresh: (settings) => ({
          number: following(
            settings.agents.map((one) => one.number),
            301,
          ),
          name: "",
          queues: [],
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
            choices: fixed("strategy", ["longest-idle"]),
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
        ],
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
