// Packets of a pcapng file (draft-ietf-opsawg-pcapng): sections of either order of octets, with any number of interfaces.
/** A packet of a capture file before anything is known of it. */
export interface Packet {
  /** Microseconds since 1970 UTC. */
  readonly micros: number;
  readonly linkType: number;
  readonly data: Buffer;
}

const sectionHeader = 0x0a0d0d0a;
const orderMagic = 0x1a2b3c4d;
const interfaceDescription = 1;
const simplePacket = 3;
const enhancedPacket = 6;
/** Option if_tsresol: the unit of timestamps, 10^-n or, with the high bit, 2^-n seconds; 10^-6 when there is none. */
const timestampResolution = 9;

interface Interface {
  readonly linkType: number;
  /** Units of a timestamp in a microsecond. */
  readonly perMicro: number;
}

export function isPcapng(data: Buffer): boolean {
  return data.length >= 12 && data.readUInt32BE(0) === sectionHeader;
}

/** What can be read up to the first block that is cut short or impossible. Never throws. */
export function readPcapng(data: Buffer): readonly Packet[] {
  const packets: Packet[] = [];
  let interfaces: Interface[] = [];
  let little = false;
  const u32 = (from: Buffer, at: number): number => (little ? from.readUInt32LE(at) : from.readUInt32BE(at));
  const u16 = (from: Buffer, at: number): number => (little ? from.readUInt16LE(at) : from.readUInt16BE(at));

  for (let at = 0; at + 12 <= data.length;) {
    if (data.readUInt32BE(at) === sectionHeader) {
      little = data.readUInt32LE(at + 8) === orderMagic;
      interfaces = [];
    }
    const type = u32(data, at);
    const length = u32(data, at + 4);
    if (length < 12 || length % 4 !== 0 || at + length > data.length) break;
    const body = data.subarray(at + 8, at + length - 4);
    if (type === interfaceDescription && body.length >= 8)
      interfaces.push({ linkType: u16(body, 0), perMicro: unitOf(body.subarray(8)) });
    if (type === enhancedPacket && body.length >= 20) {
      const own = interfaces[u32(body, 0)];
      const units = u32(body, 4) * 2 ** 32 + u32(body, 8);
      const captured = u32(body, 12);
      if (own !== undefined && 20 + captured <= body.length)
        packets.push({
          micros: Math.floor(units / own.perMicro),
          linkType: own.linkType,
          data: body.subarray(20, 20 + captured),
        });
    }
    const [first] = interfaces;
    if (type === simplePacket && body.length >= 4 && first !== undefined)
      packets.push({ micros: 0, linkType: first.linkType, data: body.subarray(4, 4 + u32(body, 0)) });
    at += length;
  }
  return packets;

  function unitOf(options: Buffer): number {
    for (let at = 0; at + 4 <= options.length;) {
      const code = u16(options, at);
      const size = u16(options, at + 2);
      if (code === 0) break;
      if (code === timestampResolution && size === 1 && at + 4 < options.length) {
        const value = options.readUInt8(at + 4);
        return (value & 0x80) === 0 ? 10 ** (value - 6) : 2 ** (value & 0x7f) / 1e6;
      }
      at += 4 + Math.ceil(size / 4) * 4;
    }
    return 1;
  }
}
