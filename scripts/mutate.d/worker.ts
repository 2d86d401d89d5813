// One process that tries the mutants it is sent, one at a time, and answers with what killed each.
import { run } from "./modules.ts";

export interface Task {
  readonly file: string;
  readonly text: string;
}

export interface Verdict {
  /** The test that failed, or undefined: the mutant lives. */
  readonly killer?: string;
}

process.on("message", ({ file, text }: Task) => {
  void run(file, text).then((killer) => process.send?.(killer === undefined ? {} : { killer }));
});
