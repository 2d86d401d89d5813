// Changes of what lines are: on trial until they are confirmed.
import { Type, type Static } from "typebox";
import { At, Id } from "./common.ts";
import { AnalogSettings, SpanSettings } from "../../config/settings.ts";

const Spans = Type.Array(Type.Integer({ minimum: 1 }));

export const Difference = Type.Object({
  path: Type.String({ description: "JSON pointer into the settings." }),
  before: Type.Optional(Type.String({ description: "As JSON; absent where there was nothing." })),
  after: Type.Optional(Type.String()),
});

export const ChangeResult = Type.Object({
  id: Id,
  by: Type.String(),
  at: At,
  spans: Spans,
  outcome: Type.Union([Type.Literal("confirmed"), Type.Literal("taken-back")]),
  reason: Type.Optional(
    Type.Union([
      Type.Literal("undone"),
      Type.Literal("unconfirmed"),
      Type.Literal("data-link"),
      Type.Literal("restart"),
    ]),
  ),
  lost: Type.Optional(Spans),
  endedAt: At,
  endedBy: Type.String(),
});

export const ChangeView = Type.Object({
  phase: Type.Union([Type.Literal("none"), Type.Literal("trial"), Type.Literal("undoing")]),
  trial: Type.Optional(
    Type.Object({
      id: Id,
      by: Type.String(),
      at: At,
      spans: Spans,
      links: Type.Array(Type.Integer({ minimum: 1 }), {
        description: "Spans that were in order and have not come back yet.",
      }),
      linksBy: At,
      confirmBy: At,
      differences: Type.Array(Difference),
    }),
  ),
  last: Type.Optional(ChangeResult),
});

const Lines = {
  spans: Type.Optional(Type.Array(SpanSettings)),
  analog: Type.Optional(Type.Array(AnalogSettings)),
};

export const ChangeProposal = Type.Object(Lines, { additionalProperties: false });
export const ChangeOrder = Type.Object(
  {
    ...Lines,
    revision: Type.Optional(Type.Integer({ minimum: 0 })),
    confirmSeconds: Type.Optional(Type.Integer({ minimum: 10, maximum: 3600 })),
  },
  { additionalProperties: false },
);
export const ChangePreview = Type.Object({ spans: Spans, differences: Type.Array(Difference) });

export const changeRoutes = {
  "GET /lines/change": {
    access: "admin",
    summary: "The change of lines on trial, and the last",
    reply: ChangeView,
  },
  "POST /lines/change/preview": {
    access: "admin",
    summary: "What a change would differ in, and which spans it would build anew",
    body: ChangeProposal,
    reply: ChangePreview,
  },
  "POST /lines/change": {
    access: "admin",
    summary:
      "Change lines: on trial, taken back unless confirmed in time or when a span does not come back in order",
    body: ChangeOrder,
    reply: ChangeView,
  },
  "POST /lines/change/confirm": { access: "admin", summary: "Keep the change", reply: ChangeView },
  "POST /lines/change/undo": { access: "admin", summary: "Take the change back now", reply: ChangeView },
} as const;

export type ChangeView = Static<typeof ChangeView>;
