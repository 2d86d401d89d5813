// The flows' folder as the console edits it: each file's text, what is wrong with it, and safe writing.
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { writeDurably } from "../config/file-adapter.ts";
import { issuesOf } from "../config/issues.ts";
import { parseFlow } from "../ivr/flow.ts";
import type { Flows } from "../ivr/flows.ts";
import { CallboxError, codeOf } from "../shared/errors.ts";
import type { Issue } from "../web/api/common.ts";
import type { FlowView } from "../web/api/flows.ts";
import type { Flows as EditedFlows } from "../web/deps.ts";

/** @param running the flows in force, told to read again after each change */
export function createFlowFiles(folder: string, running: Flows): EditedFlows {
  const file = (id: string): string => join(folder, `${id}.json`);

  const view = async (id: string): Promise<FlowView> => {
    const [text, { mtimeMs }] = await Promise.all([readFile(file(id), "utf8"), stat(file(id))]);
    const inForce = running.get(id);
    return {
      id,
      name: inForce?.name ?? id,
      changedAt: Math.round(mtimeMs),
      nodes: inForce === undefined ? 0 : Object.keys(inForce.nodes).length,
      issues: [...check(id, text)],
    };
  };

  return {
    async list() {
      const ids = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
      return Promise.all(ids.map((name) => view(basename(name, ".json"))));
    },
    async read(id) {
      try {
        return { flow: await view(id), source: await readFile(file(id), "utf8") };
      } catch (error) {
        if (codeOf(error) === "ENOENT") return undefined;
        throw error;
      }
    },
    async write(id, source) {
      parseFlow(source, id);
      await writeDurably(file(id), source, 0o640);
      await running.reload();
      return view(id);
    },
    async remove(id) {
      try {
        await rm(file(id));
      } catch (cause) {
        throw new CallboxError("ERR_FLOW_UNKNOWN", { detail: id, cause });
      }
      await running.reload();
    },
    check,
  };
}

/** Everything that is wrong with a flow's text; nothing when it can be used. */
function check(id: string, source: string): readonly Issue[] {
  try {
    parseFlow(source, id);
    return [];
  } catch (error) {
    const issues = issuesOf(error);
    if (issues.length > 0) return issues;
    throw error;
  }
}
