import { concat, IDENTITY, type Matrix } from '../matrix.js';
import type { Pdfium } from './library.js';
import { ObjectType, type PageObject } from './objects.js';

/** The page's image objects in painting order; the position in this list is `PdfImage.index`. */
export const imageObjects = (objects: readonly PageObject[]): PageObject[] =>
  objects.filter((object) => object.type === ObjectType.image);

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

/** Name of one of the stream's filters; '' for a stream without it. */
export function imageFilter(lib: Pdfium, image: number, index = 0): string {
  const { api } = lib;
  if (api.FPDFImageObj_GetImageFilterCount(image) <= index) return '';
  return lib.readString(
    (buffer, bytes) => api.FPDFImageObj_GetImageFilter(image, index, buffer, bytes),
    'utf-8',
  );
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
