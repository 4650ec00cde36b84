import type { Box } from '../../../document/geometry.js';
import { transformBox } from '../matrix.js';
import type { PdfiumPage } from './document.js';
import type { Pdfium } from './library.js';
import { hasMark, ObjectType, type PageObject } from './objects.js';
import { BITMAP_GRAY } from './render.js';

/** Longer side of the two drawings that are compared, in pixels: letters are still some pixels high. */
const DRAWING_SIZE = 1000;
const FLAG_GRAYSCALE = 0x08;
const WHITE = 0xffffffff;

/**
 * Pointers of objects in optional content (layers) that is switched off. PDFium tells which objects
 * belong to layers, but not their state, so the page is drawn with and without them: what changes
 * nothing where it stands cannot be seen.
 */
export function hiddenLayerObjects(page: PdfiumPage, objects: readonly PageObject[]): ReadonlySet<number> {
  const { lib } = page.document;
  const layered = objects.filter((object) => object.type !== ObjectType.form && inLayer(lib, object));
  if (layered.length === 0) return new Set();
  const { left, bottom, right, top } = page.frame;
  const scale = DRAWING_SIZE / Math.max(right - left, top - bottom, 1);
  const width = Math.max(1, Math.ceil((right - left) * scale));
  const height = Math.max(1, Math.ceil((top - bottom) * scale));
  const draw = () => drawUnturned(page, width, height, scale);
  const before = draw();
  for (const { pointer } of layered) lib.api.FPDFPageObj_SetIsActive(pointer, 0);
  const after = draw();
  for (const { pointer } of layered) lib.api.FPDFPageObj_SetIsActive(pointer, 1);
  const hidden = new Set<number>();
  for (const { pointer, container } of layered) {
    const s = lib.scratch;
    if (!lib.api.FPDFPageObj_GetBounds(pointer, s, s + 4, s + 8, s + 12)) continue;
    const [x0, y0, x1, y1] = [lib.float(s), lib.float(s + 4), lib.float(s + 8), lib.float(s + 12)];
    const box = transformBox(container, x0, y0, x1, y1);
    const same = equalInside(before, after, width, {
      x0: Math.max(0, Math.floor((box.x0 - left) * scale)),
      y0: Math.max(0, Math.floor((top - box.y1) * scale)),
      x1: Math.min(width, Math.ceil((box.x1 - left) * scale) + 1),
      y1: Math.min(height, Math.ceil((top - box.y0) * scale) + 1),
    });
    if (same) hidden.add(pointer);
  }
  return hidden;
}

function inLayer(lib: Pdfium, object: PageObject): boolean {
  for (let at: PageObject | undefined = object; at; at = at.parent) {
    if (hasMark(lib, at.pointer, 'OC')) return true;
  }
  return false;
}

/** The page as it lies in user space, its own rotation undone. */
function drawUnturned(
  { document: { lib }, pointer, frame }: PdfiumPage,
  width: number,
  height: number,
  scale: number,
) {
  const { api } = lib;
  const bitmap = api.FPDFBitmap_CreateEx(width, height, BITMAP_GRAY, 0, 0);
  api.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
  const turns = (4 - frame.rotation / 90) % 4;
  const drawn = [
    Math.round((frame.right - frame.left) * scale),
    Math.round((frame.top - frame.bottom) * scale),
  ];
  api.FPDF_RenderPageBitmap(bitmap, pointer, 0, 0, drawn[0], drawn[1], turns, FLAG_GRAYSCALE);
  const stride = api.FPDFBitmap_GetStride(bitmap);
  const start = api.FPDFBitmap_GetBuffer(bitmap);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    pixels.set(lib.bytes.subarray(start + y * stride, start + y * stride + width), y * width);
  }
  api.FPDFBitmap_Destroy(bitmap);
  return pixels;
}

function equalInside(a: Uint8Array, b: Uint8Array, width: number, box: Box): boolean {
  for (let y = box.y0; y < box.y1; y++) {
    for (let x = box.x0; x < box.x1; x++) {
      if (a[y * width + x] !== b[y * width + x]) return false;
    }
  }
  return true;
}
