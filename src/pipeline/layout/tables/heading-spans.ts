import { unionBoxes } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import { type Edge, SNAP } from './edges.js';
import type { Piece, PlacedRow } from './pieces.js';

/** A heading is centred over its columns when its middle is off by at most this share of their width. */
const CENTRED = 0.12;

/** Texts are aligned when their sides or middles differ by at most this many ems. */
const ALIGNED = 0.3;
/** A rule shows a heading's span when it lies at most this many ems under the heading's baseline. */
const SPAN_RULE_REACH = 1.6;
/** Offsets this close are equal: the wider span wins. */
const TIE = 0.02;

/** Where a column's texts begin and end. */
export interface Extent {
  readonly x0: number;
  readonly x1: number;
}

/** What the place of a heading is judged by. */
export interface HeadContext {
  readonly lines: readonly PlacedRow[];
  /** Rules under headings: wider than one column, narrower than the table. */
  readonly spanRules: readonly Edge[];
  readonly extents: readonly (Extent | undefined)[];
  readonly columns: number;
}

/** The rule covers more than one column and not all of them. */
export function spansSome(edge: Edge, extents: readonly (Extent | undefined)[]): boolean {
  const covered = extents.filter(
    (e) => e && Math.min(e.x1, edge.to) - Math.max(e.x0, edge.from) >= (e.x1 - e.x0) * 0.5,
  ).length;
  return covered > 1 && covered < extents.length;
}

/** Columns a heading stands over: those its own rule below covers, those its text enters, or those it is centred over. */
export function headingRange(piece: Piece, index: number, context: HeadContext): [number, number] {
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
export function splitHeading(piece: Piece, index: number, context: HeadContext): Piece[] {
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
