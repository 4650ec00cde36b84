import type { Warning } from '../../document/page.js';
import type { Word } from '../../document/word.js';

const RTL = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const LETTER = /\p{L}/u;

/** Before Hebrew, the first of them, no character belongs to a script written from right to left. */
const FIRST_RTL = 0x590;

/** The word has a letter of a script written from right to left. */
export function isRightToLeft(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= FIRST_RTL) return RTL.test(text);
  return false;
}

/** Most words with letters are written from right to left. */
export function runsRightToLeft(words: readonly Word[]): boolean {
  if (!words.some((w) => isRightToLeft(w.text))) return false;
  let rtl = 0;
  let ltr = 0;
  for (const w of words) {
    if (isRightToLeft(w.text)) rtl += w.text.length;
    else if (LETTER.test(w.text)) ltr += w.text.length;
  }
  return rtl > ltr;
}

/**
 * The words of one line in the order in which they are read. In a right-to-left line, stretches of
 * left-to-right words keep their own order (the visual reordering of the Unicode Bidirectional
 * Algorithm at word level, levels 0 to 2).
 */
export function inReadingDirection(words: readonly Word[]): readonly Word[] {
  const sorted = leftToRight(words);
  if (!runsRightToLeft(words)) return sorted;
  const out: Word[] = [];
  let run: Word[] = [];
  for (const w of [...sorted].reverse()) {
    if (isRightToLeft(w.text) || !/[\p{L}\p{N}]/u.test(w.text)) {
      out.push(...run.reverse(), w);
      run = [];
    } else run.push(w);
  }
  return [...out, ...run.reverse()];
}

/** The words of a row from left to right; the same list where they stand so already, as nearly always. */
export function leftToRight(words: readonly Word[]): readonly Word[] {
  for (let i = 1; i < words.length; i++)
    if (words[i].box.x0 < words[i - 1].box.x0) return [...words].sort((a, b) => a.box.x0 - b.box.x0);
  return words;
}

/** From this share of a page's characters on, a direction of writing is worth a warning. */
const NOTABLE_SHARE = 0.2;

/** Directions of writing whose order layout cannot vouch for. */
export function directionWarnings(words: readonly Word[]): Warning[] {
  const count = (holds: (w: Word) => boolean): number =>
    words.reduce((n, w) => n + (holds(w) ? w.text.length : 0), 0);
  const all = count(() => true);
  const warnings: Warning[] = [];
  if (count((w) => isRightToLeft(w.text)) > all * NOTABLE_SHARE) {
    warnings.push({
      code: 'right_to_left_text',
      message: 'Much of this page runs from right to left; check the order of mixed lines.',
    });
  }
  if (count((w) => w.angle !== undefined) > all * NOTABLE_SHARE) {
    warnings.push({
      code: 'vertical_text',
      message:
        'Much of this page runs in another direction than left to right; its lines are kept whole, their order may be wrong.',
    });
  }
  return warnings;
}
