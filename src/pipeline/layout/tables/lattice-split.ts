import { unionBoxes } from '../../../document/geometry.js';
import type { PageFacts } from '../facts.js';
import { groupBodyRows } from './body-rows.js';
import { isValueChunk, type TextRow, textRows } from './chunks.js';
import { findGutters, type Gutter } from './columns.js';
import { columnsOf, type Grid, type GridCell, intervalOf, rowsOf } from './grid.js';
import { buildHead } from './head.js';
import type { Extent } from './heading-spans.js';
import { columnRange, type PlacedRow, placeRows } from './pieces.js';
import { columnExtents } from './text-grid.js';
import { wrapShare } from './wraps.js';

/** Share of a row's filled columns that must hold figure under figure before the row is split along its lines. */
const SPLIT_EVIDENCE = 0.3;
/** Rows that must show a gutter before a drawn column is split along it, and their share of the column's rows. */
const MIN_GUTTER_ROWS = 3;
const GUTTER_ROW_SHARE = 0.6;
/** Stacked texts are entries of their own when fewer than this share of their line breaks are wraps. */
const ENTRY_WRAPS = 0.6;
const MIN_ENTRY_LINES = 3;
/** A blank of this many usual line steps across all columns parts rows that no rule parts. */
const BLANK_STEP = 1.35;
/** Cells over this many rows with one line in each are columns whose rules were left out. */
const MIN_LADDER = 5;

const centerOf = (a: number, b: number): number => (a + b) / 2;
const borders = (grid: Grid): Gutter[] => grid.xs.slice(1, -1).map((x) => ({ from: x, to: x }));
const byPlace = (a: GridCell, b: GridCell): number => a.row - b.row || a.column - b.column;

/** Splits drawn columns in which the rows leave a common gutter. */
export function splitColumns(grid: Grid, facts: PageFacts): Grid {
  let out = grid;
  for (let c = columnsOf(grid) - 1; c >= 0; c--) {
    const words = out.cells
      .filter((cell) => cell.column === c && cell.colspan === 1)
      .flatMap((cell) => cell.words);
    const rows = textRows(words, facts);
    const broken = rows.filter((r) => r.chunks.length > 1);
    if (broken.length < MIN_GUTTER_ROWS || broken.length < rows.length * GUTTER_ROW_SHARE) continue;
    const gutters = findGutters(rows, facts.bodySize).filter((g) => isColumnGutter(g, broken));
    for (const g of gutters.reverse()) out = insertColumn(out, c, centerOf(g.from, g.to), facts);
  }
  return out;
}

/** Figures stand right of a gutter that every broken row keeps. */
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
        const left = cell.words.filter((w) => centerOf(w.box.x0, w.box.x1) < x);
        const right = cell.words.filter((w) => centerOf(w.box.x0, w.box.x1) >= x);
        cells.push({ ...cell, words: left }, { ...cell, column: column + 1, words: right });
      }
    }
  }
  return { ...grid, xs: [...grid.xs, x].sort((a, b) => a - b), cells: cells.sort(byPlace) };
}

/** Splits cells that no border divides but whose text keeps to the columns or rows drawn elsewhere in the table. */
export function splitMergedCells(grid: Grid, facts: PageFacts): Grid {
  const cells = grid.cells.flatMap((cell) => {
    if (!cell.words.length) return [cell];
    const parts = cell.colspan > 1 ? alongColumns(grid, cell, facts) : [cell];
    return parts.flatMap((part) => (part.rowspan > 1 ? alongRows(grid, part, facts) : [part]));
  });
  return { ...grid, cells: cells.sort(byPlace) };
}

function alongColumns(grid: Grid, cell: GridCell, facts: PageFacts): GridCell[] {
  const inner = grid.xs.slice(cell.column + 1, cell.column + cell.colspan).map((x) => ({ from: x, to: x }));
  const placed = placeRows(textRows(cell.words, facts), inner, facts);
  if (placed.some((r) => r.pieces.some((p) => p.colspan > 1))) return [cell];
  const parted = placed.filter(
    (r) => r.pieces.length > 1 && r.pieces.filter((p) => isValueChunk(p.words)).length > 1,
  );
  if (parted.length < Math.max(1, placed.length * 0.5)) return [cell];
  return Array.from({ length: cell.colspan }, (_, i) => ({
    ...cell,
    column: cell.column + i,
    colspan: 1,
    words: placed.flatMap((r) => r.pieces.filter((p) => p.column === i).flatMap((p) => p.words)),
  }));
}

function alongRows(grid: Grid, cell: GridCell, facts: PageFacts): GridCell[] {
  const lines = textRows(cell.words, facts);
  const places = lines.map((l) => intervalOf(grid.ys, centerOf(l.box.y0, l.box.y1)) - cell.row);
  if (new Set(places).size < cell.rowspan * 0.8 || lines.length < 2) return [cell];
  const values = lines.filter((l) => isValueChunk(l.line.words)).length;
  if (values < lines.length * 0.7 && cell.rowspan < MIN_LADDER) return [cell];
  return Array.from({ length: cell.rowspan }, (_, i) => ({
    ...cell,
    row: cell.row + i,
    rowspan: 1,
    words: cell.words.filter((w) => intervalOf(grid.ys, centerOf(w.box.y0, w.box.y1)) === cell.row + i),
  }));
}

/** Splits drawn rows that hold several rows of text: tables whose columns are ruled and whose rows are not. */
export function splitRows(grid: Grid, facts: PageFacts): Grid {
  let out = grid;
  for (let r = rowsOf(grid) - 1; r >= 0; r--) {
    const cuts = rowCuts(out, r, facts);
    if (cuts.length) out = insertRows(out, r, cuts);
  }
  return out;
}

/** y-positions at which the drawn row is to be cut; none when its lines are one row. */
function rowCuts(grid: Grid, r: number, facts: PageFacts): number[] {
  const own = grid.cells.filter((c) => c.row === r && c.rowspan === 1 && c.words.length > 0);
  const rows = textRows(
    own.flatMap((c) => c.words),
    facts,
  );
  if (rows.length < 2) return [];
  const placed = placeRows(rows, borders(grid), facts);
  const widths = columnExtents(placed, columnsOf(grid)).map((e, c) =>
    Math.max(e ? e.x1 - e.x0 : 0, grid.xs[c + 1] - grid.xs[c] - facts.bodySize),
  );
  const stacked = own.filter((c) => {
    const lines = textRows(c.words, facts);
    return lines.length > 1 && lines.every((l) => l.chunks.length === 1 && isValueChunk(l.line.words));
  });
  const figures = stacked.length >= Math.max(1, own.length * SPLIT_EVIDENCE);
  if (!figures && !areEntries(placed, widths)) return blankCuts(placed);
  const groups = groupBodyRows({ rows: placed, ruled: rows.map(() => false), widths, enclosed: false });
  return rows
    .slice(1)
    .flatMap((row, i) => (groups[i + 1] === groups[i] ? [] : [centerOf(rows[i].box.y1, row.box.y0)]));
}

/** Lines of several columns stand beside each other and hardly any is broken for want of room. */
function areEntries(rows: readonly PlacedRow[], widths: readonly number[]): boolean {
  const parted = rows.filter((r) => r.pieces.length > 1).length;
  if (rows.length < MIN_ENTRY_LINES || parted < rows.length * 0.6) return false;
  const { share, breaks, first } = wrapShare(rows, widths);
  return breaks >= MIN_ENTRY_LINES && share < ENTRY_WRAPS && first < ENTRY_WRAPS;
}

/** Cuts at blanks that go through all columns, where what follows starts with a label and more beside it. */
function blankCuts(rows: readonly PlacedRow[]): number[] {
  const steps = rows.slice(1).map((r, i) => r.row.line.baseline - rows[i].row.line.baseline);
  const usual = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 3)];
  const cuts: number[] = [];
  for (let i = 0; i < steps.length; i++) {
    if (steps[i] < usual * BLANK_STEP || steps[i] < rows[i].row.size * BLANK_STEP) continue;
    const next = rows[i + 1].pieces;
    if (next.length < 2 || !next.some((p) => p.column === 0)) return [];
    cuts.push(centerOf(rows[i].row.box.y1, rows[i + 1].row.box.y0));
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
        const words = cell.words.filter((w) => intervalOf(ys, centerOf(w.box.y0, w.box.y1)) === row + i);
        cells.push({ ...cell, row: row + i, words });
      }
    }
  }
  return { ...grid, ys, cells: cells.sort(byPlace) };
}

/**
 * Splits the first drawn row where one cell holds a whole head: a heading over several columns with
 * those columns' own headings below it, or several headings side by side, without rules between.
 */
export function splitHead(grid: Grid, facts: PageFacts): Grid {
  const columns = columnsOf(grid);
  const own = grid.cells.filter((c) => c.row === 0);
  if (rowsOf(grid) < 2 || own.some((c) => c.rowspan > 1 && c.colspan > 1)) return grid;
  const gutters = borders(grid);
  const holdsMore = own.some((c) => {
    if (c.colspan < 2 || c.rowspan > 1) return false;
    return textRows(c.words, facts).some((r) => {
      const ranges = r.chunks.map((k) => columnRange(k.box, gutters));
      return r.chunks.length > 1 && new Set(ranges.map((x) => x.join('-'))).size === r.chunks.length;
    });
  });
  if (!holdsMore) return grid;
  const lines = placeRows(
    textRows(
      own.filter((c) => c.rowspan === 1).flatMap((c) => c.words),
      facts,
    ),
    gutters,
    facts,
  );
  const extents: Extent[] = Array.from({ length: columns }, (_, c) => ({
    x0: grid.xs[c],
    x1: grid.xs[c + 1],
  }));
  const head = buildHead(
    lines,
    lines.map(() => ({ edges: [], share: 0 })),
    extents,
  );
  const taller = own.filter((c) => c.rowspan > 1);
  const added = head.rows - 1;
  const headCells = head.cells.filter(
    (c) => !taller.some((t) => c.column >= t.column && c.column < t.column + t.colspan),
  );
  const rest = grid.cells.filter((c) => c.row > 0).map((c) => ({ ...c, row: c.row + added }));
  const cells = [...headCells, ...taller.map((t) => ({ ...t, rowspan: t.rowspan + added })), ...rest].sort(
    byPlace,
  );
  return {
    ...grid,
    ys: [grid.ys[0], ...headBorders(headCells, head.rows, grid.ys), ...grid.ys.slice(1)],
    cells,
    headRows: head.rows,
  };
}

/** y-borders inside the head: above the words of each of its rows. */
function headBorders(cells: readonly GridCell[], rows: number, ys: readonly number[]): number[] {
  const out: number[] = [];
  for (let r = 1; r < rows; r++) {
    const words = cells.filter((c) => c.row === r).flatMap((c) => c.words);
    const top = words.length ? unionBoxes(words.map((w) => w.box)).y0 : ys[0] + ((ys[1] - ys[0]) * r) / rows;
    out.push(Math.min(ys[1], Math.max(out[r - 2] ?? ys[0], top)));
  }
  return out;
}
