import { type Box, unionBoxes } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { groupBodyRows } from './body-rows.js';
import { isBlankValue, isValueChunk, type TextRow } from './chunks.js';
import { findGutters, type Gutter } from './columns.js';
import type { Edge } from './edges.js';
import type { Grid, GridCell } from './grid.js';
import { buildHead } from './head.js';
import { headLines, type RuleBetween } from './head-lines.js';
import type { Extent } from './heading-spans.js';
import { columnBorders, type Piece, type PlacedRow, placeRows } from './pieces.js';

/** A rule covering at least this share of the table's width parts its rows. */
const PARTING_RULE = 0.6;
/** A rule this close to the region's side, in points, closes it. */
const ENCLOSING_REACH = 6;
/** A title over the body is centred when its middle is off by at most this share of the width it spans. */
const CENTRED_TITLE = 0.08;

/** Columns known from elsewhere (ruled borders), as gutters; found from the text otherwise. */
export interface TextGridOptions {
  readonly gutters?: readonly Gutter[];
  /** Head lines known from elsewhere. */
  readonly headLines?: number;
}

/**
 * The grid of a table whose rows or columns are not drawn: columns from the gutters that the rows
 * leave free, rows from the lines and the rules between them, head cells from what stands over what.
 */
export function textGrid(
  rows: readonly TextRow[],
  horizontal: readonly Edge[],
  region: Box,
  facts: PageFacts,
  options: TextGridOptions = {},
): Grid | undefined {
  if (rows.length < 2) return undefined;
  const { gutters, placed } = settleColumns(
    rows,
    options.gutters ?? findGutters(rows, facts.bodySize),
    facts,
  );
  const columns = gutters.length + 1;
  if (columns < 2) return undefined;
  const xs = columnBorders(gutters, region);
  const extents = columnExtents(placed, columns);
  const between = rulesBetween(rows, horizontal, region);
  const headCount = options.headLines ?? headLines(placed, between, columns);
  const body = placed.slice(headCount);
  const head = headCount
    ? buildHead(placed.slice(0, headCount), between, extents)
    : { rows: 0, cells: [] as GridCell[] };
  const groups = groupBodyRows({
    rows: body,
    ruled: between.slice(headCount).map((b) => b.share >= PARTING_RULE),
    widths: columnWidths(placed, columns),
    enclosed: isEnclosed(horizontal, region),
  });
  const bodyCells = body.length ? bodyRowCells(body, groups, columns, head.rows) : [];
  const cells = [...head.cells, ...bodyCells].sort((a, b) => a.row - b.row || a.column - b.column);
  const ys = rowBorders(cells, head.rows + (groups.length ? groups[groups.length - 1] + 1 : 0), region);
  return { xs, ys, cells, headRows: head.rows };
}

/** For each pair of consecutive rows the rules between their baselines. */
function rulesBetween(rows: readonly TextRow[], horizontal: readonly Edge[], region: Box): RuleBetween[] {
  const width = region.x1 - region.x0;
  return rows.map((row, i) => {
    const next = rows[i + 1];
    if (!next) return { edges: [], share: 0 };
    const from = row.line.baseline - row.size * 0.15;
    const to = next.line.baseline - next.size * 0.15;
    const edges = horizontal.filter(
      (e) => e.at >= from && e.at <= to && e.to > region.x0 && e.from < region.x1,
    );
    return { edges, share: coveredShare(edges, region.x0, width) };
  });
}

function coveredShare(edges: readonly Edge[], x0: number, width: number): number {
  let right = x0;
  let sum = 0;
  for (const e of [...edges].sort((a, b) => a.from - b.from)) {
    const from = Math.max(right, e.from);
    const to = Math.min(e.to, x0 + width);
    if (to > from) sum += to - from;
    right = Math.max(right, to);
  }
  return sum / Math.max(width, 1);
}

/** The pieces of each column, top to bottom; those over several columns left out. */
function piecesByColumn(rows: readonly PlacedRow[], columns: number): Piece[][] {
  const out: Piece[][] = Array.from({ length: columns }, () => []);
  for (const { pieces } of rows) for (const p of pieces) if (p.colspan === 1) out[p.column].push(p);
  return out;
}

/** Width of the widest line in each column. */
const columnWidths = (rows: readonly PlacedRow[], columns: number): number[] =>
  piecesByColumn(rows, columns).map((pieces) =>
    pieces.reduce((width, { box }) => Math.max(width, box.x1 - box.x0), 0),
  );

/** A rule closes the region above and below. */
function isEnclosed(horizontal: readonly Edge[], region: Box): boolean {
  const width = region.x1 - region.x0;
  const near = (y: number): boolean =>
    coveredShare(
      horizontal.filter((e) => Math.abs(e.at - y) <= ENCLOSING_REACH),
      region.x0,
      width,
    ) >= PARTING_RULE;
  return near(region.y0) && near(region.y1);
}

/** Where the texts of each column begin and end; texts over several columns left out. */
export const columnExtents = (rows: readonly PlacedRow[], columns: number): (Extent | undefined)[] =>
  piecesByColumn(rows, columns).map((pieces) =>
    pieces.length ? unionBoxes(pieces.map((p) => p.box)) : undefined,
  );

/** Lines of a head that may stand above a column of signs. */
const MAX_HEAD_WORDS = 4;
const PREFIX = /^[$€£¥(+-]+$/;
const SUFFIX = /^(?:[%)\]*†‡§¶]+|\([a-z0-9]\))$/;

/** The gutters that part columns, and the rows placed in them. */
function settleColumns(
  rows: readonly TextRow[],
  found: readonly Gutter[],
  facts: PageFacts,
): { gutters: readonly Gutter[]; placed: readonly PlacedRow[] } {
  let gutters = found;
  let placed = placeRows(rows, gutters, facts);
  for (const settle of [mergeSymbolColumns, mergeHeadColumns]) {
    const kept = settle(placed, gutters);
    if (kept.length < gutters.length) placed = placeRows(rows, kept, facts);
    gutters = kept;
  }
  return { gutters, placed };
}

/** Removes gutters that only part a figure from its sign: a column of `$` joins the next, one of `%` or `)` the one before. */
function mergeSymbolColumns(placed: readonly PlacedRow[], gutters: readonly Gutter[]): readonly Gutter[] {
  const columns = piecesByColumn(placed, gutters.length + 1);
  // Signs only, but for the words of a head above them.
  const only = (column: number, pattern: RegExp): boolean => {
    const texts = columns[column];
    const isSign = (p: Piece): boolean =>
      p.words.every((w) => pattern.test(w.text)) && !isBlankValue(p.words[0].text);
    const first = texts.findIndex(isSign);
    return first >= 0 && first <= MAX_HEAD_WORDS && texts.slice(first).every(isSign);
  };
  // A sign behind labels is a column of its own: references to notes, marks.
  const holdsFigures = (column: number): boolean => {
    const texts = placed.flatMap((r) => r.pieces.filter((p) => p.column === column && p.colspan === 1));
    return texts.filter((p) => isValueChunk(p.words)).length > texts.length / 2;
  };
  return gutters.filter((_, i) => !only(i, PREFIX) && !(only(i + 1, SUFFIX) && holdsFigures(i)));
}

/**
 * Removes gutters between a heading at one side of its column and the figures at the other: nothing but the
 * first row's text on one side, nothing but the rows below on the other.
 */
function mergeHeadColumns(placed: readonly PlacedRow[], gutters: readonly Gutter[]): readonly Gutter[] {
  const held = piecesByColumn(placed, gutters.length + 1).map((pieces) => pieces.length);
  const heading = new Set(placed[0].pieces.filter((p) => p.colspan === 1).map((p) => p.column));
  const headed = new Set(
    placed[0].pieces.flatMap((p) => Array.from({ length: p.colspan }, (_, i) => p.column + i)),
  );
  const isHeading = (c: number): boolean => held[c] === 1 && heading.has(c);
  const isHeadless = (c: number): boolean => held[c] > 1 && !headed.has(c);
  const kept: Gutter[] = [];
  for (let i = 0; i < gutters.length; i++) {
    const meet = (isHeading(i) && isHeadless(i + 1)) || (isHeadless(i) && isHeading(i + 1));
    if (!meet) kept.push(gutters[i]);
    // Both sides are one column now, which ends at the next gutter.
    else if (i + 1 < gutters.length) kept.push(gutters[++i]);
  }
  return kept;
}

/** Cells of the body: one a column, titles that are centred over several columns as spans. */
function bodyRowCells(
  body: readonly PlacedRow[],
  groups: readonly number[],
  columns: number,
  offset: number,
): GridCell[] {
  const cells: GridCell[] = [];
  const count = groups[groups.length - 1] + 1;
  for (let g = 0; g < count; g++) {
    const lines = body.filter((_, i) => groups[i] === g);
    const row = offset + g;
    const title =
      lines.length === 1 && lines[0].pieces.length === 1
        ? titleSpan(lines[0].pieces[0], body, columns)
        : undefined;
    if (title) {
      for (let c = 0; c < title.first; c++) cells.push({ row, column: c, rowspan: 1, colspan: 1, words: [] });
      cells.push({
        row,
        column: title.first,
        rowspan: 1,
        colspan: columns - title.first,
        words: [...title.words],
      });
      continue;
    }
    const texts: Word[][] = Array.from({ length: columns }, () => []);
    for (const line of lines) for (const p of line.pieces) texts[p.column].push(...p.words);
    const wide = lines.flatMap((l) => l.pieces.filter((p) => p.colspan > 1 && p.column > 0));
    for (let c = 0; c < columns; ) {
      const span = wide.find((p) => p.column === c);
      const free = span && texts.slice(c + 1, c + span.colspan).every((t) => t.length === 0);
      const colspan = span && free ? span.colspan : 1;
      cells.push({ row, column: c, rowspan: 1, colspan, words: texts[c] });
      c += colspan;
    }
  }
  return cells;
}

/** A line that stands alone and is centred over all columns, or over all but the first. */
function titleSpan(
  piece: Piece,
  body: readonly PlacedRow[],
  columns: number,
): { first: number; words: readonly Word[] } | undefined {
  if (piece.column === 0 && piece.colspan === 1) return undefined;
  const middle = (piece.box.x0 + piece.box.x1) / 2;
  for (const first of [0, 1]) {
    const texts = body.flatMap((r) =>
      r.pieces.filter((p) => p !== piece && p.column >= first && p.colspan === 1),
    );
    if (!texts.length || columns - first < 2) continue;
    const box = unionBoxes(texts.map((p) => p.box));
    const width = box.x1 - box.x0;
    if (piece.box.x0 - box.x0 < width * CENTRED_TITLE) continue;
    if (Math.abs(middle - (box.x0 + box.x1) / 2) <= width * CENTRED_TITLE)
      return { first, words: piece.words };
  }
  return undefined;
}

/** y-borders midway between the texts of consecutive rows, ascending within the region. */
function rowBorders(cells: readonly GridCell[], rows: number, region: Box): number[] {
  const tops = new Array<number>(rows).fill(Number.POSITIVE_INFINITY);
  const bottoms = new Array<number>(rows).fill(Number.NEGATIVE_INFINITY);
  for (const cell of cells) {
    if (!cell.words.length) continue;
    const box = unionBoxes(cell.words.map((w) => w.box));
    if (cell.rowspan === 1) bottoms[cell.row] = Math.max(bottoms[cell.row], box.y1);
    if (cell.rowspan === 1) tops[cell.row] = Math.min(tops[cell.row], box.y0);
  }
  const ys = [region.y0];
  for (let r = 1; r < rows; r++) {
    const low = bottoms[r - 1] === Number.NEGATIVE_INFINITY ? ys[r - 1] : bottoms[r - 1];
    const high = tops[r] === Number.POSITIVE_INFINITY ? low : tops[r];
    ys.push(Math.min(region.y1, Math.max(ys[r - 1], (low + high) / 2)));
  }
  ys.push(Math.max(region.y1, ys[ys.length - 1]));
  return ys;
}
