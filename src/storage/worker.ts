// The thread's shell: questions in, answers out. All that can be right or wrong is in ops.ts.
import { parentPort, workerData } from "node:worker_threads";
import { answer, readerOps, writerOps, type Question } from "./ops.ts";

const { role, path } = workerData as { readonly role: "writer" | "reader"; readonly path: string };
const ops = role === "writer" ? writerOps(path) : readerOps(path);
parentPort?.on("message", (question: Question) => parentPort?.postMessage(answer(ops, question)));
