// The command `callbox`: `callbox COMMAND …`, where each file of commands/ is one.
import { existsSync, readdirSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { pathToFileURL } from "node:url";
import { writeDurably } from "../config/file-adapter.ts";
import { CallboxError } from "../shared/errors.ts";
import { createClient, RefusedError, UnreachableError } from "./client.ts";
import { exits, UsageError, type Command, type CommandContext } from "./command.ts";
import { plain } from "./text.ts";

const folder = join(import.meta.dirname, "commands");
const extension = import.meta.filename.endsWith(".ts") ? ".ts" : ".js";

const names = (): readonly string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length))
    .sort();

async function load(name: string): Promise<Command> {
  const { command } = (await import(pathToFileURL(join(folder, name + extension)).href)) as {
    readonly command: Command;
  };
  return command;
}

/** The service's socket, or that of a Callbox started from this checkout. */
function socketPath(): string {
  const given = process.env["CALLBOX_SOCKET"];
  if (given !== undefined) return given;
  const service = "/run/callbox/callbox.sock";
  const own = join(import.meta.dirname, "../..", "var/callbox.sock");
  return existsSync(service) || !existsSync(own) ? service : own;
}

let ended = false;
let wake: () => void = () => undefined;

const context = (args: readonly string[]): CommandContext => ({
  args,
  client: createClient(socketPath(), process.env["SUDO_USER"] ?? userInfo().username),
  print: (...lines) => void process.stdout.write(lines.map((line) => `${line}\n`).join("")),
  write: (part) => void process.stdout.write(part),
  remark: (line) => void process.stderr.write(`${line}\n`),
  async ask(question) {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return /^y(es)?$/iu.test((await terminal.question(`${question} [y/N] `)).trim());
    } finally {
      terminal.close();
    }
  },
  readFile: (path) => (path === "-" ? standardInput() : readFile(path)),
  writeFile: replaceFile,
  pause: (ms) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    }),
  ended: () => ended,
});

async function standardInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function help(): Promise<string> {
  const summaries = await Promise.all(
    names().map(async (name) => `  ${name.padEnd(10)}${(await load(name)).summary}`),
  );
  return [
    "callbox COMMAND …: looks after the Callbox that runs on this box.",
    "",
    ...summaries,
    "",
    "callbox COMMAND --help tells more. CALLBOX_SOCKET names the socket of another Callbox.",
  ].join("\n");
}

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    process.stdout.write(`${await help()}\n`);
    return name === undefined ? exits.usage : exits.done;
  }
  if (!names().includes(name)) throw new UsageError(`there is no command '${name}'; see callbox --help`);
  const command = await load(name);
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`${command.summary}\n\n${command.usage}\n`);
    return exits.done;
  }
  return command.run(context(args));
}

function failed(error: unknown): number {
  const say = (line: string): void => void process.stderr.write(`callbox: ${line}\n`);
  if (error instanceof UsageError || isParseError(error)) {
    say(error.message);
    return exits.usage;
  }
  if (error instanceof UnreachableError) {
    say(error.message);
    return exits.unreachable;
  }
  if (error instanceof RefusedError) {
    const { code, message, remedy, issues = [] } = error.refusal;
    say(`${code}: ${plain(message)}`);
    for (const issue of issues) process.stderr.write(`  ${plain(issue.path)} ${plain(issue.message)}\n`);
    if (remedy !== "") process.stderr.write(`  ${remedy}\n`);
    return exits.failed;
  }
  if (error instanceof CallboxError) {
    say(`${error.code}: ${plain(error.message)}`);
    process.stderr.write(`  ${error.remedy}\n`);
    return exits.failed;
  }
  say(error instanceof Error ? error.message : String(error));
  return exits.failed;
}

/** What node:util's parseArgs throws. */
function isParseError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /PARSE_ARGS/u.test(String(error.code));
}

process.on("SIGINT", () => {
  if (ended) process.exit(130);
  ended = true;
  wake();
});
// The reader of a pipe (head, less) has gone.
process.stdout.on("error", () => process.exit(exits.done));
process.exitCode = await run(process.argv.slice(2)).catch(failed);

/** What a file of that name said is there until what it is to say is whole; a device is written to. */
async function replaceFile(path: string, data: Uint8Array): Promise<void> {
  const before = await stat(path).catch(() => undefined);
  if (before?.isFile() === true) await writeDurably(path, data, before.mode);
  else await writeFile(path, data);
}
