import { type Box, containsCenter, expandBox } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { RunPixels } from '../../pixels/work.js';
import { expectedShare } from '../confidence.js';
import type { PreparedPage } from '../prepare/page.js';
import { type AutoLanguage, type LanguageReading, readInItsLanguage } from '../read-in-language.js';
import type { Reader } from '../read-page.js';
import { withCheckBoxes } from './among-words.js';
import { chooseCheckBoxes } from './choose.js';
import type { Frame } from './placed.js';

/** Of a hundred boxes found on scans so many are boxes, and in their state. */
const CONFIDENCE = 95;
/** Points around a box within which marks that stayed unread are its own. */
const OWN = 3;
/** Languages with a letter that is an empty square. */
const SQUARE_LETTER = /^(?:chi|jpn|kor)/;

export interface ReadWithBoxes extends LanguageReading {
  /** As it was read: without the lines of small frames. */
  readonly page: PreparedPage;
}

/**
 * Reads a page on which small frames may be check boxes. Their lines are taken out of the image first, so that they
 * are neither read as letters nor spoil their labels; what they stand beside tells afterwards which are boxes.
 */
export async function readWithCheckBoxes(
  page: PreparedPage,
  options: Reader & { readonly auto?: AutoLanguage },
  run: RunPixels,
  signal?: AbortSignal,
): Promise<ReadWithBoxes> {
  const { frames, image } = await run('findFrames', page.image, page.measure.textHeight);
  if (!image) return { page, ...(await readInItsLanguage(page, options, run, signal)) };
  const read = await readInItsLanguage({ ...page, image }, options, run, signal);
  if (SQUARE_LETTER.test(read.used[0] ?? '')) {
    return { page, ...(await readInItsLanguage(page, options, run, signal)) };
  }
  const boxes = chooseCheckBoxes(
    frames.map(({ box, look }): Frame => ({ box: inPoints(box, page), look })),
    read.reading.words,
  );
  const words: readonly Word[] = withCheckBoxes(read.reading.words, boxes, CONFIDENCE);
  const unread =
    read.reading.unread &&
    withoutMarks(
      read.reading.unread,
      boxes.map(({ box }) => box),
    );
  const reading = { ...read.reading, words, confidence: expectedShare(words, unread?.letters) };
  return { ...read, reading: unread ? { ...reading, unread } : reading, page: { ...page, image } };
}

/** What stayed unread, without ticks and crosses in boxes. */
function withoutMarks<U extends { readonly boxes: readonly Box[]; readonly letters: number }>(
  unread: U,
  boxes: readonly Box[],
): U {
  const areas = boxes.map((box) => expandBox(box, OWN));
  const left = unread.boxes.filter((box) => !areas.some((area) => containsCenter(area, box)));
  return {
    ...unread,
    boxes: left,
    letters: Math.max(0, unread.letters - (unread.boxes.length - left.length)),
  };
}

/** From pixels of the image to points of the upright page: the two centres coincide. */
function inPoints({ x0, y0, x1, y1 }: Box, { image, scale, width, height }: PreparedPage): Box {
  const [left, top] = [(width - image.width * scale) / 2, (height - image.height * scale) / 2];
  return { x0: left + x0 * scale, y0: top + y0 * scale, x1: left + x1 * scale, y1: top + y1 * scale };
}
