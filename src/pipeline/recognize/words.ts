import { median } from '../../document/geometry.js';
import type { TextStyle, Word } from '../../document/word.js';
import type { TidyWord } from './tidy.js';

/** OCR knows no font; all its words share this object. */
const OCR_STYLE: TextStyle = { font: '', bold: false, italic: false, mono: false };
/** x-height of common text faces as a share of the em (Times 0.45, Helvetica 0.52, Garamond 0.4). */
export const X_HEIGHT_PER_EM = 0.48;
/** Height of a word's ink as a share of the em where the x-height is unknown: ascender to baseline. */
const INK_PER_EM = 0.72;
/**
 * Height of capitals as a share of the em, on the scale of `X_HEIGHT_PER_EM`: engines guess the x-height of
 * a line without small letters, 5 to 12 % too low on printed and scanned pages of this project.
 */
const CAPITALS_PER_EM = 0.65;
/** A line of capitals has at least so many letters. */
const MIN_CAPITALS = 4;

/** How pixels of a recognised image lie on the page: the two centres coincide. */
export interface PixelFrame {
  /** Pixels of the image. */
  readonly columns: number;
  readonly rows: number;
  /** Points of the page. */
  readonly width: number;
  readonly height: number;
  /** Points a pixel. */
  readonly scale: number;
}

/** Words in points on the page; texts in NFC. */
export function toPageWords(words: readonly TidyWord[], frame: PixelFrame): Word[] {
  const { scale } = frame;
  const left = frame.width / 2 - (frame.columns / 2) * scale;
  const top = frame.height / 2 - (frame.rows / 2) * scale;
  const capitals = heightsOfCapitals(words);
  return words.map((word) => {
    const height = capitals.get(word.line);
    const em = height === undefined ? emOf(word) : height / CAPITALS_PER_EM;
    return {
      text: word.text.normalize('NFC'),
      box: {
        x0: left + word.box.x0 * scale,
        y0: top + word.box.y0 * scale,
        x1: left + word.box.x1 * scale,
        y1: top + word.box.y1 * scale,
      },
      baseline: top + word.baseline * scale,
      size: em * scale,
      confidence: word.confidence,
      style: OCR_STYLE,
      line: word.line,
      ...(word.glued ? { glued: true as const } : {}),
    };
  });
}

const emOf = ({ xHeight, box }: TidyWord): number =>
  xHeight > 0 ? xHeight / X_HEIGHT_PER_EM : (box.y1 - box.y0) / INK_PER_EM;

/** Height of the letters, in pixels, of each line that is set in capitals. */
function heightsOfCapitals(words: readonly TidyWord[]): Map<number, number> {
  const lines = new Map<number, TidyWord[]>();
  for (const word of words) lines.set(word.line, [...(lines.get(word.line) ?? []), word]);
  const heights = new Map<number, number>();
  for (const [line, mates] of lines) {
    const letters = mates
      .map((w) => w.text)
      .join('')
      .replace(/\P{L}/gu, '');
    if (letters.length < MIN_CAPITALS || !/^\p{Lu}+$/u.test(letters)) continue;
    // Letters and marks that reach below the baseline make a word higher than its capitals.
    const plain = mates.filter((w) => /\p{Lu}/u.test(w.text) && !/[QJ,;()[\]/|]/.test(w.text));
    if (plain.length > 0) heights.set(line, median(plain.map((w) => w.box.y1 - w.box.y0)));
  }
  return heights;
}
