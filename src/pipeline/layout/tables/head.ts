import type { Word } from '../../../document/word.js';
import { isValueChunk } from './chunks.js';
import type { Gutter } from './columns.js';
import { type Edge, SNAP } from './edges.js';
import type { GridCell } from './grid.js';
import type { Piece, PlacedRow } from './pieces.js';

/** More lines than this are no head. */
const MAX_HEAD_LINES = 9;
/** Share of the table's width that a rule under the head covers. */
const FULL_RULE = 0.7;
/** A heading is centred over its columns when its middle is off by at most this share of their width. */
const CENTRED = 0.12;

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
  const figures = rows.findIndex((r) => isDataRow(r, columns));
  let ruled = 0;
  for (let i = 0; i < limit; i++) {
    if (figures >= 0 && i >= figures && valueShare(rows[i]) > 0.5) break;
    if (between[i].share >= FULL_RULE) {
      ruled = i + 1;
      // A second rule further down still belongs to the head when only headings stand between.
      if (figures >= 0 && figures > i + 1 && between.slice(i + 1, figures).some((b) => b.share >= FULL_RULE))
        continue;
      break;
    }
  }
  if (ruled) return ruled;
  if (figures > 0 && figures <= limit) return trimGroupTitles(rows, figures);
  return 0;
}

/** Figures in most of the columns after the first. */
const isDataRow = (row: PlacedRow, columns: number): boolean =>
  row.pieces.filter((p) => p.column > 0 && isValueChunk(p.words) && !isYear(p)).length >=
    Math.max(1, (columns - 1) * 0.5) && valueShare(row) >= 0.6;

const isYear = (p: Piece): boolean =>
  p.words.length === 1 && /^(?:1[89]|20)\d\d[a-z*]?$/.test(p.words[0].text);

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
  gutters: readonly Gutter[],
  columns: number,
): Head {
  const spanners: Heading[] = [];
  const leaves: Heading[] = [];
  lines.forEach((line, i) => {
    for (const piece of line.pieces) {
      const [first, last] = headingRange(piece, line, lines.slice(i + 1), between[i], gutters, columns);
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
function headingRange(
  piece: Piece,
  line: PlacedRow,
  below: readonly PlacedRow[],
  ruleBelow: RuleBetween | undefined,
  gutters: readonly Gutter[],
  columns: number,
): [number, number] {
  const own: [number, number] = [piece.column, piece.column + piece.colspan - 1];
  if (!below.length) return own;
  const middle = (piece.box.x0 + piece.box.x1) / 2;
  const rule = ruleBelow?.edges.find((e) => e.from - SNAP <= middle && e.to + SNAP >= middle);
  if (rule && (ruleBelow?.share ?? 1) < 0.98) {
    const others = line.pieces.filter((p) => p !== piece && p.box.x0 < rule.to && p.box.x1 > rule.from);
    if (!others.length) {
      const covered: number[] = [];
      for (let c = 0; c < columns; c++) {
        const from = c === 0 ? Number.NEGATIVE_INFINITY : gutters[c - 1].to;
        const to = c === columns - 1 ? Number.POSITIVE_INFINITY : gutters[c].from;
        const left = Math.max(from, rule.from);
        const right = Math.min(to, rule.to);
        const width = Math.min(to, 1e6) - Math.max(from, -1e6);
        if (right - left >= Math.min(width * 0.5, 12)) covered.push(c);
      }
      if (covered.length)
        return [Math.min(covered[0], own[0]), Math.max(covered[covered.length - 1], own[1])];
    }
  }
  return centredRange(piece, line, below, columns, own);
}

/** Widens a heading to the neighbouring columns it is centred over, when each has a heading of its own below. */
function centredRange(
  piece: Piece,
  line: PlacedRow,
  below: readonly PlacedRow[],
  columns: number,
  own: [number, number],
): [number, number] {
  const middle = (piece.box.x0 + piece.box.x1) / 2;
  const free = (c: number): boolean =>
    !line.pieces.some((p) => p !== piece && p.column <= c && p.column + p.colspan > c);
  const headed = (c: number): boolean =>
    below.some((r) => r.pieces.some((p) => p.column === c && p.colspan === 1));
  const extent = (first: number, last: number): [number, number] => {
    const inside = below.flatMap((r) =>
      r.pieces.filter((p) => p.column >= first && p.column + p.colspan - 1 <= last),
    );
    if (!inside.length) return [0, 0];
    return [Math.min(...inside.map((p) => p.box.x0)), Math.max(...inside.map((p) => p.box.x1))];
  };
  const offset = (first: number, last: number): number => {
    const [from, to] = extent(first, last);
    return to > from ? Math.abs(middle - (from + to) / 2) / (to - from) : Number.POSITIVE_INFINITY;
  };
  const ownOffset = own[0] === own[1] ? offset(own[0], own[1]) : Number.POSITIVE_INFINITY;
  let best: [number, number] = own;
  let bestOffset = own[0] === own[1] ? Math.min(ownOffset, 0.35) * 0.5 : CENTRED * 1.5;
  if (own[0] === own[1] && ownOffset < CENTRED) return own;
  for (let first = own[0]; first >= 0 && (first === own[0] || free(first)); first--) {
    for (let last = own[1]; last < columns && (last === own[1] || free(last)); last++) {
      if (last === first || !headed(first) || !headed(last)) continue;
      const o = offset(first, last);
      if (o <= CENTRED && o < bestOffset) {
        best = [first, last];
        bestOffset = o;
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
