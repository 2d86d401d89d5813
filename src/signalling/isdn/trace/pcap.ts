// Captures of a D-channel as files: written as pcap with LINKTYPE_LINUX_LAPD, which says who sent a frame; read as that,
// as pcap or pcapng with LINKTYPE_LAPD, where the frame itself has to say it. Formats: draft-ietf-opsawg-pcap and pcapng.
import { CallboxError } from "../../../shared/errors.ts";
import { otherSide, type Side } from "../q921/frame.ts";
import { isPcapng, readPcapng, type Packet } from "./pcapng.ts";

export interface CapturedFrame {
  /** Ms since 1970 UTC, to the microsecond where the file has it. */
  readonly at: number;
  /** By the box that captured; by the user's side where the file does not say which that was. */
  readonly sent: boolean;
  readonly from: Side;
  /** Without flags and FCS. */
  readonly octets: Uint8Array;
}

/** LINKTYPE_LINUX_LAPD, LINKTYPE_LAPD. */
const linuxLapd = 177;
const plainLapd = 203;
/** Pseudo-header of a Linux packet socket: sll_pkttype 4 is outgoing; address octet 0 says who the network is. */
const pseudoLength = 16;
const outgoing = 4;
const etherTypeLapd = 0x30;
/** A file of a box that is larger than this is something else. */
const mostOctets = 64 * 1024 * 1024;

/** Never throws. Times are kept to the millisecond, as they were taken. */
export function writeCapture(frames: Iterable<CapturedFrame>): Uint8Array {
  const header = Buffer.alloc(24);
  header.writeUInt32BE(0xa1b2c3d4, 0);
  header.writeUInt16BE(2, 4);
  header.writeUInt16BE(4, 6);
  header.writeUInt32BE(65_535, 16);
  header.writeUInt32BE(linuxLapd, 20);
  const parts: Uint8Array[] = [header];
  for (const { at, sent, from, octets } of frames) {
    const length = pseudoLength + octets.length;
    const record = Buffer.alloc(16 + pseudoLength);
    record.writeUInt32BE(Math.floor(at / 1000) % 2 ** 32, 0);
    record.writeUInt32BE(Math.floor((at % 1000) * 1000), 4);
    record.writeUInt32BE(length, 8);
    record.writeUInt32BE(length, 12);
    record.writeUInt16BE(sent ? outgoing : 0, 16);
    const ours = sent ? from : otherSide(from);
    record.writeUInt8(ours === "network" ? 1 : 0, 22);
    record.writeUInt16BE(etherTypeLapd, 30);
    parts.push(record, octets);
  }
  return Buffer.concat(parts);
}

/**
 * The D-channel's frames in a capture file; packets of other links are passed over.
 * @throws ERR_CAPTURE_FORMAT when it is no capture, is cut short in its head, or has no D-channel in it
 */
export function readCapture(file: Uint8Array): readonly CapturedFrame[] {
  if (file.length > mostOctets) throw invalid(`${file.length} octets`);
  const data = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const packets = isPcapng(data) ? readPcapng(data) : readPcap(data);
  const frames = packets.flatMap((packet) => frameOf(packet) ?? []);
  if (frames.length === 0 && packets.some(({ linkType }) => !isLapd(linkType)))
    throw invalid(`link types ${[...new Set(packets.map(({ linkType }) => linkType))].join(", ")}`);
  return frames;
}

function invalid(detail: string): CallboxError {
  return new CallboxError("ERR_CAPTURE_FORMAT", { detail });
}

const isLapd = (linkType: number): boolean => linkType === linuxLapd || linkType === plainLapd;

/** Magic numbers: microseconds and nanoseconds, each in both orders of octets. */
const micro = 0xa1b2c3d4;
const nano = 0xa1b23c4d;

function readPcap(data: Buffer): readonly Packet[] {
  if (data.length < 24) throw invalid("too short");
  const little = data.readUInt32LE(0) === micro || data.readUInt32LE(0) === nano;
  const u32 = (at: number): number => (little ? data.readUInt32LE(at) : data.readUInt32BE(at));
  const magic = u32(0);
  if (magic !== micro && magic !== nano) throw invalid("neither pcap nor pcapng");
  // The upper bits may say how long the FCS is.
  const linkType = u32(20) & 0xffff;
  const perMicro = magic === nano ? 1000 : 1;
  const packets: Packet[] = [];
  for (let at = 24; at + 16 <= data.length;) {
    const length = u32(at + 8);
    const start = at + 16;
    // The last one of a capture that was broken off is cut short.
    if (start + length > data.length) break;
    const micros = u32(at) * 1e6 + Math.floor(u32(at + 4) / perMicro);
    packets.push({ micros, linkType, data: data.subarray(start, start + length) });
    at = start + length;
  }
  return packets;
}

function frameOf({ micros, linkType, data }: Packet): CapturedFrame | undefined {
  const at = micros / 1000;
  if (linkType === linuxLapd) {
    if (data.length <= pseudoLength || data.readUInt16BE(14) !== etherTypeLapd) return undefined;
    const sent = data.readUInt16BE(0) === outgoing;
    const ours = data.readUInt8(6) === 0 ? "user" : "network";
    return { at, sent, from: sent ? ours : otherSide(ours), octets: data.subarray(pseudoLength) };
  }
  if (linkType !== plainLapd) return undefined;
  const from = senderOf(data);
  return from === undefined ? undefined : { at, sent: from === "user", from, octets: data };
}

/**
 * Q.921 Table 3: commands of the network and responses of the user have C/R = 1. Whether a supervisory frame is a
 * command it does not say; it carries no message either, and is left out.
 */
function senderOf(octets: Uint8Array): Side | undefined {
  const [address = 0, , control = 0] = octets;
  if (octets.length < 3 || (control & 0x03) === 0x01) return undefined;
  // UA, DM and FRMR, without the P/F bit.
  const response = [0x63, 0x0f, 0x87].includes(control & 0xef);
  return ((address & 0x02) !== 0) !== response ? "network" : "user";
}
