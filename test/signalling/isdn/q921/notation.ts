// A short notation for Q.921 tables: `SABME P`, `UA F`, `I 3/5 P` (N(S)/N(R)), `RR? 5 P` (command), `RR! 5 F`
// (response), `start T200`, `MDL-ERROR J`.
import type { Frame } from "../../../../src/signalling/isdn/q921/frame.ts";
import type { LinkEffect, LinkInput } from "../../../../src/signalling/isdn/q921/link.ts";

const tei = 0;
const responses = new Set(["UA", "DM", "FRMR"]);

/** A frame or another input as the table writes it. */
export function readInput(text: string): LinkInput {
  const [type = "", second = "", third = ""] = text.split(" ");
  const name = type.replace(/[?!]$/, "");
  const pf = second === "P" || second === "F" || third === "P" || third === "F";
  const address = { sapi: 0, tei };
  switch (name) {
    case "I": {
      const [ns, nr] = second.split("/").map(Number);
      return { type: "I", ...address, command: true, pf, ns: ns ?? 0, nr: nr ?? 0, info: [0xaa] };
    }
    case "RR":
    case "RNR":
    case "REJ":
      return { type: name, ...address, command: type.endsWith("?"), pf, nr: Number(second) };
    case "SABME":
    case "DISC":
    case "UA":
    case "DM":
      return { type: name, ...address, command: !responses.has(name), pf };
    case "FRMR":
      return { type: name, ...address, command: false, pf, info: [1, 2, 3, 4, 5] };
    case "UI":
      return { type: name, sapi: 0, tei: 127, command: true, pf, info: [0xbb] };
    case "XID":
      return { type: name, ...address, command: type.endsWith("?"), pf, info: [] };
    case "reject":
      return { type: "reject", error: second as "L" | "M" | "N" | "O" };
    case "DL-DATA-request":
    case "DL-UNIT-DATA-request":
      return { type: name, info: [Number(second === "" ? 1 : second)] };
    case "MDL-ASSIGN-request":
      return { type: name, tei: Number(second) };
    case "own-busy":
      return { type: "own-busy", busy: second === "set" };
    default:
      return { type: name } as LinkInput;
  }
}

export function writeEffect(effect: LinkEffect): string {
  switch (effect.type) {
    case "frame":
      return writeFrame(effect.frame);
    case "start":
    case "stop":
      return `${effect.type} ${effect.timer}`;
    case "MDL-ERROR-indication":
      return `MDL-ERROR ${effect.error}`;
    default:
      return effect.type;
  }
}

function writeFrame(frame: Frame): string {
  const response = responses.has(frame.type);
  const either = frame.type === "RR" || frame.type === "RNR" || frame.type === "REJ";
  // Table 5/Q.921: only supervisory frames (and XID) may be both.
  if (!either && frame.command === response) return `${frame.type} in the wrong role`;
  const bit = frame.pf ? (frame.command ? " P" : " F") : "";
  switch (frame.type) {
    case "I":
      return `I ${frame.ns}/${frame.nr}${bit}`;
    case "RR":
    case "RNR":
    case "REJ":
      return `${frame.type}${frame.command ? "?" : "!"} ${frame.nr}${bit}`;
    default:
      return `${frame.type}${bit}`;
  }
}
