import type { Pdfium } from './library.js';
import { ObjectType, type PageObject } from './objects.js';

/**
 * PDFium leaves out text that it takes for a second printing of the same. What was painted last is
 * what is seen, so the first printing stands for the last. Gives the left-out text object for each
 * that was read and has the same bounds.
 */
export function lastPrintings(
  textPage: number,
  lib: Pdfium,
  objects: ReadonlyMap<number, PageObject>,
): ReadonlyMap<number, PageObject> {
  const { api } = lib;
  const read = new Set<number>();
  const count = api.FPDFText_CountChars(textPage);
  for (let i = 0; i < count; i++) read.add(api.FPDFText_GetTextObject(textPage, i));
  const leftOut = new Map<string, PageObject>();
  for (const object of objects.values()) {
    if (object.type !== ObjectType.text || read.has(object.pointer)) continue;
    const key = boundsKey(lib, object.pointer);
    if (key) leftOut.set(key, object);
  }
  const last = new Map<number, PageObject>();
  if (leftOut.size === 0) return last;
  for (const pointer of read) {
    const twin = pointer === 0 ? undefined : leftOut.get(boundsKey(lib, pointer) ?? '');
    if (twin && twin.parent === objects.get(pointer)?.parent) last.set(pointer, twin);
  }
  return last;
}

/** Bounds to half a point; undefined for text without ink. */
function boundsKey(lib: Pdfium, object: number): string | undefined {
  const { api, scratch: s } = lib;
  if (!api.FPDFPageObj_GetBounds(object, s, s + 4, s + 8, s + 12)) return undefined;
  const [left, bottom, right, top] = [0, 4, 8, 12].map((offset) => Math.round(lib.float(s + offset) * 2));
  return right > left && top > bottom ? `${left},${bottom},${right},${top}` : undefined;
}
