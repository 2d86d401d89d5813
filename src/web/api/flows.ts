// Flows (menus): listed, read and written as JSON text, so that errors have a line.
import { Type, type Static } from "typebox";
import { At, Id, Issue } from "./common.ts";

export const FlowView = Type.Object({
  id: Id,
  name: Type.String(),
  changedAt: At,
  nodes: Type.Integer({ minimum: 0 }),
  /** Of the file on disk; a flow with issues keeps running as it was last good. */
  issues: Type.Array(Issue),
});

export const FlowsReply = Type.Object({ flows: Type.Array(FlowView) });
export const FlowReply = Type.Object({ flow: FlowView, source: Type.String() });
export const FlowSource = Type.Object({ source: Type.String({ maxLength: 1_000_000 }) });
export const FlowCheck = Type.Object({ issues: Type.Array(Issue) });

export type FlowView = Static<typeof FlowView>;
export type FlowReply = Static<typeof FlowReply>;
