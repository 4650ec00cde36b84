import type { Box } from '../../../document/geometry.js';
import type { GrayImage } from '../prepare/gray.js';
import { contentOf } from './frame-content.js';
import {
  circle,
  FROM,
  INSIDE,
  type Levels,
  level,
  OUTSIDE,
  paperAround,
  percentile,
  profile,
  SIDES,
  TO,
} from './levels.js';
import type { Look } from './look.js';

/** How strictly frames are looked at. */
export interface JudgeOptions {
  /** Gray levels between paper and line: drawn lines may be pale, on scans noise is as dark. */
  readonly contrast: number;
  /** Share of each side that must be seen. */
  readonly coverage: number;
}

export const DRAWN: JudgeOptions = { contrast: 20, coverage: 0.92 };
export const SCANNED: JudgeOptions = { contrast: 50, coverage: 0.85 };

/** The edge of a side leaves its line by at most this share of the side; a circle's leaves it by a tenth. */
const STRAIGHT = 0.05;
/** Ink begins within this share of the side from each corner, along both sides; in a circle at 0.146. */
const CORNER = 0.09;
/** Right, down. */
const CORNERS = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;
/** Paper this dark is a panel with light print. */
const DARK_GROUND = 110;
/** Lines that go on past a corner for this share of the side belong to a grid. */
const BEYOND = 0.3;
/** Share of a stretch past a corner that is dark where a line goes on. */
const GOES_ON = 0.85;
/** Tells for each box (pixels, outer edges) whether it is the frame of a check box and what is in it; null where it is none. */
export function judgeFrames(image: GrayImage, boxes: readonly Box[], options: JudgeOptions): (Look | null)[] {
  return boxes.map((box) => judgeFrame(image, box, options));
}

export function judgeFrame(image: GrayImage, box: Box, options: JudgeOptions): Look | null {
  const side = Math.min(box.x1 - box.x0, box.y1 - box.y0);
  if (side < 6) return null;
  const paper = paperAround(image, box, side);
  if (paper < DARK_GROUND) {
    const { patch, place } = inverted(image, box, side);
    return paperAround(patch, place, side) < DARK_GROUND ? null : judgeFrame(patch, place, options);
  }
  const sides = SIDES.map((at) => profile(image, box, side, at));
  const isSquare =
    sides.every((levels) => isLine(levels, paper, options)) &&
    hasStraightSides(image, box, side, paper, percentile(sides.flat(), 0.3));
  const shape = isSquare ? 'square' : 'round';
  const line = shape === 'square' ? sides.flat() : circle(image, box, side);
  if (shape === 'round' && !isLine(line, paper, options)) return null;
  const ink = percentile(line, 0.3);
  const threshold = paper - (paper - ink) * 0.5;
  if (shape === 'square' && isGrid(image, box, side, threshold)) return null;
  const thickness = lineWidth(image, box, side, threshold);
  return {
    shape,
    thickness,
    middle: threshold,
    ...contentOf(image, box, side, { shape, paper, ink, thickness }),
  };
}

/** The box with its surroundings, light for dark. */
function inverted(image: GrayImage, { x0, y0, x1, y1 }: Box, side: number): { patch: GrayImage; place: Box } {
  const [left, top] = [Math.floor(x0 - side), Math.floor(y0 - side)];
  const [width, height] = [Math.ceil(x1 + side) - left, Math.ceil(y1 + side) - top];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data[y * width + x] = 255 - level(image, left + x, top + y);
  return {
    patch: { data, width, height },
    place: { x0: x0 - left, y0: y0 - top, x1: x1 - left, y1: y1 - top },
  };
}

/** The edge of each side runs straight, and comes near the corners: a round letter's does neither. */
function hasStraightSides(image: GrayImage, box: Box, side: number, paper: number, ink: number): boolean {
  const threshold = (paper + ink) / 2;
  const reach = Math.max(3, side * INSIDE * 1.5);
  for (const { place, length } of SIDES) {
    const depths: number[] = [];
    for (let along = length(box) * FROM; along <= length(box) * TO; along++) {
      let depth = -Math.max(1, side * OUTSIDE);
      while (depth < reach && level(image, ...place(box, along, depth)) > threshold) depth += 0.5;
      depths.push(depth);
    }
    const spread = percentile(depths, 0.88) - percentile(depths, 0.12);
    if (spread > Math.max(1, side * STRAIGHT)) return false;
  }
  const near = Math.max(1, side * CORNER);
  return CORNERS.every(([right, down]) => {
    for (let d = -1; d <= near; d += 0.5) {
      const x = right ? box.x1 - 1 - d : box.x0 + d;
      const y = down ? box.y1 - 1 - d : box.y0 + d;
      if (level(image, x, y) <= threshold) return true;
    }
    return false;
  });
}

const isLine = (levels: Levels, paper: number, { contrast, coverage }: JudgeOptions): boolean => {
  const ink = percentile(levels, 0.3);
  if (paper - ink < contrast) return false;
  const threshold = paper - (paper - ink) * 0.4;
  return levels.filter((level) => level <= threshold).length >= coverage * levels.length;
};

/** Does the line of a side go on past its corners? */
function isGrid(image: GrayImage, box: Box, side: number, threshold: number): boolean {
  const start = Math.max(2, side * 0.06);
  const reach = side * BEYOND;
  return SIDES.some(({ place, length }) =>
    [-1, 1].some((end) => {
      let dark = 0;
      let all = 0;
      for (let step = start; step <= reach; step++, all++) {
        const along = end < 0 ? -step : length(box) - 1 + step;
        for (let depth = -1; depth <= Math.max(2, side * 0.08); depth++) {
          if (level(image, ...place(box, along, depth)) > threshold) continue;
          dark++;
          break;
        }
      }
      return all > 0 && dark >= GOES_ON * all;
    }),
  );
}

/** Usual width of the dark run that begins at the edge, in pixels. */
function lineWidth(image: GrayImage, box: Box, side: number, threshold: number): number {
  const widths: number[] = [];
  for (const { place, length } of SIDES) {
    for (let along = length(box) * 0.3; along <= length(box) * 0.7; along++) {
      let depth = -Math.max(1, side * OUTSIDE);
      while (depth < side / 2 && level(image, ...place(box, along, depth)) > threshold) depth++;
      const start = depth;
      while (depth < side && level(image, ...place(box, along, depth)) <= threshold) depth++;
      widths.push(depth - start);
    }
  }
  return percentile(widths, 0.4);
}
