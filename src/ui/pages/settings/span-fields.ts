// What an installer may set of an ISDN span beside its name, group and side. Left empty, the standard's own values hold.
import type { PlainKey } from "../../i18n/en.ts";
import type { Choice, Field } from "./sections.ts";

const fixed = (prefix: string, values: readonly string[]) => (): readonly Choice[] =>
  values.map((value) => ({ value, label: { key: `choice.${prefix}.${value}` as PlainKey } }));
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

export const spanFields: readonly Field[] = [
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
];
