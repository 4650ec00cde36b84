import { median } from '../../document/geometry.js';
import { endsUnspaced, startsUnspaced } from '../../document/spacing.js';
import type { OcrWord } from '../../engines/ocr/port.js';

/** Ideographs of running text stand closer than this share of their height; columns and ideographic spaces are wider. */
const UNSPACED_GAP = 1.3;
/** A figure, Latin word or half-width mark set into such text without a space. */
const MIXED_GAP = 0.35;
/** A half-width mark that ends a clause of such text, with the white that justified lines have after it. */
const MARK_GAP = 0.7;
/** Syllables of one Korean word; of 194 spaces on a page set in lines of even length the narrowest has 0.32. */
const SYLLABLE_GAP = 0.32;
const HANGUL_END = /\p{Script=Hangul}$/u;
const HANGUL_START = /^\p{Script=Hangul}/u;
const LETTER_END = /[\p{L}\p{N}]$/u;
const LETTER_START = /^[\p{L}\p{N}]/u;
const CLOSING_MARK_START = /^[,.;:!?)\]]/u;
const CLAUSE_END = /[,;:]$/u;

/**
 * Words before which no space stands. Tesseract cuts Chinese and Japanese into pieces that no space divides, and
 * Korean words into syllables. Other scripts have none.
 */
export function joinedWords<Word extends OcrWord>(words: readonly Word[]): Set<Word> {
  const joined = new Set<Word>();
  const heights = new Map<number, number>();
  const heightOf = ({ line }: Word): number => {
    let height = heights.get(line);
    if (height === undefined) {
      // Boxes of pieces are at times as high as their line, and of the number one flat.
      height = median(words.filter((word) => word.line === line).map(({ box }) => box.y1 - box.y0));
      heights.set(line, height);
    }
    return Math.max(1, height);
  };
  for (let i = 1; i < words.length; i++) {
    const [left, right] = [words[i - 1], words[i]];
    const limit = left.line === right.line ? widestGap(left.text, right.text) : 0;
    if (limit > 0 && right.box.x0 - left.box.x1 < limit * heightOf(right)) joined.add(right);
  }
  return joined;
}

/** The white that may stand between two texts without being a space, as a share of the characters' height. */
function widestGap(left: string, right: string): number {
  if (endsUnspaced(left)) {
    if (startsUnspaced(right)) return UNSPACED_GAP;
    if (CLOSING_MARK_START.test(right)) return MARK_GAP;
    return LETTER_START.test(right) ? MIXED_GAP : 0;
  }
  if (startsUnspaced(right)) {
    if (CLAUSE_END.test(left)) return MARK_GAP;
    return LETTER_END.test(left) ? MIXED_GAP : 0;
  }
  return HANGUL_END.test(left) && HANGUL_START.test(right) ? SYLLABLE_GAP : 0;
}
