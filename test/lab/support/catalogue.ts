// The scenarios there are: one file each under test/lab/scenarios, found by its name.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Scenario } from "./scenario.ts";

const folder = join(import.meta.dirname, "../scenarios");

export const scenarioNames = (): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.slice(0, -3))
    .sort();

export async function loadScenario(name: string): Promise<Scenario> {
  const module = (await import(join(folder, `${name}.ts`))) as { readonly scenario?: Scenario };
  if (module.scenario?.name !== name) throw new Error(`${name}.ts does not export a scenario named ${name}`);
  return module.scenario;
}
