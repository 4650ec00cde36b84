import type { Line } from '../../../document/block.js';
import { type Box, unionBoxes } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import { leftToRight } from '../direction.js';
import type { PageFacts } from '../facts.js';
import { lineSize, makeRows } from '../lines.js';
import { isCheckBox } from '../roles/markers.js';

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
  /** Dot leaders run up to the row's last word, a page number: an entry of a table of contents or an index. */
  readonly toPageNumber?: true;
}

/** A gap wider than this share of the em may separate cells: word spaces are 0.25 to 0.33, justified ones rarely above 0.55. */
const CELL_GAP = 0.6;
/** ... and wider than this many usual word gaps of the page, for monospaced and loosely set text. */
const CELL_GAP_IN_WORD_GAPS = 1.6;
/** Figures side by side belong to two columns when they stand further apart than this share of the em. */
const FIGURE_GAP = 0.3;
/** ... unless they are the groups of three of one figure. */
const THOUSANDS = /^\d{3}(?:[.,]\d+)?$/;
/** A bracketed figure often goes with the one before it; it needs a wider gap. */
const BRACKET_GAP = 0.45;
/** Leaders (`. . . .`) fill the gap between a label and its figures; they are no text. */
const LEADER = /^[.·…_]{2,}$|^[.·…]$/;
const LEADER_TAIL = /(?:[.…·]{4,}|…+)$/;
const MIN_LEADERS = 3;
/** The label of a check box is at most this many ems away from it; what is further away stands in another column. */
const LABEL_GAP = 1.3;
const VALUE =
  /^[-+−–—~<>≤≥±*†‡#$€£¥([]*(?:US\$|[A-Z]{2,3}\$)?[$€£¥]?[\d.,:/×x'’ –-]*\d[\d.,:/'’]*(?:[–—-][-+−]?\d[\d.,]*)?\s?(?:%|‰|°|[kKmMbBx]|bn)?[)\]*†‡§¶#a-e]*$/;
const BLANK_VALUE = /^(?:[-–—−.…*†‡#]+|[✓✔✗✘✕☑☐☒●○◐◑]|\(?(?:n\/?a|n\.a\.|na|nil|x|nd|ns|ref\.?|none)\)?)$/i;

/** A figure, amount, percentage, range or date part: what fills numeric columns. */
export const isNumeric = (text: string): boolean => VALUE.test(text);
/** What stands in a numeric column for a missing value, and the marks of a matrix of yes and no. */
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
  const isValue = (w: Word): boolean => isNumeric(w.text) || isBlankValue(w.text);
  return (
    words.length <= 3 && words.some(isValue) && words.every((w) => isValue(w) || /^[$€£¥%()±]+$/.test(w.text))
  );
};

export const cellGap = (size: number, facts: PageFacts): number =>
  Math.max(size * CELL_GAP, facts.wordGap * CELL_GAP_IN_WORD_GAPS);

export const chunkOf = (words: readonly Word[]): Chunk => ({
  words,
  box: unionBoxes(words.map((w) => w.box)),
});

/** The words' rows from top to bottom, each cut into chunks. Upright words only. */
export const textRows = (words: readonly Word[], facts: PageFacts): TextRow[] =>
  cutRows(makeRows(words.filter((w) => !w.angle)), facts);

/** Rows as `makeRows` leaves them, each cut into chunks; those of nothing but leaders are gone. */
export function cutRows(rows: readonly Line[], facts: PageFacts): TextRow[] {
  return rows.flatMap((full) => {
    const kept = withoutLeaders(full.words);
    if (!kept.length) return [];
    const line =
      kept.length === full.words.length
        ? full
        : { ...full, words: kept, box: unionBoxes(kept.map((w) => w.box)) };
    const size = lineSize(line);
    return [
      {
        line,
        size,
        box: line.box,
        chunks: cutChunks(kept, cellGap(size, facts)),
        ...(leadsToPageNumber(full.words) && { toPageNumber: true as const }),
      },
    ];
  });
}

const PAGE_NUMBER = /^(?:\d{1,4}|[ivxl]+)$/i;

/** Leaders stand right before the last word, and that is a page number. */
function leadsToPageNumber(words: readonly Word[]): boolean {
  const last = words[words.length - 1];
  const before = words[words.length - 2];
  if (!before || !PAGE_NUMBER.test(last.text)) return false;
  return isLeader(before) || LEADER_TAIL.test(before.text);
}

/** Two figures that stand apart further than the parts of one figure do. */
function figuresApart(a: Word, b: Word): boolean {
  const gap = b.box.x0 - a.box.x1;
  if (gap < a.size * FIGURE_GAP || !isNumeric(a.text) || !isNumeric(b.text)) return false;
  if (/^[([]/.test(b.text)) return gap >= a.size * BRACKET_GAP;
  return !(THOUSANDS.test(b.text) && gap < a.size * FIGURE_GAP * 1.3);
}

/** Consecutive words whose gaps stay below `gap` points; dot leaders belong to the phrase before them. */
export function cutChunks(words: readonly Word[], gap: number): Chunk[] {
  const chunks: Word[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  const sorted = leftToRight(words);
  sorted.forEach((w, index) => {
    const current = chunks[chunks.length - 1];
    const wide = w.box.x0 - right > gap || (current && figuresApart(current[current.length - 1], w));
    if (!current || (wide && !w.glued && !isLabelled(sorted, index))) chunks.push([w]);
    else current.push(w);
    right = Math.max(right, w.box.x1);
  });
  return chunks.map(chunkOf);
}

/** The word and the one before it are a check box and its label: the nearer one of the words on its two sides. */
function isLabelled(words: readonly Word[], index: number): boolean {
  const gapBefore = (i: number): number =>
    i > 0 && i < words.length ? words[i].box.x0 - words[i - 1].box.x1 : Number.POSITIVE_INFINITY;
  const gap = gapBefore(index);
  if (gap > words[index].size * LABEL_GAP) return false;
  if (isCheckBox(words[index - 1])) return gap <= gapBefore(index - 1);
  return isCheckBox(words[index]) && gap < gapBefore(index + 1);
}

const isLeader = (w: Word): boolean => LEADER.test(w.text);

/** Words without the dot leaders that lead from a label to its figures. */
export function withoutLeaders(words: readonly Word[]): readonly Word[] {
  let count = 0;
  for (const w of words) if (isLeader(w)) count += w.text.length;
  const cleaned = count >= MIN_LEADERS ? words.filter((w) => !isLeader(w)) : words;
  if (!cleaned.some((w) => LEADER_TAIL.test(w.text))) return cleaned;
  return cleaned.map(withoutTail).filter((w) => w.text !== '');
}

/** A word without the dots that run on from it, its box shortened by their share. */
function withoutTail(word: Word): Word {
  const text = word.text.replace(LEADER_TAIL, '');
  if (text.length === word.text.length) return word;
  // Dots are narrow: two take about the room of one letter.
  const share = text.length / (text.length + (word.text.length - text.length) * (word.style.mono ? 1 : 0.5));
  return { ...word, text, box: { ...word.box, x1: word.box.x0 + (word.box.x1 - word.box.x0) * share } };
}
