import { compose, type Projection, type Quad, rectangleToQuad, shift } from '../../../document/projection.js';
import { type GrayImage, medianLevel } from './gray.js';
import { findOutline, type Outline } from './outline.js';
import { spansOf } from './quad.js';

/** Paper that is added around the sheet, as a share of its shorter side: the recogniser passes over what stands at an edge. */
const MARGIN = 0.1;
/** Degrees by which opposite sides run together, or a corner differs from a right angle: more is seen from aside. */
const MIN_CONVERGENCE = 1;
const MIN_SHEAR = 1.5;

/** The sheet that a picture shows, without what lies around it. */
export interface CutSheet {
  readonly image: GrayImage;
  /** Pixels of `image` to pixels of the picture; null where they are the same. */
  readonly toPicture: Projection | null;
}

/**
 * The sheet in a picture as seen from above, or, where it lies straight, with the cloth around it covered. null where
 * there is no clear sheet, where it may be a panel on a printed page, and where what lies around it does no harm:
 * beside a straight sheet a recogniser reads nothing on a table or among things, but gets lost in a texture.
 */
export function cutSheet(picture: GrayImage): CutSheet | null {
  const outline = findOutline(picture);
  if (!outline || outline.surroundings === 'print') return null;
  if (isSeenFromAside(outline)) return rectify(picture, outline.quad);
  return outline.surroundings === 'texture'
    ? { image: coverOutside(picture, outline.quad), toPicture: null }
    : null;
}

/** The picture with everything outside of the quadrilateral in the colour of its paper: white beside grey paper is an edge. */
function coverOutside(picture: GrayImage, quad: Quad): GrayImage {
  const { width, height } = picture;
  const data = Uint8Array.from(picture.data);
  const spans = spansOf(quad, width, height);
  const counts = new Uint32Array(256);
  spans.forEach(([from, to], y) => {
    for (let at = y * width + from; at < y * width + to; at++) counts[data[at]]++;
  });
  const paper = medianLevel(counts);
  spans.forEach(([from, to], y) => {
    data.fill(paper, y * width, y * width + from);
    data.fill(paper, y * width + to, (y + 1) * width);
  });
  return { data, width, height };
}

/** Is the sheet seen from aside, so that its lines are not parallel? Leaning alone is for deskewing. */
function isSeenFromAside({ quad, whole }: Outline): boolean {
  if (!whole) return false;
  const [topLeft, topRight, bottomRight, bottomLeft] = quad;
  const angle = ([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number]): number =>
    (Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI;
  const top = angle(topLeft, topRight);
  const bottom = angle(bottomLeft, bottomRight);
  const left = angle(topLeft, bottomLeft);
  const right = angle(topRight, bottomRight);
  const shear = Math.abs((left + right) / 2 - (top + bottom) / 2 - 90);
  return Math.max(Math.abs(top - bottom), Math.abs(left - right)) >= MIN_CONVERGENCE || shear >= MIN_SHEAR;
}

/** The quadrilateral as a rectangle of its longest sides. */
function rectify(picture: GrayImage, quad: Quad): CutSheet {
  const side = (from: number, to: number): number =>
    Math.hypot(quad[to][0] - quad[from][0], quad[to][1] - quad[from][1]);
  const width = Math.max(1, Math.round(Math.max(side(0, 1), side(3, 2))));
  const height = Math.max(1, Math.round(Math.max(side(0, 3), side(1, 2))));
  const margin = Math.round(MARGIN * Math.min(width, height));
  const toPicture = compose(rectangleToQuad(width, height, quad), shift(-margin, -margin));
  const [columns, rows] = [width + 2 * margin, height + 2 * margin];
  const [a, b, c, d, e, f, g, h, i] = toPicture;
  const data = new Uint8Array(columns * rows);
  for (let y = 0, at = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, at++) {
      // The margin continues the sheet's edge.
      const px = Math.min(Math.max(x, margin), margin + width - 1) + 0.5;
      const py = Math.min(Math.max(y, margin), margin + height - 1) + 0.5;
      const w = g * px + h * py + i;
      data[at] = sample(picture, (a * px + b * py + c) / w - 0.5, (d * px + e * py + f) / w - 0.5);
    }
  }
  return { image: { data, width: columns, height: rows }, toPicture };
}

/** The level between pixels, by the four around the place. */
function sample({ data, width, height }: GrayImage, u: number, v: number): number {
  const x = Math.min(Math.max(u, 0), width - 1);
  const y = Math.min(Math.max(v, 0), height - 1);
  const left = Math.floor(x);
  const right = Math.min(left + 1, width - 1);
  const top = Math.floor(y) * width;
  const below = Math.min(Math.floor(y) + 1, height - 1) * width;
  const upper = data[top + left] + (data[top + right] - data[top + left]) * (x - left);
  const lower = data[below + left] + (data[below + right] - data[below + left]) * (x - left);
  return upper + (lower - upper) * (y - Math.floor(y)) + 0.5;
}
