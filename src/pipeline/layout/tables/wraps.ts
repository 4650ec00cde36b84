import { chunkText, isValueChunk } from './chunks.js';
import type { Piece, PlacedRow } from './pieces.js';

/** Room for a word space, in ems. */
const SPACE = 0.25;
/** A line counts as full when the next word would have passed the column's end by more than minus this many ems. */
const SLACK = 0.35;
const CONTINUES = /^[\p{Ll}(&/–-]/u;
const OPEN_END =
  /(?:[-–/,&(]|\b(?:of|and|or|the|a|an|in|for|to|by|with|from|per|on|at|than|de|la|und|der|die|et|du|des))$/iu;

/** The next line's first word had no room at the end of the upper line: the line break is a wrap. Widths in points, so alignment does not matter. */
export function isFull(upperWidth: number, nextWordWidth: number, columnWidth: number, em: number): boolean {
  return upperWidth + em * SPACE + nextWordWidth > columnWidth - em * SLACK;
}

const width = (p: { box: { x0: number; x1: number } }): number => p.box.x1 - p.box.x0;

/** The upper piece's line had no room for the lower one's first word. */
export const brokenForRoom = (upper: Piece, lower: Piece, columnWidth: number): boolean =>
  isFull(width(upper), width(lower.words[0]), columnWidth, lower.words[0].size);

/** The lower phrase reads on from the upper one: it starts small or the upper one is left open. */
export function readsOn(upper: Piece, lower: Piece): boolean {
  const text = chunkText(upper.words);
  // A figure may end a label that a word left open: `less allowance of $400 and / $350`.
  if (OPEN_END.test(text)) return !isValueChunk(lower.words) || /\p{L}$/u.test(text);
  if (isValueChunk(lower.words)) return false;
  return !/[:.]$/.test(text) && CONTINUES.test(chunkText(lower.words));
}

/**
 * Share of the line breaks inside the columns that are wraps, and their number; wrapped text has a
 * high share, a stack of separate entries a low one.
 */
export function wrapShare(
  rows: readonly PlacedRow[],
  widths: readonly number[],
): { share: number; breaks: number; first: number } {
  let full = 0;
  let breaks = 0;
  let firstFull = 0;
  let firstBreaks = 0;
  for (let i = 1; i < rows.length; i++) {
    for (const lower of rows[i].pieces) {
      const upper = rows[i - 1].pieces.find((p) => p.column === lower.column && p.colspan === lower.colspan);
      if (!upper || lower.colspan > 1) continue;
      const wrapped = !isValueChunk(lower.words) && brokenForRoom(upper, lower, widths[lower.column]);
      breaks++;
      if (wrapped) full++;
      if (lower.column > 0) continue;
      firstBreaks++;
      if (wrapped) firstFull++;
    }
  }
  return { share: breaks ? full / breaks : 0, breaks, first: firstBreaks ? firstFull / firstBreaks : 1 };
}
