import type { ImageFault } from '../port.js';
import type { PdfiumDocument } from './document.js';
import { imageFilter, imageMetadata, pixelSize } from './image-objects.js';

/** FPDF_COLORSPACE_* to components; the others (ICC profiles, DeviceN) have any number. */
const COMPONENTS: Readonly<Record<number, number>> = { 1: 1, 2: 3, 3: 4, 4: 1, 5: 3, 6: 3, 8: 1, 10: 1 };
/** Filters whose output is a coded image; PDFium gives no pixels through the function that undoes filters. */
const IMAGE_CODES: readonly string[] = ['DCTDecode', 'JPXDecode', 'CCITTFaxDecode', 'JBIG2Decode'];
/** Writers pad or forget a row; less than this share of the stated bytes is a loss that shows. */
const COMPLETE = 0.99;
/** This many times the stated bytes are those of another, larger image. */
const TOO_MUCH = 1.9;
/** Rows and columns of a JPEG that may be cut off: its blocks are padded. */
const JPEG_PADDING = 16;

/**
 * Does the stored data make the image that its dictionary states? PDFium shows nothing, or a part, without a
 * word. Reading pixels is left to the last: what can be told by lengths and headers is.
 */
export function imageFault(document: PdfiumDocument, image: number, page: number): ImageFault | undefined {
  const { lib } = document;
  const { api } = lib;
  const size = pixelSize(lib, image);
  if (!size || size.width * size.height === 0) return 'undecodable';
  const metadata = imageMetadata(lib, image, page);
  const count = api.FPDFImageObj_GetImageFilterCount(image);
  const filter = count === 0 ? '' : imageFilter(lib, image, count - 1);
  const isUnknown = !metadata || metadata.bitsPerPixel === 0;
  if (isUnknown || filter === 'JBIG2Decode') return hasBitmap(document, image) ? undefined : 'undecodable';
  if (filter === 'DCTDecode') return count === 1 ? jpegFault(document, image, size) : undefined;
  if (IMAGE_CODES.includes(filter)) return undefined;
  const depth = document.imageDictionaries.depths.get(`${size.width}x${size.height}`);
  if (depth === undefined) return undefined;
  const known = COMPONENTS[metadata.colorspace];
  // Without knowing better: at least one component, or three where a pixel takes more than 8 bits.
  const components = known ?? (metadata.bitsPerPixel > 8 && depth <= 8 ? 3 : 1);
  const stated = Math.ceil((size.width * depth * components) / 8) * size.height;
  const stored = api.FPDFImageObj_GetImageDataDecoded(image, 0, 0);
  if (stored < stated * COMPLETE || (known && stored > stated * TOO_MUCH)) return 'incomplete';
  return undefined;
}

function hasBitmap({ lib: { api } }: PdfiumDocument, image: number): boolean {
  const bitmap = api.FPDFImageObj_GetBitmap(image);
  if (bitmap !== 0) api.FPDFBitmap_Destroy(bitmap);
  return bitmap !== 0;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A JPEG that is cut off, damaged, or larger than stated, shows in part only; a smaller one is stretched. */
function jpegFault({ lib }: PdfiumDocument, image: number, stated: Size): ImageFault | undefined {
  const length = lib.api.FPDFImageObj_GetImageDataRaw(image, 0, 0);
  return lib.withMemory(length, (buffer) => {
    lib.api.FPDFImageObj_GetImageDataRaw(image, buffer, length);
    const bytes = lib.bytes.subarray(buffer, buffer + length);
    const size = jpegSize(bytes);
    if (!size) return undefined;
    const isLarger = size.width > stated.width + JPEG_PADDING || size.height > stated.height + JPEG_PADDING;
    return isLarger || !isSoundToItsEnd(bytes, size.at) ? 'incomplete' : undefined;
  });
}

/** The size in a JPEG's frame header, and where that stands. */
function jpegSize(bytes: Uint8Array): (Size & { readonly at: number }) | undefined {
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return {
        height: (bytes[at + 5] << 8) | bytes[at + 6],
        width: (bytes[at + 7] << 8) | bytes[at + 8],
        at,
      };
    }
    at += 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
  }
  return undefined;
}

/** Marks that may stand between a JPEG's frame header and its end: tables, scans, restarts, segments to be skipped. */
const isKnownMark = (mark: number): boolean =>
  mark === 0xc4 || mark === 0xcc || mark === 0xfe || (mark >= 0xd0 && mark <= 0xef && mark !== 0xd8);
const [SCAN, LINES, END] = [0xda, 0xdc, 0xd9];

/**
 * Do the segments from the frame header at `at` follow each other to the mark behind the picture? In the coded
 * pixels an 0xff is followed by 0x00 or a known mark; other data has any byte there.
 */
function isSoundToItsEnd(bytes: Uint8Array, at: number): boolean {
  let isInScan = false;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) {
      at = isInScan ? bytes.indexOf(0xff, at) : at + 1;
      if (at < 0) return false;
      continue;
    }
    const mark = bytes[at + 1];
    if (mark === END) return true;
    const isFrame = mark >= 0xc0 && mark <= 0xcf && !isInScan;
    if (mark === 0x00 || mark === 0xff || (mark >= 0xd0 && mark <= 0xd7)) {
      at += mark === 0xff ? 1 : 2;
    } else if (isKnownMark(mark) || isFrame) {
      isInScan ||= mark === SCAN;
      at += mark === LINES && isInScan ? 6 : 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
    } else {
      return false;
    }
  }
  return false;
}
