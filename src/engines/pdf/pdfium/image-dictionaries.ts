/** What PDFium does not tell of embedded images, by their size in pixels as `widthxheight`. */
export interface ImageDictionaries {
  /** Sizes of images with a soft mask, a stencil or a colour key that makes parts transparent. */
  readonly masked: ReadonlySet<string>;
  /** Sizes of images whose values are remapped, mostly inverted, by a Decode array. */
  readonly remapped: ReadonlySet<string>;
  /** Bits a component by size; undefined where images of one size differ or do not say. */
  readonly depths: ReadonlyMap<string, number | undefined>;
}

/** A stream's dictionary is not longer than this. */
const REACH = 4096;
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/**
 * Finds image dictionaries with a mask or Decode array in a PDF file's bytes. They belong to streams,
 * which always stand uncompressed and unencrypted in the file, whatever hides the rest. Two images of
 * equal size share the answer, which at worst costs a needless rendering.
 */
export function scanImageDictionaries(bytes: Uint8Array): ImageDictionaries {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const masked = sizesWith(file, ['/SMask', '/Mask'], /\/S?Mask\s*(?:\d+\s+\d+\s+R|\[)/);
  const remapped = sizesWith(file, ['/Decode'], /\/Decode\s*\[/);
  return { masked, remapped, depths: depthsBySize(file) };
}

function depthsBySize(file: Buffer): Map<string, number | undefined> {
  const depths = new Map<string, number | undefined>();
  for (const dictionary of dictionariesWith(file, '/BitsPerComponent')) {
    const size = sizeIn(dictionary);
    const depth = /\/BitsPerComponent\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary)?.[1];
    if (!size) continue;
    const known = depths.get(size);
    const agrees = depth !== undefined && (!depths.has(size) || known === Number(depth));
    depths.set(size, agrees ? Number(depth) : undefined);
  }
  return depths;
}

function sizesWith(file: Buffer, keys: readonly string[], entry: RegExp): Set<string> {
  const sizes = new Set<string>();
  for (const key of keys) {
    for (const dictionary of dictionariesWith(file, key)) {
      const size = sizeIn(dictionary);
      if (size && entry.test(dictionary)) sizes.add(size);
    }
  }
  return sizes;
}

function sizeIn(dictionary: string): string | undefined {
  const width = /\/Width\s+(\d+)/.exec(dictionary)?.[1];
  const height = /\/Height\s+(\d+)/.exec(dictionary)?.[1];
  return width && height ? `${width}x${height}` : undefined;
}

/** The text of each stream's dictionary that has the key. */
function* dictionariesWith(file: Buffer, key: string): Generator<string> {
  let next = file.indexOf(key);
  while (next >= 0) {
    const start = Math.max(file.lastIndexOf('obj', next), next - REACH, 0);
    const stream = file.indexOf('stream', next);
    const end = stream < 0 ? next + REACH : Math.min(stream, next + REACH);
    yield latin1(file.subarray(start, end));
    next = file.indexOf(key, Math.max(end, next + key.length));
  }
}
