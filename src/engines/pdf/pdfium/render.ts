import type { Raster } from '../../../document/raster.js';
import { uprightSize } from '../matrix.js';
import { pageTooLarge } from '../pdf-errors.js';
import type { RenderOptions } from '../port.js';
import type { PdfiumPage } from './document.js';
import type { Pdfium } from './library.js';
import { listObjects, ObjectType } from './objects.js';

/** FPDFBitmap formats and FPDF_RenderPageBitmap flags. */
export const BITMAP_GRAY = 1;
const BITMAP_BGR = 2;
const FLAG_GRAYSCALE = 0x08;
const WHITE = 0xffffffff;
const POINTS_PER_INCH = 72;

/** Draws the page, or a region of it, on white. `maxPixels` bounds the bitmap. */
export function renderPage(page: PdfiumPage, options: RenderOptions, maxPixels: number): Raster {
  const { document, pointer, frame, number } = page;
  const { lib } = document;
  const { api } = lib;
  const size = uprightSize(frame);
  const scale = options.dpi / POINTS_PER_INCH;
  const region = options.region ?? { x0: 0, y0: 0, x1: size.width, y1: size.height };
  const width = Math.max(1, Math.round((region.x1 - region.x0) * scale));
  const height = Math.max(1, Math.round((region.y1 - region.y0) * scale));
  if (!(width * height <= maxPixels)) throw pageTooLarge(number, width, height, maxPixels);
  const gray = options.color === 'gray';
  const bitmap = api.FPDFBitmap_CreateEx(width, height, gray ? BITMAP_GRAY : BITMAP_BGR, 0, 0);
  if (bitmap === 0) throw pageTooLarge(number, width, height, maxPixels);
  try {
    api.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    if (options.withoutText) hideText(lib, pointer);
    const flags = gray ? FLAG_GRAYSCALE : 0;
    const left = -Math.round(region.x0 * scale);
    const top = -Math.round(region.y0 * scale);
    const fullWidth = Math.max(1, Math.round(size.width * scale));
    const fullHeight = Math.max(1, Math.round(size.height * scale));
    api.FPDF_RenderPageBitmap(bitmap, pointer, left, top, fullWidth, fullHeight, 0, flags);
    return bitmapToRaster(lib, bitmap, gray ? 1 : 3, options.dpi);
  } finally {
    api.FPDFBitmap_Destroy(bitmap);
  }
}

/** Switches the page's text off; the page is loaded anew for each call, so nothing needs undoing. */
function hideText(lib: Pdfium, page: number): void {
  for (const { pointer, type } of listObjects(lib, page)) {
    if (type === ObjectType.text) lib.api.FPDFPageObj_SetIsActive(pointer, 0);
  }
}

/** Copies a bitmap out of PDFium's memory; BGR order and row padding are resolved. */
export function bitmapToRaster(lib: Pdfium, bitmap: number, channels: 1 | 3, dpi: number): Raster {
  const { api } = lib;
  const width = api.FPDFBitmap_GetWidth(bitmap);
  const height = api.FPDFBitmap_GetHeight(bitmap);
  const stride = api.FPDFBitmap_GetStride(bitmap);
  const format = api.FPDFBitmap_GetFormat(bitmap);
  const start = api.FPDFBitmap_GetBuffer(bitmap);
  const source = lib.bytes.subarray(start, start + stride * height);
  const data = new Uint8Array(width * height * channels);
  const step = { [BITMAP_GRAY]: 1, [BITMAP_BGR]: 3 }[format] ?? 4;
  if (step === channels && step === 1) {
    for (let y = 0; y < height; y++) data.set(source.subarray(y * stride, y * stride + width), y * width);
    return { data, width, height, channels, dpi };
  }
  let to = 0;
  for (let y = 0; y < height; y++) {
    let from = y * stride;
    for (let x = 0; x < width; x++, from += step) {
      const blue = source[from];
      const green = step === 1 ? blue : source[from + 1];
      const red = step === 1 ? blue : source[from + 2];
      if (channels === 3) {
        data[to++] = red;
        data[to++] = green;
        data[to++] = blue;
      } else {
        data[to++] = (red * 77 + green * 150 + blue * 29) >> 8;
      }
    }
  }
  return { data, width, height, channels, dpi };
}
