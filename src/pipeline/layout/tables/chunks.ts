import type { Line } from '../../../document/block.js';
import { type Box, unionBoxes } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { lineSize, makeRows } from '../lines.js';

/** Words of one row that stand close enough to be read as one phrase: a cell's text on that row, or several cells' where columns touch. */
export interface Chunk {
  readonly words: readonly Word[];
  readonly box: Box;
}

/** Text on one baseline, cut into chunks at its wide gaps. */
export interface TextRow {
  readonly line: Line;
  readonly chunks: readonly Chunk[];
  /** Em size in points. */
  readonly size: number;
  readonly box: Box;
}

/** A gap wider than this share of the em may separate cells: word spaces are 0.25 to 0.33, justified ones rarely above 0.55. */
const CELL_GAP = 0.6;
/** ... and wider than this many usual word gaps of the page, for monospaced and loosely set text. */
const CELL_GAP_IN_WORD_GAPS = 1.6;
/** Leaders (`. . . .`) fill a row's gap; they are not text. */
const LEADER = /^[.·…_]{2,}$|^[.·…]$/;
const MIN_LEADERS = 2;
const VALUE =
  /^[-+−–—~<>≤≥±*†‡#$€£¥([]*(?:US\$|[A-Z]{2,3}\$)?[$€£¥]?[\d.,:/×x'’ –-]*\d[\d.,:/'’]*(?:[–—-][-+−]?\d[\d.,]*)?\s?(?:%|‰|°|[kKmMbBx]|bn)?[)\]*†‡§¶#a-e]*$/;
const BLANK_VALUE = /^(?:[-–—−.…*†‡#]+|\(?(?:n\/?a|n\.a\.|na|nil|x|nd|ns|ref\.?|none)\)?)$/i;

/** A figure, amount, percentage, range or date part: what fills numeric columns. */
export const isNumeric = (text: string): boolean => VALUE.test(text);
/** What stands in a numeric column for a missing value. */
export const isBlankValue = (text: string): boolean => BLANK_VALUE.test(text);

export const chunkText = (words: readonly Word[]): string => {
  let text = '';
  for (const w of words) text += (text === '' || w.glued ? '' : ' ') + w.text;
  return text;
};

/** Every word of the phrase is a figure or stands for one. */
export const isValueChunk = (words: readonly Word[]): boolean => {
  const text = chunkText(words);
  if (isNumeric(text) || isBlankValue(text)) return true;
  return (
    words.length <= 3 &&
    words.every((w) => isNumeric(w.text) || isBlankValue(w.text) || /^[$€£¥%()±]+$/.test(w.text))
  );
};

export const cellGap = (size: number, facts: PageFacts): number =>
  Math.max(size * CELL_GAP, facts.wordGap * CELL_GAP_IN_WORD_GAPS);

export const chunkOf = (words: readonly Word[]): Chunk => ({
  words,
  box: unionBoxes(words.map((w) => w.box)),
});

/** The words' rows from top to bottom, each cut into chunks. Upright words only. */
export function textRows(words: readonly Word[], facts: PageFacts): TextRow[] {
  return makeRows(words.filter((w) => !w.angle)).map((line) => {
    const size = lineSize(line);
    return { line, size, box: line.box, chunks: cutChunks(line.words, cellGap(size, facts)) };
  });
}

/** Consecutive words whose gaps stay below `gap` points; dot leaders belong to the phrase before them. */
export function cutChunks(words: readonly Word[], gap: number): Chunk[] {
  const sorted = [...words].sort((a, b) => a.box.x0 - b.box.x0);
  const chunks: Word[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const w of sorted) {
    const current = chunks[chunks.length - 1];
    if (!current || (w.box.x0 - right > gap && !w.glued)) chunks.push([w]);
    else current.push(w);
    right = Math.max(right, w.box.x1);
  }
  return chunks.map(chunkOf);
}

const isLeader = (w: Word): boolean => LEADER.test(w.text);

/** Words without the dot leaders that lead from a label to its figures. */
export function withoutLeaders(words: readonly Word[]): Word[] {
  let count = 0;
  for (const w of words) if (isLeader(w)) count += w.text.length;
  const cleaned = count >= MIN_LEADERS ? words.filter((w) => !isLeader(w)) : [...words];
  return cleaned
    .map((w) => (/[.…·]{4,}$/.test(w.text) ? { ...w, text: w.text.replace(/[.…·]{4,}$/, '') } : w))
    .filter((w) => w.text);
}
