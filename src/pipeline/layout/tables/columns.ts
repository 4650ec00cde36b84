import type { Box } from '../../../document/geometry.js';
import { firstWhere } from '../search.js';
import type { Chunk, TextRow } from './chunks.js';

/** An x-interval that no cell's text enters. */
export interface Gutter {
  readonly from: number;
  readonly to: number;
}

/** Rows with at least this share of the usual number of chunks show the columns; rows with fewer are heads, group titles and wraps. */
const FULL_ROW = 0.6;
/** A chunk that bridges a gap of at least this share of the other rows spans columns. */
const SPANNER_SHARE = 0.4;
/** Narrowest gutter in ems: closer texts are read as one phrase. */
const MIN_GUTTER = 0.25;

/** The rows whose chunks show the table's columns. */
export function fullRows(rows: readonly TextRow[]): TextRow[] {
  const counts = rows.map((r) => r.chunks.length).sort((a, b) => a - b);
  if (!counts.length) return [];
  const usual = counts[Math.min(counts.length - 1, Math.floor(counts.length * 0.9))];
  return rows.filter((r) => r.chunks.length >= Math.max(2, Math.ceil(usual * FULL_ROW)));
}

/** True when many rows have a gap that lies entirely under the chunk. */
function isSpanner(chunk: Chunk, own: TextRow, rows: readonly TextRow[]): boolean {
  const { x0, x1 } = chunk.box;
  const enough = Math.max(1, (rows.length - 1) * SPANNER_SHARE);
  let bridged = 0;
  for (const row of rows) {
    if (row === own) continue;
    const i = firstWhere(row.chunks, (c) => c.box.x1 > x0);
    if (i + 1 < row.chunks.length && row.chunks[i + 1].box.x0 < x1 && ++bridged >= enough) return true;
  }
  return false;
}

/** Tells whether any row has a gap that lies entirely between two positions: under most chunks there is none. */
function gapFinder(rows: readonly TextRow[]): (x0: number, x1: number) => boolean {
  const gaps = rows.flatMap(({ chunks }) =>
    chunks.slice(1).map((next, i) => ({ from: chunks[i].box.x1, to: next.box.x0 })),
  );
  gaps.sort((a, b) => b.from - a.from);
  // The leftmost end of all gaps that begin right of a position, from the rightmost gap on.
  let end = Number.POSITIVE_INFINITY;
  const ends = gaps.map((gap) => (end = Math.min(end, gap.to)));
  return (x0, x1) => {
    const right = firstWhere(gaps, (gap) => gap.from <= x0);
    return right > 0 && ends[right - 1] < x1;
  };
}

/** Gutters between the columns that the rows show; empty when there is one column only. */
export function findGutters(rows: readonly TextRow[], size: number): Gutter[] {
  const base = fullRows(rows);
  const hasGap = gapFinder(base);
  const covered: Box[] = [];
  for (const row of base)
    for (const chunk of row.chunks)
      if (!hasGap(chunk.box.x0, chunk.box.x1) || !isSpanner(chunk, row, base)) covered.push(chunk.box);
  covered.sort((a, b) => a.x0 - b.x0);
  const gutters: Gutter[] = [];
  let right = covered[0]?.x1 ?? 0;
  for (const { x0, x1 } of covered) {
    if (x0 - right >= size * MIN_GUTTER) gutters.push({ from: right, to: x0 });
    right = Math.max(right, x1);
  }
  return gutters;
}
