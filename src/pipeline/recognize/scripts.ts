/** Script as Tesseract's detection names it → languages written in it, the likelier first. Latin is not listed. */
const SCRIPT_LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  Cyrillic: [
    'rus',
    'ukr',
    'bul',
    'srp',
    'bel',
    'mkd',
    'kaz',
    'mon',
    'kir',
    'tgk',
    'tat',
    'aze_cyrl',
    'uzb_cyrl',
  ],
  Greek: ['ell', 'grc'],
  Arabic: ['ara', 'fas', 'urd', 'pus', 'uig', 'snd'],
  Hebrew: ['heb', 'yid'],
  Han: ['chi_sim', 'chi_tra', 'jpn'],
  Japanese: ['jpn', 'chi_sim', 'chi_tra'],
  Hangul: ['kor'],
  Korean: ['kor'],
  Devanagari: ['hin', 'mar', 'nep', 'san'],
  Thai: ['tha'],
  Bengali: ['ben', 'asm'],
  Tamil: ['tam'],
  Telugu: ['tel'],
  Kannada: ['kan'],
  Malayalam: ['mal'],
  Gujarati: ['guj'],
  Gurmukhi: ['pan'],
  Armenian: ['hye'],
  Georgian: ['kat'],
  Khmer: ['khm'],
  Lao: ['lao'],
  Myanmar: ['mya'],
  Sinhala: ['sin'],
  Tibetan: ['bod', 'dzo'],
  Ethiopic: ['amh', 'tir'],
  Cherokee: ['chr'],
  Syriac: ['syr'],
  Fraktur: ['frk', 'deu_latf'],
};

export const LATIN = 'Latin';

export const languagesOfScript = (script: string): readonly string[] => SCRIPT_LANGUAGES[script] ?? [];

/** Scripts of a language; Latin where nothing else is known. Japanese is written in two of them. */
export function scriptsOfLanguage(code: string): readonly string[] {
  const scripts = Object.keys(SCRIPT_LANGUAGES).filter((script) => SCRIPT_LANGUAGES[script][0] === code);
  if (scripts.length > 0) return scripts;
  const [shared] = Object.entries(SCRIPT_LANGUAGES).find(([, codes]) => codes.includes(code)) ?? [LATIN];
  return [shared];
}

const LETTERS: readonly (readonly [string, RegExp])[] = [
  [LATIN, /\p{Script=Latin}/gu],
  ['Cyrillic', /\p{Script=Cyrillic}/gu],
  ['Greek', /\p{Script=Greek}/gu],
  ['Arabic', /\p{Script=Arabic}/gu],
  ['Hebrew', /\p{Script=Hebrew}/gu],
  ['Japanese', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['Han', /\p{Script=Han}/gu],
  ['Korean', /\p{Script=Hangul}/gu],
  ['Devanagari', /\p{Script=Devanagari}/gu],
  ['Thai', /\p{Script=Thai}/gu],
  ['Bengali', /\p{Script=Bengali}/gu],
  ['Tamil', /\p{Script=Tamil}/gu],
  ['Telugu', /\p{Script=Telugu}/gu],
  ['Kannada', /\p{Script=Kannada}/gu],
  ['Malayalam', /\p{Script=Malayalam}/gu],
  ['Gujarati', /\p{Script=Gujarati}/gu],
  ['Gurmukhi', /\p{Script=Gurmukhi}/gu],
  ['Armenian', /\p{Script=Armenian}/gu],
  ['Georgian', /\p{Script=Georgian}/gu],
];
/** Japanese prose has about as many kana as ideographs; names in Chinese text have hardly any. */
const KANA_PER_HAN = 0.15;

/** The script of most letters; Japanese where ideographs come with kana. Latin without letters. */
export function scriptOfText(text: string): string {
  const counts = new Map(LETTERS.map(([script, letter]) => [script, text.match(letter)?.length ?? 0]));
  const kana = counts.get('Japanese') ?? 0;
  const han = counts.get('Han') ?? 0;
  if (kana > KANA_PER_HAN * han) counts.set('Japanese', kana + han);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
