import type { Line } from '../../../document/block.js';
import type { Box } from '../../../document/geometry.js';

/** A table, a figure or a panel, which is put into reading order as one; `index` says which. */
export interface PlacedPiece {
  readonly box: Box;
  readonly index: number;
}

/** A row of words or one piece, over the whole width of its region. */
export interface Slice {
  /** The row of words; absent for a piece. */
  readonly row?: Line;
  readonly piece?: PlacedPiece;
  readonly top: number;
  readonly bottom: number;
  readonly baseline: number;
}

/** Slices a region from top to bottom: one slice a row, one a piece. */
export function makeSlices(rows: readonly Line[], pieces: readonly PlacedPiece[]): Slice[] {
  const slices: Slice[] = rows.map((row) => {
    const { y0, y1 } = row.box;
    return { row, top: y0, bottom: y1, baseline: row.baseline };
  });
  for (const piece of pieces) {
    const { y0, y1 } = piece.box;
    slices.push({ piece, top: y0, bottom: y1, baseline: (y0 + y1) / 2 });
  }
  return slices.sort((a, b) => a.baseline - b.baseline);
}
