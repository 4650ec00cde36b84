import type { TextStyle, Word } from '../../document/word.js';
import type { TidyWord } from './tidy.js';

/** OCR knows no font; all its words share this object. */
const OCR_STYLE: TextStyle = { font: '', bold: false, italic: false, mono: false };
/** x-height of common text faces as a share of the em (Times 0.45, Helvetica 0.52, Garamond 0.4). */
export const X_HEIGHT_PER_EM = 0.48;
/** Height of a word's ink as a share of the em where the x-height is unknown: ascender to baseline. */
const INK_PER_EM = 0.72;

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
  return words.map((word) => {
    const em = word.xHeight > 0 ? word.xHeight / X_HEIGHT_PER_EM : (word.box.y1 - word.box.y0) / INK_PER_EM;
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
