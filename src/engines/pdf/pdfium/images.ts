import type { Box } from '../../../document/geometry.js';
import { concat, IDENTITY, type Matrix, transformBox } from '../matrix.js';
import { cutBox, type Painted, shareInside } from '../paint.js';
import type { PdfImage } from '../port.js';
import type { Pdfium } from './library.js';
import { isTransparent, ObjectType, type PageObject } from './objects.js';
import type { ClipReader } from './paths.js';

/** Sine below which an image counts as placed without rotation or shear. */
const STRAIGHT = 0.005;
/** Another image over this share of an image takes part in what is seen there. */
const LAYERED_SHARE = 0.3;
/** Bits per pixel of a bilevel image or stencil mask. */
const BILEVEL = 1;

export interface ImageContent {
  readonly images: readonly PdfImage[];
  readonly painted: readonly Painted[];
}

/** The page's image objects in painting order; the position in this list is `PdfImage.index`. */
export const imageObjects = (objects: readonly PageObject[]): PageObject[] =>
  objects.filter((object) => object.type === ObjectType.image);

/** Where the images lie and what they are; images outside the page or clipped away are left out. */
export function readImages(
  lib: Pdfium,
  page: number,
  objects: readonly PageObject[],
  upright: Matrix,
  clips: ClipReader,
): ImageContent {
  const { api, scratch: s } = lib;
  const found: { image: PdfImage; painted: Painted }[] = [];
  for (const [index, object] of imageObjects(objects).entries()) {
    const { pointer } = object;
    if (!api.FPDFImageObj_GetImagePixelSize(pointer, s, s + 4)) continue;
    const width = lib.uint(s);
    const height = lib.uint(s + 4);
    const own = api.FPDFPageObj_GetMatrix(pointer, s) ? lib.matrix(s) : IDENTITY;
    const m = concat(concat(own, object.container), upright);
    const box = cutBox(transformBox(m, 0, 0, 1, 1), clips.of(object));
    if (!box || width === 0 || height === 0) continue;
    const transparent = isTransparent(lib, object);
    const stencil = isStencil(lib, pointer, page);
    const image = {
      box,
      index,
      width,
      height,
      filter: imageFilter(lib, pointer),
      upright: isUpright(m),
      masked: transparent || stencil,
    };
    found.push({ image, painted: { order: object.order, box, opaque: !transparent && !stencil } });
  }
  const images = found.map(({ image }) => ({
    ...image,
    masked:
      image.masked || found.some((other) => other.image !== image && layered(image.box, other.image.box)),
  }));
  return { images, painted: found.map(({ painted }) => painted) };
}

/** The unit square keeps its sides level and its top up (y of the page runs downwards). */
function isUpright([a, b, c, d]: Matrix): boolean {
  const width = Math.hypot(a, b);
  const height = Math.hypot(c, d);
  return a > 0 && d < 0 && Math.abs(b) <= width * STRAIGHT && Math.abs(c) <= height * STRAIGHT;
}

const layered = (image: Box, other: Box): boolean => shareInside(image, other) > LAYERED_SHARE;

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
