// What went over a D-channel, frame by frame, decoded to its elements.
import { Type, type Static } from "typebox";
import { At } from "./common.ts";

const Side = Type.Union([Type.Literal("user"), Type.Literal("network")]);

export const TracedElement = Type.Object({
  name: Type.String({ description: "`unknown`: only passed on. `unreadable`: contents in error." }),
  codeset: Type.Integer(),
  text: Type.String({ description: "Its fields in words; empty where there are none to tell." }),
  id: Type.String({ description: "Identifier as sent, hex." }),
  octets: Type.String({ description: "Contents as sent, hex." }),
  clause: Type.Optional(Type.String({ description: "Where the element is defined." })),
});

export const TracedMessage = Type.Object({
  reference: Type.Object({
    value: Type.Integer(),
    octets: Type.Union([Type.Literal(1), Type.Literal(2)]),
    fromOriginator: Type.Boolean({ description: "Sent by the side that chose the reference." }),
  }),
  name: Type.String({ description: "As Table 4-2/Q.931 writes it, or `unknown 0xNN`." }),
  elements: Type.Array(TracedElement),
});

const ManagementType = Type.Union([
  Type.Literal("identity-request"),
  Type.Literal("identity-assigned"),
  Type.Literal("identity-denied"),
  Type.Literal("check-request"),
  Type.Literal("check-response"),
  Type.Literal("remove"),
  Type.Literal("verify"),
]);

export const DecodedFrame = Type.Object({
  type: Type.String({ description: "Table 5/Q.921; `rejected` for what is no valid frame." }),
  sapi: Type.Optional(Type.Integer()),
  tei: Type.Optional(Type.Integer()),
  command: Type.Optional(Type.Boolean()),
  pf: Type.Optional(Type.Boolean()),
  ns: Type.Optional(Type.Integer()),
  nr: Type.Optional(Type.Integer()),
  management: Type.Optional(
    Type.Object(
      { type: ManagementType, ri: Type.Integer(), ai: Type.Integer() },
      { description: "Table 8/Q.921." },
    ),
  ),
  message: Type.Optional(TracedMessage),
  fault: Type.Optional(Type.String({ description: "Why it cannot be read, with the clause." })),
});

export const TraceFrame = Type.Object({
  seq: Type.Integer({ minimum: 1, description: "Counted for each span since the box started." }),
  at: At,
  sent: Type.Boolean({ description: "By this box." }),
  from: Side,
  octets: Type.String({ description: "Without flags and FCS, hex." }),
  frame: DecodedFrame,
});

const Span = Type.Object({ number: Type.Integer({ minimum: 1, maximum: 128 }) });

export const traceRoutes = {
  "GET /spans/:number/trace": {
    access: "admin",
    summary: "The last frames of a D-channel, decoded; with `after`, those since",
    params: Span,
    query: Type.Object(
      {
        after: Type.Optional(Type.Integer({ minimum: 0, description: "The last `seq` that is known." })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000, description: "The newest so many." })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ frames: Type.Array(TraceFrame) }),
  },
  "GET /spans/:number/trace.pcap": {
    access: "admin",
    summary: "The last frames of a D-channel as a capture file that Wireshark opens",
    params: Span,
    reply: Type.Unknown(),
    file: true,
  },
} as const;

export type TraceFrame = Static<typeof TraceFrame>;
export type DecodedFrame = Static<typeof DecodedFrame>;
