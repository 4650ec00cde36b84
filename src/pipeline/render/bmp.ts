import { createRequire } from 'node:module';
import type { Raster } from '../../document/raster.js';
import { LegibleError } from '../../errors.js';

/** Offsets of the fields of a BITMAPINFOHEADER, which follows the file header of 14 bytes. */
const FIELD = { fileSize: 2, headerSize: 14, width: 18, height: 22, compression: 30, xPixelsPerMeter: 38 };
const CORE_HEADER_SIZE = 12;
const RUN_LENGTH_CODED: readonly number[] = [1, 2];
const INCHES_PER_METER = 39.3701;
/** libnsbmp counts four bytes a colour of old palettes, which have three: room for 256 of them. */
const PADDING = 1024;

interface BmpHeader {
  readonly width: number;
  /** Negative for rows stored top to bottom. */
  readonly height: number;
  readonly runLengthCoded: boolean;
  /** Undefined where the file states none. */
  readonly dpi: number | undefined;
}

/** Errors: `damaged_file`. */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < 26) throw damagedBmp();
  if (view.getUint32(FIELD.headerSize, true) === CORE_HEADER_SIZE) {
    const width = view.getUint16(FIELD.width, true);
    return { width, height: view.getInt16(FIELD.width + 2, true), runLengthCoded: false, dpi: undefined };
  }
  if (bytes.byteLength < 54) throw damagedBmp();
  const pixelsPerMeter = view.getInt32(FIELD.xPixelsPerMeter, true);
  return {
    width: view.getInt32(FIELD.width, true),
    height: view.getInt32(FIELD.height, true),
    runLengthCoded: RUN_LENGTH_CODED.includes(view.getUint32(FIELD.compression, true)),
    dpi: pixelsPerMeter > 0 ? Math.round(pixelsPerMeter / INCHES_PER_METER) : undefined,
  };
}

/**
 * Decodes a BMP of any depth, palettes, run-length coding and bit fields included, with libnsbmp
 * (NetSurf's decoder as WebAssembly; sharp reads no BMP). Gives RGB.
 */
export function decodeBmp(bytes: Uint8Array, dpi: number): Raster {
  const header = readBmpHeader(bytes);
  const { decode } = createRequire(import.meta.url)('@cwasm/nsbmp') as typeof import('@cwasm/nsbmp');
  const padded = new Uint8Array(bytes.byteLength + PADDING);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  view.setUint32(FIELD.fileSize, padded.byteLength, true);
  // libnsbmp refuses the end-of-line mark that most encoders write after the last row as well: with
  // one row more it is in place, and that row, the top one, is dropped again.
  const extraRows = header.runLengthCoded && header.height > 0 ? 1 : 0;
  if (extraRows) view.setInt32(FIELD.height, header.height + extraRows, true);
  let decoded: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray };
  try {
    decoded = decode(padded);
  } catch (error) {
    throw damagedBmp(error);
  }
  const { width, height, data: rgba } = decoded;
  const pixels = width * (height - extraRows);
  const data = new Uint8Array(pixels * 3);
  for (let from = width * extraRows * 4, to = 0; to < data.length; from += 4, to += 3) {
    data[to] = rgba[from];
    data[to + 1] = rgba[from + 1];
    data[to + 2] = rgba[from + 2];
  }
  return { data, width, height: height - extraRows, channels: 3, dpi };
}

const damagedBmp = (cause?: unknown): LegibleError =>
  new LegibleError(
    'damaged_file',
    'The BMP image cannot be decoded: it is damaged or of an unusual kind.',
    'Save it as PNG and submit that.',
    { cause },
  );
