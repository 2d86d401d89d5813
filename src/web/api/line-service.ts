// Taking lines, spans and trunk groups out of service and back, and testing them: the routes, three for each.
import { Type } from "typebox";
import { Nothing } from "./common.ts";
import {
  BitErrorsAsked,
  BitErrorsView,
  Block,
  Blocked,
  EchoAsked,
  EchoView,
  LevelAsked,
  LevelView,
  LineTest,
  TapAsked,
} from "./lines.ts";

const Line = Type.Object({ id: Type.String({ pattern: "^[0-9]{1,3}/[0-9]{1,3}$" }) });
const Span = Type.Object({ number: Type.Integer({ minimum: 1, maximum: 128 }) });
const Group = Type.Object({ id: Type.String({ minLength: 1, maxLength: 32 }) });

/** An id of a line has a slash, which is written %2F here. */
export const lineServiceRoutes = {
  "POST /lines/:id/block": {
    access: "admin",
    summary: "Take a line out of service, until it is put back",
    params: Line,
    body: Block,
    reply: Blocked,
  },
  "POST /lines/:id/unblock": {
    access: "admin",
    summary: "Put a line back into service",
    params: Line,
    reply: Nothing,
  },
  "POST /lines/:id/test": {
    access: "admin",
    summary: "Test a line; a B-channel by RESTART when idle, which takes until its exchange answers",
    params: Line,
    reply: LineTest,
  },
  "POST /lines/:id/bit-errors": {
    access: "admin",
    summary:
      "Count the bit errors of a timeslot that is out of service; its far end has a loop, or runs the same test",
    params: Line,
    body: BitErrorsAsked,
    reply: BitErrorsView,
  },
  "POST /lines/:id/echo-test": {
    access: "admin",
    summary:
      "Measure the echo of a line that is out of service, without and with its canceller: ten seconds of noise",
    params: Line,
    body: EchoAsked,
    reply: EchoView,
  },
  "POST /lines/:id/level-test": {
    access: "admin",
    summary: "Measure what is heard on a line that is out of service, while 1000 Hz are sent or nothing",
    params: Line,
    body: LevelAsked,
    reply: LevelView,
  },
  "POST /lines/:id/tap": {
    access: "admin",
    summary:
      "Ring a telephone of the box, which then hears a line until it is hung up; a call on the line does not notice",
    params: Line,
    body: TapAsked,
    reply: Nothing,
  },
  "POST /spans/:number/block": {
    access: "admin",
    summary: "Take a span out of service, until it is put back",
    params: Span,
    body: Block,
    reply: Blocked,
  },
  "POST /spans/:number/unblock": {
    access: "admin",
    summary: "Put a span back into service",
    params: Span,
    reply: Nothing,
  },
  "POST /spans/:number/test": {
    access: "admin",
    summary: "Test a span: its alarms and data link",
    params: Span,
    reply: LineTest,
  },
  "POST /trunk-groups/:id/block": {
    access: "admin",
    summary: "Take a trunk group out of service, until it is put back",
    params: Group,
    body: Block,
    reply: Blocked,
  },
  "POST /trunk-groups/:id/unblock": {
    access: "admin",
    summary: "Put a trunk group back into service",
    params: Group,
    reply: Nothing,
  },
  "POST /trunk-groups/:id/test": {
    access: "admin",
    summary: "Test the spans of a trunk group",
    params: Group,
    reply: LineTest,
  },
} as const;
