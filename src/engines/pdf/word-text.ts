/** Latin and Armenian presentation ligatures, and the digraph letters that typesetters use as ligatures. */
const LIGATURE = /[\ufb00-\ufb06\ufb13-\ufb17]/g;
/** Arabic and Hebrew presentation forms, which stand for the plain letters. */
const PRESENTATION_FORM = /[\ufb1d-\ufdff\ufe70-\ufefc]/g;
const WHITE_SPACE = /^[\s\u0085\u200b\u2060\ufeff]*$/u;
const CONTROL = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\ufffd]/u;
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/gu;
const IGNORED = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const STRONG_RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const MARK = /^\p{M}+$/u;

export const isWhiteSpace = (text: string): boolean => WHITE_SPACE.test(text);
export const isRightToLeft = (text: string): boolean => STRONG_RTL.test(text);
export const isCombiningMark = (text: string): boolean => MARK.test(text);

/** Spacing accents that TeX and old typesetters print over a letter, and the combining mark that is meant. */
const SPACING_ACCENTS: Readonly<Record<string, string>> = {
  '`': '\u0300',
  '\u00b4': '\u0301',
  '\u02c6': '\u0302',
  '^': '\u0302',
  '\u02dc': '\u0303',
  '~': '\u0303',
  '\u00af': '\u0304',
  '\u02c9': '\u0304',
  '\u02d8': '\u0306',
  '\u02d9': '\u0307',
  '\u00a8': '\u0308',
  '\u02da': '\u030a',
  '\u02dd': '\u030b',
  '\u02c7': '\u030c',
  '\u00b8': '\u0327',
  '\u02db': '\u0328',
};

/** The combining mark for a spacing accent; undefined for anything else. */
export const combiningAccent = (text: string): string | undefined => SPACING_ACCENTS[text];

/**
 * Text of a word in its final form: ligatures and presentation forms resolved, direction marks and
 * zero-width characters left out, control characters replaced by U+FFFD, NFC. Soft hyphens stay: at a line's end they tell layout to rejoin.
 */
export function normalizeWord(text: string): string {
  if (isPlainAscii(text)) return text;
  return text
    .replace(LIGATURE, (character) => character.normalize('NFKD'))
    .replace(PRESENTATION_FORM, (character) => character.normalize('NFKC'))
    .replace(IGNORED, '')
    .replace(UNPRINTABLE, '\ufffd')
    .normalize('NFC');
}

/** Whether a glyph's text cannot be trusted: control, private use, unassigned or replacement characters. */
export const isUnmapped = (text: string): boolean => !isPlainAscii(text) && CONTROL.test(text);

function isPlainAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}
