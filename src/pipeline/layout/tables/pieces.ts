import { type Box, unionBoxes } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { type Chunk, isValueChunk, type TextRow } from './chunks.js';
import type { Gutter } from './columns.js';

/** Text of one row within one column, or across several where it spans them. */
export interface Piece {
  readonly column: number;
  readonly colspan: number;
  readonly words: readonly Word[];
  readonly box: Box;
}

/** A text row with its chunks assigned to columns. */
export interface PlacedRow {
  readonly row: TextRow;
  readonly pieces: readonly Piece[];
}

/** A gap inside a chunk separates cells at a gutter when it is this many usual word gaps wide. */
const SPLIT_IN_WORD_GAPS = 1.45;

/** x-borders of the columns: the region's sides and the middles of the gutters. */
export const columnBorders = (gutters: readonly Gutter[], region: { x0: number; x1: number }): number[] => [
  region.x0,
  ...gutters.map((g) => (g.from + g.to) / 2),
  region.x1,
];

/** Assigns every chunk of the rows to columns; chunks that bridge a gutter are split at a wide gap or span it. */
export function placeRows(
  rows: readonly TextRow[],
  gutters: readonly Gutter[],
  facts: PageFacts,
): PlacedRow[] {
  return rows.map((row) => ({
    row,
    pieces: joinSameColumn(
      // A phrase that has its row to itself is a title, never several cells.
      row.chunks.flatMap((chunk) =>
        placeChunk(chunk, row.chunks.length > 1 ? gutters : [], gutters, facts, row.size),
      ),
    ),
  }));
}

function placeChunk(
  chunk: Chunk,
  cuts: readonly Gutter[],
  gutters: readonly Gutter[],
  facts: PageFacts,
  size: number,
): Piece[] {
  const minGap = Math.max(facts.wordGap * SPLIT_IN_WORD_GAPS, size * 0.3);
  let parts: (readonly Word[])[] = [chunk.words];
  const near = cuts.filter((g) => chunk.box.x0 < g.to && chunk.box.x1 > g.from);
  for (const gutter of near) parts = parts.flatMap((words) => splitAtGutter(words, gutter, minGap));
  return parts.map((words) => {
    const box = unionBoxes(words.map((w) => w.box));
    const [first, last] = columnRange(box, gutters);
    return { column: first, colspan: last - first + 1, words, box };
  });
}

/** Phrases of one row in the same column are one piece: a bullet and its text, two sentences. */
function joinSameColumn(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const before = out[out.length - 1];
    const end = before ? before.column + before.colspan - 1 : -1;
    if (!before || end < piece.column) {
      out.push(piece);
      continue;
    }
    const column = Math.min(before.column, piece.column);
    out[out.length - 1] = {
      column,
      colspan: Math.max(end, piece.column + piece.colspan - 1) - column + 1,
      words: [...before.words, ...piece.words],
      box: unionBoxes([before.box, piece.box]),
    };
  }
  return out;
}

function splitAtGutter(words: readonly Word[], gutter: Gutter, minGap: number): (readonly Word[])[] {
  const middle = (gutter.from + gutter.to) / 2;
  for (let i = 1; i < words.length; i++) {
    const from = words[i - 1].box.x1;
    const to = words[i].box.x0;
    if (words[i].glued || to < gutter.from || from > gutter.to) continue;
    const overlap = Math.min(to, gutter.to) - Math.max(from, gutter.from);
    if (overlap <= 0) continue;
    const left = words.slice(0, i);
    const right = words.slice(i);
    const values = isValueChunk([words[i - 1]]) && isValueChunk([words[i]]);
    const centred = from <= middle && to >= middle;
    if (to - from >= minGap || (values && (centred || overlap >= (to - from) * 0.5))) return [left, right];
  }
  return [words];
}

/** First and last column whose text area the box enters. */
export function columnRange(box: { x0: number; x1: number }, gutters: readonly Gutter[]): [number, number] {
  let first = 0;
  let last = 0;
  const slack = 0.5;
  gutters.forEach((g, i) => {
    if (box.x0 > g.from - slack) first = i + 1;
    if (box.x1 > g.to + slack) last = i + 1;
  });
  if (first > last) {
    // Entirely inside a gutter: the nearer column.
    const g = gutters[first - 1];
    const left = box.x0 - g.from;
    const right = g.to - box.x1;
    return left < right ? [first - 1, first - 1] : [first, first];
  }
  // It starts inside a gutter and reaches into the next column, or ends inside one: still one column.
  return [first, last];
}
