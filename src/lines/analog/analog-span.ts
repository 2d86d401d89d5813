// The lines of an analog span: one for each port. A port that cannot be opened is a line that is down.
import type { AnalogPort, Span } from "../../boards/board.ts";
import type { LineContext, SpanLines } from "../context.ts";
import { createFxoLine } from "./fxo-line.ts";
import { createFxsLine } from "./fxs-line.ts";
import { passed } from "../line-test.ts";
import { describeDown, lineId, type AnalogLine } from "./port.ts";
import { CallboxError } from "../../shared/errors.ts";

export function createAnalogSpan(context: LineContext, span: Span, alarm: () => boolean): SpanLines {
  const lines = span.channels
    .filter((channel) => channel.kind === "analog")
    .map((channel) => createLine(context, channel, alarm));
  return {
    lines,
    dataLink: undefined,
    onDemand: false,
    activeCalls: 0,
    fail: () => lines.forEach((line) => line.fail()),
    recover: () => undefined,
    async close() {
      await Promise.all(lines.map((line) => line.close()));
    },
  };
}

function createLine(context: LineContext, channel: AnalogPort, alarm: () => boolean): AnalogLine {
  const create = channel.role === "fxo" ? createFxoLine : createFxsLine;
  try {
    return create(context, channel, alarm);
  } catch (error) {
    const id = lineId(channel);
    context.log.error({ err: error, line: id }, "the port cannot be opened");
    return {
      id,
      info: () => describeDown(context, channel),
      dial() {
        throw new CallboxError("ERR_LINE_DOWN", { detail: id });
      },
      clear: () => false,
      serviceChanged: () => undefined,
      test: () => Promise.resolve([passed("port", false)]),
      measure: () => Promise.reject(new CallboxError("ERR_LINE_DOWN", { detail: id })),
      fail: () => undefined,
      close: () => Promise.resolve(),
    };
  }
}
