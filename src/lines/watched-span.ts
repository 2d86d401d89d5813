// One span: its alarms and data link as the console sees them, and its lines, which it takes out of order
// when an alarm lasts.
import type { Span } from "../boards/board.ts";
import { createAlarmHold } from "./alarm-hold.ts";
import { createAnalogSpan } from "./analog/analog-span.ts";
import type { Line, LineContext } from "./context.ts";
import { createIsdnSpan } from "./isdn/isdn-span.ts";
import type { SpanInfo } from "./leg.ts";

export interface WatchedSpan {
  readonly lines: readonly Line[];
  info(): SpanInfo;
  close(): Promise<void>;
}

/** @param changed is told when `info()` is another one. */
export function createWatchedSpan(
  context: LineContext,
  span: Span,
  changed: (info: SpanInfo) => void,
): WatchedSpan {
  const { clock, settings, timing } = context;
  let alarms = span.status().alarms;
  let since = clock.now();
  let ready = false;

  const alarm = (): boolean => alarms.length > 0;
  const info = (): SpanInfo => ({
    number: span.number,
    name: settings().spans.find((own) => own.span === span.number)?.name ?? span.name,
    description: span.description,
    kind: span.kind,
    alarms,
    dataLink: ready ? own.dataLink : undefined,
    since,
  });
  const tell = (): void => {
    since = clock.now();
    if (!ready) return;
    changed(info());
    own.lines.forEach(context.changed);
  };
  const own =
    span.kind === "analog"
      ? createAnalogSpan(context, span, alarm)
      : createIsdnSpan(context, span, { alarm, dataLinkChanged: tell });
  const hold = createAlarmHold(clock, timing.alarmPersistenceMs, {
    fail: () => own.fail(),
    recover: () => own.recover(),
  });
  ready = true;
  if (alarm()) hold.set(true);
  else own.recover();
  const unlisten = span.events.on((event) => {
    alarms = event.alarms;
    hold.set(alarm());
    tell();
  });
  return {
    lines: own.lines,
    info,
    close() {
      unlisten();
      hold.cancel();
      return own.close();
    },
  };
}
