import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { textRows } from './chunks.js';
import type { Edges } from './edges.js';
import { columnsOf, type Grid, gridBox, placeWords, rowsOf } from './grid.js';
import { type Lattice, latticeGrid } from './lattice.js';
import { splitColumns, splitHead, splitMergedCells, splitRows } from './lattice-split.js';
import { isProse, whyNoRuledTable, whyNoTable } from './reject.js';
import { textGrid } from './text-grid.js';
import { tidyGrid, trimTitles } from './tidy.js';

/** What a lattice was read as, and why it is no table where something speaks against it. */
export interface ReadLattice {
  readonly grid: Grid;
  readonly reason?: string;
}

/** The grid of a table whose borders are drawn at least in part, its words in their cells. */
export function readLattice(
  lattice: Lattice,
  edges: Edges,
  words: readonly Word[],
  facts: PageFacts,
): ReadLattice | undefined {
  const drawn = trimTitles(tidyGrid(placeWords(latticeGrid(lattice), words), facts.bodySize));
  if (columnsOf(drawn) < 1 || rowsOf(drawn) < 1) return undefined;
  const grid = columnsOf(drawn) > 1 ? splitGrid(drawn, facts) : framedGrid(drawn, edges, facts);
  // A frame or a ground alone says nothing of rows and columns: the text must speak for them.
  const reason =
    whyNoRuledTable(grid) ?? (isOneCell(lattice) ? whyNoTable(grid, textRows(words, facts)) : undefined);
  return { grid, ...(reason !== undefined && { reason }) };
}

/** A frame or a ground without a border inside: a box around text as well as around a table. */
const isOneCell = ({ horizontal, vertical }: Lattice): boolean =>
  new Set(horizontal.map((e) => Math.round(e.at))).size <= 2 &&
  new Set(vertical.map((e) => Math.round(e.at))).size <= 2;

/** The columns that the text of a frame shows; the drawn rows alone where that text is prose, which shows some, too. */
function framedGrid(drawn: Grid, edges: Edges, facts: PageFacts): Grid {
  const lines = textRows(
    drawn.cells.flatMap((c) => c.words),
    facts,
  );
  const grid = textGrid(lines, edges.horizontal, gridBox(drawn), facts);
  return grid && !isProse(grid) ? grid : drawn;
}

function splitGrid(drawn: Grid, facts: PageFacts): Grid {
  const columns = splitHead(splitMergedCells(splitColumns(drawn, facts), facts), facts);
  // Rows found in one column show where the cells beside it that span them are to be parted.
  return splitRows(splitMergedCells(splitRows(columns, facts), facts), facts);
}
