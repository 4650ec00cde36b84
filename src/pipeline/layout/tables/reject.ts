import { type Box, median, unionBoxes } from '../../../document/geometry.js';
import { INDEX_END } from '../measure.js';
import { chunkText, isBlankValue, isValueChunk, type TextRow } from './chunks.js';
import { columnsOf, type Grid, type GridCell, rowsOf } from './grid.js';

/** Cells with more words than this read as prose. */
const PROSE_CELL_WORDS = 12;
/** A larger share of such cells makes the whole prose. */
const MAX_PROSE_CELLS = 0.3;
/** Less text than this share of the positions is a chart's labels. */
const MIN_FILLED = 0.45;
/** A drawn table has text in more than this share of its cells; the grid of a chart has not. */
const MIN_FILLED_RULED = 0.3;
/** Inner borders of a table part at least this share of its width on average; tops of bars do not. */
const MIN_SHARED_BORDER = 0.3;
/** A drawn row with more words than this is a frame around text. */
const MAX_ROW_WORDS = 60;
/** Labels inside a chart fill at most this share of the places its grid lines make. */
const MAX_CHART_FILL = 0.75;
/** Figures along a chart's axis. */
const MIN_TICKS = 4;
/** Share of a region's rows that lead to a page number in a table of contents. */
const CONTENTS_SHARE = 0.4;
/** Page numbers that make a table of contents where no leaders show it. */
const MIN_PAGES = 4;
/** Texts are aligned within this many ems; a table keeps this share of them aligned. */
const ALIGNED = 0.6;
const MIN_ALIGNED = 0.55;
/** From this share of such cells on a column is one of an index; entries go on over further lines. */
const INDEX_SHARE = 0.3;
/** Lines of justified text end within this many ems of both edges; so many of them, at this share, make a column of it. */
const JUSTIFIED_SLACK = 0.35;
const MIN_JUSTIFIED = 0.6;
const MIN_JUSTIFIED_LINES = 6;
const BULLET = /^[•●○◦▪■□–—*‣⁃§✓✔➢❖-]$/u;
const LIST_MARKER =
  /^(?:[•●○◦▪■□–—*‣⁃o§-]|\(?(?:\d{1,3}|[a-z]|[ivxlc]{1,5})[.)]|\[\d+\]|\d{1,3}(?:\.\d{1,3})*\.?)$/iu;

const text = (cell: GridCell): string => chunkText(cell.words);
const column = (grid: Grid, c: number): GridCell[] =>
  grid.cells.filter(
    (cell) =>
      cell.column === c && cell.colspan === 1 && cell.words.length > 0 && cell.row >= (grid.headRows ?? 0),
  );

/** Why an unruled grid of text is no table; undefined where nothing speaks against it. */
export function whyNoTable(grid: Grid, lines: readonly TextRow[]): string | undefined {
  const columns = columnsOf(grid);
  const rows = rowsOf(grid);
  if (columns < 2 || rows < 2) return 'too small';
  const filled = grid.cells.filter((c) => c.words.length > 0);
  const body = filled.filter((c) => c.row >= (grid.headRows ?? 0));
  const values = body.filter((c) => c.column > 0 && (isValueChunk(c.words) || isBlankValue(text(c)))).length;
  const others = body.filter((c) => c.column > 0).length;
  const valueShare = others ? values / others : 0;
  if (isAxis(grid)) return 'chart';
  if (lines.filter((l) => l.toPageNumber).length > lines.length * CONTENTS_SHARE || endsInPages(lines))
    return 'contents';
  if (alignedShare(grid) < MIN_ALIGNED) return 'ragged';
  if (isIndex(grid)) return 'index';
  if (columns === 2 && isMarkerColumn(grid)) return 'list';
  if (columns === 2 && isContents(grid)) return 'contents';
  if (columns === 2 && isForm(grid)) return 'form';
  if (columns === 2 && areNumbered(grid)) return 'formulas';
  // Group titles stand alone in their row.
  const titles = grid.cells.filter(
    (c) => c.column === 0 && filled.every((f) => f === c || f.row !== c.row),
  ).length;
  const share = filled.length / ((rows - titles) * columns + titles);
  if (share < MIN_FILLED) return 'sparse';
  if (rows < 3) return 'too small';
  if (isProse(grid) || isJustified(grid)) return 'prose';
  if (valueShare < 0.3 && !isRegularText(grid)) return 'no figures and no regular text';
  return undefined;
}

/** Many cells of the body hold sentences. */
export function isProse(grid: Grid): boolean {
  const body = grid.cells.filter((c) => c.words.length > 0 && c.row >= (grid.headRows ?? 0));
  return body.filter((c) => c.words.length > PROSE_CELL_WORDS).length > body.length * MAX_PROSE_CELLS;
}

/** Every column is a stack of lines that end at both of its edges: justified text, however wide its gaps. */
function isJustified(grid: Grid): boolean {
  const columns = Array.from({ length: columnsOf(grid) }, (_, c) => column(grid, c));
  return columns.every((cells) => {
    if (cells.length < MIN_JUSTIFIED_LINES) return false;
    const boxes = cells.map((cell) => unionBoxes(cell.words.map((w) => w.box)));
    const x0 = Math.min(...boxes.map((b) => b.x0));
    const x1 = Math.max(...boxes.map((b) => b.x1));
    const slack = cells[0].words[0].size * JUSTIFIED_SLACK;
    const worded = cells.filter((cell) => cell.words.length > 1 && /\p{L}{2}/u.test(text(cell)));
    const full = boxes.filter((b) => b.x0 - x0 < slack && x1 - b.x1 < slack).length;
    return full >= cells.length * MIN_JUSTIFIED && worded.length >= cells.length * MIN_JUSTIFIED;
  });
}

/**
 * Why a grid of drawn borders is no table: bars and grid lines of a chart leave most positions empty,
 * or put their borders in steps that hardly any column shares.
 */
export function whyNoRuledTable(grid: Grid): string | undefined {
  const rows = rowsOf(grid);
  const columns = columnsOf(grid);
  const filled = grid.cells.filter((c) => c.words.length > 0).length;
  if (rows === 1 && columns > 1 && grid.cells.every(isSingleSign)) return 'comb';
  if (rows === 1) return columns > 1 && filled === grid.cells.length && isSmall(grid) ? undefined : 'one row';
  if (filled < 3) return 'too small';
  if (columns === 1 && grid.cells.some((c) => c.words.length > MAX_ROW_WORDS)) return 'frame';
  if (columns === 1)
    return grid.cells.filter((c) => isValueChunk(c.words)).length > filled / 2 ? 'bars' : undefined;
  if (filled < grid.cells.length * MIN_FILLED_RULED) return 'empty';
  if (rows > 2 && sharedBorders(grid, 'row', rows, columns) < MIN_SHARED_BORDER) return 'staggered rows';
  if (columns > 2 && sharedBorders(grid, 'column', columns, rows) < MIN_SHARED_BORDER)
    return 'staggered columns';
  const spanned = grid.cells.some((c) => c.rowspan > 1 || c.colspan > 1);
  if (spanned && grid.cells.every((c) => c.words.length === 0 || isValueChunk(c.words)))
    return 'figures without labels';
  return isAxis(grid) ? 'chart' : undefined;
}

/** At most one letter or digit, as goes into each frame of a comb for numbers and names. */
const isSingleSign = ({ words }: Grid['cells'][number]): boolean =>
  words.length === 0 || (words.length === 1 && [...words[0].text].length === 1);

/** Not a frame around whole columns of text. */
const isSmall = (grid: Grid): boolean =>
  grid.cells.reduce((sum, c) => sum + c.words.length, 0) <= MAX_ROW_WORDS;

/** Reasons that speak for a chart, whose labels are no table either. */
export const CHART_REASONS: ReadonlySet<string> = new Set([
  'empty',
  'staggered rows',
  'staggered columns',
  'bars',
  'figures without labels',
  'chart',
]);

/** Mean share of the table's width (or height) along which its inner borders part cells. */
function sharedBorders(grid: Grid, start: 'row' | 'column', count: number, across: number): number {
  const cross = start === 'row' ? 'colspan' : 'rowspan';
  const parted = new Array<number>(count).fill(0);
  for (const cell of grid.cells) parted[cell[start]] += cell[cross];
  return parted.slice(1).reduce((sum, p) => sum + p, 0) / Math.max(1, (count - 1) * across);
}

/** Evenly falling figures down one side and an empty middle: a chart's axis and its area. */
function isAxis(grid: Grid): boolean {
  const columns = columnsOf(grid);
  const inner = grid.cells.filter((c) => c.column > 0 && c.column + c.colspan < columns);
  if (!inner.length || inner.filter((c) => c.words.length > 0).length > inner.length * MAX_CHART_FILL)
    return false;
  return [0, columns - 1].some((c) => {
    const words = grid.cells.filter((cell) => cell.column === c).flatMap((cell) => cell.words);
    const values = [...words]
      .sort((a, b) => a.baseline - b.baseline)
      .map((w) => Number(w.text.replace(/[,%$]/g, '')))
      .filter((v) => Number.isFinite(v));
    let run = 2;
    let longest = 0;
    for (let i = 2; i < values.length; i++) {
      const step = values[i - 1] - values[i];
      run =
        step > 0 && step !== 1 && Math.abs(values[i - 2] - values[i - 1] - step) < step * 0.01 ? run + 1 : 2;
      longest = Math.max(longest, run);
    }
    return longest >= MIN_TICKS && longest >= values.length * 0.6;
  });
}

function isMarkerColumn(grid: Grid): boolean {
  const cells = column(grid, 0);
  const second = column(grid, 1);
  const markers = cells.filter((c) => LIST_MARKER.test(text(c))).length;
  const wordy = second.filter((c) => c.words.length > 2 && !isValueChunk(c.words)).length;
  const bullets = cells.filter((c) => BULLET.test(text(c))).length;
  if (cells.length > 0 && bullets >= cells.length * 0.8) return true;
  return cells.length > 0 && markers >= cells.length * 0.8 && wordy >= second.length * 0.5;
}

/** Rows of words that each end in a page number, and the numbers never fall. */
function endsInPages(lines: readonly TextRow[]): boolean {
  const pages = lines.flatMap(({ line: { words } }) => {
    const last = words[words.length - 1];
    const wordy =
      words.length > 1 && words.slice(0, -1).every((w) => !isValueChunk([w]) || /^[\d.]+$/.test(w.text));
    return wordy && /^\d{1,4}$/.test(last.text) && /\p{L}/u.test(words[0].text + words[1].text)
      ? [Number(last.text)]
      : [];
  });
  const single = lines.filter((l) => l.line.words.filter((w) => isValueChunk([w])).length === 1).length;
  if (pages.length < MIN_PAGES || pages.length < lines.length * 0.7 || single < lines.length * 0.7)
    return false;
  return pages.every((p, i) => i === 0 || p >= pages[i - 1]) && new Set(pages).size > pages.length / 2;
}

/** Share of the texts after the first column that keep their column's left, right or middle line. */
function alignedShare(grid: Grid): number {
  let kept = 0;
  let all = 0;
  for (let c = 1; c < columnsOf(grid); c++) {
    const boxes = column(grid, c).map((cell) => unionBoxes(cell.words.map((w) => w.box)));
    if (boxes.length < 2) continue;
    const slack = column(grid, c)[0].words[0].size * ALIGNED;
    const share = (at: (b: Box) => number): number => {
      const line = median(boxes.map(at));
      return boxes.filter((b) => Math.abs(at(b) - line) <= slack).length;
    };
    kept += Math.max(
      share((b) => b.x0),
      share((b) => b.x1),
      share((b) => (b.x0 + b.x1) / 2),
    );
    all += boxes.length;
  }
  return all ? kept / all : 1;
}

/** Titles on the left and page numbers that never fall on the right. */
function isContents(grid: Grid): boolean {
  const cells = column(grid, 1);
  const pages = cells.map((c) => (/^(?:\d{1,4}|[ivxl]+)$/.test(text(c)) ? Number(text(c)) || 0 : -1));
  if (cells.length < 3 || pages.filter((p) => p < 0).length > cells.length * 0.2) return false;
  const numbers = pages.filter((p) => p > 0);
  const rising = numbers.every((p, i) => i === 0 || p >= numbers[i - 1]);
  const titles = column(grid, 0);
  const wordy = titles.filter((c) => c.words.length > 1 && !isValueChunk(c.words)).length;
  return rising && wordy >= titles.length * 0.6;
}

/** Every column holds entries of an index, which end with their pages: `quays, 12, 40–44`. */
function isIndex(grid: Grid): boolean {
  return Array.from({ length: columnsOf(grid) }, (_, c) => column(grid, c)).every((cells) => {
    const entries = cells.filter(
      (c) => /^\P{N}/u.test(text(c)) && INDEX_END.test(text(c)) && !isDate(text(c)),
    );
    return cells.length > 0 && entries.length >= cells.length * INDEX_SHARE;
  });
}

/** Ends with a day and a year, not with pages. */
const isDate = (phrase: string): boolean => /\p{L}+\.?\s+\d{1,2},\s*\d{4}$/u.test(phrase);

/** Labels with a colon and what was filled in beside them. */
function isForm(grid: Grid): boolean {
  const labels = column(grid, 0);
  return labels.length > 0 && labels.filter((c) => /:$/.test(text(c))).length >= labels.length * 0.6;
}

/** Formulas and their numbers in brackets at the right. */
function areNumbered(grid: Grid): boolean {
  const numbers = column(grid, 1);
  return numbers.length > 0 && numbers.every((c) => /^[([]\d+(?:\.\d+)*[a-z]?[)\]]$/.test(text(c)));
}

/** Short texts in nearly every position. */
function isRegularText(grid: Grid): boolean {
  const rows = rowsOf(grid);
  const columns = columnsOf(grid);
  const filled = grid.cells.filter((c) => c.words.length > 0);
  const words = filled.reduce((sum, c) => sum + c.words.length, 0) / Math.max(filled.length, 1);
  return rows >= 3 && filled.length >= rows * columns * 0.75 && words <= 5;
}
