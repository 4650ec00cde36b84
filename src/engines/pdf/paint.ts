import { type Box, overlapX, overlapY } from '../../document/geometry.js';
import type { Rule, Shape } from '../../document/page.js';

/** What an adapter found painted on the page besides text, in points on the upright page. */
export interface Painted {
  /** Place in the painting order. */
  readonly order: number;
  readonly box: Box;
  /** `#rrggbb` for a flat fill; absent for images, patterns and shadings. */
  readonly fill?: string;
  /** Hides everything below it: no transparency, mask or blending. */
  readonly opaque: boolean;
}

/** One path as an adapter found it: subpaths of points on the upright page. */
export interface PaintedPath {
  readonly order: number;
  readonly subpaths: readonly Subpath[];
  readonly fill?: string;
  readonly filled: boolean;
  readonly stroked: boolean;
  readonly stroke?: string;
  /** Points; at least a hairline where stroked. */
  readonly strokeWidth: number;
  readonly opaque: boolean;
  /** What the clip leaves visible. */
  readonly clip?: Box;
}

export interface Subpath {
  /** x, y of the corners in turn. */
  readonly points: readonly number[];
  readonly closed: boolean;
  readonly curved: boolean;
}

export interface VectorContent {
  readonly rules: readonly Rule[];
  readonly shapes: readonly Shape[];
  readonly painted: readonly Painted[];
  /** Extents of the other paths. */
  readonly drawings: readonly Box[];
  /** Extents of what may be check boxes. */
  readonly squares: readonly Box[];
  readonly curves: number;
}

/** A clip that leaves nothing visible. */
export const NOTHING: Box = { x0: 0, y0: 0, x1: 0, y1: 0 };

/** The part of `b` inside `clip`; undefined when nothing is left. */
export function cutBox(b: Box, clip: Box | undefined): Box | undefined {
  if (!clip) return b;
  if (clip === NOTHING) return undefined;
  const x0 = Math.max(b.x0, clip.x0);
  const y0 = Math.max(b.y0, clip.y0);
  const x1 = Math.min(b.x1, clip.x1);
  const y1 = Math.min(b.y1, clip.y1);
  return x1 >= x0 && y1 >= y0 ? { x0, y0, x1, y1 } : undefined;
}

/** Share of `inner` that lies inside `outer`, 0–1. */
export function shareInside(inner: Box, outer: Box): number {
  const area = (inner.x1 - inner.x0) * (inner.y1 - inner.y0);
  return area > 0 ? (overlapX(inner, outer) * overlapY(inner, outer)) / area : 0;
}
