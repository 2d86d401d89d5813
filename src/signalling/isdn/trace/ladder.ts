// A D-channel as a ladder of text: the user's side left, the network's right, each message with its elements and clause.
import { otherSide, type Side } from "../q921/frame.ts";
import type { DescribedElement, DescribedFrame } from "./decode.ts";

export interface LadderEntry {
  readonly at: number;
  readonly from: Side;
  readonly frame: DescribedFrame;
}

export interface LadderOptions {
  /** Frames without a message as well: SABME, UA, RR, … */
  readonly layer2: boolean;
  /** Under each message its elements. */
  readonly elements: boolean;
  /** How a time is written. */
  readonly clock: (at: number) => string;
}

/** Columns of the arrow between the two sides. */
const width = 26;

/** The lines of one frame; none for what is not to be shown. */
export function rungs({ at, from, frame }: LadderEntry, options: LadderOptions): readonly string[] {
  const { message, fault } = frame;
  if (message === undefined && fault === undefined && !options.layer2) return [];
  const name = message?.name ?? nameOf(frame);
  const lines = [`${options.clock(at)}  ${arrow(name, from)}  ${noteOf(frame, from)}`.trimEnd()];
  if (fault !== undefined) lines.push(`${indent}! ${fault}`);
  if (options.elements && message !== undefined) lines.push(...message.elements.map(elementLine));
  return lines;
}

const indent = " ".repeat(14);

function arrow(name: string, from: Side): string {
  const rest = Math.max(2, width - name.length - 2);
  const left = "─".repeat(Math.floor(rest / 2));
  const right = "─".repeat(Math.ceil(rest / 2));
  return from === "user"
    ? `user ─${left} ${name} ${right}▶ network`
    : `user ◀${left} ${name} ${right}─ network`;
}

function nameOf({ type, management }: DescribedFrame): string {
  return management === undefined ? type : `TEI ${management.type}`;
}

/** A call by its reference and who began it: each side chooses references for its own calls (Q.931 §4.3). */
function noteOf({ message, tei, type, ns, nr, pf, management }: DescribedFrame, from: Side): string {
  if (message !== undefined) {
    const { value, fromOriginator } = message.reference;
    const call = value === 0 ? "all calls" : `call ${value} of ${fromOriginator ? from : otherSide(from)}`;
    return tei === undefined || tei === 0 ? call : `${call}, TEI ${tei}`;
  }
  if (management !== undefined) return `Ri ${management.ri}, Ai ${management.ai}`;
  const parts = [
    tei === undefined ? "" : `TEI ${tei}`,
    ns === undefined ? "" : `N(S) ${ns}`,
    nr === undefined ? "" : `N(R) ${nr}`,
    pf === true && type !== "UI" ? "P/F" : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function elementLine({ name, codeset, text, id, octets, clause }: DescribedElement): string {
  const told = text === "" ? octets : text;
  const where = clause === undefined ? `${codeset === 0 ? "" : `codeset ${codeset}, `}0x${id}` : clause;
  return `${indent}${name}${told === "" ? "" : `: ${told}`}  (${where})`;
}
