// What a traced frame is called in the ladder, and which are shown.
import type { TraceFrame } from "../../../web/api/trace.ts";

/** A call by its reference and the side that chose it (Q.931 §4.3): each side counts its own. */
export function callOf({ from, frame }: TraceFrame): string | undefined {
  const { reference } = frame.message ?? {};
  if (reference === undefined || reference.value === 0) return undefined;
  const far = from === "user" ? "network" : "user";
  return `${reference.value} (${reference.fromOriginator ? from : far})`;
}

export function isShown(
  frame: TraceFrame,
  want: { readonly layer2: boolean; readonly call: string },
): boolean {
  if (want.call !== "") return callOf(frame) === want.call;
  return want.layer2 || frame.frame.message !== undefined || frame.frame.fault !== undefined;
}

/** The message's name, or the frame's. */
export function titleOf({ frame: { message, management, type } }: TraceFrame): string {
  return message?.name ?? (management === undefined ? type : `TEI ${management.type}`);
}

export function noteOf(traced: TraceFrame): string {
  const { tei, ns, nr, pf, management, message } = traced.frame;
  const bus = tei === undefined || tei === 0 || tei === 127 ? [] : [`TEI ${tei}`];
  if (message !== undefined) return [callOf(traced) ?? "", ...bus].filter((part) => part !== "").join(", ");
  if (management !== undefined) return `Ri ${management.ri}, Ai ${management.ai}`;
  return [
    ...bus,
    ...(ns === undefined ? [] : [`N(S) ${ns}`]),
    ...(nr === undefined ? [] : [`N(R) ${nr}`]),
    ...(pf === true ? ["P/F"] : []),
  ].join(", ");
}
