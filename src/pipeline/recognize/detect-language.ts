import { COMMON_WORDS } from './common-words.js';

/** Fewer words say nothing about the language. */
const MIN_WORDS = 25;
/** In running text every third to eighth word is one of the most common ones listed. */
const MIN_SHARE = 0.1;
/** The best language must beat the one assumed by this much; relatives (Czech and Slovak) share many words. */
const MIN_LEAD = 1.4;

/** Languages to try for a script that orientation and script detection names, the likelier first. */
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
  Japanese: ['jpn'],
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
  Fraktur: ['frk', 'deu_latf'],
};

export const languagesOfScript = (script: string): readonly string[] => SCRIPT_LANGUAGES[script] ?? [];

/**
 * The language of text in Latin script by its common words; null where there is too little of it or no
 * language stands out. Accents are ignored, so text read with another language's data serves.
 */
export function detectLatinLanguage(texts: readonly string[], assumed = 'eng'): string | null {
  const words = texts
    .flatMap(
      (text) =>
        text
          .normalize('NFD')
          .replace(/\p{M}/gu, '')
          .toLowerCase()
          .match(/\p{L}+/gu) ?? [],
    )
    .filter((word) => word.length > 1);
  if (words.length < MIN_WORDS) return null;
  const scores = [...COMMON_WORDS].map(([code, common]) => ({
    code,
    share: words.filter((word) => common.has(word)).length / words.length,
  }));
  scores.sort((a, b) => b.share - a.share);
  const [best] = scores;
  if (best.share < MIN_SHARE) return null;
  const own = scores.find(({ code }) => code === assumed)?.share ?? 0;
  return best.code === assumed || best.share < own * MIN_LEAD ? assumed : best.code;
}
