import type { Word } from '../../document/word.js';
import type { PageFacts } from './facts.js';

/** A drop cap is at least this many times the body's size. */
const MIN_RATIO = 1.7;
/** One capital, with an opening quote at most. */
const INITIAL = /^["“”'‘’«]?\p{Lu}$/u;
/** The text starts within this share of the capital's size to its right. */
const MAX_GAP = 0.45;
/** Capitals that are words by themselves. */
const ONE_LETTER_WORD = /^["“”'‘’«]?[AIO]$/u;

/**
 * Sets drop caps on the baseline of the line that they begin, in the body's size, so that they read as the
 * first letter of its first word. The box stays where it is; all other words come back unchanged.
 */
export function settleDropCaps(words: readonly Word[], facts: PageFacts): Word[] {
  const initials = words.filter((w) => w.size >= facts.bodySize * MIN_RATIO && INITIAL.test(w.text));
  if (initials.length === 0) return [...words];
  const replaced = new Map<Word, Word>();
  for (const initial of initials) {
    const next = firstBeside(initial, words, facts);
    if (!next) continue;
    replaced.set(initial, { ...initial, size: next.size, baseline: next.baseline });
    if (!standsAlone(initial, next, words) && !isSpaced(next, words))
      replaced.set(next, { ...next, glued: true });
  }
  return words.map((w) => replaced.get(w) ?? w);
}

/** The first word of the first of at least two body lines that stand right beside the capital. */
function firstBeside(initial: Word, words: readonly Word[], facts: PageFacts): Word | undefined {
  const { x1, y0, y1 } = initial.box;
  const beside = words.filter(
    (w) =>
      w !== initial &&
      w.size < initial.size / MIN_RATIO + 0.01 &&
      w.box.x0 >= x1 - facts.bodySize * 0.3 &&
      w.box.x0 - x1 < initial.size * MAX_GAP &&
      w.baseline > y0 &&
      w.baseline <= y1 + facts.bodySize * 0.3,
  );
  const baselines = new Set(beside.map((w) => Math.round(w.baseline)));
  if (baselines.size < 2) return undefined;
  return beside.sort((a, b) => a.baseline - b.baseline || a.box.x0 - b.box.x0)[0];
}

/** The first line beside a capital begins so many ems further right than the next one where a space follows it. */
const SPACE = 0.15;

/** The word is set off from the capital by a space, which the line below it lacks. */
function isSpaced(next: Word, words: readonly Word[]): boolean {
  const below = words
    .filter((w) => w.baseline > next.baseline + next.size * 0.5 && w.baseline < next.baseline + next.size * 2)
    .filter(
      (w) => Math.abs(w.box.x0 - next.box.x0) < next.size && Math.abs(w.size - next.size) < next.size * 0.1,
    );
  const edge = Math.min(...below.map((w) => w.box.x0));
  return next.box.x0 - edge > next.size * SPACE && next.box.x0 - edge < next.size * 0.6;
}

/** `A` before `man` is a word; before `fter` it is a letter: the page's other words tell. */
function standsAlone(initial: Word, next: Word, words: readonly Word[]): boolean {
  if (!ONE_LETTER_WORD.test(initial.text)) return false;
  const bare = next.text.toLowerCase().replace(/\P{L}+$/u, '');
  return words.some((w) => w !== next && w.text.toLowerCase().replace(/\P{L}+$/u, '') === bare);
}
