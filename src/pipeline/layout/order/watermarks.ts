import { boxArea, containsCenter, overlapArea } from '../../../document/geometry.js';
import type { PageContent } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';

/** A watermark's letters are at least this many times the body's size. */
const MIN_RATIO = 2.5;
/** Text runs across it: so many words lie on it … */
const MIN_CROSSED = 3;
/** … or its colour is this pale, 0–255 in every channel, with nothing dark behind it. */
const PALE = 0xb0;

/** Large words that the text runs across, or that are as pale as paper: stamps of state, not text. */
export function findWatermarks(words: readonly Word[], content: PageContent, facts: PageFacts): Set<Word> {
  const large = words.filter((w) => w.size >= facts.bodySize * MIN_RATIO && /\p{L}/u.test(w.text));
  return new Set(large.filter((w) => isCrossed(w, words, facts) || isPale(w, content)));
}

const isCrossed = (word: Word, words: readonly Word[], facts: PageFacts): boolean =>
  words.filter(
    (w) => w.size < facts.bodySize * MIN_RATIO && overlapArea(w.box, word.box) > boxArea(w.box) * 0.5,
  ).length >= MIN_CROSSED && word.text.length > 2;

function isPale({ style: { color }, box }: Word, { shapes, images }: PageContent): boolean {
  if (color === undefined || ![1, 3, 5].every((i) => Number.parseInt(color.slice(i, i + 2), 16) >= PALE))
    return false;
  return ![...shapes, ...images].some((ground) => containsCenter(ground.box, box));
}
