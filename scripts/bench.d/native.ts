// Programs in C++ that an area measures with: built from the engine's own sources, run once, a JSON object a line.
import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { engineSources } from "../lib/engine-sources.ts";

const execute = promisify(execFile);
const root = join(import.meta.dirname, "../..");

/** Builds `name`.cc of this folder with the engine, and gives the program's path. */
export async function build(name: string): Promise<string> {
  const cache = join(root, ".cache");
  mkdirSync(cache, { recursive: true });
  const program = join(cache, `bench-${name}`);
  const sources = [join(import.meta.dirname, `${name}.cc`), ...engineSources()];
  const flags = ["-std=c++20", "-O3", `-I${join(root, "native/src")}`];
  await execute("g++", [...flags, ...sources, "-lspandsp", "-ltiff", "-lcrypto", "-lpthread", "-o", program]);
  return program;
}

export async function run<T>(program: string, words: readonly string[] = []): Promise<readonly T[]> {
  const { stdout } = await execute(program, words, { maxBuffer: 1e8 });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);
}
