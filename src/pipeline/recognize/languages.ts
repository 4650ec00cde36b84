import approximate from 'approx-string-match';
import { LegibleError } from '../../errors.js';
import { LANGUAGES, SCRIPT_VARIANTS } from './language-table.js';

export const AUTO_LANGUAGE = 'auto';
/** Assumed for `auto` until the page says otherwise. */
export const DEFAULT_LANGUAGE = 'eng';
/** More languages than this slow every page down and make the recogniser waver between alphabets. */
const MAX_LANGUAGES = 5;
/** A code of language data that is not in the table, e.g. one a user trained. */
const PLAIN_CODE = /^[a-z]{3}$/;
/** Tesseract's way to name a variant, e.g. `chi_tra_vert`; a region (`por_br`) has only two letters. */
const VARIANT_CODE = /^[a-z]{3}(_[a-z]{3,8}){1,2}$/;

let lookup: Map<string, string> | null = null;

/** Every accepted spelling, in lower case with single spaces, to Tesseract's code. */
function spellings(): Map<string, string> {
  if (lookup) return lookup;
  const map = new Map<string, string>();
  for (const { code, iso1, names, aliases } of LANGUAGES) {
    for (const spelling of [code, code.replace('_', '-'), iso1, ...names, ...aliases, ownName(iso1)]) {
      if (spelling && !map.has(normalize(spelling))) map.set(normalize(spelling), code);
    }
  }
  for (const [tag, code] of Object.entries(SCRIPT_VARIANTS)) map.set(tag, code);
  lookup = map;
  return map;
}

const normalize = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** What its speakers call the language, e.g. `polski`, `Deutsch`. */
function ownName(iso1: string | undefined): string | undefined {
  return iso1 ? new Intl.DisplayNames([iso1], { type: 'language', fallback: 'none' }).of(iso1) : undefined;
}

/**
 * One language in any accepted form (English or own name, ISO 639-1/-2/-3, BCP-47, Tesseract code)
 * as Tesseract code; null when it is none.
 */
export function tesseractCode(language: string): string | null {
  const wanted = normalize(language);
  // `Chinese (Traditional)`, as lists to choose from write it, or `English (US)`, where the addition says nothing.
  const variants = [wanted, normalize(wanted.replace(/[()]/g, ' ')), normalize(wanted.replace(/\(.*\)/, ''))];
  const found = variants.map((variant) => spellings().get(variant)).find(Boolean);
  if (found) return found;
  if (VARIANT_CODE.test(wanted)) return wanted;
  // BCP-47: language[-script][-region]; the most specific known form wins.
  const parts = wanted.replaceAll('_', '-').split('-');
  for (let length = parts.length; length > 0; length--) {
    const code = spellings().get(parts.slice(0, length).join('-'));
    if (code) return code;
  }
  return PLAIN_CODE.test(wanted) ? wanted : null;
}

/** Name of a Tesseract code for people, e.g. `Polish`. */
export const languageName = (code: string): string =>
  LANGUAGES.find((language) => language.code === code)?.names[0] ?? code;

/**
 * Reads the language argument. `null` means `auto`. Errors: `invalid_argument` for a word that names no language.
 */
export function parseLanguages(argument: string): string[] | null {
  const wanted = argument
    .split(/[+,;]/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (wanted.length === 0 || wanted.some((part) => normalize(part) === AUTO_LANGUAGE)) return null;
  if (wanted.length > MAX_LANGUAGES) {
    throw new LegibleError(
      'invalid_argument',
      `${wanted.length} languages were asked for; ${MAX_LANGUAGES} are the most.`,
      'Name the languages that the document is written in, the main one first.',
    );
  }
  const codes = wanted.map((part) => {
    const code = tesseractCode(part);
    if (code) return code;
    throw new LegibleError(
      'invalid_argument',
      `"${part.slice(0, 40)}" is not a language that Legible knows.${didYouMean(part)}`,
      'Use an English name (Polish), an ISO 639 code (pl, pol), a BCP-47 tag (pt-BR, zh-Hant) or a Tesseract code (chi_sim), joined by "+".',
    );
  });
  return [...new Set(codes)];
}

/** Wrong letters that a name may have for each this many of its own. */
const LETTERS_PER_SLIP = 3;
const MAX_SUGGESTIONS = 3;

/** Languages that are spelled nearly so, as a sentence; '' for none. */
function didYouMean(part: string): string {
  const wanted = normalize(part).slice(0, 40);
  const slips = (spelling: string): number => {
    const [match] = approximate(spelling, wanted, Math.floor(wanted.length / LETTERS_PER_SLIP)).sort(
      (a, b) => a.errors - b.errors,
    );
    return match ? match.errors + Math.abs(spelling.length - wanted.length) / 2 : Infinity;
  };
  const near = new Map<string, number>();
  for (const [spelling, code] of spellings()) {
    // Codes are too short to be told from one another.
    const distance = spelling.length > LETTERS_PER_SLIP ? slips(spelling) : Infinity;
    if (distance <= wanted.length / 2) near.set(code, Math.min(distance, near.get(code) ?? Infinity));
  }
  const names = [...near]
    .sort((a, b) => a[1] - b[1])
    .slice(0, MAX_SUGGESTIONS)
    .map(([code]) => `${languageName(code)} (${code})`);
  return names.length > 0 ? ` Did you mean ${names.join(' or ')}?` : '';
}

/** Errors: `language_missing`, naming the package to install and the languages that are there. */
export function requireLanguages(codes: readonly string[], installed: readonly string[]): void {
  const missing = codes.filter((code) => !installed.includes(code));
  if (missing.length > 0) throw languageMissing(missing, installed);
}

export function languageMissing(missing: readonly string[], installed: readonly string[]): LegibleError {
  const names = missing.map((code) => `${languageName(code)} (${code})`).join(', ');
  return new LegibleError(
    'language_missing',
    `There is no language data for ${names}. Installed: ${installed.join(', ') || 'none'}.`,
    `Install it once on the machine that runs Legible: ${installCommand(missing)} (or put ${missing[0]}.traineddata into ~/.legible/engines/tessdata). Then call again.`,
  );
}

/**
 * The command that adds language data wherever Legible itself was installed (clone, global, npx): the
 * engines folder is looked at first in all three cases. `LEGIBLE_ENGINES_DIR` moves it.
 */
export const installCommand = (codes: readonly string[], folder = '~/.legible/engines'): string =>
  `npm install --prefix ${folder} ${codes.map((code) => `@tesseract.js-data/${code}`).join(' ')}`;
