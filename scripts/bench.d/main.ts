// Runs the areas of scripts/bench one after another: an area is a file of this folder that exports `figures`.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Area, Figure } from "./figure.ts";

const own = ["main.ts", "figure.ts", "native.ts"];
const areas = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && !own.includes(file))
  .map((file) => file.slice(0, -3))
  .sort();

const words = process.argv.slice(2);
const json = words.includes("--json");
const chosen = words.filter((word) => !word.startsWith("--"));

for (const name of chosen.length > 0 ? chosen : areas) {
  const area = (await import(join(import.meta.dirname, `${name}.ts`))) as Area;
  for await (const figure of area.figures()) console.log(json ? JSON.stringify(figure) : row(figure));
}

function row({ figure, value, unit, goal, better, holds, beside }: Figure): string {
  const peers = Object.entries(beside).map(([peer, theirs]) => `${peer} ${theirs}`);
  const aim = `${better === "lower" ? "≤" : "≥"} ${goal}`;
  return [
    figure.padEnd(44),
    `${value} ${unit}`.padStart(18),
    `goal ${aim}`.padEnd(16),
    holds ? "holds" : "MISSED",
    peers.join(", "),
  ].join("  ");
}
