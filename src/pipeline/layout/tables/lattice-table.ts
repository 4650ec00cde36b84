import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { textRows } from './chunks.js';
import type { Edges } from './edges.js';
import { columnsOf, type Grid, gridBox, placeWords, rowsOf } from './grid.js';
import { type Lattice, latticeGrid } from './lattice.js';
import { splitColumns, splitHead, splitMergedCells, splitRows } from './lattice-split.js';
import { isProse } from './reject.js';
import { textGrid } from './text-grid.js';
import { tidyGrid, trimTitles } from './tidy.js';

/** The grid of a table whose borders are drawn at least in part, its words in their cells. */
export function latticeTable(
  lattice: Lattice,
  edges: Edges,
  words: readonly Word[],
  facts: PageFacts,
): Grid | undefined {
  const drawn = trimTitles(tidyGrid(placeWords(latticeGrid(lattice), words), facts.bodySize));
  if (columnsOf(drawn) < 1 || rowsOf(drawn) < 1) return undefined;
  if (columnsOf(drawn) === 1) {
    const lines = textRows(
      drawn.cells.flatMap((c) => c.words),
      facts,
    );
    // A frame vouches for what it holds, not for columns that only the text shows: prose shows some, too.
    const grid = textGrid(lines, edges.horizontal, gridBox(drawn), facts);
    return grid && !isProse(grid) ? grid : drawn;
  }
  const columns = splitHead(splitMergedCells(splitColumns(drawn, facts), facts), facts);
  // Rows found in one column show where the cells beside it that span them are to be parted.
  return splitRows(splitMergedCells(splitRows(columns, facts), facts), facts);
}
