import type { Line } from '../../document/block.js';
import { type Box, median } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';
import { inReadingDirection, leftToRight } from './direction.js';

/** Baselines of one line differ by less than this share of the smaller em: OCR jitter and rounding stay below it, the next line never does. */
const SAME_BASELINE = 0.35;
/** A script's baseline lies within this share of the larger em of its line's baseline. */
const SCRIPT_SHIFT = 0.62;
/** A script is set at most at this share of its line's size. */
export const SCRIPT_SIZE = 0.86;
/** A script stands no further than this share of the larger em from the word that carries it. */
const SCRIPT_GAP = 0.45;

interface OpenRow {
  words: Word[];
  /** Baseline and size of the row's latest full-sized word: followed to the right, so a slightly skewed line stays one row. */
  baseline: number;
  size: number;
  last: Word;
}

/**
 * Words that share a baseline, over the whole width given, left to right; rows from top to bottom.
 * Superscripts and subscripts go with the word they touch. Columns side by side share rows where their
 * baselines meet: cut columns first where that matters, or split a row with `splitAtGaps`.
 */
export function makeRows(words: readonly Word[]): Line[] {
  const rows: OpenRow[] = [];
  // No row joins a word from further away than one band.
  let largest = 1;
  for (const w of words) if (w.size > largest) largest = w.size;
  const band = largest * SCRIPT_SHIFT;
  const bands = new Map<number, OpenRow[]>();
  for (const word of byStart(words)) {
    const key = Math.floor(word.baseline / band);
    let best: OpenRow | undefined;
    let bestCost = Number.POSITIVE_INFINITY;
    for (let at = key - 1; at <= key + 1; at++) {
      const held = bands.get(at);
      if (!held) continue;
      for (let i = 0; i < held.length; i++) {
        const cost = joinCost(held[i], word);
        if (cost < bestCost) {
          best = held[i];
          bestCost = cost;
        }
      }
    }
    if (!best) {
      const row = { words: [word], baseline: word.baseline, size: word.size, last: word };
      rows.push(row);
      addTo(bands, key, row);
      continue;
    }
    best.words.push(word);
    best.last = word;
    if (word.size >= best.size * SCRIPT_SIZE) {
      const before = Math.floor(best.baseline / band);
      best.baseline = word.baseline;
      best.size = word.size;
      if (before === key) continue;
      const held = bands.get(before)!;
      held.splice(held.indexOf(best), 1);
      addTo(bands, key, best);
    }
  }
  return rows
    .map((row) => makeLine(row.words))
    .sort((a, b) => a.baseline - b.baseline || a.box.x0 - b.box.x0);
}

/** Words in their rows. */
export interface WordRows {
  readonly words: readonly Word[];
  readonly rows: readonly Line[];
}

/** The rows of what a step has left of the words before it; those it knows already where it took none away. */
export function withRows(words: readonly Word[], before?: WordRows): WordRows {
  const same = before?.words.length === words.length && words.every((w, i) => w === before.words[i]);
  return same ? before : { words, rows: makeRows(words) };
}

/** From left to right, what starts at one place from top to bottom. */
const byStart = (words: readonly Word[]): readonly Word[] =>
  words.every((w, i) => i === 0 || compareStart(words[i - 1], w) <= 0)
    ? words
    : [...words].sort(compareStart);

const compareStart = (a: Word, b: Word): number =>
  compare(a.box.x0, b.box.x0) || compare(a.baseline, b.baseline);
/** Whole numbers: a difference would be put on the heap by every comparison. */
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

function addTo(bands: Map<number, OpenRow[]>, key: number, row: OpenRow): void {
  const held = bands.get(key);
  if (held) held.push(row);
  else bands.set(key, [row]);
}

/** Distance of a word from a row in baseline, in shares of the em; infinite where it cannot belong to it. */
function joinCost(row: OpenRow, word: Word): number {
  const shift = Math.abs(word.baseline - row.baseline);
  const small = Math.min(row.size, word.size);
  if (shift <= small * SAME_BASELINE) return shift / small;
  const large = Math.max(row.size, word.size);
  if (small > large * SCRIPT_SIZE || shift > large * SCRIPT_SHIFT) return Number.POSITIVE_INFINITY;
  if (word.box.x0 - row.last.box.x1 > large * SCRIPT_GAP) return Number.POSITIVE_INFINITY;
  return 1 + shift / large;
}

/** One line from words in any order: its words in reading direction, its baseline that of its full-sized words. */
export function makeLine(words: readonly Word[]): Line {
  if (words.length === 1) return { box: { ...words[0].box }, baseline: words[0].baseline, words };
  return { box: unionOfWords(words), baseline: baselineOf(words), words: inReadingDirection(words) };
}

/** Median baseline of the full-sized words; most lines have only one. */
function baselineOf(words: readonly Word[]): number {
  if (words.every((w) => w.baseline === words[0].baseline)) return words[0].baseline;
  const least = dominantSize(words) * SCRIPT_SIZE;
  const full = words.filter((w) => w.size >= least);
  return median((full.length ? full : words).map((w) => w.baseline));
}

/** Smallest box around the words, of which there is at least one. */
function unionOfWords(words: readonly Word[]): Box {
  let { x0, y0, x1, y1 } = words[0].box;
  for (const { box } of words) {
    if (box.x0 < x0) x0 = box.x0;
    if (box.y0 < y0) y0 = box.y0;
    if (box.x1 > x1) x1 = box.x1;
    if (box.y1 > y1) y1 = box.y1;
  }
  return { x0, y0, x1, y1 };
}

const roundedSize = (w: Word): number => Math.round(w.size * 4) / 4;

/** The em size that most characters have, in points. */
export function dominantSize(words: readonly Word[]): number {
  if (words.length === 1) return words[0].size;
  const first = words.length ? roundedSize(words[0]) : 0;
  if (words.every((w) => w.size === words[0].size || roundedSize(w) === first)) return first;
  const counts = new Map<number, number>();
  for (const w of words) {
    const key = roundedSize(w);
    counts.set(key, (counts.get(key) ?? 0) + w.text.length);
  }
  let best = 0;
  let most = -1;
  for (const [size, count] of counts) {
    if (count > most || (count === most && size > best)) {
      best = size;
      most = count;
    }
  }
  return best;
}

const sizes = new WeakMap<Line, number>();
/** Em size of a line, in points; remembered, because every step asks for it. */
export function lineSize(line: Line): number {
  let size = sizes.get(line);
  if (size === undefined) {
    size = dominantSize(line.words);
    sizes.set(line, size);
  }
  return size;
}

/** Pieces of a row that lie further apart than `gap` points. */
export function splitAtGaps(row: Line, gap: number): Line[] {
  const pieces: Word[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const w of leftToRight(row.words)) {
    if (w.box.x0 - right > gap || pieces.length === 0) pieces.push([w]);
    else pieces[pieces.length - 1].push(w);
    right = Math.max(right, w.box.x1);
  }
  return pieces.length === 1 ? [row] : pieces.map(makeLine);
}

const texts = new WeakMap<Line, string>();
/** Words of a line joined as printed: one space between words, none before a glued one. Remembered like the size. */
export function lineText(line: Line): string {
  let text = texts.get(line);
  if (text === undefined) {
    text = '';
    for (const w of line.words) text += (text === '' || w.glued ? '' : ' ') + w.text;
    texts.set(line, text);
  }
  return text;
}
