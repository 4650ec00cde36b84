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
    const i = firstBeyond(row.chunks, x0);
    if (i + 1 < row.chunks.length && row.chunks[i + 1].box.x0 < x1 && ++bridged >= enough) return true;
  }
  return false;
}

/** Index of the first chunk that ends right of x; chunks are in order from left to right. */
function firstBeyond(chunks: readonly Chunk[], x: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chunks[middle].box.x1 > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Gutters between the columns that the rows show; empty when there is one column only. */
export function findGutters(rows: readonly TextRow[], size: number): Gutter[] {
  const base = fullRows(rows);
  const covered: { x0: number; x1: number }[] = [];
  for (const row of base)
    for (const chunk of row.chunks)
      if (!isSpanner(chunk, row, base)) covered.push({ x0: chunk.box.x0, x1: chunk.box.x1 });
  covered.sort((a, b) => a.x0 - b.x0);
  const gutters: Gutter[] = [];
  let right = covered[0]?.x1 ?? 0;
  for (const { x0, x1 } of covered) {
    if (x0 - right >= size * MIN_GUTTER) gutters.push({ from: right, to: x0 });
    right = Math.max(right, x1);
  }
  return gutters;
}
