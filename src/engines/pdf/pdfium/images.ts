import { concat, IDENTITY, type Matrix } from '../matrix.js';
import type { ImageCandidate } from '../placed-images.js';
import type { PdfiumDocument } from './document.js';
import type { Pdfium } from './library.js';
import { isTransparent, ObjectType, type PageObject } from './objects.js';
import type { ClipReader } from './paths.js';

/** Bits per pixel of a bilevel image or stencil mask. */
const BILEVEL = 1;

/** The page's image objects in painting order; the position in this list is `PdfImage.index`. */
export const imageObjects = (objects: readonly PageObject[]): PageObject[] =>
  objects.filter((object) => object.type === ObjectType.image);

/** Where the images lie and what they are. */
export function readImages(
  document: PdfiumDocument,
  page: number,
  objects: readonly PageObject[],
  upright: Matrix,
  clips: ClipReader,
): ImageCandidate[] {
  const pictures = imageObjects(objects);
  if (pictures.length === 0) return [];
  const { lib } = document;
  const found: ImageCandidate[] = [];
  const { masked } = document.imageDictionaries;
  for (const [index, object] of pictures.entries()) {
    const size = pixelSize(lib, object.pointer);
    if (!size) continue;
    found.push({
      index,
      ...size,
      matrix: imageMatrix(lib, object, upright),
      clip: clips.of(object),
      filter: imageFilter(lib, object.pointer),
      order: object.order,
      transparent: isTransparent(lib, object) || masked.has(`${size.width}x${size.height}`),
      stencil: isStencil(lib, object.pointer, page),
    });
  }
  return found;
}

/** Maps the unit square to points on the upright page. */
export function imageMatrix(lib: Pdfium, { pointer, container }: PageObject, upright: Matrix): Matrix {
  const own = lib.api.FPDFPageObj_GetMatrix(pointer, lib.scratch) ? lib.matrix(lib.scratch) : IDENTITY;
  return concat(concat(own, container), upright);
}

export function pixelSize(lib: Pdfium, image: number): { width: number; height: number } | undefined {
  const s = lib.scratch;
  if (!lib.api.FPDFImageObj_GetImagePixelSize(image, s, s + 4)) return undefined;
  return { width: lib.uint(s), height: lib.uint(s + 4) };
}

/** Name of the stream's first filter; '' for a stream without one. */
export function imageFilter(lib: Pdfium, image: number): string {
  const { api } = lib;
  if (api.FPDFImageObj_GetImageFilterCount(image) < 1) return '';
  return lib.readString((buffer, bytes) => api.FPDFImageObj_GetImageFilter(image, 0, buffer, bytes), 'utf-8');
}

/** Fields of FPDF_IMAGEOBJ_METADATA that are used. */
export interface ImageMetadata {
  readonly bitsPerPixel: number;
  /** FPDF_COLORSPACE_*: 0 unknown, 1 DeviceGray, 2 DeviceRGB, 3 DeviceCMYK, 4 CalGray, 5 CalRGB, 6 Lab, 7 ICCBased, 8 Separation, 9 DeviceN, 10 Indexed, 11 Pattern. */
  readonly colorspace: number;
}

export function imageMetadata(lib: Pdfium, image: number, page: number): ImageMetadata | undefined {
  const { api, scratch: s } = lib;
  if (!api.FPDFImageObj_GetImageMetadata(image, page, s)) return undefined;
  return { bitsPerPixel: lib.uint(s + 16), colorspace: lib.int(s + 20) };
}

/** A stencil has no colour space of its own: it is painted with the fill colour. */
function isStencil(lib: Pdfium, image: number, page: number): boolean {
  const metadata = imageMetadata(lib, image, page);
  return metadata !== undefined && metadata.bitsPerPixel === BILEVEL && metadata.colorspace === 0;
}
