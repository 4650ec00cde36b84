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
/** As many characters in other letters are half a line; fewer are what print in the main language's is mistaken for. */
const FEW_CHARACTERS = 20;
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

/** Tesseract's script figure for a page in one script that it knows is 0.5 and more; for letters that it does not know, near 0. */
const SURE_SCRIPT = 0.4;

/** What the text says about the languages it was read with. */
export type LanguageVerdict =
  /** `sure`: the words are common ones of the language. */
  | { readonly kind: 'right'; readonly sure: boolean }
  /** Worth reading again with these; `onTrial`: only that reading can tell whether they are better. */
  | { readonly kind: 'other'; readonly languages: readonly string[]; readonly onTrial?: true }
  /**
   * There is no data for it. `language`: one in the script that was read; `script`: the whole page, or a
   * part of it, is in letters that the data used cannot read. `isGuess`: what letters they are is not sure.
   */
  | {
      readonly kind: 'missing';
      readonly what: 'language' | 'script' | 'part';
      readonly name: string;
      readonly isGuess?: true;
    };

export interface Known {
  /** Tesseract codes of all languages that can be used. */
  readonly installed: readonly string[];
  /** First languages of earlier readings of this page. */
  readonly tried: readonly string[];
  /** Languages beside the first ones in earlier readings. */
  readonly triedBeside?: readonly string[];
}

/**
 * Judges a reading by its own text. Languages are told by their common words; where those tell nothing and the
 * reading is poor, the script comes from Tesseract's detection and the language is the likeliest that has data.
 */
export async function judgeLanguage(
  reading: Reading,
  page: PreparedPage,
  { engine, languages }: Reader,
  { installed, tried, triedBeside = [] }: Known,
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
    const others = languagesBeside(reading.words, main, languages);
    const kept = others.map(({ found }) => found);
    // What stands beside the main language in other letters is lost on its data.
    const lost = second ? null : lostPart(reading.words, page);
    const strange = lost && (await scriptOf(engine, lost, page.scale, signal));
    const beside = { second, others: kept, strange: foreign(strange, languages) };
    const verdict = withLanguages(languages, main, beside, installed);
    if (verdict.kind !== 'right') return verdict;
    for (const { found, confidence } of others) {
      if (confidence >= SIBLING_BELOW || isToldByWords(found)) continue;
      const untriedBeside = (code: string): boolean => untried(code) && !triedBeside.includes(code);
      const sibling = languagesOfScript(scriptsOfLanguage(found)[0]).find(untriedBeside);
      const changed = languages.map((code) => (code === found && sibling ? sibling : code));
      if (sibling) return { kind: 'other', languages: changed, onTrial: true };
    }
    return verdict;
  };
  if (found && !isPoor) {
    if (!isTold && reading.confidence < SIBLING_BELOW) {
      const sibling = languagesOfScript(script).find(untried);
      if (sibling) return { kind: 'other', languages: [sibling], onTrial: true };
    }
    return withOthers(found);
  }
  const isRunningText = texts.length >= RUNNING_TEXT && reading.confidence < UNKNOWN_TEXT_BELOW;
  if (!isPoor && !isRunningText) return { kind: 'right', sure: false };

  const seen = await scriptOf(engine, page.image, page.scale, signal);
  if (!seen || scriptsOfLanguage(used).includes(seen.script)) {
    // A poor page, but in the right letters, or most of it is.
    return isTold ? withOthers(found) : { kind: 'right', sure: false };
  }
  const candidates = languagesIn(seen.script, installed);
  if (candidates.length === 0) return { kind: 'right', sure: false };
  const usable = candidates.find(untried);
  if (usable) {
    const sure = reading.words.filter((word) => word.confidence >= SURE_WORD).map((word) => word.text);
    const beside = seen.script === LATIN ? null : secondLanguage(sure, usable);
    const both = beside && installed.includes(beside) ? [usable, beside] : [usable];
    return { kind: 'other', languages: both };
  }
  const isTried = candidates.some((code) => tried.includes(code));
  if (isTried) return { kind: 'right', sure: false };
  return { kind: 'missing', what: 'script', name: candidates[0], ...(seen.isGuess && { isGuess: true }) };
}

/** A language that was read beside the main one, in other letters. */
interface LanguageBeside {
  /** What its words are in: the language whose data was used, or a relative. */
  readonly found: string;
  /** Mean of its words. */
  readonly confidence: number;
}

/**
 * What a page's words in other letters than the main language's are in. A script's likeliest language serves to read
 * them at first; its relatives' words come out near enough to be told, though not their own letters.
 */
function languagesBeside(
  words: readonly Word[],
  main: string,
  used: readonly string[],
): readonly LanguageBeside[] {
  const scripts = scriptsOfLanguage(main);
  return used.flatMap((code) => {
    const own = scriptsOfLanguage(code);
    if (own.some((script) => scripts.includes(script))) return [];
    const inScript = words.filter(({ text }) => own.includes(scriptOfText(text)));
    const found = detectLanguage(
      inScript.map(({ text }) => text),
      code,
    );
    const confidence = meanConfidence(inScript);
    // Letters of a third script are read in this one too, but not surely.
    if (characters(inScript) < FEW_CHARACTERS || confidence < FOREIGN_SCRIPT_BELOW) return [];
    return [{ found: found ?? code, confidence }];
  });
}

const isToldByWords = (code: string): boolean => commonWords(scriptsOfLanguage(code)[0]).size > 0;

/** Languages to try for a script, the likelier first; in Latin letters English, then whatever is installed. */
function languagesIn(script: string, installed: readonly string[]): readonly string[] {
  if (script !== LATIN) return languagesOfScript(script);
  const latin = installed.filter((code) => scriptsOfLanguage(code)[0] === LATIN);
  return latin.includes(DEFAULT_LANGUAGE) ? [DEFAULT_LANGUAGE, ...latin] : latin;
}

interface Beside {
  /** A further language in Latin letters. */
  readonly second: string | null;
  /** Languages in other letters that were read. */
  readonly others: readonly string[];
  /** Letters that could not be read. */
  readonly strange: SeenScript | null;
}

/** The main language, what stands beside it, and what of them has data. */
function withLanguages(
  used: readonly string[],
  main: string,
  { second, others, strange }: Beside,
  installed: readonly string[],
): LanguageVerdict {
  if (!installed.includes(main)) return { kind: 'missing', what: 'language', name: main };
  const candidates = strange ? languagesIn(strange.script, installed) : [];
  const usable = candidates.find((code) => installed.includes(code));
  const missing = others.find((code) => !installed.includes(code));
  const found = [main, second, ...others, usable].filter((code) => code && installed.includes(code));
  const wanted = [...new Set(found as string[])];
  if (wanted.some((code) => !used.includes(code))) return { kind: 'other', languages: wanted };
  if (missing) return { kind: 'missing', what: 'language', name: missing };
  if (strange && !usable)
    return { kind: 'missing', what: 'part', name: candidates[0], ...(strange.isGuess && { isGuess: true }) };
  return { kind: 'right', sure: true };
}

/** The script, unless it is that of a language used. */
const foreign = (seen: SeenScript | null, used: readonly string[]): SeenScript | null =>
  seen && used.some((code) => scriptsOfLanguage(code).includes(seen.script)) ? null : seen;

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

interface SeenScript {
  readonly script: string;
  /** The detection itself is not sure. */
  readonly isGuess: boolean;
}

/** The script by Tesseract's detection; null where it cannot tell, or the page is to be turned first. */
async function scriptOf(
  engine: Reader['engine'],
  image: GrayImage,
  scale: number,
  signal?: AbortSignal,
): Promise<SeenScript | null> {
  try {
    const seen = await engine.detectOrientation(toRaster(image, scale), signal);
    if (!seen?.script || seen.rotation !== 0 || seen.confidence < MIN_ORIENTATION) return null;
    return { script: seen.script, isGuess: (seen.scriptConfidence ?? Infinity) < SURE_SCRIPT };
  } catch (error) {
    if (error instanceof LegibleError && ['language_missing', 'engine_failed'].includes(error.code))
      return null;
    throw error;
  }
}
