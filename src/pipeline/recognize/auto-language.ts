import { unionBoxes } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';
import { LegibleError } from '../../errors.js';
import { commonWords } from './common-words.js';
import { meanConfidence } from './confidence.js';
import { detectLanguage, secondLanguage } from './detect-language.js';
import { DEFAULT_LANGUAGE } from './languages.js';
import type { GrayImage } from './prepare/gray.js';
import { type PreparedPage, toRaster } from './prepare/page.js';
import { crop } from './prepare/turn.js';
import type { Reader, Reading } from './read-page.js';
import { LATIN, languagesOfScript, scriptOfText, scriptsOfLanguage } from './scripts.js';

/** Below this expected share of right words the page may be in another script than was assumed. */
const FOREIGN_SCRIPT_BELOW = 70;
/** Running text of which no language is known is suspect below this: sure readings without any are lists and forms. */
const UNKNOWN_TEXT_BELOW = 85;
/**
 * Simplified and traditional Chinese read each other's text with other characters that look alike; pages in the
 * right data are mostly above this.
 */
const SIBLING_BELOW = 92;
/** Fewer words are no running text. */
const RUNNING_TEXT = 25;
/** What letters of another script are taken for is seldom as sure as this. */
const SURE_WORD = 80;
/** A line read in the wrong script has a lower mean than this, its words weighted by their length. */
const LOST_LINE = 45;
/**
 * Lines that could not be read count from this many characters, and this share of the page's, on: counted in
 * characters, since scripts without spaces are taken for few long words.
 */
const LOST_CHARACTERS = 100;
const LOST_SHARE = 0.2;
/** Tesseract's orientation figure below which its script is a guess as well (see `orientation.ts`). */
const MIN_ORIENTATION = 3;

/** What the text says about the languages it was read with. */
export type LanguageVerdict =
  /** `sure`: the words are common ones of the language. */
  | { readonly kind: 'right'; readonly sure: boolean }
  /** Worth reading again with these. */
  | { readonly kind: 'other'; readonly languages: readonly string[] }
  /**
   * There is no data for it. `language`: one in the script that was read; `script`: the whole page, or a
   * part of it, is in letters that the data used cannot read.
   */
  | { readonly kind: 'missing'; readonly what: 'language' | 'script' | 'part'; readonly name: string };

export interface Known {
  /** Tesseract codes of all languages that can be used. */
  readonly installed: readonly string[];
  /** First languages of earlier readings of this page. */
  readonly tried: readonly string[];
}

/**
 * Judges a reading by its own text. Languages are told by their common words; where those tell nothing and the
 * reading is poor, the script comes from Tesseract's detection and the language is the likeliest that has data.
 */
export async function judgeLanguage(
  reading: Reading,
  page: PreparedPage,
  { engine, languages }: Reader,
  { installed, tried }: Known,
  signal?: AbortSignal,
): Promise<LanguageVerdict> {
  const [used] = languages;
  const texts = reading.words.map((word) => word.text);
  const found = detectLanguage(texts, used);
  const script = scriptOfText(texts.join(' '));
  const isTold = found !== null && commonWords(script).size > 0;
  const isPoor = reading.confidence < FOREIGN_SCRIPT_BELOW;
  const untried = (code: string): boolean => installed.includes(code) && !tried.includes(code);
  const withOthers = async (main: string): Promise<LanguageVerdict> => {
    const second = script === LATIN ? secondLanguage(texts, main) : null;
    // What stands beside the main language in other letters is lost on its data.
    const lost = second ? null : lostPart(reading.words, page);
    const strange = lost && (await scriptOf(engine, lost, page.scale, signal));
    return withLanguages(languages, main, second, strange ? foreign(strange, languages) : null, installed);
  };
  if (found && !isPoor) {
    if (!isTold && reading.confidence < SIBLING_BELOW) {
      const sibling = languagesOfScript(script).find(untried);
      if (sibling) return { kind: 'other', languages: [sibling] };
    }
    return withOthers(found);
  }
  const isRunningText = texts.length >= RUNNING_TEXT && reading.confidence < UNKNOWN_TEXT_BELOW;
  if (!isPoor && !isRunningText) return { kind: 'right', sure: false };

  const seen = await scriptOf(engine, page.image, page.scale, signal);
  if (!seen || scriptsOfLanguage(used).includes(seen)) {
    // A poor page, but in the right letters, or most of it is.
    return isTold ? withOthers(found) : { kind: 'right', sure: false };
  }
  const candidates = languagesIn(seen, installed);
  if (candidates.length === 0) return { kind: 'right', sure: false };
  const usable = candidates.find(untried);
  if (usable) {
    const sure = reading.words.filter((word) => word.confidence >= SURE_WORD).map((word) => word.text);
    const beside = seen === LATIN ? null : secondLanguage(sure, usable);
    const both = beside && installed.includes(beside) ? [usable, beside] : [usable];
    return { kind: 'other', languages: both };
  }
  const isTried = candidates.some((code) => tried.includes(code));
  return isTried ? { kind: 'right', sure: false } : { kind: 'missing', what: 'script', name: candidates[0] };
}

/** Languages to try for a script, the likelier first; in Latin letters English, then whatever is installed. */
function languagesIn(script: string, installed: readonly string[]): readonly string[] {
  if (script !== LATIN) return languagesOfScript(script);
  const latin = installed.filter((code) => scriptsOfLanguage(code)[0] === LATIN);
  return latin.includes(DEFAULT_LANGUAGE) ? [DEFAULT_LANGUAGE, ...latin] : latin;
}

/** The main language, what stands beside it, and what of them has data. */
function withLanguages(
  used: readonly string[],
  main: string,
  second: string | null,
  script: string | null,
  installed: readonly string[],
): LanguageVerdict {
  if (!installed.includes(main)) return { kind: 'missing', what: 'language', name: main };
  const candidates = script ? languagesIn(script, installed) : [];
  const strange = candidates.find((code) => installed.includes(code));
  const wanted = [main, second, strange].filter((code) => code && installed.includes(code)) as string[];
  if (wanted.some((code) => !used.includes(code))) return { kind: 'other', languages: wanted };
  if (script && !strange) return { kind: 'missing', what: 'part', name: candidates[0] };
  return { kind: 'right', sure: true };
}

/** The script, unless it is that of a language used. */
const foreign = (script: string, used: readonly string[]): string | null =>
  used.some((code) => scriptsOfLanguage(code).includes(script)) ? null : script;

/**
 * The largest part of the page on which hardly a word could be read, while much of the rest could; null for none. Lines
 * that follow each other are taken together: languages often take turns from paragraph to paragraph.
 */
function lostPart(words: readonly Word[], page: PreparedPage): GrayImage | null {
  const parts: Word[][] = [];
  let goesOn = false;
  for (const line of linesOf(words)) {
    const isLost = meanConfidence(line) < LOST_LINE;
    if (isLost && goesOn) parts[parts.length - 1].push(...line);
    else if (isLost) parts.push([...line]);
    goesOn = isLost;
  }
  const lost = parts.reduce((sum, part) => sum + characters(part), 0);
  if (lost < LOST_CHARACTERS || lost < characters(words) * LOST_SHARE) return null;
  const largest = parts.reduce((a, b) => (characters(b) > characters(a) ? b : a));
  const { x0, y0, x1, y1 } = unionBoxes(largest.map((word) => word.box));
  const { image, scale, width, height } = page;
  const left = width / 2 - (image.width / 2) * scale;
  const top = height / 2 - (image.height / 2) * scale;
  return crop(image, (x0 - left) / scale, (y0 - top) / scale, (x1 - left) / scale, (y1 - top) / scale);
}

const characters = (words: readonly Word[]): number => words.reduce((sum, word) => sum + word.text.length, 0);

/** Words of each text line, in reading order. */
function linesOf(words: readonly Word[]): Word[][] {
  const lines: Word[][] = [];
  for (const word of words) {
    const last = lines[lines.length - 1];
    if (last && last[0].line === word.line) last.push(word);
    else lines.push([word]);
  }
  return lines;
}

/** Name of the script by Tesseract's detection; '' where it is unsure, or the page is to be turned first. */
async function scriptOf(
  engine: Reader['engine'],
  image: GrayImage,
  scale: number,
  signal?: AbortSignal,
): Promise<string> {
  try {
    const seen = await engine.detectOrientation(toRaster(image, scale), signal);
    return seen && seen.rotation === 0 && seen.confidence >= MIN_ORIENTATION ? seen.script : '';
  } catch (error) {
    if (error instanceof LegibleError && ['language_missing', 'engine_failed'].includes(error.code))
      return '';
    throw error;
  }
}
