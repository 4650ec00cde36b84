import { median, unionBoxes } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';

/** Fewer letters in a row are initials, variables or marks. */
const MIN_LETTERS = 5;
/** A gap above this multiple of the usual one between the letters parts words. */
const WORD_GAP = 1.45;
/** Gaps between the letters of a word differ from the usual one by no more than this share of the em. */
const EVEN = 0.13;
/** Letters further apart than this many ems are cells of a table. */
const MAX_SPACING = 1.1;
/** Letters whose gaps are within this share of those between words may have been typed with spaces. */
const LIKE_SPACES = 0.2;
const LETTER = /^["“‘(]?[\p{L}\p{N}&][,.:;!?"”’)]?$/u;
const VOWEL = /[aeiouyäöüàáâãåæèéêëìíîïòóôõøùúûýœаеёиоуыэюяαεηιουω]/iu;

/**
 * Puts words together whose letters are set apart (`C O N T E N T S`) so that each came as a word. Letters
 * that stand for themselves stay: the alphabet of an index, marks in columns, variables.
 */
export function settleLetterSpacing(words: readonly Word[]): Word[] {
  if (words.filter(isLetter).length < MIN_LETTERS) return [...words];
  const space = usualSpace(words);
  const out: Word[] = [];
  for (let i = 0; i < words.length; ) {
    let end = i + 1;
    while (end < words.length && isLetter(words[i]) && follows(words[end - 1], words[end])) end++;
    const alone = !isBeside(words[i - 1], words[i]) && !isBeside(words[end - 1], words[end]);
    const joined = end - i >= MIN_LETTERS ? join(words.slice(i, end), alone ? undefined : space) : undefined;
    if (joined) out.push(...joined);
    else out.push(...words.slice(i, end));
    i = end;
  }
  return out;
}

/** Usual gap between two words, as a share of the em. */
function usualSpace(words: readonly Word[]): number {
  const gaps = words.slice(1).flatMap((w, i) => {
    const before = words[i];
    const gap = (w.box.x0 - before.box.x1) / w.size;
    const worded = w.text.length > 1 && before.text.length > 1 && !w.glued;
    return worded && isBeside(before, w) && gap > 0 && gap < 1 ? [gap] : [];
  });
  return gaps.length ? median(gaps) : 0.25;
}

/** On one line, the second to the right of the first. */
const isBeside = (a: Word | undefined, b: Word | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  Math.abs(a.baseline - b.baseline) < a.size * 0.2 &&
  b.box.x0 >= a.box.x1 - a.size * 0.2;

const isLetter = (word: Word): boolean => LETTER.test(word.text) && word.angle === undefined;

/** Another letter of the same look to the right, near enough to belong to the same title. */
function follows(before: Word, word: Word): boolean {
  if (!isLetter(word) || word.style !== before.style) return false;
  if (Math.abs(word.size - before.size) > before.size * 0.06) return false;
  if (Math.abs(word.baseline - before.baseline) > before.size * 0.08) return false;
  const gap = word.box.x0 - before.box.x1;
  return gap > 0 && gap < before.size * MAX_SPACING * (1 + WORD_GAP);
}

/** The words that the letters make; not where they stand among words, parted like these by `space`. */
function join(letters: readonly Word[], space: number | undefined): Word[] | undefined {
  const gaps = letters.slice(1).map((w, i) => w.box.x0 - letters[i].box.x1);
  const usual = [...gaps].sort((a, b) => a - b)[Math.floor((gaps.length - 1) * 0.4)];
  const { size } = letters[0];
  if (usual > size * MAX_SPACING) return undefined;
  if (space !== undefined && Math.abs(usual / size - space) < space * LIKE_SPACES) return undefined;
  const parts: Word[][] = [[letters[0]]];
  for (const [i, gap] of gaps.entries()) {
    if (gap > usual * WORD_GAP) parts.push([]);
    else if (Math.abs(gap - usual) > size * EVEN) return undefined;
    parts[parts.length - 1].push(letters[i + 1]);
  }
  return parts.every(isWord) && parts.some((p) => p.length > 3) ? parts.map(asWord) : undefined;
}

/** It can be spoken, and is neither an alphabet nor a row of one mark. */
function isWord(letters: readonly Word[]): boolean {
  const text = letters.map((w) => w.text).join('');
  if (letters.length <= 2) return true;
  const bare = text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  if (/^\p{N}+$/u.test(bare)) return false;
  const ascending = [...bare].every((c, i, all) => i === 0 || c > all[i - 1]);
  const varied = new Set(bare).size > 1;
  const oneCase = !/\p{Ll}.*\p{Lu}/u.test(text);
  return VOWEL.test(bare) && varied && oneCase && !(ascending && letters.length > 3);
}

function asWord(letters: readonly Word[]): Word {
  return {
    ...letters[0],
    text: letters.map((w) => w.text).join(''),
    box: unionBoxes(letters.map((w) => w.box)),
    confidence: Math.min(...letters.map((w) => w.confidence)),
  };
}
