import { LANGUAGE_DATA_MISSING, type Warning } from '../../document/page.js';
import type { RunPixels } from '../pixels/work.js';
import { judgeLanguage, type LanguageVerdict } from './auto-language.js';
import { plainWordShare } from './common-words.js';
import { expectedShare } from './confidence.js';
import type { LanguageMemory } from './language-memory.js';
import { installCommand, languageName } from './languages.js';
import type { PreparedPage } from './prepare/page.js';
import { calibrated, finishReading, firstReading, type Reader, type Reading, readPage } from './read-page.js';
import { LATIN, scriptOfText, scriptsOfLanguage } from './scripts.js';

/** What reading with `auto` needs beside the languages to start with. */
export interface AutoLanguage {
  /** Tesseract codes of all languages that can be used. */
  readonly installed: readonly string[];
  readonly readerFor: (languages: readonly string[]) => Promise<Reader>;
  readonly memory?: LanguageMemory;
}

export interface LanguageReading {
  readonly reading: Reading;
  /** Languages used. */
  readonly used: readonly string[];
  readonly warnings: readonly Warning[];
}

/** A first guess, its script corrected, its language corrected: nothing is gained after that. */
const MAX_READINGS = 3;
/** Text with its accents is right even where the engine is a little less sure of it. */
const ACCENT_TOLERANCE = 5;
/** Hardly a word is right where letters of another script were taken for those of the data; figures are. */
const WRONG_SCRIPT_CONFIDENCE = 15;
/**
 * Another script read with the wrong data stays below 20; poor print in the right one, such as a receipt whose script
 * detection is misled, is above 60.
 */
const LOST_READING = 45;

/**
 * Reads a page in its language. With `auto` the languages given are a guess: the first look is judged by its own
 * text and taken again with other data until the two agree; only then is a doubtful page looked at again in other
 * ways. Where the needed data is missing the reading comes with a warning and a confidence that admits it.
 */
export async function readInItsLanguage(
  page: PreparedPage,
  options: Reader & { readonly auto?: AutoLanguage },
  run: RunPixels,
  signal?: AbortSignal,
): Promise<LanguageReading> {
  const { auto } = options;
  if (!auto)
    return { reading: await readPage(page, options, run, signal), used: options.languages, warnings: [] };
  let reader: Reader = options;
  let first = await firstReading(page, reader, signal);
  let verdict: LanguageVerdict;
  const readings = [reader.languages];
  for (;;) {
    const known = {
      installed: auto.installed,
      tried: readings.map(([main]) => main),
      triedBeside: readings.flatMap(([, ...others]) => others),
    };
    verdict = await judgeLanguage(calibrated(first), page, reader, known, signal);
    if (verdict.kind !== 'other' || readings.length >= MAX_READINGS) break;
    const next = await auto.readerFor(verdict.languages);
    readings.push(next.languages);
    const again = await firstReading(page, next, signal);
    const tolerance = isSameScript(next, reader) && !verdict.onTrial ? ACCENT_TOLERANCE : 0;
    if (calibrated(again).confidence < calibrated(first).confidence - tolerance) break;
    reader = next;
    first = again;
  }
  if (verdict.kind === 'right' && verdict.sure) auto.memory?.remember(reader.languages);
  if (
    verdict.kind === 'missing' &&
    verdict.what === 'script' &&
    calibrated(first).confidence >= LOST_READING
  ) {
    verdict = { kind: 'right', sure: false };
  }
  if (verdict.kind === 'missing' && verdict.what === 'script') {
    // Looking at it in other ways would only cost time.
    const reading = withCeiling(calibrated(first), WRONG_SCRIPT_CONFIDENCE);
    return { reading, used: reader.languages, warnings: [missingData(verdict, reader.languages)] };
  }
  const reading = await finishReading(page, first, reader, run, signal);
  if (verdict.kind !== 'missing') return { reading, used: reader.languages, warnings: [] };
  const honest = verdict.what === 'language' ? withoutAccents(reading, verdict.name) : reading;
  return { reading: honest, used: reader.languages, warnings: [missingData(verdict, reader.languages)] };
}

const isSameScript = (a: Reader, b: Reader): boolean =>
  scriptsOfLanguage(a.languages[0])[0] === scriptsOfLanguage(b.languages[0])[0];

function withCeiling(reading: Reading, ceiling: number): Reading {
  const words = reading.words.map((word) => ({ ...word, confidence: Math.min(word.confidence, ceiling) }));
  return { ...reading, words, confidence: expectedShare(words, reading.unread?.letters) };
}

/**
 * A word may have lost its accents without the engine's knowing: each in the language's letters counts only with the
 * chance that a word of the language has none.
 */
function withoutAccents(reading: Reading, language: string): Reading {
  const chance = plainWordShare(language);
  const scripts = scriptsOfLanguage(language);
  const words = reading.words.map((word) =>
    scripts.includes(scriptOfText(word.text)) ? { ...word, confidence: word.confidence * chance } : word,
  );
  return { ...reading, words, confidence: expectedShare(words, reading.unread?.letters) };
}

function missingData(
  { what, name, isGuess }: Extract<LanguageVerdict, { kind: 'missing' }>,
  used: readonly string[],
): Warning {
  const [script] = scriptsOfLanguage(name);
  const subject = what === 'part' ? 'A part of the page' : 'The page';
  const readAs = used.map(languageName).join(' and ');
  if (isGuess) {
    return {
      code: LANGUAGE_DATA_MISSING,
      message: `${subject} is in letters for which there is no language data; it was read as ${readAs}. The script is not known for sure, ${script} is a guess: look at it with view_page and install the data of the language that it is in, e.g. ${installCommand([name])} for ${languageName(name)}.`,
    };
  }
  const looks = `${subject} looks like ${what === 'language' || script === LATIN ? languageName(name) : `${script} script`}`;
  return {
    code: LANGUAGE_DATA_MISSING,
    message: `${looks}, for which there is no language data; it was read as ${used.map(languageName).join(' and ')}. Install it with: ${installCommand([name])}`,
  };
}
