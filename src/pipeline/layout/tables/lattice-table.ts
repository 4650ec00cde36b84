import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { groupBodyRows } from './body-rows.js';
import { isValueChunk, type TextRow, textRows } from './chunks.js';
import { findGutters, type Gutter } from './columns.js';
import type { Edges } from './edges.js';
import {
  columnsOf,
  dropTrack,
  type Grid,
  type GridCell,
  gridBox,
  intervalOf,
  placeWords,
  rowsOf,
} from './grid.js';
import { type Lattice, latticeGrid } from './lattice.js';
import { placeRows } from './pieces.js';
import { textGrid } from './text-grid.js';

/** An empty row or column thinner than this many ems is the space between two borders, not a place for text. */
const THIN_TRACK = 0.75;
/** Share of a row's filled columns that must hold figure under figure before the row is split along its lines. */
const SPLIT_EVIDENCE = 0.3;
/** Rows that must show a gutter before a drawn column is split along it, and their share of the column's rows. */
const MIN_GUTTER_ROWS = 3;
const GUTTER_ROW_SHARE = 0.6;

/** The grid of a table whose borders are drawn at least in part, its words in their cells. */
export function latticeTable(
  lattice: Lattice,
  edges: Edges,
  words: readonly Word[],
  facts: PageFacts,
): Grid | undefined {
  const drawn = dropThinTracks(placeWords(latticeGrid(lattice), words), facts.bodySize);
  if (columnsOf(drawn) < 1 || rowsOf(drawn) < 1) return undefined;
  if (columnsOf(drawn) === 1) {
    const inside = drawn.cells.flatMap((c) => c.words);
    return textGrid(textRows(inside, facts), edges.horizontal, gridBox(drawn), facts) ?? drawn;
  }
  return splitRows(splitColumns(drawn, facts), facts);
}

/** Leaves out rows and columns that hold no word and are too thin for one: gaps of double borders and between shaded cells. */
export function dropThinTracks(grid: Grid, em: number): Grid {
  let out = grid;
  for (const axis of ['xs', 'ys'] as const) {
    for (let i = out[axis].length - 2; i >= 0; i--) {
      if (out[axis].length <= 2) break;
      if (out[axis][i + 1] - out[axis][i] > em * THIN_TRACK) continue;
      const [start, span] = axis === 'xs' ? (['column', 'colspan'] as const) : (['row', 'rowspan'] as const);
      const own = out.cells.filter((c) => c[start] === i && c[span] === 1);
      if (own.every((c) => c.words.length === 0)) out = dropTrack(out, axis, i);
    }
  }
  return out;
}

/** Splits drawn columns in which the rows leave a common gutter. */
function splitColumns(grid: Grid, facts: PageFacts): Grid {
  let out = grid;
  for (let c = columnsOf(grid) - 1; c >= 0; c--) {
    const words = out.cells
      .filter((cell) => cell.column === c && cell.colspan === 1)
      .flatMap((cell) => cell.words);
    const rows = textRows(words, facts);
    const broken = rows.filter((r) => r.chunks.length > 1);
    if (broken.length < MIN_GUTTER_ROWS || broken.length < rows.length * GUTTER_ROW_SHARE) continue;
    const gutters = findGutters(rows, facts.bodySize).filter((g) => isColumnGutter(g, broken));
    for (const g of gutters.reverse()) out = insertColumn(out, c, (g.from + g.to) / 2, facts);
  }
  return out;
}

/** Figures stand on both sides, or at least on one side of a gutter that every broken row keeps. */
function isColumnGutter(gutter: Gutter, rows: readonly TextRow[]): boolean {
  let values = 0;
  let sides = 0;
  for (const row of rows) {
    const left = row.chunks.filter((c) => c.box.x1 <= gutter.from + 0.5);
    const right = row.chunks.filter((c) => c.box.x0 >= gutter.to - 0.5);
    if (!left.length || !right.length) continue;
    sides++;
    if (isValueChunk(right[0].words)) values++;
  }
  return sides >= MIN_GUTTER_ROWS && values >= sides * 0.6;
}

function insertColumn(grid: Grid, column: number, x: number, facts: PageFacts): Grid {
  const cells: GridCell[] = [];
  for (const cell of grid.cells) {
    if (cell.column + cell.colspan <= column) cells.push(cell);
    else if (cell.column > column) cells.push({ ...cell, column: cell.column + 1 });
    else if (cell.colspan > 1) cells.push({ ...cell, colspan: cell.colspan + 1 });
    else {
      const crossing = textRows(cell.words, facts).some((r) =>
        r.chunks.some((k) => k.box.x0 < x && k.box.x1 > x),
      );
      if (crossing) cells.push({ ...cell, colspan: 2 });
      else {
        cells.push({ ...cell, words: cell.words.filter((w) => (w.box.x0 + w.box.x1) / 2 < x) });
        cells.push({
          ...cell,
          column: column + 1,
          words: cell.words.filter((w) => (w.box.x0 + w.box.x1) / 2 >= x),
        });
      }
    }
  }
  return { ...grid, xs: [...grid.xs, x].sort((a, b) => a - b), cells };
}

/** Splits drawn rows that hold several rows of figures: tables whose columns are ruled and whose rows are not. */
function splitRows(grid: Grid, facts: PageFacts): Grid {
  let out = grid;
  for (let r = rowsOf(grid) - 1; r >= 0; r--) {
    const ys = rowCuts(out, r, facts);
    if (ys.length) out = insertRows(out, r, ys);
  }
  return out;
}

/** y-positions at which the drawn row is to be cut; none when its lines are one row. */
function rowCuts(grid: Grid, r: number, facts: PageFacts): number[] {
  const own = grid.cells.filter((c) => c.row === r && c.rowspan === 1 && c.words.length > 0);
  const words = own.flatMap((c) => c.words);
  const gutters = grid.xs.slice(1, -1).map((x) => ({ from: x, to: x }));
  const rows = textRows(words, facts);
  if (rows.length < 2) return [];
  const stacked = own.filter((c) => {
    const lines = textRows(c.words, facts);
    return lines.length > 1 && lines.every((l) => l.chunks.length === 1 && isValueChunk(l.line.words));
  });
  if (stacked.length < Math.max(1, own.length * SPLIT_EVIDENCE)) return [];
  const placed = placeRows(rows, gutters, facts);
  const groups = groupBodyRows({
    rows: placed,
    ruled: rows.map(() => false),
    rights: grid.xs.slice(1),
    numeric: grid.xs.slice(1).map((_, c) => stacked.some((s) => s.column === c)),
  });
  const cuts: number[] = [];
  for (let i = 1; i < rows.length; i++) {
    if (groups[i] !== groups[i - 1]) cuts.push((rows[i - 1].box.y1 + rows[i].box.y0) / 2);
  }
  return cuts;
}

function insertRows(grid: Grid, row: number, cuts: readonly number[]): Grid {
  const ys = [...grid.ys, ...cuts].sort((a, b) => a - b);
  const added = cuts.length;
  const cells: GridCell[] = [];
  for (const cell of grid.cells) {
    if (cell.row + cell.rowspan <= row) cells.push(cell);
    else if (cell.row > row) cells.push({ ...cell, row: cell.row + added });
    else if (cell.rowspan > 1) cells.push({ ...cell, rowspan: cell.rowspan + added });
    else {
      for (let i = 0; i <= added; i++) {
        const words = cell.words.filter((w) => intervalOf(ys, (w.box.y0 + w.box.y1) / 2) === row + i);
        cells.push({ ...cell, row: row + i, words });
      }
    }
  }
  cells.sort((a, b) => a.row - b.row || a.column - b.column);
  return { ...grid, ys, cells };
}
