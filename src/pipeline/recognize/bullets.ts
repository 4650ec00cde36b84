import type { OcrWord } from '../../engines/ocr/port.js';

/** Signs that a recogniser without bullets in its alphabet gives for a bullet, and that begin no sentence. */
const SURE_LOOKALIKE = /^¢$/u;
/** Signs and letters that it gives as well, but that may be what they say. */
const LOOKALIKE = /^[¢©®«»°¥eo•]$/u;
/** Marks that may be bullets or specks: a speck confirms no other. */
const DOT = /^[.,:*·]$/u;
/** The space after a bullet, in x-heights: wider than one between words (about half), narrower than a column's. */
const MIN_GAP = 0.9;
const MAX_GAP = 6;
/** Doubtful signs are bullets only together, one below the other; their left edges differ by at most this (their heights). */
const SAME_LEFT = 0.8;

/**
 * Puts bullets back where Tesseract reads `¢`, `e`, `«` or `©` for them: lone signs at the start of a line,
 * followed by a wide space. `¢` before a word is never a price; the other signs need a second one below or above.
 */
export function restoreBullets<W extends OcrWord>(words: readonly W[]): W[] {
  const candidates = words.filter((word, index) => {
    const next = words[index + 1];
    if (words[index - 1]?.line === word.line || next?.line !== word.line) return false;
    if (SURE_LOOKALIKE.test(word.text)) return /^\P{N}/u.test(next.text);
    if (!LOOKALIKE.test(word.text) && !DOT.test(word.text)) return false;
    const gap = (next.box.x0 - word.box.x1) / xHeightOf(next);
    return gap >= MIN_GAP && gap <= MAX_GAP;
  });
  const isConfirmed = (word: W): boolean =>
    SURE_LOOKALIKE.test(word.text) ||
    candidates.some(
      (other) =>
        other !== word &&
        !DOT.test(other.text) &&
        Math.abs(other.box.x0 - word.box.x0) <= SAME_LEFT * lineHeightOf(other),
    );
  const bullets = new Set(candidates.filter(isConfirmed));
  return words.map((word) => (bullets.has(word) ? { ...word, text: '•' } : word));
}

/** Pixels. */
const lineHeightOf = (word: OcrWord): number => Math.max(word.xHeight, word.box.y1 - word.box.y0);
const xHeightOf = (word: OcrWord): number => word.xHeight || (word.box.y1 - word.box.y0) / 2;
