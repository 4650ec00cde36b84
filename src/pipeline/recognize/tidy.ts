import type { OcrWord } from '../../engines/ocr/port.js';
import { restoreBullets } from './bullets.js';
import { withoutDebris } from './debris.js';
import { joinedWords } from './joined.js';
import { isBullet, isRule } from './marks.js';

/** Greek data knows the letter mu by the micro sign as well. */
const MICRO_SIGN = /µ(?=\p{Script=Greek})|(?<=\p{Script=Greek})µ/gu;
/** Old type and wide quotation marks are read as two single ones, or one and an asterisk. */
const OPENING_PAIR = /^[‘'][‘'*](?=[\p{L}\p{N}])/u;
const CLOSING_PAIR = /(?<=[\p{L}\p{N}\p{P}])[’'][’'*]$/u;
const LONE_OPENING_PAIR = /^[‘'][‘'*]$/u;
/** Marks that specks, fold lines and the edges of pictures are read as. */
const SPECK = /^[-_—–.,:*~|><=^`'‘’…·\\/]+$/u;
/** Specks read as marks stay below this; real marks are mostly above. */
const SPECK_CONFIDENCE = 50;
const OPENING_MARK = /^[“„«‘([{¿¡]$/u;
const CLOSING_MARK = /^[”’»)\]};:!?,.]+$/u;
/** A mark this close to its word (share of the x-height) belongs to it; wider is a real space. */
const ATTACHED_GAP = 1;

/** A word after tidying; `glued` as in the document model. */
export type TidyWord = OcrWord & { readonly glued?: true };

/**
 * Repairs what the recogniser does to punctuation on any page: pairs of single quotation marks become double
 * ones, bullets are put back by their place and by their shape, lone marks of low confidence are specks and go,
 * pieces of table rules as well, marks that stand a thin space off are joined to their word, except in French,
 * which sets them so, and so are the pieces of scripts that set no spaces.
 */
export function tidyWords(words: readonly OcrWord[], languages: readonly string[]): TidyWord[] {
  const kept = withoutDebris(restoreBullets(words))
    .filter((word) => !isRule(word))
    .map((word) => ({ ...word, text: isBullet(word) ? '•' : repairLetters(repairQuotes(word.text)) }))
    .filter(({ text, confidence }) => text === '•' || confidence >= SPECK_CONFIDENCE || !SPECK.test(text));
  const isFrench = languages[0] === 'fra';
  const joined = joinedWords(kept);
  return kept.map((word, index) => {
    const isGlued = joined.has(word) || (!isFrench && isAttached(kept[index - 1], word));
    return isGlued ? { ...word, glued: true } : word;
  });
}

export const repairQuotes = (text: string): string =>
  text.replace(LONE_OPENING_PAIR, '“').replace(OPENING_PAIR, '“').replace(CLOSING_PAIR, '”');

const repairLetters = (text: string): string => text.replace(MICRO_SIGN, 'μ');

function isAttached(left: OcrWord | undefined, right: OcrWord): boolean {
  if (!left || left.line !== right.line) return false;
  if (!OPENING_MARK.test(left.text) && !CLOSING_MARK.test(right.text)) return false;
  const xHeight = right.xHeight || left.xHeight || (right.box.y1 - right.box.y0) / 2;
  return right.box.x0 - left.box.x1 <= ATTACHED_GAP * xHeight;
}
