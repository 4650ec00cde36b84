import { commonWords, fold } from './common-words.js';
import { LATIN, languagesOfScript, scriptOfText } from './scripts.js';

/** Fewer words say nothing about the language. */
const MIN_WORDS = 25;
/** In running text every third to eighth word is one of the most common ones listed. */
const MIN_SHARE = 0.1;
/** The best language must beat the one assumed by this much; relatives (Czech and Slovak) share many words. */
const MIN_LEAD = 1.4;
/** Fewer characters of a script that sets no spaces say nothing. */
const MIN_CHARACTERS = 60;
/** Consecutive words that are asked for a language of their own: three or four lines. */
const STRETCH = 30;
/** A second language must have this share of the page's stretches … */
const MIN_STRETCHES = 0.15;
/** … in each of which it has this many times the common words of the first. */
const SECOND_LEAD = 2;

/** Frequent ideographs that only simplified, and only traditional, Chinese writes so; kept in pairs. */
const SIMPLIFIED =
  '们这个来为时国会对发经过还进种问长开车见说让话语书东业关无义权从应当认动现实点样机电产务条统设战级门间题员党报济马风飞龙专与严两并总变师军团华单卖';
const TRADITIONAL =
  '們這個來為時國會對發經過還進種問長開車見說讓話語書東業關無義權從應當認動現實點樣機電產務條統設戰級門間題員黨報濟馬風飛龍專與嚴兩並總變師軍團華單賣';

/**
 * The language of a text by its script and its common words; null where there is too little of it or no
 * language stands out. Accents are ignored, so text read with another language's data serves. `assumed` is
 * kept against relatives that are hardly better.
 */
export function detectLanguage(texts: readonly string[], assumed = 'eng'): string | null {
  const text = texts.join(' ');
  const script = scriptOfText(text);
  if (script === 'Han') return detectChinese(text);
  if (script === 'Japanese') return enough(text) ? 'jpn' : null;
  const lists = commonWords(script);
  const words = wordsOf(texts);
  if (lists.size === 0) return words.length < MIN_WORDS ? null : (languagesOfScript(script)[0] ?? null);
  if (words.length < MIN_WORDS) return null;
  const shares = sharesOf(words, script);
  const [best] = shares;
  if (best.share < MIN_SHARE) return null;
  const own = shares.find(({ code }) => code === assumed)?.share ?? 0;
  return best.code === assumed || best.share < own * MIN_LEAD ? assumed : best.code;
}

/**
 * A language in Latin letters that some stretches of a page are written in beside its `main` one, e.g. the
 * French half of a bilingual notice; null for none.
 */
export function secondLanguage(texts: readonly string[], main: string): string | null {
  const words = wordsOf(texts);
  const votes = new Map<string, number>();
  const stretches = Math.floor(words.length / STRETCH);
  for (let i = 0; i < stretches; i++) {
    const shares = sharesOf(words.slice(i * STRETCH, (i + 1) * STRETCH), LATIN);
    const own = shares.find(({ code }) => code === main)?.share ?? 0;
    const [best] = shares;
    if (best.share >= MIN_SHARE * SECOND_LEAD && best.share > own * SECOND_LEAD)
      votes.set(best.code, (votes.get(best.code) ?? 0) + 1);
  }
  const [winner] = [...votes].sort((a, b) => b[1] - a[1]);
  return winner && winner[1] >= Math.max(1, stretches * MIN_STRETCHES) ? winner[0] : null;
}

const wordsOf = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => fold(text).match(/[\p{L}\p{M}]+/gu) ?? []).filter((word) => word.length > 1);

/** Share of the words that are common ones, for each language of the script, highest first. */
function sharesOf(words: readonly string[], script: string): { code: string; share: number }[] {
  return [...commonWords(script)]
    .map(([code, common]) => ({
      code,
      share: words.filter((word) => common.has(word)).length / words.length,
    }))
    .sort((a, b) => b.share - a.share);
}

const enough = (text: string): boolean =>
  (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0) >= MIN_CHARACTERS;

function detectChinese(text: string): string | null {
  if (!enough(text)) return null;
  let simplified = 0;
  let traditional = 0;
  for (const character of text) {
    // Characters that both write alike stand in both lists.
    if (SIMPLIFIED.includes(character)) simplified++;
    if (TRADITIONAL.includes(character)) traditional++;
  }
  return traditional > simplified ? 'chi_tra' : 'chi_sim';
}
