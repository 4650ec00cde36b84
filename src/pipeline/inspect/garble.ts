import type { NativeWord } from '../../engines/pdf/port.js';
import { letterPairScore } from './letter-pairs.js';

export const GARBLE_SIGNS = [
  'unmapped characters',
  'control characters',
  'mixed scripts',
  'wrong encoding',
  'symbols for letters',
  'letter statistics',
] as const;
/** What gave a font away, the surest sign first. */
export type GarbleSign = (typeof GARBLE_SIGNS)[number];

/** What the words of one font on one page say about its character map. */
export interface FontJudgement {
  readonly font: string;
  readonly characters: number;
  /** Absent for a sound font, and where there is too little text to tell. */
  readonly sign?: GarbleSign;
}

/** A few glyphs without Unicode value occur in sound fonts (ornaments, old-style figures); one in seven does not. */
const UNMAPPED_SHARE = 0.15;
/** Icons and bullets stand alone: glyphs of an icon font make words of one character, text does not. */
const ICON_WORD_LENGTH = 1.6;
/** More of them are letters that stand apart. */
const MAX_ICONS = 40;
/** Sound text has no control characters at all; single strays come from broken line ends. */
const CONTROL_SHARE = 0.08;
/** Below this many letters the statistics of letters say nothing. */
const MIN_PAIRS = 60;
const ENOUGH_PAIRS = 150;
/**
 * Mean letter-pair scores: manual pages in 16 languages scored −9.43 and more over 200 characters, 98 % of
 * texts with exchanged letters below −9.5 and their median −11; over 80 characters both spread by 0.5 more.
 */
const IMPLAUSIBLE_SCORE = -9.9;
const IMPLAUSIBLE_SCORE_SHORT = -10.4;
/** Vietnamese, the densest language in accents, has about a third of its letters in Latin-1's upper half. */
const LATIN1_SHARE = 0.45;
/** Source code, the densest sound text, has about one ASCII symbol of this set in six characters. */
const SYMBOL_SHARE = 0.3;
const ALPHANUMERIC_SHARE = 0.4;
/** A page mixes two or three scripts with Latin; random glyph numbers spread over many. */
const SCRIPTS = 4;
const SCRIPT_SHARE = 0.08;
const MIN_CHARACTERS = 25;
/** The longest word of accented letters alone (Faroese, Vietnamese) has four of them. */
const MIN_ENCODED = 6;

const UNRELIABLE = /[\p{Co}\p{Cn}\uFFFD]/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/g;
const LATIN1_LETTERS = /[\u00AA-\u00AF\u00B4-\u00BA\u00C0-\u00FF]/g;
const RARE_SYMBOLS = /[!"#$%&'*<>@\\^_`{|}~]/g;
const ALPHANUMERIC = /[\p{L}\p{N}]/gu;
const SCRIPT_CLASSES = [
  /\p{Script=Latin}/gu,
  /\p{Script=Greek}/gu,
  /\p{Script=Cyrillic}/gu,
  /\p{Script=Hebrew}/gu,
  /\p{Script=Arabic}/gu,
  /\p{Script=Devanagari}/gu,
  /\p{Script=Thai}/gu,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  /\p{Script=Hangul}/gu,
  /[\p{Script=Armenian}\p{Script=Georgian}\p{Script=Ethiopic}\p{Script=Cherokee}\p{Script=Mongolian}]/gu,
];

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * Judges text font by font, because a page often mixes healthy and broken fonts and an average over the
 * page hides the broken one. Numbers, formulas, code and scripts other than Latin are judged only by signs
 * that hold for them. `letter statistics` is a suspicion (acronyms, sequences), the other signs are certain.
 */
export function judgeFonts(words: Iterable<NativeWord>): FontJudgement[] {
  const byFont = new Map<string, NativeWord[]>();
  for (const word of words) {
    const list = byFont.get(word.style.font);
    if (list) list.push(word);
    else byFont.set(word.style.font, [word]);
  }
  return [...byFont].map(([font, list]) => judgeFont(font, list));
}

function judgeFont(font: string, words: readonly NativeWord[]): FontJudgement {
  let characters = 0;
  let unmapped = 0;
  for (const word of words) {
    const length = [...word.text].length;
    characters += length;
    unmapped += Math.min(length, Math.max(word.unmapped ?? 0, count(word.text, UNRELIABLE)));
  }
  const text = words.map((word) => word.text).join(' ');
  const isIconFont = characters / words.length < ICON_WORD_LENGTH && words.length <= MAX_ICONS;
  const sign = isIconFont ? undefined : findSign(text, characters, unmapped);
  return sign ? { font, characters, sign } : { font, characters };
}

function findSign(text: string, characters: number, unmapped: number): GarbleSign | undefined {
  if (unmapped / characters >= UNMAPPED_SHARE) return 'unmapped characters';
  const control = count(text, CONTROL);
  if (control > 1 && control / characters >= CONTROL_SHARE) return 'control characters';
  if (characters >= MIN_ENCODED && count(text, LATIN1_LETTERS) / characters >= LATIN1_SHARE) {
    return 'wrong encoding';
  }
  if (characters >= MIN_CHARACTERS) {
    if (mixesScripts(text)) return 'mixed scripts';
    // Repeated symbols are leaders and rules made of characters.
    const plain = text.replace(/(.)\1{2,}/gu, '$1');
    const length = plain.replaceAll(' ', '').length;
    if (
      length >= MIN_CHARACTERS &&
      count(plain, RARE_SYMBOLS) / length >= SYMBOL_SHARE &&
      count(plain, ALPHANUMERIC) / length < ALPHANUMERIC_SHARE
    ) {
      return 'symbols for letters';
    }
  }
  // Single letters are variables and list marks, not words.
  const { score, pairs } = letterPairScore(text.replace(/(?<!\p{L})\p{L}(?!\p{L})/gu, ' '));
  const limit = pairs >= ENOUGH_PAIRS ? IMPLAUSIBLE_SCORE : IMPLAUSIBLE_SCORE_SHORT;
  return pairs >= MIN_PAIRS && score < limit ? 'letter statistics' : undefined;
}

function mixesScripts(text: string): boolean {
  const counts = SCRIPT_CLASSES.map((pattern) => count(text, pattern));
  const letters = counts.reduce((sum, n) => sum + n, 0);
  return letters >= MIN_CHARACTERS && counts.filter((n) => n / letters >= SCRIPT_SHARE).length >= SCRIPTS;
}
