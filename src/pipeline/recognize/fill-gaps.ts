import { type Box, boxArea, overlapArea } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';
import { meanConfidence, type OcrWord } from '../../engines/ocr/port.js';
import type { RunPixels } from '../pixels/work.js';
import { insertByPosition, MIN_NEW_CONFIDENCE } from './merge.js';
import type { GrayImage } from './prepare/gray.js';
import type { PreparedPage } from './prepare/page.js';
import { resize } from './prepare/scale.js';
import { type Piece, pieceAt } from './sheet.js';
import { tidyWords } from './tidy.js';
import type { UnreadMark, UnreadText } from './unread.js';
import { type PixelFrame, toPageWords } from './words.js';

/** A word stands for a mark when they share this much of the smaller one. */
const SAME_PLACE = 0.3;

/** Letter-like marks that stayed unread; boxes in points of the upright page. */
export interface Unread {
  readonly boxes: readonly Box[];
  readonly letters: number;
}

/** Reads an image as one block of text; words in its pixels. */
export type ReadBlock = (image: GrayImage) => Promise<readonly OcrWord[]>;

/** What looks like text on the page and is covered by none of the words (points). */
export const unreadOn = (page: PreparedPage, words: readonly Word[], run: RunPixels): Promise<UnreadText> => {
  const frame = frameOf(page);
  const boxes = words.map(({ box }) => moved(box, -frame.left, -frame.top, 1 / page.scale));
  return run('findUnread', page.image, {
    words: boxes,
    textHeight: page.measure.textHeight,
    scale: page.scale,
  });
};

/**
 * Reads what was passed over from a sheet of its own and adds what is sure. `factor` by which the page's pixels
 * are enlarged for reading. What stays unread is given back with the words.
 */
export async function fillGaps(
  page: PreparedPage,
  words: readonly Word[],
  { marks, sheet }: UnreadText,
  { factor, languages }: { readonly factor: number; readonly languages: readonly string[] },
  read: ReadBlock,
): Promise<{ words: readonly Word[]; unread: Unread }> {
  if (!sheet) return { words, unread: { boxes: [], letters: 0 } };
  const onSheet = await read(await resize(sheet.image, factor));
  const found = sureLines(tidyWords(inPixels(onSheet, factor), languages), sheet.pieces);
  const frame = frameOf(page);
  const first = words.reduce((highest, word) => Math.max(highest, word.line ?? 0), 0) + 1;
  const added = found.flatMap((line, index) =>
    toPageWords(
      line.map((word) => ({ ...word, line: first + index })),
      frame.pixels,
    ),
  );
  const left = marks.filter(({ box }) => !found.some((line) => line.some((word) => touches(word.box, box))));
  return {
    words: insertByPosition(words, added),
    unread: {
      boxes: left
        .map(({ box }) => moved(box, 0, 0, page.scale))
        .map((box) => moved(box, frame.left, frame.top, 1)),
      letters: left.reduce((sum, mark: UnreadMark) => sum + mark.letters, 0),
    },
  };
}

/** Words of each piece that were read surely, back in the place where they stand on the page image. */
function sureLines(words: readonly OcrWord[], pieces: readonly Piece[]): OcrWord[][] {
  const byPiece = new Map<Piece, OcrWord[]>();
  for (const word of words) {
    const piece = pieceAt(word.box, pieces);
    if (!piece) continue;
    const [dx, dy] = [piece.from.x0 - piece.x, piece.from.y0 - piece.y];
    const placed = { ...word, box: shifted(word.box, dx, dy), baseline: word.baseline + dy };
    byPiece.set(piece, [...(byPiece.get(piece) ?? []), placed]);
  }
  return [...byPiece.values()].filter(
    (line) =>
      meanConfidence(line) >= MIN_NEW_CONFIDENCE && line.some(({ text }) => /[\p{L}\p{N}]/u.test(text)),
  );
}

const inPixels = (words: readonly OcrWord[], factor: number): OcrWord[] =>
  words.map((word) => ({
    ...word,
    box: moved(word.box, 0, 0, 1 / factor),
    baseline: word.baseline / factor,
    xHeight: word.xHeight / factor,
  }));

const touches = (word: Box, mark: Box): boolean =>
  overlapArea(word, mark) >= SAME_PLACE * Math.min(boxArea(word), boxArea(mark));

/** The page image's pixels on the page, whose centres coincide; `left` and `top` in points. */
function frameOf({ image, scale, width, height }: PreparedPage): {
  pixels: PixelFrame;
  left: number;
  top: number;
} {
  return {
    pixels: { columns: image.width, rows: image.height, width, height, scale },
    left: (width - image.width * scale) / 2,
    top: (height - image.height * scale) / 2,
  };
}

const shifted = (box: Box, dx: number, dy: number): Box => moved(box, dx, dy, 1);

const moved = ({ x0, y0, x1, y1 }: Box, dx: number, dy: number, factor: number): Box => ({
  x0: (x0 + dx) * factor,
  y0: (y0 + dy) * factor,
  x1: (x1 + dx) * factor,
  y1: (y1 + dy) * factor,
});
