import type { Line } from '../../document/block.js';
import { median, unionBoxes } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';
import { inReadingDirection } from './direction.js';

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
  const sorted = [...words].sort((a, b) => a.box.x0 - b.box.x0 || a.baseline - b.baseline);
  const rows: OpenRow[] = [];
  // No row joins a word from further away than one band.
  const band = Math.max(1, ...words.map((w) => w.size)) * SCRIPT_SHIFT;
  const bands = new Map<number, Set<OpenRow>>();
  const bandOf = (baseline: number): Set<OpenRow> => {
    const key = Math.floor(baseline / band);
    const known = bands.get(key) ?? new Set<OpenRow>();
    bands.set(key, known);
    return known;
  };
  for (const word of sorted) {
    let best: OpenRow | undefined;
    let bestCost = Number.POSITIVE_INFINITY;
    for (const step of [-1, 0, 1]) {
      for (const row of bands.get(Math.floor(word.baseline / band) + step) ?? []) {
        const cost = joinCost(row, word);
        if (cost < bestCost) {
          best = row;
          bestCost = cost;
        }
      }
    }
    if (!best) {
      const row = { words: [word], baseline: word.baseline, size: word.size, last: word };
      rows.push(row);
      bandOf(row.baseline).add(row);
      continue;
    }
    best.words.push(word);
    best.last = word;
    if (word.size >= best.size * SCRIPT_SIZE) {
      const held = bandOf(best.baseline);
      const next = bandOf(word.baseline);
      best.baseline = word.baseline;
      best.size = word.size;
      if (held === next) continue;
      held.delete(best);
      next.add(best);
    }
  }
  return rows
    .map((row) => makeLine(row.words))
    .sort((a, b) => a.baseline - b.baseline || a.box.x0 - b.box.x0);
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
  const ordered = inReadingDirection(words);
  const size = dominantSize(words);
  const full = words.filter((w) => w.size >= size * SCRIPT_SIZE);
  return {
    box: unionBoxes(words.map((w) => w.box)),
    baseline: median((full.length ? full : words).map((w) => w.baseline)),
    words: ordered,
  };
}

/** The em size that most characters have, in points. */
export function dominantSize(words: readonly Word[]): number {
  if (words.length === 1) return words[0].size;
  const counts = new Map<number, number>();
  for (const w of words) {
    const key = Math.round(w.size * 4) / 4;
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
  const words = [...row.words].sort((a, b) => a.box.x0 - b.box.x0);
  const pieces: Word[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const w of words) {
    if (w.box.x0 - right > gap || pieces.length === 0) pieces.push([w]);
    else pieces[pieces.length - 1].push(w);
    right = Math.max(right, w.box.x1);
  }
  return pieces.length === 1 ? [row] : pieces.map(makeLine);
}

/** Words of a line joined as printed: one space between words, none before a glued one. */
export function lineText(line: Line): string {
  let text = '';
  for (const w of line.words) text += (text === '' || w.glued ? '' : ' ') + w.text;
  return text;
}
