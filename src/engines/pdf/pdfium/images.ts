import type { Matrix } from '../matrix.js';
import type { ImageCandidate } from '../placed-images.js';
import type { PdfiumDocument } from './document.js';
import { imageFault } from './image-fault.js';
import { imageFilter, imageMatrix, imageMetadata, imageObjects, pixelSize } from './image-objects.js';
import type { Pdfium } from './library.js';
import { isTransparent, type PageObject } from './objects.js';
import type { ClipReader } from './paths.js';

/** Bits per pixel of a bilevel image or stencil mask. */
const BILEVEL = 1;
const BILEVEL_CODES: readonly string[] = ['CCITTFaxDecode', 'JBIG2Decode'];

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
    const size = pixelSize(lib, object.pointer) ?? { width: 0, height: 0 };
    const matrix = imageMatrix(lib, object, upright);
    const filter = imageFilter(lib, object.pointer);
    found.push({
      index,
      ...size,
      matrix,
      clip: clips.of(object),
      filter,
      order: object.order,
      transparent: isTransparent(lib, object) || masked.has(`${size.width}x${size.height}`),
      stencil: isStencil(lib, object.pointer, page),
      fault: isLarge(matrix) ? imageFault(document, object.pointer, page) : undefined,
      storedBytes: BILEVEL_CODES.includes(filter)
        ? lib.api.FPDFImageObj_GetImageDataRaw(object.pointer, 0, 0)
        : undefined,
    });
  }
  return found;
}

/** Points: a smaller image has no room for text, and is not looked into. */
const MIN_CHECKED_SIDE = 12;

const isLarge = ([a, b, c, d]: Matrix): boolean =>
  Math.hypot(a, b) >= MIN_CHECKED_SIDE && Math.hypot(c, d) >= MIN_CHECKED_SIDE;

/** A stencil has no colour space of its own: it is painted with the fill colour. */
function isStencil(lib: Pdfium, image: number, page: number): boolean {
  const metadata = imageMetadata(lib, image, page);
  return metadata !== undefined && metadata.bitsPerPixel === BILEVEL && metadata.colorspace === 0;
}
