// The mock server by itself, for developing the console: `node test/browser/support/dev.ts`, then `vite src/ui`.
// With a built console it serves that too. Sign in as admin with `callbox-first`.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { startMockServer } from "./mock-server.ts";

const ui = fileURLToPath(new URL("../../../dist/ui", import.meta.url));
const server = await startMockServer({ port: 8099, ...(existsSync(ui) ? { ui } : {}) });
process.stdout.write(`${server.url}\n`);
