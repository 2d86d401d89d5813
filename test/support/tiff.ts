// Bilevel TIFF files for fax tests: written uncompressed, read back by libtiff's own tool.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";

/** Pixels of a fax page: standard width, normal or fine resolution. */
export interface Page {
  readonly width: number;
  /** Rows of packed bits, 1 is black. */
  readonly rows: readonly Uint8Array[];
}

const entries = 12;

/** @param dpi vertical: 98 normal, 196 fine (T.4) */
export function writeTiff(path: string, pages: readonly Page[], dpi: 98 | 196 = 98): void {
  const parts: Buffer[] = [Buffer.from("II*\0\0\0\0\0", "latin1")];
  let at = 8;
  let link = { buffer: parts[0] ?? Buffer.alloc(0), at: 4 };
  for (const { width, rows } of pages) {
    const image = Buffer.concat(rows);
    const padded = Buffer.concat([image, Buffer.alloc(image.length % 2)]);
    const resolution = Buffer.alloc(16);
    for (const [i, value] of [204, 1, dpi, 1].entries()) resolution.writeUInt32LE(value, 4 * i);
    const imageAt = at;
    const resolutionAt = imageAt + padded.length;
    const directoryAt = resolutionAt + resolution.length;
    const directory = Buffer.alloc(2 + 12 * entries + 4);
    directory.writeUInt16LE(entries, 0);
    const table: readonly (readonly [tag: number, type: 3 | 4 | 5, value: number])[] = [
      [254, 4, 2], // one page of many
      [256, 4, width],
      [257, 4, rows.length],
      [258, 3, 1],
      [259, 3, 1], // no compression
      [262, 3, 0], // 0 is white
      [273, 4, imageAt],
      [277, 3, 1],
      [278, 4, rows.length],
      [279, 4, image.length],
      [282, 5, resolutionAt],
      [283, 5, resolutionAt + 8],
    ];
    for (const [i, [tag, type, value]] of table.entries()) {
      const entry = 2 + 12 * i;
      directory.writeUInt16LE(tag, entry);
      directory.writeUInt16LE(type, entry + 2);
      directory.writeUInt32LE(1, entry + 4);
      if (type === 3) directory.writeUInt16LE(value, entry + 8);
      else directory.writeUInt32LE(value, entry + 8);
    }
    link.buffer.writeUInt32LE(directoryAt, link.at);
    link = { buffer: directory, at: directory.length - 4 };
    parts.push(padded, resolution, directory);
    at = directoryAt + directory.length;
  }
  writeFileSync(path, Buffer.concat(parts));
}

/** Reads a fax's TIFF, whatever its compression, in one strip a page. */
export function readTiff(path: string): readonly Page[] {
  const plain = `${path}.plain`;
  execFileSync("tiffcp", ["-c", "none", "-r", "100000", path, plain], { stdio: "pipe" });
  const bytes = readFileSync(plain);
  rmSync(plain);
  const pages: Page[] = [];
  for (let at = bytes.readUInt32LE(4); at > 0;) {
    const count = bytes.readUInt16LE(at);
    const values = new Map<number, number>();
    for (let i = 0; i < count; i++) {
      const entry = at + 2 + 12 * i;
      const short = bytes.readUInt16LE(entry + 2) === 3;
      values.set(
        bytes.readUInt16LE(entry),
        short ? bytes.readUInt16LE(entry + 8) : bytes.readUInt32LE(entry + 8),
      );
    }
    const [width = 0, height = 0, whiteIs = 0, strip = 0] = [256, 257, 262, 273].map((tag) =>
      values.get(tag),
    );
    const stride = Math.ceil(width / 8);
    const rows = Array.from({ length: height }, (_, y) => {
      const row = Uint8Array.from(bytes.subarray(strip + y * stride, strip + (y + 1) * stride));
      const inOrder = values.get(266) === 2 ? row.map(mirrored) : row;
      return whiteIs === 0 ? inOrder : inOrder.map((byte) => byte ^ 0xff);
    });
    pages.push({ width, rows });
    at = bytes.readUInt32LE(at + 2 + 12 * count);
  }
  return pages;
}

/** Fax machines send the lowest bit first, and their files may keep it so (FillOrder 2). */
function mirrored(byte: number): number {
  let turned = 0;
  for (let bit = 0; bit < 8; bit++) turned |= ((byte >> bit) & 1) << (7 - bit);
  return turned;
}

/** A page that looks like lines of text: blocks of black, no two pages alike. */
export function textPage(seed: number, height = 200): Page {
  const width = 1728;
  let state = seed * 7919 + 1;
  const random = (): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff;
  const rows: Uint8Array[] = [];
  while (rows.length < height) {
    const line = Uint8Array.from({ length: width / 8 }, (_, x) =>
      x > 12 && x < 200 && random() < 0.3 ? Math.floor(random() * 256) : 0,
    );
    const blank = new Uint8Array(width / 8);
    for (let y = 0; y < 12 && rows.length < height; y++) rows.push(y < 7 ? line : blank);
  }
  return { width, rows };
}
