// What a command of `callbox` is, and what it is given.
import type { Client } from "./client.ts";

export interface Command {
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Every form of it with its options, for --help. */
  readonly usage: string;
  run(context: CommandContext): Promise<number> | number;
}

export interface CommandContext {
  /** What follows the command's name. */
  readonly args: readonly string[];
  readonly client: Client;
  /** Writes lines to standard output. */
  readonly print: (...lines: readonly string[]) => void;
  /** Writes bytes to standard output. */
  readonly write: (part: Uint8Array) => void;
  /** A remark that is no result, to standard error. */
  readonly remark: (line: string) => void;
  /** Asks a yes-or-no question; `undefined` when nobody can be asked. */
  readonly ask: (question: string) => Promise<boolean | undefined>;
  /** Reads a file; `-` is standard input. */
  readonly readFile: (path: string) => Promise<Buffer>;
  readonly writeFile: (path: string, data: Uint8Array) => Promise<void>;
  /** Resolves after so many ms, or at once when the user ends the command. */
  readonly pause: (ms: number) => Promise<void>;
  /** The user has ended the command (Ctrl-C). */
  readonly ended: () => boolean;
}

export const exits = { done: 0, failed: 1, usage: 2, unreachable: 3 } as const;

/** The command was not called as it should be. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
