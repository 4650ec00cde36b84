const UNSPACED =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\u30fb\\u30fc\\uff00-\\uff60]';
const ENDS_UNSPACED = new RegExp(`${UNSPACED}$`, 'u');
const STARTS_UNSPACED = new RegExp(`^${UNSPACED}`, 'u');

/** The text ends with a character of a script that sets no spaces between words, or with its punctuation. */
export const endsUnspaced = (text: string): boolean => ENDS_UNSPACED.test(text);

/** The text starts with one. */
export const startsUnspaced = (text: string): boolean => STARTS_UNSPACED.test(text);
