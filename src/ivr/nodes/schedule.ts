// schedule: one way in opening hours, another outside of them, by the appliance's time zone.
import { Type } from "typebox";
import { defineNode, NodeName, nodeSchema } from "../node.ts";

const Hour = Type.String({ pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$", description: "hh:mm" });
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

export const schedule = defineNode({
  type: "schedule",
  schema: nodeSchema("schedule", {
    open: Type.Array(
      Type.Object(
        { days: Type.Array(Type.Enum([...weekdays]), { minItems: 1 }), from: Hour, to: Hour },
        { additionalProperties: false },
      ),
    ),
    then: NodeName,
    closed: NodeName,
  }),
  exits: (node) => [node.then, node.closed],
  enter(node, { now, timeZone }) {
    const { day, time } = localTime(now, timeZone);
    const open = node.open.some((hours) => hours.days.includes(day) && hours.from <= time && time < hours.to);
    return { go: open ? node.then : node.closed };
  },
  input: (_node, memory) => ({ memory }),
});

/** Weekday and `hh:mm` of a moment in a time zone. */
export function localTime(now: number, timeZone: string): { day: (typeof weekdays)[number]; time: string } {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? "";
  const day = weekdays.find((name) => name === part("weekday").toLowerCase()) ?? "sun";
  return { day, time: `${part("hour")}:${part("minute")}` };
}
