// What the box itself says to a caller about routing: why the call is not taken, and that something was set by telephone.
import type { Call, Handler } from "../calls/call.ts";
import type { SayItem } from "../calls/say.ts";
import { cause } from "../calls/state.ts";
import type { Schedule } from "../config/settings.ts";
import type { Logger } from "../shared/log.ts";
import type { Rejection } from "./incoming.ts";

/** Says why, before the answer where the line can, and hangs up. Cause by Q.850. */
export function turnAway(call: Call, rejection: Rejection, why: number): void {
  saying(call, "turned-away", () => call.listen());
  if (call.state.ended !== null) return;
  void call.say([{ prompt: `caller-${rejection}` }]).finished.then(() => call.end(why));
}

export interface SwitchDeps {
  readonly log: Logger;
  /** Whether this extension may. */
  readonly may: (extension: string) => boolean;
  readonly set: (schedule: string, override: Schedule["override"], by: string) => Promise<void>;
}

const overrides = { scheduleOpen: "open", scheduleClosed: "closed", scheduleByHours: "none" } as const;
export type ScheduleFeature = keyof typeof overrides;

export const isScheduleFeature = (feature: string): feature is ScheduleFeature =>
  Object.hasOwn(overrides, feature);

/** A phone opens or closes a schedule by hand, and hears that it did. */
export function switchSchedule(
  call: Call,
  feature: ScheduleFeature,
  schedule: string,
  { log, may, set }: SwitchDeps,
): void {
  const { extension } = call.line;
  if (extension === undefined || !may(extension)) return call.end(cause.notAllowed);
  carryOut(call, feature, log, () => set(schedule, overrides[feature], extension), [
    { prompt: `schedule-${overrides[feature]}` },
  ]);
}

/** Does what a telephone has asked for, then says that it is so. @param feature for console and log */
export function carryOut(
  call: Call,
  feature: string,
  log: Logger,
  work: () => Promise<void>,
  said: readonly SayItem[],
): void {
  saying(call, feature, () => call.answer());
  work()
    .then(() => call.say(said).finished)
    .then(() => call.end(cause.normal))
    .catch((error: unknown) => {
      log.error({ err: error, call: call.id, feature }, "what a telephone asked for could not be done");
      call.end(cause.temporaryFailure);
    });
}

function saying(call: Call, where: string, open: () => void): void {
  const handler: Handler = { phase: "menu", where, event: () => undefined, dropped: () => undefined };
  open();
  call.handle(handler);
}
