// Processes that try mutants: each is ended when a mutant keeps it too long, and anew after some hundreds, since
// a module once loaded is never freed.
import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { Task, Verdict } from "./worker.ts";

/** Milliseconds: the tests take about one second. */
const patience = 20_000;
const lifetime = 150;

/** What else than a test ends a mutant. */
export const late = "the time limit";
export const dead = "the end of the process";

/** Tries every task; `done` hears of each as it ends. */
export async function tryAll(
  tasks: readonly Task[],
  jobs: number,
  done: (index: number, verdict: Verdict) => void,
): Promise<void> {
  let following = 0;
  const one = async (): Promise<void> => {
    let child: ChildProcess | undefined;
    let tried = 0;
    for (let index = following++; index < tasks.length; index = following++) {
      const task = tasks[index];
      if (task === undefined) break;
      if (child === undefined || tried++ >= lifetime) {
        child?.kill("SIGKILL");
        child = fork(join(import.meta.dirname, "worker.ts"), {
          execArgv: ["--disable-warning=ExperimentalWarning"],
          stdio: ["ignore", "ignore", "inherit", "ipc"],
        });
        tried = 0;
      }
      const verdict = await ask(child, task);
      if (verdict.killer === late || verdict.killer === dead) {
        child.kill("SIGKILL");
        child = undefined;
      }
      done(index, verdict);
    }
    child?.kill("SIGKILL");
  };
  await Promise.all(Array.from({ length: jobs }, one));
}

function ask(child: ChildProcess, task: Task): Promise<Verdict> {
  return new Promise((resolve) => {
    const end = (verdict: Verdict): void => {
      clearTimeout(timer);
      child.removeAllListeners("message").removeAllListeners("exit");
      resolve(verdict);
    };
    const timer = setTimeout(() => end({ killer: late }), patience);
    child.once("message", (verdict: Verdict) => end(verdict));
    child.once("exit", () => end({ killer: dead }));
    child.send(task);
  });
}
