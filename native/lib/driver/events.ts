// Names for what the driver tells by number.
import { alarms, events } from "./constants.ts";

export type EventName = keyof typeof events;
export type AlarmName = keyof typeof alarms;

export interface DriverEvent {
  readonly name: Exclude<EventName, "PULSEDIGIT" | "DTMFDOWN" | "DTMFUP">;
}

export interface DigitEvent {
  readonly name: "PULSEDIGIT" | "DTMFDOWN" | "DTMFUP";
  /** 0–9, and for DTMF also A–D, * and #. */
  readonly digit: string;
}

const byCode: ReadonlyMap<number, EventName> = new Map(
  Object.entries(events).map(([name, code]) => [code, name as EventName]),
);

/** What an event's number means; `undefined` for one that this header does not know. */
export function decodeEvent(code: number): DriverEvent | DigitEvent | undefined {
  const name = byCode.get(code >= events.PULSEDIGIT ? code & ~0xffff : code);
  if (name === undefined) return undefined;
  if (name === "PULSEDIGIT" || name === "DTMFDOWN" || name === "DTMFUP")
    return { name, digit: String.fromCharCode(code & 0xff) };
  return { name };
}

/** The names of the alarms in a mask, in the order of their bits. */
export function alarmNames(mask: number): readonly AlarmName[] {
  return Object.entries(alarms).flatMap(([name, bit]) => ((mask & bit) !== 0 ? [name as AlarmName] : []));
}
