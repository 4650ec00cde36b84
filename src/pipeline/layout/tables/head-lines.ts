import { isCheckBox } from '../roles/markers.js';
import { isValueChunk } from './chunks.js';
import { type Edge, SNAP } from './edges.js';
import type { Piece, PlacedRow } from './pieces.js';

/** More lines than this are no head. */
const MAX_HEAD_LINES = 9;
/** Share of the table's width that a rule under the head covers. */
const FULL_RULE = 0.7;

/** More lines in bold than this are a body in bold. */
const MAX_BOLD_LINES = 4;
/** Share of the lines below a bold head that are set in plain type. */
const PLAIN_BODY = 0.7;

/** Where a rule is drawn between two text rows: the edges there, and the share of the table's width they cover. */
export interface RuleBetween {
  readonly edges: readonly Edge[];
  readonly share: number;
}

/** A row with boxes to be ticked is none of the head. */
const hasCheckBox = (row: PlacedRow): boolean => row.pieces.some((p) => p.words.some(isCheckBox));

const valueShare = (row: PlacedRow): number => {
  const rest = row.pieces.filter((p) => p.column > 0);
  return rest.length ? rest.filter((p) => isValueChunk(p.words)).length / rest.length : 0;
};

/**
 * Number of leading text rows that make up the head: those above the first full-width rule that has
 * text above it; without one, those above the first row of figures; 0 where nothing tells.
 */
export function headLines(
  rows: readonly PlacedRow[],
  between: readonly RuleBetween[],
  columns: number,
): number {
  const boxes = rows.findIndex(hasCheckBox);
  const limit = Math.min(MAX_HEAD_LINES, rows.length - 1, boxes < 0 ? rows.length : boxes);
  const gaps = between.slice(0, rows.length - 1);
  // A rule under every row is under the first one, too, whatever that is.
  const everywhere = gaps.length > 2 && gaps.every((b) => b.share >= FULL_RULE);
  const figures = rows.findIndex((r) => isDataRow(r, columns));
  let ruled = 0;
  for (let i = 0; i < limit; i++) {
    if (figures >= 0 && i >= figures && valueShare(rows[i]) > 0.5 && !headsFigureColumn(rows, i)) break;
    if (!everywhere && between[i].share >= FULL_RULE) {
      ruled = i + 1;
      // A second rule further down still belongs to the head when only headings stand between.
      if (figures >= 0 && figures > i + 1 && between.slice(i + 1, figures).some((b) => b.share >= FULL_RULE))
        continue;
      break;
    }
  }
  if (ruled) return withoutTitles(rows, lowestCell(rows, gaps, ruled, figures < 0 ? limit : figures));
  const last = rows.findIndex((_, i) => i < limit && headsFigureColumn(rows, i));
  if (last >= 0) return last + 1;
  const bold = boldLines(rows, limit);
  if (bold && (figures < 0 || bold <= figures)) return bold;
  // Where a rule closes every row, it closes the head's only line, too.
  if (everywhere && figures > 1 && rows[0].pieces.length === columns) return 1;
  if (figures > 0 && figures <= limit) return trimGroupTitles(rows, figures);
  return 0;
}

/**
 * Where the rule under the head leaves out the first column, that column's heading is taller: the head ends at
 * the rule under it.
 */
function lowestCell(
  rows: readonly PlacedRow[],
  gaps: readonly RuleBetween[],
  ruled: number,
  limit: number,
): number {
  const labels = rows.flatMap((r) => r.pieces.filter((p) => p.column === 0 && p.colspan === 1));
  const left = Math.min(...labels.map((p) => p.box.x0));
  const isUnder = ({ edges }: RuleBetween): boolean =>
    edges.some((e) => e.from <= left + SNAP && e.to > left);
  if (!labels.length || isUnder(gaps[ruled - 1])) return ruled;
  const lower = gaps.slice(0, limit).findIndex((gap, i) => i >= ruled && isUnder(gap));
  return lower < 0 ? ruled : lower + 1;
}

/** Leading lines in bold over a body in plain type, which only labels and totals interrupt. */
function boldLines(rows: readonly PlacedRow[], limit: number): number {
  const isBold = (row: PlacedRow): boolean => row.pieces.every((p) => p.words.every((w) => w.style.bold));
  const isPlain = (row: PlacedRow): boolean =>
    row.pieces.every((p) => p.column === 0 || p.words.every((w) => !w.style.bold));
  let count = rows.findIndex((r) => !isBold(r));
  // A lone label in bold opens the body's first group.
  while (count > 1 && rows[count - 1].pieces.length === 1) count--;
  if (count < 1 || count > Math.min(MAX_BOLD_LINES, limit) || rows[count - 1].pieces.length < 2) return 0;
  const body = rows.slice(count);
  return body.filter(isPlain).length >= body.length * PLAIN_BODY ? count : 0;
}

/** Figures in most of the columns after the first, and not such as head columns; or a box to be ticked. */
const isDataRow = (row: PlacedRow, columns: number): boolean => {
  if (hasCheckBox(row)) return true;
  const figures = row.pieces.filter((p) => p.column > 0 && isValueChunk(p.words));
  if (figures.length < Math.max(1, (columns - 1) * 0.5) || valueShare(row) < 0.6) return false;
  return !headsColumns(figures);
};

const YEAR = /^\(?(?:1[89]|20)\d\d(?:[-–—/](?:(?:1[89]|20)?\d\d))?\)?[a-z*]?$/;
const COUNT = /^\d{1,2}$/;

/** Years, or numbers counted up one by one: figures that head columns. */
function headsColumns(figures: readonly Piece[]): boolean {
  const texts = figures.map((p) => p.words.map((w) => w.text).join(' '));
  if (texts.every((t) => YEAR.test(t))) return true;
  return (
    texts.length > 2 &&
    texts.every((t, i) => COUNT.test(t) && (i === 0 || Number(t) === Number(texts[i - 1]) + 1))
  );
}

/** A word stands over a first column that holds figures. */
function headsFigureColumn(rows: readonly PlacedRow[], index: number): boolean {
  const label = rows[index].pieces.find((p) => p.column === 0);
  if (!label || isValueChunk(label.words)) return false;
  const below = rows.slice(index + 1).flatMap((r) => r.pieces.filter((p) => p.column === 0));
  return below.length > 2 && below.filter((p) => isValueChunk(p.words)).length >= below.length * 0.8;
}

/** Lines that stand alone over all columns at the end of the head open the body. */
function withoutTitles(rows: readonly PlacedRow[], count: number): number {
  let end = count;
  while (end > 1 && rows[end - 1].pieces.length === 1 && rows[end - 2].pieces.length > 2) end--;
  return end;
}

/** A lone label right above the figures is a group's title in the body, not part of the head. */
function trimGroupTitles(rows: readonly PlacedRow[], count: number): number {
  let end = count;
  while (end > 1 && rows[end - 1].pieces.length === 1 && rows[end - 1].pieces[0].column === 0) {
    const above = rows[end - 2];
    if (above.pieces.length === 1) break;
    end--;
  }
  return end;
}
