// Between the VMs and the host: which VM runs which scenario, and what came of it, a JSON line each in the VM's folder.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

export type Result =
  | { readonly type: "begin"; readonly name: string }
  /** `ms`: by the VM's clock. */
  | { readonly type: "end"; readonly name: string; readonly ms: number; readonly faults: readonly string[] };

/** True for the first who asks: making a folder is atomic, in a VM over 9p as well. */
export function claim(claims: string, name: string): boolean {
  try {
    mkdirSync(join(claims, name));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
