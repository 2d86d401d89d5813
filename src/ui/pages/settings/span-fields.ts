// What an installer may set of an ISDN span beside its name, group and side. Left empty, the standard's own values hold.
import type { PlainKey } from "../../i18n/en.ts";
import { fixed, type Field } from "./fields.ts";

const numberTypes = fixed("numberType", [
  "given",
  "by-prefix",
  "by-prefix-kept",
  "unknown",
  "subscriber",
  "national",
  "international",
  "private",
]);

const prefix = (name: string): Field => ({
  name,
  label: `choice.numberType.${name}` as PlainKey,
  kind: "digits",
  optional: true,
  width: 6,
});
const timer = (name: string, max: number): Field => ({
  name,
  label: `timer.${name}` as PlainKey,
  kind: "number",
  optional: true,
  min: 0,
  max,
});

export const spanFields: readonly Field[] = [
  {
    name: "topology",
    label: "field.topology",
    kind: "choice",
    optional: true,
    choices: fixed("topology", ["point-to-point", "multipoint"]),
  },
  {
    name: "switchType",
    label: "field.switchType",
    kind: "choice",
    optional: true,
    choices: fixed("switchType", ["euroisdn", "qsig"]),
  },
  {
    name: "dataLink",
    label: "field.dataLink",
    about: "field.dataLink.about",
    kind: "choice",
    optional: true,
    choices: fixed("dataLink", ["persistent", "on-demand"]),
  },
  {
    name: "channelSelection",
    label: "field.channelSelection",
    kind: "choice",
    optional: true,
    choices: fixed("channelSelection", ["exclusive", "preferred"]),
  },
  {
    name: "restart",
    label: "field.restart",
    kind: "choice",
    optional: true,
    choices: fixed("restart", ["channels", "interface", "none"]),
  },
  { name: "overlapSending", label: "field.overlapSending", kind: "toggle" },
  { name: "calledType", label: "field.calledType", kind: "choice", optional: true, choices: numberTypes },
  { name: "callingType", label: "field.callingType", kind: "choice", optional: true, choices: numberTypes },
  {
    name: "law",
    label: "field.law",
    kind: "choice",
    optional: true,
    choices: fixed("law", ["alaw", "ulaw"]),
  },
  {
    name: "alarmPersistenceMs",
    label: "field.alarmPersistence",
    about: "field.alarmPersistence.about",
    kind: "number",
    optional: true,
    min: 0,
    max: 60_000,
  },
  {
    name: "prefixes",
    label: "field.prefixes",
    about: "field.prefixes.about",
    kind: "parts",
    optional: true,
    fields: ["national", "international", "subscriber", "private", "unknown"].map(prefix),
  },
  {
    name: "timers",
    label: "field.timers",
    about: "field.timers.about",
    kind: "parts",
    optional: true,
    fields: [
      timer("T301", 600_000),
      timer("T302", 60_000),
      timer("T303", 30_000),
      timer("T304", 120_000),
      timer("T305", 120_000),
      timer("T308", 60_000),
      timer("T309", 180_000),
      timer("T310", 300_000),
      timer("T316", 300_000),
      timer("T200", 10_000),
      timer("T203", 120_000),
    ],
  },
];
