import { uprightMatrix } from '../matrix.js';
import { noSuchImage, pageTooLarge, undecodableImage } from '../pdf-errors.js';
import { placedDpi } from '../placed-images.js';
import type { ExtractedImage } from '../port.js';
import type { PdfiumPage } from './document.js';
import { imageFilter, imageMatrix, imageMetadata, imageObjects, pixelSize } from './image-objects.js';
import { listObjects } from './objects.js';
import { BITMAP_GRAY, bitmapToRaster } from './render.js';

const COLORSPACE_GRAY = 1;
const COLORSPACE_RGB = 2;
const COLORSPACE_ICC = 7;

/** The embedded image itself: JPEG bytes where they can stand for it, else decoded pixels. */
export function extractPdfImage(page: PdfiumPage, index: number, maxPixels: number): ExtractedImage {
  const { document, pointer, frame, number } = page;
  const { lib } = document;
  const { api } = lib;
  const object = imageObjects(listObjects(lib, pointer))[index];
  const size = object && pixelSize(lib, object.pointer);
  if (!object || !size) throw noSuchImage(number, index);
  const { width, height } = size;
  if (width * height > maxPixels) throw pageTooLarge(number, width, height, maxPixels);
  const dpi = placedDpi(imageMatrix(lib, object, uprightMatrix(frame)), width);
  const kind = colorKind(page, object.pointer);
  const filters = api.FPDFImageObj_GetImageFilterCount(object.pointer);
  const remapped = document.imageDictionaries.remapped.has(`${width}x${height}`);
  if (kind !== 'other' && !remapped && filters === 1 && imageFilter(lib, object.pointer) === 'DCTDecode') {
    const bytes = rawBytes(page, object.pointer);
    if (isPlainJpeg(bytes)) return { kind: 'encoded', format: 'jpeg', bytes };
  }
  const bitmap = api.FPDFImageObj_GetBitmap(object.pointer);
  if (bitmap === 0) throw undecodableImage(number, index);
  try {
    const channels = kind === 'gray' || api.FPDFBitmap_GetFormat(bitmap) === BITMAP_GRAY ? 1 : 3;
    return { kind: 'raster', raster: bitmapToRaster(lib, bitmap, channels, dpi) };
  } finally {
    api.FPDFBitmap_Destroy(bitmap);
  }
}

function colorKind({ document: { lib }, pointer }: PdfiumPage, image: number): 'gray' | 'rgb' | 'other' {
  const metadata = imageMetadata(lib, image, pointer);
  if (!metadata) return 'other';
  const { bitsPerPixel, colorspace } = metadata;
  if (colorspace === COLORSPACE_GRAY || (colorspace === COLORSPACE_ICC && bitsPerPixel <= 8)) return 'gray';
  return colorspace === COLORSPACE_RGB || (colorspace === COLORSPACE_ICC && bitsPerPixel === 24)
    ? 'rgb'
    : 'other';
}

function rawBytes({ document: { lib } }: PdfiumPage, image: number): Uint8Array {
  const length = lib.api.FPDFImageObj_GetImageDataRaw(image, 0, 0);
  return lib.withMemory(length, (buffer) => {
    lib.api.FPDFImageObj_GetImageDataRaw(image, buffer, length);
    return lib.bytes.slice(buffer, buffer + length);
  });
}

const isPlainJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;
