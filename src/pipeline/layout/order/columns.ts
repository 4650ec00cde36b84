import type { PageFacts } from '../facts.js';
import { type Atom, makeSlices, type Slice } from './atoms.js';
import { findGutter } from './gutters.js';

/** A stretch of the page that is read straight down; `rows` from top to bottom. */
export interface Column {
  readonly atoms: readonly Atom[];
}

/** Deeper nesting than this is no page a person set; it bounds the recursion on hostile input. */
const MAX_DEPTH = 24;

/**
 * Cuts a page into columns in reading order. A recursive XY-cut whose vertical cut is not a projection
 * gap of the whole region but the best whitespace gutter within it (Breuel 2002), so that titles, figures
 * and tables that lie across the columns end a gutter instead of hiding it: what stands above is read
 * before, the columns left to right, what stands below after (the cross-layout rule of XY-Cut++,
 * arXiv:2504.10258).
 */
export function cutColumns(atoms: readonly Atom[], facts: PageFacts): Column[] {
  return cut(makeSlices(atoms), facts, 0);
}

function cut(slices: readonly Slice[], facts: PageFacts, depth: number): Column[] {
  if (slices.length === 0) return [];
  const gutter = depth < MAX_DEPTH ? findGutter(slices, facts) : undefined;
  if (!gutter) return [{ atoms: slices.flatMap((s) => s.atoms) }];
  const inside = slices.slice(gutter.first, gutter.last + 1).flatMap((s) => s.atoms);
  const left = inside.filter((a) => a.box.x1 <= gutter.x0 + 0.01);
  const right = inside.filter((a) => a.box.x1 > gutter.x0 + 0.01);
  return [
    ...cut(slices.slice(0, gutter.first), facts, depth + 1),
    ...cut(makeSlices(left), facts, depth + 1),
    ...cut(makeSlices(right), facts, depth + 1),
    ...cut(slices.slice(gutter.last + 1), facts, depth + 1),
  ];
}
