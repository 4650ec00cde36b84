import type { Box } from '../../document/geometry.js';

/** Affine map `x' = a·x + c·y + e`, `y' = b·x + d·y + f`, as PDF writes it: [a b c d e f]. */
export type Matrix = readonly [number, number, number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** The map that applies `first`, then `second`. */
export function concat(first: Matrix, second: Matrix): Matrix {
  const [a, b, c, d, e, f] = first;
  const [A, B, C, D, E, F] = second;
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}

/** The map back; throws on a map that flattens the plane. */
export function invert([a, b, c, d, e, f]: Matrix): Matrix {
  const determinant = a * d - b * c;
  if (determinant === 0) throw new RangeError('a map without inverse');
  return [
    d / determinant,
    -b / determinant,
    -c / determinant,
    a / determinant,
    (c * f - d * e) / determinant,
    (b * e - a * f) / determinant,
  ];
}

/** Smallest box around the image of the rectangle (x0, y0)–(x1, y1). */
export function transformBox(m: Matrix, x0: number, y0: number, x1: number, y1: number): Box {
  const ax = m[0] * x0;
  const bx = m[0] * x1;
  const cx = m[2] * y0;
  const dx = m[2] * y1;
  const ay = m[1] * x0;
  const by = m[1] * x1;
  const cy = m[3] * y0;
  const dy = m[3] * y1;
  return {
    x0: Math.min(ax, bx) + Math.min(cx, dx) + m[4],
    y0: Math.min(ay, by) + Math.min(cy, dy) + m[5],
    x1: Math.max(ax, bx) + Math.max(cx, dx) + m[4],
    y1: Math.max(ay, by) + Math.max(cy, dy) + m[5],
  };
}

/** Mean factor by which the map changes lengths. */
export const scaleOf = (m: Matrix): number => Math.sqrt(Math.abs(m[0] * m[3] - m[1] * m[2]));

/** The visible part of a page: its box in PDF user space and how it is turned for reading. */
export interface PageFrame {
  /** Left, bottom, right, top of the crop box in user space. */
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  readonly rotation: 0 | 90 | 180 | 270;
  /** Points per unit of user space (/UserUnit). */
  readonly unit: number;
}

/** Maps PDF user space to points on the upright page, origin top-left, y downwards. */
export function uprightMatrix({ left, bottom, right, top, rotation, unit }: PageFrame): Matrix {
  const turned: Record<PageFrame['rotation'], Matrix> = {
    0: [1, 0, 0, -1, -left, top],
    90: [0, 1, 1, 0, -bottom, -left],
    180: [-1, 0, 0, 1, right, -bottom],
    270: [0, -1, -1, 0, top, right],
  };
  return concat(turned[rotation], [unit, 0, 0, unit, 0, 0]);
}

/** Size of the upright page in points. */
export function uprightSize({ left, bottom, right, top, rotation, unit }: PageFrame): {
  width: number;
  height: number;
} {
  const width = (right - left) * unit;
  const height = (top - bottom) * unit;
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}
