import { LegibleError } from '../../../errors.js';
import { concat, IDENTITY, uprightMatrix } from '../matrix.js';
import type { ExtractedImage } from '../port.js';
import type { PdfiumPage } from './document.js';
import { imageFilter, imageMetadata, imageObjects } from './images.js';
import { listObjects } from './objects.js';
import { BITMAP_GRAY, bitmapToRaster, pageTooLarge } from './render.js';

const COLORSPACE_GRAY = 1;
const COLORSPACE_RGB = 2;
const COLORSPACE_ICC = 7;

/** The embedded image itself: JPEG bytes where they can stand for it, else decoded pixels. */
export function extractPdfImage(page: PdfiumPage, index: number, maxPixels: number): ExtractedImage {
  const { document, pointer, frame, number } = page;
  const { lib } = document;
  const { api, scratch: s } = lib;
  const object = imageObjects(listObjects(lib, pointer))[index];
  if (!object) throw noSuchImage(number, index);
  if (!api.FPDFImageObj_GetImagePixelSize(object.pointer, s, s + 4)) throw noSuchImage(number, index);
  const width = lib.uint(s);
  const height = lib.uint(s + 4);
  if (width * height > maxPixels) throw pageTooLarge(number, width, height, maxPixels);
  const own = api.FPDFPageObj_GetMatrix(object.pointer, s) ? lib.matrix(s) : IDENTITY;
  const m = concat(concat(own, object.container), uprightMatrix(frame));
  const placed = Math.hypot(m[0], m[1]);
  const dpi = placed > 0 ? (width * 72) / placed : 72;
  const metadata = imageMetadata(lib, object.pointer, pointer);
  const color = metadata?.colorspace ?? 0;
  const gray =
    color === COLORSPACE_GRAY ||
    metadata?.bitsPerPixel === 1 ||
    (color === COLORSPACE_ICC && metadata?.bitsPerPixel === 8);
  const plain =
    gray || color === COLORSPACE_RGB || (color === COLORSPACE_ICC && metadata?.bitsPerPixel === 24);
  if (
    plain &&
    imageFilter(lib, object.pointer) === 'DCTDecode' &&
    api.FPDFImageObj_GetImageFilterCount(object.pointer) === 1
  ) {
    const bytes = rawBytes(page, object.pointer);
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return { kind: 'encoded', format: 'jpeg', bytes };
  }
  const bitmap = api.FPDFImageObj_GetBitmap(object.pointer);
  if (bitmap === 0) {
    throw new LegibleError(
      'engine_failed',
      `Image ${index} of page ${number} cannot be decoded.`,
      'Render the page instead.',
    );
  }
  try {
    const channels = gray || api.FPDFBitmap_GetFormat(bitmap) === BITMAP_GRAY ? 1 : 3;
    return { kind: 'raster', raster: bitmapToRaster(lib, bitmap, channels, dpi) };
  } finally {
    api.FPDFBitmap_Destroy(bitmap);
  }
}

function rawBytes({ document: { lib } }: PdfiumPage, image: number): Uint8Array {
  const length = lib.api.FPDFImageObj_GetImageDataRaw(image, 0, 0);
  return lib.withMemory(length, (buffer) => {
    lib.api.FPDFImageObj_GetImageDataRaw(image, buffer, length);
    return lib.bytes.slice(buffer, buffer + length);
  });
}

const noSuchImage = (page: number, index: number): LegibleError =>
  new LegibleError(
    'invalid_argument',
    `Page ${page} has no image ${index}.`,
    'Take the index from the images of the page.',
  );
