// One span: its alarms, counters and data link as the console sees them, and its lines, which it takes out of order
// when an alarm lasts.
import { isDeepStrictEqual } from "node:util";
import type { Span } from "../boards/board.ts";
import type { Cancel } from "../shared/clock.ts";
import { createAlarmHold } from "./alarm-hold.ts";
import { alarmRecords, emptyAlarmLog, logAlarms } from "./alarm-log.ts";
import { createAnalogSpan } from "./analog/analog-span.ts";
import type { Line, LineContext } from "./context.ts";
import { beginCounters, counterRecords, logCounters } from "./counter-log.ts";
import { createIsdnSpan } from "./isdn/isdn-span.ts";
import type { SpanInfo } from "./leg.ts";
import { wantedLine } from "./line-config.ts";
import { passed, type Check } from "./line-test.ts";

export interface WatchedSpan {
  readonly number: number;
  readonly lines: readonly Line[];
  info(): SpanInfo;
  /** Looks at the driver's counters and clock source. */
  count(): void;
  /** Alarms and data link; no call is touched. */
  test(): readonly Check[];
  close(): Promise<void>;
}

/** @param changed is told when `info()` is another one. */
export function createWatchedSpan(
  context: LineContext,
  span: Span,
  changed: (info: SpanInfo) => void,
): WatchedSpan {
  const { clock, settings, timing } = context;
  const settingsOf = () => settings().spans.find((own) => own.span === span.number);
  const persistenceMs = settingsOf()?.alarmPersistenceMs ?? timing.alarmPersistenceMs;
  const first = span.status();
  let raw = first.alarms;
  let { syncSource, line } = first;
  let counters = beginCounters(first.counters);
  let since = clock.now();
  let ready = false;
  /** A resting bus is being woken for a call. */
  let waking: Cancel | undefined;
  let calls = 0;

  /** Layer 1 of a bus with its data link on demand is deactivated between calls (ETS 300 012), which looks as RED. */
  const resting = (): boolean =>
    ready &&
    own.onDemand &&
    (own.activeCalls === 0 || waking !== undefined) &&
    raw.every((alarm) => alarm === "RED");
  const alarms = (): readonly string[] => (resting() ? [] : raw);
  const alarm = (): boolean => alarms().length > 0;
  let alarmLog = emptyAlarmLog;
  const info = (): SpanInfo => ({
    number: span.number,
    name: settingsOf()?.name ?? span.name,
    description: span.description,
    kind: span.kind,
    firstChannel: span.firstChannel,
    dataPosition: span.channels.find(({ kind }) => kind === "data")?.position,
    alarms: alarms(),
    dataLink: ready ? own.dataLink : undefined,
    onDemand: ready && own.onDemand,
    keptCalls: ready && own.dataLink === false ? own.activeCalls : 0,
    since,
    syncSource,
    line,
    alarmLog: alarmRecords(alarmLog, clock.now()),
    counters: counterRecords(counters),
  });
  const tell = (): void => {
    if (!ready) return;
    changed(info());
    own.lines.forEach(context.changed);
  };
  const linkChanged = (): void => {
    since = clock.now();
    tell();
  };
  const look = (): void => {
    alarmLog = logAlarms(alarmLog, alarms(), clock.now());
    if (!hold.set(alarm()) && !alarm()) return;
    linkChanged();
  };
  const callsChanged = (): void => {
    if (!ready) return;
    const before = calls;
    calls = own.activeCalls;
    if (own.dataLink === false) tell();
    if (!own.onDemand || (before === 0) === (calls === 0)) return;
    waking?.();
    waking =
      calls === 0
        ? undefined
        : clock.after(persistenceMs, () => {
            waking = undefined;
            look();
          });
    look();
  };
  const own =
    span.kind === "analog"
      ? createAnalogSpan(context, span, alarm)
      : createIsdnSpan(context, span, { alarm, dataLinkChanged: linkChanged, callsChanged });
  const hold = createAlarmHold(clock, persistenceMs, {
    fail: () => own.fail(),
    recover: () => own.recover(),
  });
  ready = true;
  alarmLog = logAlarms(alarmLog, alarms(), since);
  if (alarm()) hold.set(true);
  else own.recover();
  const unlisten = span.events.on((event) => {
    raw = event.alarms;
    look();
  });

  /** The card drives its line as the settings say. */
  const lineCheck = (): readonly Check[] => {
    const settings = settingsOf();
    const wanted = settings && wantedLine(settings, span.kind);
    if (wanted === undefined) return [];
    const { line: is } = span.status();
    // A card that says nothing of its line has none to drive.
    if (is === undefined) return [{ check: "line-config", result: "skipped" }];
    return [passed("line-config", isDeepStrictEqual(is, wanted.line))];
  };
  const count = (): void => {
    const now = span.status();
    const before = counters;
    counters = logCounters(counters, now.counters, clock.now());
    const moved = now.syncSource !== syncSource || !isDeepStrictEqual(now.line, line);
    ({ syncSource, line } = now);
    if (moved || counters !== before) changed(info());
  };
  return {
    number: span.number,
    lines: own.lines,
    info,
    count,
    test: () => [passed("alarms", !alarm()), ...lineCheck(), ...linkCheck(own)],
    close() {
      unlisten();
      hold.cancel();
      waking?.();
      return own.close();
    },
  };
}

function linkCheck(own: {
  readonly dataLink: boolean | undefined;
  readonly onDemand: boolean;
}): readonly Check[] {
  if (own.dataLink === undefined) return [];
  if (!own.dataLink && own.onDemand) return [{ check: "data-link", result: "skipped", why: "on-demand" }];
  return [passed("data-link", own.dataLink)];
}
