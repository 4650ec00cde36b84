import type { Warning } from '../../document/page.js';
import { LegibleError } from '../../errors.js';
import { detectLatinLanguage, languagesOfScript } from './detect-language.js';
import { installCommand, languageName } from './languages.js';
import { type PreparedPage, toRaster } from './prepare/page.js';
import type { Reader, Reading } from './read-page.js';

/** Below this expected share of right words the page may be in another script than was assumed. */
const FOREIGN_SCRIPT_BELOW = 70;
/** Text with its accents is right even where the engine is a little less sure of it. */
const ACCENT_TOLERANCE = 5;
const ENGLISH = 'eng';

export interface AutoLanguage {
  /** Tesseract codes of all languages that can be used. */
  readonly installed: readonly string[];
  readonly readerFor: (languages: readonly string[]) => Promise<Reader>;
}

export type OtherLanguage =
  /** Read again; the new reading stands if it is surer than the old one, or less sure by `tolerance` at most. */
  { readonly reader: Reader; readonly tolerance: number } | { readonly warning: Warning };

/**
 * What to do after a first reading in an assumed language: nothing (null), read again in the language that the
 * text turned out to be in, or say that its data is missing. Languages in Latin script are told by their common
 * words, others by Tesseract's script detection where the reading is poor.
 */
export async function reconsiderLanguage(
  reading: Reading,
  page: PreparedPage,
  { engine, languages }: Reader,
  { installed, readerFor }: AutoLanguage,
  signal?: AbortSignal,
): Promise<OtherLanguage | null> {
  const assumed = languages[0];
  const texts = reading.words.map((word) => word.text);
  const latin = detectLatinLanguage(texts, assumed);
  if (latin === assumed) return null;
  if (latin) {
    if (!installed.includes(latin)) return { warning: missingData(languageName(latin), [latin], assumed) };
    return { reader: await readerFor([latin]), tolerance: ACCENT_TOLERANCE };
  }
  if (reading.confidence >= FOREIGN_SCRIPT_BELOW) return null;
  const script = await scriptOf(engine, page, signal);
  const possible = languagesOfScript(script);
  if (possible.length === 0 || possible.includes(assumed)) return null;
  const usable = possible.find((code) => installed.includes(code));
  if (!usable) return { warning: missingData(`${script} script`, [possible[0]], assumed) };
  // Such pages often hold names and figures in Latin letters.
  const withLatin = installed.includes(ENGLISH) ? [usable, ENGLISH] : [usable];
  return { reader: await readerFor(withLatin), tolerance: 0 };
}

async function scriptOf(engine: Reader['engine'], page: PreparedPage, signal?: AbortSignal): Promise<string> {
  try {
    return (await engine.detectOrientation(toRaster(page.image, page.scale), signal))?.script ?? '';
  } catch (error) {
    if (error instanceof LegibleError && ['language_missing', 'engine_failed'].includes(error.code))
      return '';
    throw error;
  }
}

const missingData = (what: string, codes: readonly string[], assumed: string): Warning => ({
  code: 'language_data_missing',
  message: `The page looks like ${what}, for which there is no language data; it was read as ${languageName(assumed)}. Install it with: ${installCommand(codes)}`,
});
