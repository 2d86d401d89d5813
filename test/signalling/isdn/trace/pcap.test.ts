// Captures: what is written is read back, by us and as pcapng in every form; whatever else comes is refused or read
// as far as it goes.
import fc from "fast-check";
import t from "tap";
import { readCapture, writeCapture, type CapturedFrame } from "../../../../src/signalling/isdn/trace/pcap.ts";
import { basicSession } from "../sessions.ts";

const frames = basicSession("PRI", "fixed").map(({ from, frame }, i): CapturedFrame => ({
  at: 1_790_000_000_000 + 20 * i,
  sent: from === "network",
  from,
  octets: frame,
}));
const plain = (list: readonly CapturedFrame[]) =>
  list.map(({ octets, ...rest }) => ({ ...rest, octets: Buffer.from(octets).toString("hex") }));

t.test("what is written is read back", (t) => {
  t.strictSame(plain(readCapture(writeCapture(frames))), plain(frames));
  t.strictSame(readCapture(writeCapture([])), []);
  const whole = writeCapture(frames);
  t.equal(readCapture(whole.subarray(0, whole.length - 3)).length, frames.length - 1, "broken off");
  t.end();
});

/** A pcap of plain LAPD, in either order of octets, with micro- or nanoseconds. */
function plainPcap(little: boolean, nano: boolean): Buffer {
  const u32 = (value: number): Buffer => {
    const own = Buffer.alloc(4);
    if (little) own.writeUInt32LE(value);
    else own.writeUInt32BE(value);
    return own;
  };
  const version = little ? [2, 0, 4, 0] : [0, 2, 0, 4];
  return Buffer.concat([
    u32(nano ? 0xa1b23c4d : 0xa1b2c3d4),
    Buffer.from(version),
    u32(0),
    u32(0),
    u32(65_535),
    u32(203),
    ...frames.flatMap(({ at, octets }) => [
      u32(Math.floor(at / 1000)),
      u32((at % 1000) * (nano ? 1e6 : 1000)),
      u32(octets.length),
      u32(octets.length),
      octets,
    ]),
  ]);
}

t.test("plain LAPD says by C/R who sent a frame (Q.921 Table 3); supervisory frames do not", (t) => {
  const wanted = plain(frames)
    .filter(({ octets }) => (parseInt(octets.slice(4, 6), 16) & 3) !== 1)
    .map(({ at, from, octets }) => ({ at, sent: from === "user", from, octets }));
  for (const little of [true, false])
    for (const nano of [true, false]) t.strictSame(plain(readCapture(plainPcap(little, nano))), wanted);
  t.end();
});

function pcapng(resolution?: number): Buffer {
  const block = (type: number, body: Buffer): Buffer => {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    const head = Buffer.alloc(8);
    head.writeUInt32LE(type, 0);
    head.writeUInt32LE(12 + padded.length, 4);
    return Buffer.concat([head, padded, head.subarray(4)]);
  };
  const section = Buffer.alloc(16, 0xff);
  section.writeUInt32LE(0x1a2b3c4d, 0);
  const option =
    resolution === undefined ? [] : [Buffer.from([2, 0, 1, 0, 65, 0, 0, 0, 9, 0, 1, 0, resolution, 0, 0, 0])];
  const description = Buffer.concat([Buffer.from([177, 0, 0, 0, 0, 0, 0, 0]), ...option]);
  const perMs = resolution === undefined ? 1000n : resolution === 9 ? 1_000_000n : 1024n;
  const capture = Buffer.from(writeCapture(frames));
  const packets: Buffer[] = [];
  for (let at = 24; at < capture.length;) {
    const length = capture.readUInt32BE(at + 8);
    const data = capture.subarray(at + 16, at + 16 + length);
    const head = Buffer.alloc(20);
    const units = BigInt(frames[packets.length]?.at ?? 0) * perMs;
    head.writeUInt32LE(Number(units >> 32n), 4);
    head.writeUInt32LE(Number(units & 0xffffffffn), 8);
    head.writeUInt32LE(length, 12);
    head.writeUInt32LE(length, 16);
    packets.push(block(6, Buffer.concat([head, data])));
    at += 16 + length;
  }
  return Buffer.concat([
    block(0x0a0d0d0a, section),
    block(1, description),
    block(99, Buffer.from("?")),
    ...packets,
  ]);
}

t.test("pcapng, with its units of time", (t) => {
  t.strictSame(plain(readCapture(pcapng())), plain(frames));
  t.strictSame(
    plain(readCapture(pcapng(9))).map(({ octets }) => octets),
    plain(frames).map(({ octets }) => octets),
  );
  const nano = readCapture(pcapng(9)).map(({ at }, i) => Math.abs(at - (frames[i]?.at ?? 0)));
  t.ok(Math.max(...nano) < 0.01, "nanoseconds");
  const binary = readCapture(pcapng(0x80 | 20))
    .map(({ at }, i) => at / ((frames[i]?.at ?? 0) * 1024))
    .map((x) => (x * 2 ** 20) / 1000);
  t.ok(
    binary.every((x) => Math.abs(x - 1) < 1e-6),
    "2^-20 s",
  );
  t.end();
});

t.test("what is no capture is refused by a code", (t) => {
  const other = Buffer.from(writeCapture(frames));
  other.writeUInt32BE(1, 20);
  for (const file of [Buffer.alloc(0), Buffer.from("not a capture, but long enough for its head"), other])
    t.throws(() => readCapture(file), { code: "ERR_CAPTURE_FORMAT" });
  t.end();
});

t.test("no octets make it throw anything else, or read for ever", (t) => {
  const bases = [
    Buffer.from(writeCapture(frames.slice(0, 20))),
    pcapng(9).subarray(0, 2000),
    plainPcap(true, false),
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...bases),
      fc.array(fc.tuple(fc.nat(2000), fc.nat(255)), { maxLength: 12 }),
      fc.nat(2000),
      (base, changes, length) => {
        const file = Buffer.from(base.subarray(0, length));
        for (const [at, octet] of changes) if (at < file.length) file[at] = octet;
        try {
          for (const { at, octets } of readCapture(file))
            if (octets.length > 70_000 || Number.isNaN(at)) return false;
        } catch (error) {
          return error instanceof Error && "code" in error && error.code === "ERR_CAPTURE_FORMAT";
        }
        return true;
      },
    ),
    { numRuns: 2000 },
  );
  t.end();
});
