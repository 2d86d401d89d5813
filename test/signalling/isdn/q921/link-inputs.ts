// Every kind of input of a data link: frame types with their variants of P/F, N(S) and N(R), timers, primitives.
import type { LinkState } from "../../../../src/signalling/isdn/q921/link.ts";

const numbers = ["N(R) right", "N(R) wrong"];

export const inputKinds: readonly string[] = [
  ...["next", "other"].flatMap((ns) => numbers.flatMap((nr) => [`I ${ns} ${nr}`, `I ${ns} ${nr} P`])),
  ...["RR", "RNR", "REJ"].flatMap((type) =>
    numbers.flatMap((nr) => [`${type}? ${nr}`, `${type}? ${nr} P`, `${type}! ${nr}`, `${type}! ${nr} F`]),
  ),
  ...["SABME", "SABME P", "DISC", "DISC P", "UI", "UI P", "XID?", "XID? P"],
  ...["UA", "UA F", "DM", "DM F", "FRMR", "FRMR F", "XID!", "XID! F"],
  ...["reject L", "reject M", "reject N", "reject O"],
  ...["T200", "T203"],
  ...["DL-ESTABLISH-request", "DL-RELEASE-request", "DL-DATA-request", "DL-UNIT-DATA-request"],
  ...["MDL-ASSIGN-request", "MDL-REMOVE-request", "MDL-ERROR-response", "persistent-deactivation"],
  ...["own-busy set", "own-busy clear"],
];

/** The kind of an input in the tables' notation, as a link with these variables meets it (§3.5.2). */
export function kindOf(text: string, { vs, va, vr }: Pick<LinkState, "vs" | "va" | "vr">): string {
  const [type = "", second = "", bit] = text.split(" ");
  const nrKind = (nr: number): string =>
    (nr - va + 128) % 128 <= (vs - va + 128) % 128 ? "N(R) right" : "N(R) wrong";
  const tail = bit === undefined ? "" : ` ${bit}`;
  if (type === "I") {
    const [ns, nr] = second.split("/").map(Number);
    return `I ${ns === vr ? "next" : "other"} ${nrKind(nr ?? -1)}${tail}`;
  }
  if (/^(RR|RNR|REJ)[?!]$/.test(type)) return `${type} ${nrKind(Number(second))}${tail}`;
  return /^(DL|MDL)-/.test(type) ? type : text;
}
