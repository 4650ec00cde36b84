import type { Box } from '../../document/geometry.js';
import { type Matrix, transformBox } from './matrix.js';
import { cutBox, type Painted, shareInside } from './paint.js';
import type { ImageFault, PdfImage } from './port.js';

/** An image object as an adapter found it. */
export interface ImageCandidate {
  /** Its place among the page's images. */
  readonly index: number;
  /** Maps the unit square to points on the upright page. */
  readonly matrix: Matrix;
  readonly clip: Box | undefined;
  readonly width: number;
  readonly height: number;
  readonly filter: string;
  readonly order: number;
  /** Painted with transparency, a mask or blending. */
  readonly transparent: boolean;
  /** A mask painted with the fill colour. */
  readonly stencil: boolean;
  readonly fault?: ImageFault | undefined;
  readonly storedBytes?: number | undefined;
}

/** Sine below which an image counts as placed without rotation or shear. */
const STRAIGHT = 0.005;
/** Another image over this share of an image takes part in what is seen there. */
const LAYERED_SHARE = 0.3;
/** No image has a longer side than this, in pixels; a file that says so lies. */
const MAX_IMAGE_SIDE = 1_000_000;

const plausibleSize = (pixels: number): boolean => pixels > 0 && pixels <= MAX_IMAGE_SIDE;

/** The images that can be seen, and what they cover. */
export function placeImages(candidates: readonly ImageCandidate[]): {
  readonly images: readonly PdfImage[];
  readonly painted: readonly Painted[];
  /** Places of images without a possible size. */
  readonly lost: readonly Box[];
} {
  const lost: Box[] = [];
  const found: { image: PdfImage; painted: Painted }[] = [];
  for (const candidate of candidates) {
    const { index, matrix, clip, width, height, filter, order, transparent, stencil, fault, storedBytes } =
      candidate;
    const box = cutBox(transformBox(matrix, 0, 0, 1, 1), clip);
    if (!box) continue;
    if (!plausibleSize(width) || !plausibleSize(height)) {
      lost.push(box);
      continue;
    }
    const masked = transparent || stencil;
    const image = {
      box,
      index,
      width,
      height,
      filter,
      upright: isUpright(matrix),
      masked,
      ...(fault && { fault }),
      ...(storedBytes !== undefined && { storedBytes }),
    };
    found.push({ image, painted: { order, box, opaque: !masked } });
  }
  const layered = ({ box }: PdfImage) =>
    found.some(({ image }) => image.box !== box && shareInside(box, image.box) > LAYERED_SHARE);
  return {
    images: found.map(({ image }) => (image.masked || !layered(image) ? image : { ...image, masked: true })),
    painted: found.map(({ painted }) => painted),
    lost,
  };
}

/** The unit square keeps its sides level and its top up (y of the page runs downwards). */
function isUpright([a, b, c, d]: Matrix): boolean {
  const width = Math.hypot(a, b);
  const height = Math.hypot(c, d);
  return a > 0 && d < 0 && Math.abs(b) <= width * STRAIGHT && Math.abs(c) <= height * STRAIGHT;
}

/** Pixels an inch at which `width` pixels fill the width of the placed image. */
export function placedDpi(matrix: Matrix, width: number): number {
  const placed = Math.hypot(matrix[0], matrix[1]);
  return placed > 0 ? (width * 72) / placed : 72;
}
