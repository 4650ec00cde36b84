import type { Point } from '../../../document/projection.js';

/** Points this far from a side's line, in pixels of the searched copy, are on it. */
const TOLERANCE = 1.6;
/** Share of a side's points on its line; curled and torn edges have fewer. */
const MIN_INLIERS = 0.7;
/** Sides lean by at most 25 degrees. */
const MAX_SLOPE = 0.47;
/** A side this near the picture's border is the picture's, not the sheet's. */
const BORDER = 1.5;
/** Pairs of points that are tried as a line. */
const TRIALS = 24;

/** `across = slope · along + offset`. */
export interface SideLine {
  readonly slope: number;
  readonly offset: number;
  /** The sheet runs on beyond the picture here. */
  readonly atBorder: boolean;
}

/**
 * The line on which most of the points lie, found by trying pairs (RANSAC with fixed pairs: the same points give
 * the same line) and refined by least squares; null where too few lie on any. `border` is where the picture ends.
 */
export function fitLine(points: readonly Point[], border: number): SideLine | null {
  if (points.length < TRIALS) return null;
  // The ends of a leaning side belong to its neighbours.
  const margin = Math.floor(points.length * 0.08);
  const inner = points.slice(margin, points.length - margin);
  let best: readonly Point[] = [];
  for (let i = 0; i < TRIALS; i++) {
    for (let j = i + TRIALS / 4; j < TRIALS; j++) {
      const [x0, y0] = inner[Math.floor((i * inner.length) / TRIALS)];
      const [x1, y1] = inner[Math.floor((j * inner.length) / TRIALS)];
      const slope = (y1 - y0) / (x1 - x0);
      if (!(Math.abs(slope) <= MAX_SLOPE)) continue;
      const near = inner.filter(([x, y]) => Math.abs(y0 + slope * (x - x0) - y) <= TOLERANCE);
      if (near.length > best.length) best = near;
    }
  }
  if (best.length < MIN_INLIERS * inner.length) return null;
  const meanX = best.reduce((sum, [x]) => sum + x, 0) / best.length;
  const meanY = best.reduce((sum, [, y]) => sum + y, 0) / best.length;
  let above = 0;
  let below = 0;
  for (const [x, y] of best) {
    above += (x - meanX) * (y - meanY);
    below += (x - meanX) ** 2;
  }
  const slope = above / below;
  const offset = meanY - slope * meanX;
  const atBorder = best.filter(([, y]) => Math.abs(y - border) <= BORDER).length > best.length / 2;
  return { slope, offset, atBorder };
}
