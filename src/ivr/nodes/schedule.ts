// schedule: one way in opening hours, another outside of them: those of a schedule of the settings, or the node's own.
import { Type } from "typebox";
import { Hour, weekdays } from "../../config/settings.ts";
import { localTime } from "../../shared/local-time.ts";
import { defineNode, NodeName, nodeSchema } from "../node.ts";

const own = Type.Array(
  Type.Object(
    { days: Type.Array(Type.Enum([...weekdays]), { minItems: 1 }), from: Hour, to: Hour },
    { additionalProperties: false },
  ),
);

export const schedule = defineNode({
  type: "schedule",
  schema: nodeSchema("schedule", {
    /** A schedule of the settings; one that is gone is closed. Left out: the hours in `open` are this node's own. */
    schedule: Type.Optional(Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,31}$" })),
    open: Type.Optional(own),
    then: NodeName,
    closed: NodeName,
    /** On holidays of the schedule; as closed when left out. */
    holiday: Type.Optional(NodeName),
  }),
  exits: (node) => [node.then, node.closed, ...(node.holiday === undefined ? [] : [node.holiday])],
  enter(node, context) {
    if (node.schedule !== undefined) {
      const state = context.schedule(node.schedule) ?? "closed";
      return { go: { open: node.then, closed: node.closed, holiday: node.holiday ?? node.closed }[state] };
    }
    const { weekday, time } = localTime(context.now, context.timeZone);
    const open = (node.open ?? []).some(
      (hours) => hours.days.some((day) => day === weekdays[weekday]) && hours.from <= time && time < hours.to,
    );
    return { go: open ? node.then : node.closed };
  },
  input: (_node, memory) => ({ memory }),
});
