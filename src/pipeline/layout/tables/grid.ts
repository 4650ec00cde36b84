import { type Box, centerX, centerY } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';

/** A rectangle of grid positions. */
export interface GridCell {
  row: number;
  column: number;
  rowspan: number;
  colspan: number;
  words: Word[];
}

/**
 * A table under construction: `xs` and `ys` are the borders of its columns and rows (one more than
 * there are columns and rows, ascending, in points); `cells` tile the grid without overlap.
 */
export interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly cells: readonly GridCell[];
  /** Leading rows that are the table's head; undefined where nothing has shown it yet. */
  readonly headRows?: number;
}

export const columnsOf = (grid: Grid): number => grid.xs.length - 1;
export const rowsOf = (grid: Grid): number => grid.ys.length - 1;

export const gridBox = (grid: Grid): Box => ({
  x0: grid.xs[0],
  y0: grid.ys[0],
  x1: grid.xs[grid.xs.length - 1],
  y1: grid.ys[grid.ys.length - 1],
});

export const cellBox = (grid: Grid, cell: Omit<GridCell, 'words'>): Box => ({
  x0: grid.xs[cell.column],
  y0: grid.ys[cell.row],
  x1: grid.xs[cell.column + cell.colspan],
  y1: grid.ys[cell.row + cell.rowspan],
});

/** Index of the interval of `borders` that holds `value`; -1 outside. */
export function intervalOf(borders: readonly number[], value: number): number {
  if (value < borders[0] || value > borders[borders.length - 1]) return -1;
  let low = 0;
  let high = borders.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (borders[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Which cell covers each position: `owner[row][column]` is an index into `cells`. */
export function ownersOf(grid: Grid): number[][] {
  const owners = Array.from({ length: rowsOf(grid) }, () => new Array<number>(columnsOf(grid)).fill(-1));
  grid.cells.forEach((cell, index) => {
    for (let r = cell.row; r < cell.row + cell.rowspan; r++)
      for (let c = cell.column; c < cell.column + cell.colspan; c++) owners[r][c] = index;
  });
  return owners;
}

/** The grid with each word put into the cell its centre lies in; words outside are left out. */
export function placeWords(grid: Grid, words: readonly Word[]): Grid {
  const owners = ownersOf(grid);
  const held: Word[][] = grid.cells.map(() => []);
  for (const word of words) {
    const row = intervalOf(grid.ys, centerY(word.box));
    const column = intervalOf(grid.xs, centerX(word.box));
    if (row < 0 || column < 0) continue;
    held[owners[row][column]]?.push(word);
  }
  return { ...grid, cells: grid.cells.map((cell, i) => ({ ...cell, words: held[i] })) };
}

/**
 * The grid without one column (`xs`) or row (`ys`). Cells that lie in it alone vanish with their words,
 * wider ones shrink; the neighbours meet in the middle of the gap.
 */
export function dropTrack(grid: Grid, axis: 'xs' | 'ys', index: number): Grid {
  const [start, span] = axis === 'xs' ? (['column', 'colspan'] as const) : (['row', 'rowspan'] as const);
  const borders = grid[axis];
  const last = borders.length - 2;
  const kept = borders.filter((_, i) => i !== index && i !== index + 1);
  // At the rim the outer border goes; inside, both borders become one in the middle.
  const inner =
    index === 0
      ? [borders[1]]
      : index === last
        ? [borders[index]]
        : [(borders[index] + borders[index + 1]) / 2];
  const cells: GridCell[] = [];
  for (const old of grid.cells) {
    const cell = { ...old };
    const end = cell[start] + cell[span];
    if (cell[start] <= index && end > index) {
      cell[span]--;
      if (cell[span] === 0) continue;
    } else if (cell[start] > index) cell[start]--;
    cells.push(cell);
  }
  return { ...grid, [axis]: [...kept, ...inner].sort((a, b) => a - b), cells };
}
