import type { Line } from '../../../document/block.js';
import type { Box } from '../../../document/geometry.js';
import type { PlacedPiece } from './slices.js';

/** A stretch of the page that is read straight down; `rows` from top to bottom. */
export interface Column {
  readonly rows: readonly Line[];
  readonly pieces: readonly PlacedPiece[];
  /** The room that its lines have; where absent, the extent of the lines themselves. */
  readonly extent?: Box;
}
