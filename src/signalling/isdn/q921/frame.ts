// Q.921 frames (§2, §3): from octets, however hostile, to a typed frame or a typed reject, and back.
import type { Octets } from "../octets.ts";

export type Side = "user" | "network";

export function otherSide(side: Side): Side {
  return side === "user" ? "network" : "user";
}

interface Address {
  readonly sapi: number;
  /** 0–63 fixed, 64–126 automatic, 127 everybody. */
  readonly tei: number;
  /** A command, else a response (C/R bit, §3.3.2). */
  readonly command: boolean;
}

interface Unnumbered extends Address {
  readonly pf: boolean;
}

interface Supervisory extends Unnumbered {
  readonly nr: number;
}

/** Frames as Table 5/Q.921 names them. `pf` is the poll bit of a command and the final bit of a response. */
export type Frame =
  | (Supervisory & { readonly type: "I"; readonly ns: number; readonly info: Octets })
  | (Supervisory & { readonly type: "RR" | "RNR" | "REJ" })
  | (Unnumbered & { readonly type: "SABME" | "DISC" | "UA" | "DM" })
  | (Unnumbered & { readonly type: "UI" | "XID" | "FRMR"; readonly info: Octets });

/**
 * A frame rejection condition (§3.6.11) for the link of `sapi` and `tei`: L undefined, M information not permitted,
 * N wrong size, O longer than N201.
 */
export interface Reject {
  readonly type: "reject";
  readonly error: "L" | "M" | "N" | "O";
  readonly sapi: number;
  readonly tei: number;
}

/** Octets that are no frame: discarded silently (§2.9). */
export interface Invalid {
  readonly type: "invalid";
}

/** N201, §5.9.3: most octets of an information field, where nothing else is agreed. */
export const defaultN201 = 260;

const supervisory: Readonly<Record<number, "RR" | "RNR" | "REJ">> = { 0x01: "RR", 0x05: "RNR", 0x09: "REJ" };

const unnumbered: Readonly<Record<number, Exclude<Frame["type"], "I" | "RR" | "RNR" | "REJ">>> = {
  0x03: "UI",
  0x0f: "DM",
  0x43: "DISC",
  0x63: "UA",
  0x6f: "SABME",
  0x87: "FRMR",
  0xaf: "XID",
};

const control: Readonly<Record<Exclude<Frame["type"], "I">, number>> = {
  RR: 0x01,
  RNR: 0x05,
  REJ: 0x09,
  UI: 0x03,
  DM: 0x0f,
  DISC: 0x43,
  UA: 0x63,
  SABME: 0x6f,
  FRMR: 0x87,
  XID: 0xaf,
};

/** Whether a frame type may be a command, and a response (Table 5/Q.921). */
const roles: Readonly<Record<Frame["type"], "command" | "response" | "both">> = {
  I: "command",
  RR: "both",
  RNR: "both",
  REJ: "both",
  SABME: "command",
  DISC: "command",
  UI: "command",
  UA: "response",
  DM: "response",
  FRMR: "response",
  XID: "both",
};

const invalid: Invalid = { type: "invalid" };

/** Reads a frame without flags and FCS, as `receiver` sees it. Never throws. */
export function decodeFrame(
  octets: Uint8Array,
  receiver: Side,
  n201 = defaultN201,
): Frame | Reject | Invalid {
  const [first, second, third, fourth] = octets;
  if (first === undefined || second === undefined || third === undefined) return invalid;
  if ((first & 1) !== 0 || (second & 1) === 0) return invalid;
  const sapi = first >> 2;
  const tei = second >> 1;
  // §3.3.2: the network sends commands with C/R 1, the user with 0.
  const command = ((first & 2) !== 0) === (receiver === "user");
  const reject = (error: Reject["error"]): Reject => ({ type: "reject", error, sapi, tei });
  const address = { sapi, tei, command };

  if ((third & 3) !== 3) {
    if (fourth === undefined) return invalid;
    const pf = (fourth & 1) !== 0;
    const nr = fourth >> 1;
    if ((third & 1) === 0) {
      if (!command) return reject("L");
      if (octets.length - 4 > n201) return reject("O");
      return { ...address, type: "I", pf, nr, ns: third >> 1, info: [...octets.subarray(4)] };
    }
    const type = supervisory[third];
    if (type === undefined) return reject("L");
    if (octets.length > 4) return reject("N");
    return { ...address, type, pf, nr };
  }

  const type = unnumbered[third & 0xef];
  if (type === undefined) return reject("L");
  const role = roles[type];
  if (role !== "both" && (role === "command") !== command) return reject("L");
  const pf = (third & 0x10) !== 0;
  switch (type) {
    case "UI":
    case "XID":
    case "FRMR":
      if (octets.length - 3 > n201) return reject("O");
      return { ...address, type, pf, info: [...octets.subarray(3)] };
    case "SABME":
    case "DISC":
    case "UA":
    case "DM":
      return octets.length > 3 ? reject("M") : { ...address, type, pf };
  }
}

/** Writes a frame as `sender` sends it, without flags and FCS. */
export function encodeFrame(frame: Frame, sender: Side): Uint8Array {
  const cr = frame.command === (sender === "network") ? 2 : 0;
  const address = [(frame.sapi << 2) | cr, (frame.tei << 1) | 1];
  const pf = frame.pf ? 1 : 0;
  switch (frame.type) {
    case "I":
      return Uint8Array.of(...address, frame.ns << 1, (frame.nr << 1) | pf, ...frame.info);
    case "RR":
    case "RNR":
    case "REJ":
      return Uint8Array.of(...address, control[frame.type], (frame.nr << 1) | pf);
    case "SABME":
    case "DISC":
    case "UA":
    case "DM":
      return Uint8Array.of(...address, control[frame.type] | (pf << 4));
    case "UI":
    case "XID":
    case "FRMR":
      return Uint8Array.of(...address, control[frame.type] | (pf << 4), ...frame.info);
  }
}
