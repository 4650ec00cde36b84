import { median } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';

/**
 * Tesseract's own confidence under which another look pays: clean pages have 90–95, phone photos and
 * receipts 65–86, and of the words of such pages about one in five is wrong.
 */
export const DOUBTFUL_PAGE = 88;
/** Below this not even the letters' size is sure; every look is tried. */
export const POOR_PAGE = 80;
/** Words that are sure enough to measure the letters by. */
const SURE_WORD = 60;
/** Fewer sure words measure nothing. */
const MIN_SURE_WORDS = 8;

/** How a page is looked at again. */
export interface Look {
  /** Pixels to which the lower-case letters are brought. */
  readonly xHeight: number;
  /** Sigma of a Gaussian, pixels; 0 for none. */
  readonly soften: number;
}

/**
 * In the order of their worth on receipts and photographs: each alone gains two words in a hundred, and
 * together they gain more, since they fail in different places. A local threshold as a fourth look makes
 * receipts worse: it is sure of what it reads wrongly.
 */
export const LOOKS: readonly Look[] = [
  { xHeight: 20, soften: 0 },
  { xHeight: 26, soften: 1.2 },
  { xHeight: 14, soften: 0 },
];

/** The em size in points by the words that were read surely; 0 where there are too few. */
export function sureSize(words: readonly Word[]): number {
  const sizes = words
    .filter((word) => word.confidence >= SURE_WORD && word.text.length > 1)
    .map((word) => word.size);
  return sizes.length < MIN_SURE_WORDS ? 0 : median(sizes);
}
