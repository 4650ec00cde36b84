/** Letters that Unicode does not decompose but readers take for their base letters. */
const BASE_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
};

/** Text as a searcher means it: without case, diacritics, ligatures and hyphens (NFKD, marks dropped). */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Pd}\u00ad\u200b-\u200f\u2060]/gu, '')
    .replace(/[ßæœøłđı’‘“”]/g, (letter) => BASE_LETTERS[letter]);
}
