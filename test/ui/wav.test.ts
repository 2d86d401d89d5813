// G.711 by its tables, and files cut short anywhere.
import * as fc from "fast-check";
import t from "tap";
import { linearWav, peaksOf, readWav, scaledPeaks } from "../../src/ui/audio/wav.ts";
import { alawOf, sampleRecording } from "../browser/support/sample-wav.ts";

const bufferOf = (data: Uint8Array): ArrayBuffer => Uint8Array.from(data).buffer;

function wavOf(code: number, bits: number, channels: number, data: Uint8Array): ArrayBuffer {
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(code, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE((8000 * channels * bits) / 8, 28);
  head.writeUInt16LE((channels * bits) / 8, 32);
  head.writeUInt16LE(bits, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  return bufferOf(Buffer.concat([head, data]));
}

t.test("A-law decodes to G.711's values", (t) => {
  // G.711 table 1a: code 0xd5 is the smallest positive value, 0xaa the greatest.
  const { samples, format } = readWav(wavOf(6, 8, 1, Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a, 0xc5, 0xf5)));
  t.equal(format, "alaw");
  t.same([...(samples[0] ?? [])], [8, -8, 32_256, -32_256, 264, 528]);
  t.end();
});

t.test("µ-law decodes to G.711's values", (t) => {
  const { samples } = readWav(wavOf(7, 8, 1, Uint8Array.of(0xff, 0x7f, 0x80, 0x00, 0xf0)));
  t.same([...(samples[0] ?? [])], [0, 0, 32_124, -32_124, 120]);
  t.end();
});

t.test("what is coded comes back within A-law's steps", (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.integer({ min: -32_000, max: 32_000 }), (sample) => {
        const { samples } = readWav(wavOf(6, 8, 1, Uint8Array.of(alawOf(sample))));
        return Math.abs((samples[0]?.[0] ?? 0) - sample) <= Math.max(16, Math.abs(sample) / 16);
      }),
    ),
  );
  t.end();
});

t.test("channels are kept apart, also through a linear file", (t) => {
  const wav = readWav(wavOf(1, 16, 2, new Uint8Array(Int16Array.of(1, -2, 300, -400).buffer)));
  t.same(
    wav.samples.map((one) => [...one]),
    [
      [1, 300],
      [-2, -400],
    ],
  );
  const again = readWav(linearWav(wav));
  t.same(
    again.samples.map((one) => [...one]),
    [
      [1, 300],
      [-2, -400],
    ],
  );
  t.end();
});

t.test("a recording cut short is read as far as it goes; anything else is refused", (t) => {
  const file = bufferOf(sampleRecording(1));
  t.equal(readWav(file).samples[1]?.length, 8000);
  t.equal(readWav(file.slice(0, 58 + 1001)).samples[0]?.length, 500);
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.integer({ min: 0, max: 60 }), (noise, keep) => {
        const bytes = new Uint8Array([...new Uint8Array(file, 0, keep), ...noise]);
        try {
          readWav(bytes.buffer);
        } catch (error) {
          return error instanceof RangeError;
        }
        return true;
      }),
    ),
  );
  t.end();
});

t.test("both sides are drawn to one scale, and a silent line as silent", (t) => {
  const round = (sides: readonly Float32Array[]) =>
    sides.map((side) => [...side].map((one) => Number(one.toFixed(3))));
  t.same(round(scaledPeaks([Int16Array.of(8192, 0), Int16Array.of(-4096, 8)], 2)), [
    [1, 0],
    [0.5, 0.001],
  ]);
  t.same(round(scaledPeaks([Int16Array.of(8, 8), Int16Array.of(8, 8)], 2)), [
    [0.008, 0.008],
    [0.008, 0.008],
  ]);
  t.end();
});

t.test("peaks are the loudest of each part", (t) => {
  t.same([...peaksOf(Int16Array.of(0, 16_384, -32_768, 8192), 2)], [0.5, 1]);
  t.same([...peaksOf(new Int16Array(0), 2)], [0, 0]);
  t.end();
});
