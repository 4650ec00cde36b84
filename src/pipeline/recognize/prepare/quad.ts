import type { Point, Quad } from '../../../document/projection.js';

/** The quadrilateral with its corners `pixels` nearer to its middle, both ways. */
export function inset(quad: Quad, pixels: number): Quad {
  const middleX = quad.reduce((sum, [x]) => sum + x, 0) / 4;
  const middleY = quad.reduce((sum, [, y]) => sum + y, 0) / 4;
  return quad.map(
    ([x, y]): Point => [x + Math.sign(middleX - x) * pixels, y + Math.sign(middleY - y) * pixels],
  ) as unknown as Quad;
}

export type Span = readonly [from: number, to: number];

/**
 * For each row of an image of that size the columns that a convex quadrilateral covers, `to` exclusive; where it
 * covers none, both are the width.
 */
export function spansOf(quad: Quad, width: number, height: number): Span[] {
  const inImage = (x: number): number => Math.max(0, Math.min(width, x));
  return Array.from({ length: height }, (_, y): Span => {
    const crossings = crossingsOf(quad, y + 0.5);
    if (crossings.length < 2) return [width, width];
    return [inImage(Math.floor(Math.min(...crossings))), inImage(Math.ceil(Math.max(...crossings)))];
  });
}

function crossingsOf(quad: Quad, row: number): number[] {
  const crossings: number[] = [];
  quad.forEach(([x, y], i) => {
    const [nextX, nextY] = quad[(i + 1) % 4];
    if (y <= row === nextY <= row) return;
    crossings.push(x + ((row - y) / (nextY - y)) * (nextX - x));
  });
  return crossings;
}
