import type { Box } from '../../document/geometry.js';
import type { TextStyle, Word } from '../../document/word.js';
import type { OcrWord } from '../../engines/ocr/port.js';

/** OCR knows no font; all its words share this object. */
const OCR_STYLE: TextStyle = { font: '', bold: false, italic: false, mono: false };
/** x-height of common text faces as a share of the em (Times 0.45, Helvetica 0.52, Garamond 0.4). */
const X_HEIGHT_PER_EM = 0.48;
/** Height of a word's ink as a share of the em where the x-height is unknown: ascender to baseline. */
const INK_PER_EM = 0.72;

/** Maps pixels of the recognised image to points of the page: the image covers `area`. */
export interface PixelFrame {
  readonly area: Box;
  readonly width: number;
  readonly height: number;
}

/** Words in points on the page; texts in NFC. */
export function toPageWords(words: readonly OcrWord[], { area, width, height }: PixelFrame): Word[] {
  const scaleX = (area.x1 - area.x0) / width;
  const scaleY = (area.y1 - area.y0) / height;
  return words.map((word) => {
    const em = word.xHeight > 0 ? word.xHeight / X_HEIGHT_PER_EM : (word.box.y1 - word.box.y0) / INK_PER_EM;
    return {
      text: word.text.normalize('NFC'),
      box: {
        x0: area.x0 + word.box.x0 * scaleX,
        y0: area.y0 + word.box.y0 * scaleY,
        x1: area.x0 + word.box.x1 * scaleX,
        y1: area.y0 + word.box.y1 * scaleY,
      },
      baseline: area.y0 + word.baseline * scaleY,
      size: em * scaleY,
      confidence: word.confidence,
      style: OCR_STYLE,
      line: word.line,
    };
  });
}
