import type { Word } from '../../document/word.js';
import type { NativeWord } from '../../engines/pdf/port.js';

/** A word with characters that the file does not name is doubtful, however well the rest reads. */
const UNMAPPED_CONFIDENCE = 30;
/** A font whose text is garbage: kept only where OCR is switched off. */
const GARBLED_CONFIDENCE = 5;
/** Nobody has seen an invisible layer; made by another OCR, it is right more often than not. */
const UNSEEN_CONFIDENCE = 65;

const SYMBOL_FONT = /symbol|wingdings|webdings|dingbats/i;
/** Bullets, arrows and check marks of the symbol fonts that word processors use, by their private-use code. */
const SYMBOLS: Readonly<Record<string, string>> = {
  '\uF0B7': '•',
  '\uF0A7': '▪',
  '\uF06C': '•',
  '\uF06E': '▪',
  '\uF06F': '□',
  '\uF071': '❑',
  '\uF072': '❒',
  '\uF075': '◆',
  '\uF076': '❖',
  '\uF0A8': '□',
  '\uF0D8': '➢',
  '\uF0DF': '←',
  '\uF0E0': '→',
  '\uF0E8': '➔',
  '\uF0F0': '⇨',
  '\uF0FB': '✗',
  '\uF0FC': '✓',
  '\uF0FD': '☒',
  '\uF0FE': '☑',
  '\uF02D': '−',
  '\uF0B3': '≥',
  '\uF0A3': '≤',
  '\uF0B1': '±',
  '\uF0B4': '×',
  '\uF0B0': '°',
  '\uF0AE': '→',
};
const PRIVATE_USE = /\p{Co}/u;
const EACH_PRIVATE_USE = /\p{Co}/gu;
/** A lone private-use glyph at the usual place of Symbol's bullet, whatever the font is called. */
const BULLET = '\uF0B7';

/**
 * The text layer's words as everyone after recognition knows them: engine marks dropped, nothing hidden
 * among them. Words of `garbledFonts` are kept with next to no confidence.
 */
export function nativeWords(words: readonly NativeWord[], garbledFonts?: ReadonlySet<string>): Word[] {
  const result: Word[] = [];
  for (const word of words) {
    if (word.hidden) continue;
    const plain = plainWord(word);
    if (!plain) continue;
    result.push(garbledFonts?.has(word.style.font) ? { ...plain, confidence: GARBLED_CONFIDENCE } : plain);
  }
  return result;
}

/** The invisible words of a page as if they were seen: another program's OCR of the scan above them. */
export const unseenWords = (words: readonly NativeWord[]): Word[] =>
  nativeWords(
    words
      .filter((word) => word.hidden === 'invisible' || word.hidden === 'covered')
      .map(({ hidden: _hidden, ...word }) => ({ ...word, confidence: UNSEEN_CONFIDENCE })),
  );

/** null when no readable character is left. */
function plainWord({ hidden: _hidden, unmapped = 0, ...word }: NativeWord): Word | null {
  if (!PRIVATE_USE.test(word.text)) {
    return unmapped > 0 ? { ...word, confidence: UNMAPPED_CONFIDENCE } : word;
  }
  const known = SYMBOL_FONT.test(word.style.font) || word.text === BULLET;
  const text = word.text.replace(EACH_PRIVATE_USE, (character) => (known && SYMBOLS[character]) || '');
  if (text === '') return null;
  const lost = [...text].length < [...word.text].length;
  return { ...word, text, confidence: lost ? UNMAPPED_CONFIDENCE : word.confidence };
}
