// The plan of shifts that adherence is measured against: read from CSV, kept in a file of its own.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { CallboxError } from "../shared/errors.ts";
import { localMidnight, localTime } from "../shared/local-time.ts";
import type { Shift } from "./ask.ts";

export interface Shifts {
  list(): readonly Shift[];
  /** @throws ERR_SHIFTS, with the line that cannot be read; the plan stays as it was */
  replace(csv: string, timeZone: string): readonly Shift[];
}

/** @param path made when a plan is first given */
export function createShifts(path: string): Shifts {
  let shifts: readonly Shift[] = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Shift[]) : [];
  return {
    list: () => shifts,
    replace(csv, timeZone) {
      const read = readShifts(csv, timeZone);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.new`, JSON.stringify(read));
      renameSync(`${path}.new`, path);
      shifts = read;
      return shifts;
    },
  };
}

const mostShifts = 100_000;
const longestMs = 86_400_000;

/** @throws ERR_SHIFTS */
export function readShifts(csv: string, timeZone: string): readonly Shift[] {
  const lines = csv.replace(/^\uFEFF/u, "").split(/\r?\n/u);
  const shifts: Shift[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const [agent = "", from = "", to = ""] = line
      .split(/[,;\t]/u)
      .map((cell) => cell.trim().replace(/^"(.*)"$/u, "$1"));
    if (i === 0 && !/^\d/u.test(agent)) continue;
    const [begin, end] = [momentOf(from, timeZone), momentOf(to, timeZone)];
    const wrong = (why: string): never => {
      throw new CallboxError("ERR_SHIFTS", { detail: `line ${i + 1}: ${why}` });
    };
    if (!/^\d{1,32}$/u.test(agent)) wrong(`${agent.slice(0, 40)} is no agent's number`);
    if (begin === undefined) return wrong(`${from.slice(0, 40)} is no moment`);
    if (end === undefined) return wrong(`${to.slice(0, 40)} is no moment`);
    if (end <= begin || end - begin > longestMs) wrong("a shift lasts up to a day");
    if (shifts.push({ agent, from: begin, to: end }) > mostShifts) wrong("there are too many");
  }
  return shifts;
}

/** `2026-11-30 09:00`, also with `T`, and with slashes. */
function momentOf(text: string, timeZone: string): number | undefined {
  const found = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::00)?$/u.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59) return undefined;
  const date = [year, month, day].map((n, i) => String(n).padStart(i === 0 ? 4 : 2, "0")).join("-");
  // Noon of that day is in it, wherever that is.
  const midnight = localMidnight(noonOf(year, month, day, timeZone), timeZone);
  if (localTime(midnight, timeZone).date !== date) return undefined;
  const wanted = `${String(hour % 24).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  const guess = midnight + (hour * 60 + minute) * 60_000;
  // Clocks may have been changed since midnight.
  for (const off of [0, 3_600_000, -3_600_000, 1_800_000, -1_800_000])
    if (localTime(guess + off, timeZone).time === wanted) return guess + off;
  return guess;
}

function noonOf(year: number, month: number, day: number, timeZone: string): number {
  const there = Date.UTC(year, month - 1, day, 12);
  const { date, time } = localTime(there, timeZone);
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const off =
    (Date.parse(`${date}T00:00Z`) - Date.UTC(year, month - 1, day)) / 60_000 + hour * 60 + minute - 720;
  return there - off * 60_000;
}
