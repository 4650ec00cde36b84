import type { Box } from '../../../document/geometry.js';
import { leftToRight } from '../direction.js';
import type { Slice } from './slices.js';

/** A tall empty rectangle between two columns, over consecutive slices of a region. */
export interface Gutter {
  readonly x0: number;
  readonly x1: number;
  /** First and last slice, inclusive. */
  readonly first: number;
  readonly last: number;
}

/** Only so many of the tallest rectangles are looked at closely. */
const CANDIDATES = 8;

/** An empty interval of x that all slices from `first` on have in common. */
interface Open {
  readonly x0: number;
  readonly x1: number;
  readonly first: number;
  /** Lowest edge of these slices, in points. */
  readonly bottom: number;
}

/**
 * The tallest empty rectangles over consecutive slices, the best first. Follows Breuel's whitespace covers
 * (DAS 2002) in the form of a sweep: empty x-intervals of each slice, at least `narrowest` points wide, are
 * intersected with those of the slices above it.
 */
export function tallestSpaces(slices: readonly Slice[], narrowest: number, em: number): Gutter[] {
  const found: { g: Gutter; score: number }[] = [];
  const close = ({ x0, x1, first, bottom }: Open, last: number): void => {
    if (last === first || !Number.isFinite(x0) || !Number.isFinite(x1)) return;
    const g = { x0, x1, first, last };
    found.push({ g, score: score(g, slices[first].top, bottom, em) });
  };
  let open: Open[] = [];
  slices.forEach((slice, index) => {
    const free = freeOf(slice, narrowest);
    const next: Open[] = [];
    for (const o of open) {
      let whole = false;
      const bottom = Math.max(o.bottom, slice.bottom);
      for (const [x0, x1] of free) {
        const left = Math.max(o.x0, x0);
        const right = Math.min(o.x1, x1);
        if (right - left < narrowest) continue;
        if (left === o.x0 && right === o.x1) whole = true;
        if (!isCovered(next, left, right, o.first))
          next.push({ x0: left, x1: right, first: o.first, bottom });
      }
      if (!whole) close(o, index - 1);
    }
    for (const [x0, x1] of free)
      if (!isCovered(next, x0, x1, index)) next.push({ x0, x1, first: index, bottom: slice.bottom });
    open = next;
  });
  for (const o of open) close(o, slices.length - 1);
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, CANDIDATES)
    .map(({ g }) => g);
}

/** The x-intervals of at least `narrowest` points that the slice leaves empty, from -Infinity to Infinity. */
function freeOf({ row, piece }: Slice, narrowest: number): [number, number][] {
  const free: [number, number][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const { box } of row ? leftToRight(row.words) : [piece!]) {
    if (box.x0 - right >= narrowest) free.push([right, box.x0]);
    if (box.x1 > right) right = box.x1;
  }
  free.push([right, Number.POSITIVE_INFINITY]);
  return free;
}

/** Another interval holds this one and reaches as high. */
function isCovered(others: readonly Open[], x0: number, x1: number, first: number): boolean {
  for (const o of others) if (o.x0 <= x0 && o.x1 >= x1 && o.first <= first) return true;
  return false;
}

/** Height in points, a wide space before a narrow one. */
export const score = ({ x0, x1 }: Gutter, top: number, bottom: number, em: number): number =>
  (bottom - top) * (1 + Math.min((x1 - x0) / em, 3) / 6);

export function bottomOf(slices: readonly Slice[], { first, last }: Gutter): number {
  let bottom = slices[first].bottom;
  for (let i = first + 1; i <= last; i++) bottom = Math.max(bottom, slices[i].bottom);
  return bottom;
}

/** What lies wholly to the left of the gutter; all else counts to its right. */
export const isLeftOf = (g: Pick<Gutter, 'x0'>, box: Box): boolean => box.x1 <= g.x0 + 0.01;
