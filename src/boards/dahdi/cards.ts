// The cards behind the spans, as the driver shows them under /sys: what they are called by wherever they are plugged in.
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Card, CardSpan } from "../board.ts";

/** Where the driver lists its devices. */
export const devicesFolder = "/sys/bus/dahdi_devices/devices";

/** In the order of their first spans; none where the driver is not loaded. Never throws: cards come and go meanwhile. */
export function readCards(folder = devicesFolder): readonly Card[] {
  return entries(folder)
    .flatMap((name) => readCard(join(folder, name)))
    .sort((a, b) => firstOf(a) - firstOf(b));
}

const firstOf = ({ spans }: Card): number => Math.min(...spans.map(({ number = Infinity }) => number));

function readCard(folder: string): readonly Card[] {
  const path = attempt(() => realpathSync(folder));
  const types = attribute(folder, "dahdi_spantype") ?? attribute(folder, "spantype");
  if (path === undefined || types === undefined) return [];
  const numbered = new Map(
    entries(folder)
      .filter((name) => /^span-\d+$/u.test(name))
      .map((name) => [Number(attribute(join(folder, name), "local_spanno")), name]),
  );
  const spans = types.split("\n").flatMap((line): readonly CardSpan[] => {
    const [, local, type = ""] = /^(\d+):(\S+)$/u.exec(line.trim()) ?? [];
    if (local === undefined) return [];
    const name = numbered.get(Number(local));
    if (name === undefined) return [{ local: Number(local), type }];
    const firstChannel = Number(attribute(join(folder, name), "basechan"));
    return [{ local: Number(local), type, number: Number(name.slice("span-".length)), firstChannel }];
  });
  const text = (name: string): string => attribute(folder, name) ?? "";
  return [
    {
      path,
      hardwareId: text("hardware_id"),
      location: text("location"),
      model: [text("manufacturer"), text("type")].filter((word) => word !== "").join(" "),
      spans,
    },
  ];
}

const entries = (folder: string): readonly string[] => attempt(() => readdirSync(folder).sort()) ?? [];
const attribute = (folder: string, name: string): string | undefined =>
  attempt(() => readFileSync(join(folder, name), "utf8").trim());

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
