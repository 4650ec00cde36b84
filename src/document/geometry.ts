/**
 * Geometry of a page as a person sees it: points (1/72 inch), origin at the top-left corner of
 * the upright page, x to the right, y downwards.
 */

/** Axis-aligned rectangle; `x0 <= x1`, `y0 <= y1`. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export const boxWidth = (b: Box): number => b.x1 - b.x0;
export const boxHeight = (b: Box): number => b.y1 - b.y0;
export const boxArea = (b: Box): number => boxWidth(b) * boxHeight(b);
export const centerX = (b: Box): number => (b.x0 + b.x1) / 2;
export const centerY = (b: Box): number => (b.y0 + b.y1) / 2;

/** Smallest box around all of `boxes`; throws on an empty list. */
export function unionBoxes(boxes: Iterable<Box>): Box {
  let x0 = Infinity;
  let y0 = Infinity;
  let x1 = -Infinity;
  let y1 = -Infinity;
  for (const b of boxes) {
    if (b.x0 < x0) x0 = b.x0;
    if (b.y0 < y0) y0 = b.y0;
    if (b.x1 > x1) x1 = b.x1;
    if (b.y1 > y1) y1 = b.y1;
  }
  if (x0 === Infinity) throw new RangeError('unionBoxes needs at least one box');
  return { x0, y0, x1, y1 };
}

/** Length shared by the two boxes on the x axis; 0 when they are apart. */
export const overlapX = (a: Box, b: Box): number => Math.max(0, Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0));
/** Length shared by the two boxes on the y axis; 0 when they are apart. */
export const overlapY = (a: Box, b: Box): number => Math.max(0, Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0));
export const overlapArea = (a: Box, b: Box): number => overlapX(a, b) * overlapY(a, b);

export const containsPoint = (b: Box, x: number, y: number): boolean =>
  x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1;
export const containsCenter = (outer: Box, inner: Box): boolean =>
  containsPoint(outer, centerX(inner), centerY(inner));

export const expandBox = (b: Box, dx: number, dy = dx): Box => ({
  x0: b.x0 - dx,
  y0: b.y0 - dy,
  x1: b.x1 + dx,
  y1: b.y1 + dy,
});

/** Median of the values; 0 for an empty list. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
