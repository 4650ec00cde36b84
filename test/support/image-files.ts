import { createHash } from 'node:crypto';
import type { DocumentFile } from '#legible/pipeline/api.js';

/** Bytes as intake hands them on: shared memory, identified by their hash. */
export function documentFile(
  bytes: Uint8Array,
  mediaType: DocumentFile['mediaType'],
  name = 'test',
): DocumentFile {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.byteLength));
  shared.set(bytes);
  return { sha256: createHash('sha256').update(bytes).digest('hex'), name, mediaType, bytes: shared };
}

export interface BmpSpec {
  readonly bits: 1 | 4 | 8 | 16 | 24 | 32;
  readonly topDown?: boolean;
  /** Run-length coding, for 4 and 8 bits. */
  readonly rle?: boolean;
  /** The 12-byte header of OS/2 and Windows 2. */
  readonly core?: boolean;
  /** Palette from white to black instead of black to white. */
  readonly inverted?: boolean;
}

/** Writes a BMP of black and white pixels. `dark` tells whether a pixel is black. */
export function writeBmp(
  width: number,
  height: number,
  dark: (x: number, y: number) => boolean,
  { bits, topDown = false, rle = false, core = false, inverted = false }: BmpSpec,
): Uint8Array {
  const colors = bits <= 8 ? 1 << bits : 0;
  const entry = core ? 3 : 4;
  const headerSize = core ? 12 : 40;
  const offset = 14 + headerSize + colors * entry;
  const white = (x: number, y: number): number => (dark(x, y) !== inverted ? 0 : colors - 1);
  const pixels = rle ? runs(width, height, white, bits) : rows();

  function rows(): Uint8Array {
    const rowBytes = Math.floor((width * bits + 31) / 32) * 4;
    const data = Buffer.alloc(rowBytes * height);
    for (let y = 0; y < height; y++) {
      const row = (topDown ? y : height - 1 - y) * rowBytes;
      for (let x = 0; x < width; x++) {
        const index = white(x, y);
        if (bits === 1) data[row + (x >> 3)] |= index << (7 - (x & 7));
        else if (bits === 4) data[row + (x >> 1)] |= index << (x & 1 ? 0 : 4);
        else if (bits === 8) data[row + x] = index;
        else if (bits === 16) data.writeUInt16LE(dark(x, y) ? 0 : 0x7fff, row + 2 * x);
        else data.fill(dark(x, y) ? 0 : 255, row + (bits / 8) * x, row + (bits / 8) * x + 3);
      }
    }
    return data;
  }

  const head = Buffer.alloc(offset);
  head.write('BM');
  head.writeUInt32LE(offset + pixels.length, 2);
  head.writeUInt32LE(offset, 10);
  head.writeUInt32LE(headerSize, 14);
  if (core) {
    head.writeUInt16LE(width, 18);
    head.writeUInt16LE(height, 20);
    head.writeUInt16LE(1, 22);
    head.writeUInt16LE(bits, 24);
  } else {
    head.writeInt32LE(width, 18);
    head.writeInt32LE(topDown ? -height : height, 22);
    head.writeUInt16LE(1, 26);
    head.writeUInt16LE(bits, 28);
    head.writeUInt32LE(rle ? (bits === 8 ? 1 : 2) : 0, 30);
    head.writeInt32LE(7874, 38);
    head.writeInt32LE(7874, 42);
  }
  for (let i = 0; i < colors; i++) {
    const level = Math.round((255 * i) / (colors - 1));
    head.fill(inverted ? 255 - level : level, 14 + headerSize + i * entry, 14 + headerSize + i * entry + 3);
  }
  return Buffer.concat([head, pixels]);
}

/** Runs of equal pixels, an end-of-line mark after every row, an end-of-bitmap mark. */
function runs(
  width: number,
  height: number,
  index: (x: number, y: number) => number,
  bits: number,
): Uint8Array {
  const out: number[] = [];
  for (let y = height - 1; y >= 0; y--) {
    for (let x = 0; x < width; ) {
      let length = 1;
      while (x + length < width && length < 255 && index(x + length, y) === index(x, y)) length++;
      out.push(length, bits === 8 ? index(x, y) : index(x, y) * 17);
      x += length;
    }
    out.push(0, 0);
  }
  return Uint8Array.from([...out, 0, 1]);
}
