// Times, lengths of time and numbers as the chosen language writes them, in the appliance's time zone.
import { i18n } from "../i18n/i18n.svelte.ts";
import { session } from "./session.svelte.ts";

const zone = (): { timeZone: string } | object => {
  const timeZone = session.me?.timeZone;
  return timeZone === undefined ? {} : { timeZone };
};

/** 14:03:21 */
export const clockTime = (at: number): string =>
  new Intl.DateTimeFormat(i18n.tag, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hour12: false,
    ...zone(),
  }).format(at);

/** 14:03 */
export const hourTime = (at: number): string =>
  new Intl.DateTimeFormat(i18n.tag, { hour: "2-digit", minute: "2-digit", hour12: false, ...zone() }).format(
    at,
  );

/** 22 Nov 14:03 */
export const dayTime = (at: number): string =>
  new Intl.DateTimeFormat(i18n.tag, {
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    ...zone(),
  }).format(at);

/** Sun 22 Nov; of a month Nov 2026, of a year 2026. */
export function shortDay(at: number, step: string = "day"): string {
  const parts: Intl.DateTimeFormatOptions =
    step === "year"
      ? { year: "numeric" }
      : step === "month"
        ? { year: "numeric", month: "short" }
        : { weekday: "short", month: "short", day: "numeric" };
  return new Intl.DateTimeFormat(i18n.tag, { ...parts, ...zone() }).format(at);
}

/** Sunday, 22 November 2026 */
export const longDay = (at: number): string =>
  new Intl.DateTimeFormat(i18n.tag, { dateStyle: "full", ...zone() }).format(at);

/** 3:05, 1:02:09: a length of time as a clock shows it. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number): string => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** 3 min, 2 h, 5 days: how long something has lasted, roughly. */
export function roughly(ms: number): string {
  const minutes = Math.max(0, ms) / 60_000;
  const as = (value: number, unit: string): string =>
    new Intl.NumberFormat(i18n.tag, {
      style: "unit",
      unit,
      unitDisplay: "short",
      maximumFractionDigits: 0,
    }).format(Math.floor(value));
  if (minutes < 1) return as(Math.max(0, ms) / 1000, "second");
  if (minutes < 60) return as(minutes, "minute");
  return minutes < 48 * 60 ? as(minutes / 60, "hour") : as(minutes / 1440, "day");
}

export const percent = (share: number): string =>
  new Intl.NumberFormat(i18n.tag, { style: "percent", maximumFractionDigits: 0 }).format(share);

/** 1.25, with as many places as thousandths need, two at least. */
export const money = (thousandths: number): string =>
  new Intl.NumberFormat(i18n.tag, { minimumFractionDigits: 2, maximumFractionDigits: 3 }).format(
    thousandths / 1000,
  );

/** 3.42 */
export const decimal = (n: number): string =>
  new Intl.NumberFormat(i18n.tag, { maximumFractionDigits: 2 }).format(n);

export const count = (n: number): string => new Intl.NumberFormat(i18n.tag).format(n);

/** 4.2 MB */
export function bytes(n: number): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  const power = Math.min(units.length - 1, n < 1 ? 0 : Math.floor(Math.log10(n) / 3));
  return new Intl.NumberFormat(i18n.tag, {
    style: "unit",
    unit: units[power] ?? "byte",
    unitDisplay: "short",
    maximumSignificantDigits: 3,
  }).format(n / 1000 ** power);
}
