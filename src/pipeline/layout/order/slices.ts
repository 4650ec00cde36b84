import type { Line } from '../../../document/block.js';
import type { Box } from '../../../document/geometry.js';
import { leftToRight } from '../direction.js';

/** A table, a figure or a panel, which is put into reading order as one; `index` says which. */
export interface PlacedPiece {
  readonly box: Box;
  readonly index: number;
}

/** A row of words or one piece, with the x-intervals that it leaves empty. */
export interface Slice {
  /** The row of words; absent for a piece. */
  readonly row?: Line;
  readonly piece?: PlacedPiece;
  readonly top: number;
  readonly bottom: number;
  readonly baseline: number;
  /** From -Infinity to Infinity, gaps between neighbours and both outer sides. */
  readonly free: readonly (readonly [number, number])[];
}

/** Slices a region from top to bottom: one slice a row, one a piece. */
export function makeSlices(rows: readonly Line[], pieces: readonly PlacedPiece[]): Slice[] {
  const slices: Slice[] = rows.map((row) => ({
    row,
    top: row.box.y0,
    bottom: row.box.y1,
    baseline: row.baseline,
    free: freeOf(row),
  }));
  for (const piece of pieces) {
    const { x0, y0, x1, y1 } = piece.box;
    const free = [
      [Number.NEGATIVE_INFINITY, x0],
      [x1, Number.POSITIVE_INFINITY],
    ] as const;
    slices.push({ piece, top: y0, bottom: y1, baseline: (y0 + y1) / 2, free });
  }
  return slices.sort((a, b) => a.baseline - b.baseline);
}

function freeOf({ words }: Line): [number, number][] {
  const free: [number, number][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const { box } of leftToRight(words)) {
    if (box.x0 > right) free.push([right, box.x0]);
    if (box.x1 > right) right = box.x1;
  }
  free.push([right, Number.POSITIVE_INFINITY]);
  return free;
}
