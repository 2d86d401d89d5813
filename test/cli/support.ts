// A command run in this process: an API that answers by hand, what was printed, and what it asked.
import type { RefusedError } from "../../src/cli/client.ts";
import type { Command, CommandContext } from "../../src/cli/command.ts";
import type { RouteName } from "../../src/web/api/routes.ts";

export interface Ran {
  readonly status: number;
  readonly printed: readonly string[];
  readonly remarks: readonly string[];
  /** Routes in their order, with what they were given. */
  readonly asked: readonly { readonly route: RouteName; readonly input: unknown }[];
  readonly files: ReadonlyMap<string, Buffer>;
}

export interface RunOptions {
  /** What the API says; a function is given what was sent. */
  readonly replies?: Partial<Record<RouteName, unknown>>;
  readonly refuses?: RefusedError;
  /** To questions, one after another; with none left nobody is there. */
  readonly answers?: readonly boolean[];
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** The user ends the command after so many pauses. */
  readonly pauses?: number;
}

export async function runCommand(
  command: Command,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  const printed: string[] = [];
  const remarks: string[] = [];
  const asked: { route: RouteName; input: unknown }[] = [];
  const files = new Map<string, Buffer>();
  const answers = [...(options.answers ?? [])];
  let pauses = 0;
  const context: CommandContext = {
    args,
    client: {
      request(route, input) {
        asked.push({ route, input });
        if (options.refuses !== undefined) return Promise.reject(options.refuses);
        const reply = options.replies?.[route];
        const said: unknown =
          typeof reply === "function" ? (reply as (input: unknown) => unknown)(input) : reply;
        return Promise.resolve(said as never);
      },
      fetch(route, input, take) {
        asked.push({ route, input });
        if (options.refuses !== undefined) return Promise.reject(options.refuses);
        for (const part of options.replies?.[route] as readonly string[]) take(Buffer.from(part));
        return Promise.resolve();
      },
    },
    print: (...lines) => void printed.push(...lines),
    write: (part) => void printed.push(Buffer.from(part).toString("utf8")),
    remark: (line) => void remarks.push(line),
    ask: () => Promise.resolve(answers.shift()),
    readFile(path) {
      const text = options.files?.[path];
      if (text !== undefined) return Promise.resolve(Buffer.from(text));
      return Promise.reject(Object.assign(new Error(`no ${path}`), { code: "ENOENT" }));
    },
    writeFile: (path, data) => Promise.resolve(void files.set(path, Buffer.from(data))),
    pause() {
      pauses++;
      return Promise.resolve();
    },
    ended: () => pauses >= (options.pauses ?? 0),
  };
  const status = await command.run(context);
  return { status, printed, remarks, asked, files };
}
