// The lines of an analog span: one for each port. A port that cannot be opened is a line that is down.
import type { AnalogPort, Span } from "../../boards/board.ts";
import type { LineContext, SpanLines } from "../context.ts";
import type { KeptLeg, KeptLine } from "../leg.ts";
import { createFxoLine } from "./fxo-line.ts";
import { createFxsLine } from "./fxs-line.ts";
import { passed } from "../line-test.ts";
import { describeDown, lineId, type AnalogLine, type KeptOn } from "./port.ts";
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
  const id = lineId(channel);
  const create = (kept: KeptLeg | undefined): AnalogLine => {
    const { role } = channel;
    const isOn = <K extends KeptLine["kind"]>(kind: K): KeptOn<K> | undefined =>
      kept?.own.kind === kind ? (kept as KeptOn<K>) : undefined;
    return role === "fxo"
      ? createFxoLine(context, channel, alarm, isOn("fxo"))
      : createFxsLine(context, channel, alarm, isOn("fxs"));
  };
  const kept = context.kept(id);
  if (kept !== undefined) {
    try {
      return create(kept);
    } catch (error) {
      context.log.warn({ err: error, line: id }, "its call cannot go on");
    }
  }
  try {
    return create(undefined);
  } catch (error) {
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
