import { chunkText } from './chunks.js';
import { columnsOf, type Grid, rowsOf } from './grid.js';
import { cropRows } from './tidy.js';

/** Fewest columns of a folded table's part. */
const MIN_PART_COLUMNS = 2;

/**
 * Tables side by side in one frame, or one long list folded into several strips: the first row repeats
 * the same headings over every strip. Returns the strips from left to right; the grid itself otherwise.
 */
export function splitSideBySide(grid: Grid): Grid[] {
  const columns = columnsOf(grid);
  const first = grid.cells.filter((c) => c.row === 0).sort((a, b) => a.column - b.column);
  if (first.length !== columns) return [grid];
  const headings = first.map((c) => chunkText(c.words));
  for (let width = MIN_PART_COLUMNS; width <= columns / 2; width++) {
    if (columns % width || headings[0] === '') continue;
    if (!headings.every((h, c) => h === headings[c % width])) continue;
    const crossing = grid.cells.some(
      (c) => Math.floor(c.column / width) !== Math.floor((c.column + c.colspan - 1) / width),
    );
    if (crossing) continue;
    return Array.from({ length: columns / width }, (_, k) => strip(grid, k * width, width));
  }
  return [grid];
}

/** Some columns of the grid as a grid of their own, without empty rows at the end. */
function strip(grid: Grid, from: number, width: number): Grid {
  const cells = grid.cells
    .filter((c) => c.column >= from && c.column < from + width)
    .map((c) => ({ ...c, column: c.column - from }));
  const part = { ...grid, xs: grid.xs.slice(from, from + width + 1), cells };
  let rows = rowsOf(part);
  while (rows > 1 && cells.every((c) => c.row + c.rowspan < rows || c.words.length === 0)) rows--;
  return cropRows(part, 0, rows);
}
