import type { Line } from '../../../document/block.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { makeRows } from '../lines.js';
import { findGutter, type SourceOrder } from './gutters.js';
import { makeSlices, type PlacedPiece, type Slice } from './slices.js';
import { isLeftOf } from './spaces.js';

/** A stretch of the page that is read straight down; `rows` from top to bottom. */
export interface Column {
  readonly rows: readonly Line[];
  readonly pieces: readonly PlacedPiece[];
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
export function cutColumns(
  rows: readonly Line[],
  pieces: readonly PlacedPiece[],
  order: SourceOrder,
  facts: PageFacts,
): Column[] {
  return cut(makeSlices(rows, pieces), order, facts, 0);
}

function cut(slices: readonly Slice[], order: SourceOrder, facts: PageFacts, depth: number): Column[] {
  if (slices.length === 0) return [];
  const gutter = depth < MAX_DEPTH ? findGutter(slices, order, facts) : undefined;
  if (!gutter) return [{ rows: rowsOf(slices), pieces: piecesOf(slices) }];
  const inside = slices.slice(gutter.first, gutter.last + 1);
  const words = rowsOf(inside).flatMap((row) => row.words);
  // Columns whose baselines differ share rows until they are apart.
  const side = (left: boolean): Slice[] =>
    makeSlices(
      makeRows(words.filter((w: Word) => isLeftOf(gutter, w.box) === left)),
      piecesOf(inside).filter((p) => isLeftOf(gutter, p.box) === left),
    );
  return [slices.slice(0, gutter.first), side(true), side(false), slices.slice(gutter.last + 1)].flatMap(
    (part) => cut(part, order, facts, depth + 1),
  );
}

const rowsOf = (slices: readonly Slice[]): Line[] => slices.flatMap(({ row }) => row ?? []);
const piecesOf = (slices: readonly Slice[]): PlacedPiece[] => slices.flatMap(({ piece }) => piece ?? []);
