// The steps of a routing decision in words.
import type { RoutingTestReply } from "../../../web/api/routing.ts";
import type { MessageKey, ParamsOf, PlainKey } from "../../i18n/en.ts";
import { t } from "../../i18n/i18n.svelte.ts";

type Step = RoutingTestReply["steps"][number];

const classes = [
  "emergency",
  "internal",
  "local",
  "national",
  "mobile",
  "international",
  "premium",
  "by-number",
] as const;

/** Values that stand for words, by the value's name. */
const words: Readonly<Record<string, Readonly<Record<string, PlainKey>>>> = {
  class: Object.fromEntries(classes.map((name) => [name, `choice.class.${name}`])),
  action: {
    reject: "choice.action.reject",
    announce: "choice.action.announce",
    busy: "choice.action.busy",
  },
  answer: { "at-once": "choice.answer.at-once", "when-agent": "choice.answer.when-agent" },
  state: { open: "schedule.open", closed: "schedule.closed", holiday: "schedule.holiday" },
  kind: {
    concurrent: "field.concurrent",
    callsPerDay: "field.callsPerDay",
    minutesPerDay: "field.minutesPerDay",
  },
  scope: {
    box: "field.limitBox",
    costly: "field.limitCostly",
    extension: "field.limitExtension",
    group: "field.group",
  },
};

export function stepText({ code, values }: Step): string {
  const said = Object.entries(values).map(([name, value]) => [name, spoken(name, value)]);
  // Each step carries the values that its message names: test/routing holds it.
  const params = [Object.fromEntries(said)] as unknown as ParamsOf<MessageKey>;
  return t<MessageKey>(`why.${code}`, ...params);
}

const spoken = (name: string, value: string): string =>
  value
    .split(", ")
    .map((one) => {
      const key = words[name]?.[one];
      return key === undefined ? one : t(key);
    })
    .join(", ");

/** The moment that a clock on the wall of `timeZone` shows as `2027-01-06T10:00`, ms since 1970 UTC. */
export function instantOf(text: string, timeZone: string): number {
  const asUtc = Date.parse(`${text}Z`);
  const shown = (at: number): number => {
    const parts = new Intl.DateTimeFormat("sv", {
      timeZone,
      dateStyle: "short",
      timeStyle: "medium",
    }).format(at);
    return Date.parse(`${parts.replace(" ", "T")}Z`);
  };
  // Twice, for the clocks may be changed between the first guess and the moment.
  const first = asUtc - (shown(asUtc) - asUtc);
  return first - (shown(first) - asUtc);
}
