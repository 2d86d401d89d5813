// What the VM tells the host about scenarios, a JSON line each, in the VM's folder.
export type Result =
  | { readonly type: "begin"; readonly name: string; readonly timeoutSeconds: number }
  | { readonly type: "end"; readonly name: string; readonly ms: number; readonly faults: readonly string[] };
