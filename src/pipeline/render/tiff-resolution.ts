const TAG = { xResolution: 282, yResolution: 283 };
const RATIONAL = 5;
const ENTRY_BYTES = 12;
/** Faxes are twice as fine across as down; more is a lie or no page. */
const MAX_RATIO = 4;
/** Less is a rounding. */
const SAME = 0.05;

/**
 * Pixels an inch across and down of a page (0-based) of a TIFF, where they differ, as on faxes of 204 × 98; null
 * where they are the same, not stated, or not plausible. TIFF 6.0; BigTIFF is not looked into.
 */
export function unequalResolution(bytes: Uint8Array, page: number): { x: number; y: number } | null {
  try {
    const { x, y } = resolution(bytes, page);
    const ratio = Math.max(x / y, y / x);
    return ratio > 1 + SAME && ratio <= MAX_RATIO ? { x, y } : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function resolution(bytes: Uint8Array, page: number): { x: number; y: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const u16 = (at: number) => view.getUint16(at, little);
  const u32 = (at: number) => view.getUint32(at, little);
  let directory = u32(4);
  for (let i = 0; i < page; i++) directory = u32(directory + 2 + u16(directory) * ENTRY_BYTES);
  const rational = (tag: number): number => {
    for (let i = 0; i < u16(directory); i++) {
      const entry = directory + 2 + i * ENTRY_BYTES;
      if (u16(entry) !== tag || u16(entry + 2) !== RATIONAL) continue;
      const at = u32(entry + 8);
      return u32(at) / u32(at + 4);
    }
    return Number.NaN;
  };
  return { x: rational(TAG.xResolution), y: rational(TAG.yResolution) };
}
