// The engine's C++ files that need neither Node.js nor the driver: for programs that test and measure it by itself.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const engine = join(import.meta.dirname, "../../native/src/engine");
const outside = /#include [<"](?:napi\.h|driver\/)/u;

export function engineSources(): readonly string[] {
  return readdirSync(engine)
    .filter((file) => file.endsWith(".cc"))
    .map((file) => join(engine, file))
    .filter(
      (path) =>
        ![path, path.replace(/\.cc$/u, ".h")].some(
          (file) => existsSync(file) && outside.test(readFileSync(file, "utf8")),
        ),
    );
}
