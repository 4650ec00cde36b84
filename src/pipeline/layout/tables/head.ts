import type { Word } from '../../../document/word.js';
import { SNAP } from './edges.js';
import type { GridCell } from './grid.js';
import type { RuleBetween } from './head-lines.js';
import { type Extent, headingRange, spansSome, splitHeading } from './heading-spans.js';
import type { Piece, PlacedRow } from './pieces.js';

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
