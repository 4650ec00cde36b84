import { crc32 } from 'node:zlib';

const SIGNATURE_LENGTH = 8;
/** Length, type and checksum around a chunk's data. */
const CHUNK_FRAME = 12;

/** Does every chunk have its checksum, up to the end chunk (PNG specification, section 5)? */
export function isWholePng(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = SIGNATURE_LENGTH;
  while (at + CHUNK_FRAME <= view.length) {
    const length = view.readUInt32BE(at);
    const end = at + CHUNK_FRAME + length;
    if (end > view.length) return false;
    if (crc32(view.subarray(at + 4, end - 4)) !== view.readUInt32BE(end - 4)) return false;
    if (view.toString('latin1', at + 4, at + 8) === 'IEND') return true;
    at = end;
  }
  return false;
}
