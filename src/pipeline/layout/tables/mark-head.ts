import { chunkText, isValueChunk } from './chunks.js';
import { columnsOf, type Grid, type GridCell, rowsOf } from './grid.js';

/** More rows than this are no head. */
const MAX_HEAD_ROWS = 4;
/** Words of a column's heading; longer texts are content. */
const MAX_HEADING_WORDS = 8;
/** Columns from which on short texts over a body are taken for headings without other signs. */
const MIN_COLUMNS_UNMARKED = 3;
const YEAR = /^(?:1[89]|20)\d\d(?:[-–—/]\d{2,4})?$/;

/**
 * The grid with its head rows told, where nothing has shown them yet: texts that are no figures over
 * columns of figures, bold over plain, or short headings over every column; as deep as its spans reach.
 */
export function markHead(grid: Grid): Grid {
  if (grid.headRows) return grid;
  const rows = rowsOf(grid);
  const first = grid.cells.filter((c) => c.row === 0);
  const filled = first.filter((c) => c.words.length > 0);
  if (rows < 2 || !filled.length || first.some((c) => c.words.length === 0 && c.column > 0)) return grid;
  const depth = headDepth(first, rows);
  const body = grid.cells.filter((c) => c.row >= depth && c.words.length > 0);
  const bold = filled.every(isBold) && body.filter(isBold).length < body.length / 2;
  const isFigure = (c: GridCell): boolean => isValueChunk(c.words) && !isYear(c);
  // Numbers head columns (trains, models) where they and the word before them are set as a head.
  const numbered = bold && !isFigure(filled[0]);
  if (filled.some((c) => (isFigure(c) && !numbered) || c.words.length > MAX_HEADING_WORDS)) return grid;
  const figures = body.filter((c) => c.column > 0 && isValueChunk(c.words)).length;
  const overFigures = figures >= body.filter((c) => c.column > 0).length / 2 && figures > 0;
  const headings = columnsOf(grid) >= MIN_COLUMNS_UNMARKED && rows >= 3 && first.length === columnsOf(grid);
  return overFigures || bold || headings ? { ...grid, headRows: depth } : grid;
}

/** Rows that the first row's spans take: headings over several columns have those columns' own below. */
function headDepth(first: readonly GridCell[], rows: number): number {
  const deepest = Math.max(...first.map((c) => c.rowspan));
  const spans = first.some((c) => c.colspan > 1) && first.length > 1;
  return Math.min(rows - 1, MAX_HEAD_ROWS, spans ? Math.max(2, deepest) : deepest);
}

const isYear = (cell: GridCell): boolean => YEAR.test(chunkText(cell.words));
const isBold = (cell: GridCell): boolean => cell.words.every((w) => w.style.bold);
