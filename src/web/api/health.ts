// How the box is doing.
import { Type, type Static } from "typebox";
import { At, Ms } from "./common.ts";

const Count = Type.Integer({ minimum: 0 });

export const Health = Type.Object({
  /** `degraded`: it serves calls, but a warning needs somebody. */
  status: Type.Union([Type.Literal("ok"), Type.Literal("degraded")]),
  version: Type.String(),
  startedAt: At,
  board: Type.Union([Type.Literal("dahdi"), Type.Literal("simulated")]),
  rssBytes: Count,
  diskFreeBytes: Count,
  media: Type.Object({
    ports: Count,
    playing: Count,
    recording: Count,
    /** The media thread runs under SCHED_FIFO. */
    realtime: Type.Boolean(),
    underruns: Count,
    latenessP99Ms: Type.Number({ minimum: 0 }),
  }),
  loopDelayP99Ms: Type.Optional(Type.Number({ minimum: 0 })),
  uptimeMs: Ms,
  warnings: Type.Array(Type.Object({ code: Type.String(), message: Type.String(), remedy: Type.String() })),
});

/** For monitors: that the box answers at all. What is wrong with it is told to who is signed in. */
export const Ready = Type.Object({ ready: Type.Boolean() });

export type Health = Static<typeof Health>;
