import { unionBoxes } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import { isValueChunk } from './chunks.js';
import { type Edge, SNAP } from './edges.js';
import type { GridCell } from './grid.js';
import type { Piece, PlacedRow } from './pieces.js';

/** More lines than this are no head. */
const MAX_HEAD_LINES = 9;
/** Share of the table's width that a rule under the head covers. */
const FULL_RULE = 0.7;
/** A heading is centred over its columns when its middle is off by at most this share of their width. */
const CENTRED = 0.12;

/** Texts are aligned when their sides or middles differ by at most this many ems. */
const ALIGNED = 0.3;
/** A rule shows a heading's span when it lies at most this many ems under the heading's baseline. */
const SPAN_RULE_REACH = 1.6;
/** Offsets this close are equal: the wider span wins. */
const TIE = 0.02;

/** Where a rule is drawn between two text rows: the edges there, and the share of the table's width they cover. */
export interface RuleBetween {
  readonly edges: readonly Edge[];
  readonly share: number;
}

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
  const limit = Math.min(MAX_HEAD_LINES, rows.length - 1);
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
  if (ruled) return withoutTitles(rows, ruled);
  const last = rows.findIndex((_, i) => i < limit && headsFigureColumn(rows, i));
  if (last >= 0) return last + 1;
  if (figures > 0 && figures <= limit) return trimGroupTitles(rows, figures);
  return 0;
}

/** Figures in most of the columns after the first, and not such as head columns. */
const isDataRow = (row: PlacedRow, columns: number): boolean => {
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

/** The head's cells, and the number of grid rows they take. */
export interface Head {
  readonly rows: number;
  readonly cells: GridCell[];
}

/** Where a column's texts begin and end. */
export interface Extent {
  readonly x0: number;
  readonly x1: number;
}

interface HeadContext {
  readonly lines: readonly PlacedRow[];
  /** Rules under headings: wider than one column, narrower than the table. */
  readonly spanRules: readonly Edge[];
  readonly extents: readonly (Extent | undefined)[];
  readonly columns: number;
}

/** The rule covers more than one column and not all of them. */
function spansSome(edge: Edge, extents: readonly (Extent | undefined)[]): boolean {
  const covered = extents.filter(
    (e) => e && Math.min(e.x1, edge.to) - Math.max(e.x0, edge.from) >= (e.x1 - e.x0) * 0.5,
  ).length;
  return covered > 1 && covered < extents.length;
}

interface Heading {
  first: number;
  last: number;
  line: number;
  lastLine: number;
  words: Word[];
}

/**
 * Builds the head from its lines: headings over several columns become spans, a column's own lines
 * become one cell that reaches down to the body.
 */
export function buildHead(
  lines: readonly PlacedRow[],
  between: readonly RuleBetween[],
  extents: readonly (Extent | undefined)[],
): Head {
  const columns = extents.length;
  const spanRules = between
    .slice(0, lines.length)
    .flatMap((b) => b.edges)
    .filter((e) => spansSome(e, extents));
  const context = { lines: lines.map((l) => l), spanRules, extents, columns };
  context.lines = lines.map((line, i) => ({
    ...line,
    pieces: line.pieces.flatMap((p) => splitHeading(p, i, context)),
  }));
  const spanners: Heading[] = [];
  const leaves: Heading[] = [];
  context.lines.forEach((line, i) => {
    for (const piece of line.pieces) {
      const [first, last] = headingRange(piece, i, context);
      if (last > first && i < lines.length - 1) addHeading(spanners, piece, first, last, i, between);
      else addHeading(leaves, piece, first, last, i, between);
    }
  });
  return assemble(spanners, leaves, columns);
}

function addHeading(
  list: Heading[],
  piece: Piece,
  first: number,
  last: number,
  line: number,
  between: readonly RuleBetween[],
): void {
  const above = list.find(
    (h) =>
      h.first === first &&
      h.last === last &&
      !crossedBetween(between, h.lastLine, line, piece) &&
      (first === last || h.lastLine === line - 1),
  );
  if (above) {
    above.words.push(...piece.words);
    above.lastLine = line;
  } else list.push({ first, last, line, lastLine: line, words: [...piece.words] });
}

/** A rule over the piece's middle lies between the two lines. */
function crossedBetween(between: readonly RuleBetween[], from: number, to: number, piece: Piece): boolean {
  const x = (piece.box.x0 + piece.box.x1) / 2;
  for (let i = from; i < to; i++)
    if (between[i].edges.some((e) => e.from - SNAP <= x && e.to + SNAP >= x)) return true;
  return false;
}

/** Columns a heading stands over: those its own rule below covers, those its text enters, or those it is centred over. */
function headingRange(piece: Piece, index: number, context: HeadContext): [number, number] {
  const own: [number, number] = [piece.column, piece.column + piece.colspan - 1];
  const below = context.lines.slice(index + 1);
  if (!below.length) return own;
  const rule = spanRule(piece, index, context);
  if (rule) {
    const covered = context.extents.flatMap((e, c) =>
      e && Math.min(e.x1, rule.to) - Math.max(e.x0, rule.from) >= (e.x1 - e.x0) * 0.5 ? [c] : [],
    );
    if (covered.length) return [Math.min(covered[0], own[0]), Math.max(covered[covered.length - 1], own[1])];
  }
  return context.spanRules.length ? own : centredRange(piece, context.lines[index], below, context, own);
}

/** Headings of several columns set so close that they read as one phrase; each is aligned with its own column. */
function splitHeading(piece: Piece, index: number, context: HeadContext): Piece[] {
  if (piece.colspan < 2 || spanRule(piece, index, context)) return [piece];
  const slack = context.lines[index].row.size * ALIGNED;
  const parts: { column: number; words: Word[] }[] = [];
  for (const word of piece.words) {
    const column = nearestColumn(word, piece, context.extents);
    const last = parts[parts.length - 1];
    if (last?.column === column || (last && word.glued)) last.words.push(word);
    else parts.push({ column, words: [word] });
  }
  const fits = parts.every(({ column, words }, i) => {
    const extent = context.extents[column];
    return (
      column === piece.column + i && extent && isAligned(unionBoxes(words.map((w) => w.box)), extent, slack)
    );
  });
  if (!fits || parts.length !== piece.colspan) return [piece];
  return parts.map(({ column, words }) => ({
    column,
    colspan: 1,
    words,
    box: unionBoxes(words.map((w) => w.box)),
  }));
}

function nearestColumn(word: Word, piece: Piece, extents: HeadContext['extents']): number {
  let best = piece.column;
  let least = Number.POSITIVE_INFINITY;
  for (let c = piece.column; c < piece.column + piece.colspan; c++) {
    const extent = extents[c];
    const distance = extent
      ? Math.max(extent.x0 - word.box.x1, word.box.x0 - extent.x1)
      : Number.POSITIVE_INFINITY;
    if (distance < least) {
      least = distance;
      best = c;
    }
  }
  return best;
}

const isAligned = (box: Extent, extent: Extent, slack: number): boolean =>
  Math.min(
    Math.abs(box.x0 - extent.x0),
    Math.abs(box.x1 - extent.x1),
    Math.abs(box.x0 + box.x1 - extent.x0 - extent.x1) / 2,
  ) <= slack;

/** The rule drawn right under a heading to show what it spans. */
function spanRule(piece: Piece, index: number, { lines, spanRules }: HeadContext): Edge | undefined {
  const line = lines[index].row;
  const middle = (piece.box.x0 + piece.box.x1) / 2;
  return spanRules.find((e) => {
    const distance = e.at - line.line.baseline;
    if (distance < -line.size * 0.2 || distance > line.size * SPAN_RULE_REACH) return false;
    if (middle < e.from - SNAP || middle > e.to + SNAP) return false;
    // Other text on the heading's line under the same rule: the rule closes a row, it spans nothing.
    return !lines.some(({ row, pieces }) =>
      pieces.some(
        (p) =>
          p !== piece &&
          row.line.baseline > line.line.baseline - line.size * 0.8 &&
          row.line.baseline < e.at &&
          (p.column !== piece.column || row === line) &&
          p.box.x0 < e.to - SNAP &&
          p.box.x1 > e.from + SNAP,
      ),
    );
  });
}

/** Widens a heading to the neighbouring columns it is centred over, when each has a heading of its own below. */
function centredRange(
  piece: Piece,
  line: PlacedRow,
  below: readonly PlacedRow[],
  { columns, extents }: HeadContext,
  own: [number, number],
): [number, number] {
  const middle = (piece.box.x0 + piece.box.x1) / 2;
  const free = (c: number): boolean =>
    !line.pieces.some((p) => p !== piece && p.column <= c && p.column + p.colspan > c);
  const headed = (c: number): boolean =>
    below.some((r) => r.pieces.some((p) => p.column === c && p.colspan === 1));
  const offset = (first: number, last: number): number => {
    const from = extents[first]?.x0 ?? 0;
    const to = extents[last]?.x1 ?? 0;
    return to > from ? Math.abs(middle - (from + to) / 2) / (to - from) : Number.POSITIVE_INFINITY;
  };
  const ownExtent = extents[own[0]];
  if (own[0] === own[1] && ownExtent) {
    const slack = line.row.size * 0.5;
    const aligned =
      Math.abs(piece.box.x0 - ownExtent.x0) < slack || Math.abs(piece.box.x1 - ownExtent.x1) < slack;
    if (aligned || offset(own[0], own[0]) < CENTRED) return own;
  }
  let best = own;
  let bestOffset = own[0] === own[1] ? CENTRED : CENTRED * 1.5;
  for (let first = own[0]; first >= 0 && (first === own[0] || free(first)); first--) {
    for (let last = own[1]; last < columns && (last === own[1] || free(last)); last++) {
      if (last === first || !headed(first) || !headed(last)) continue;
      const o = offset(first, last);
      const wider = last - first > best[1] - best[0];
      if (o < bestOffset - (wider ? -TIE : TIE)) {
        best = [first, last];
        bestOffset = Math.min(o, bestOffset);
      }
    }
  }
  return best;
}

function assemble(spanners: readonly Heading[], leaves: readonly Heading[], columns: number): Head {
  const sorted = [...spanners].sort((a, b) => a.line - b.line || a.first - b.first);
  const depth = new Array<number>(columns).fill(0);
  const cells: GridCell[] = [];
  for (const s of sorted) {
    const row = Math.max(...depth.slice(s.first, s.last + 1));
    cells.push({ row, column: s.first, rowspan: 1, colspan: s.last - s.first + 1, words: s.words });
    // Columns of a lower depth under this heading have an empty stretch above it.
    for (let c = s.first; c <= s.last; c++) {
      for (let r = depth[c]; r < row; r++)
        cells.push({ row: r, column: c, rowspan: 1, colspan: 1, words: [] });
      depth[c] = row + 1;
    }
  }
  const rows = Math.max(...depth) + 1;
  for (let c = 0; c < columns; ) {
    const wide = leaves.find((l) => l.first === c && l.last > c);
    const last = wide && depth.slice(c, wide.last + 1).every((d) => d === depth[c]) ? wide.last : c;
    const words = leaves
      .filter((l) => l.first >= c && l.first <= last)
      .sort((a, b) => a.line - b.line)
      .flatMap((l) => l.words);
    cells.push({ row: depth[c], column: c, rowspan: rows - depth[c], colspan: last - c + 1, words });
    c = last + 1;
  }
  return { rows, cells };
}
