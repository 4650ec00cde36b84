import { type Box, boxArea, centerX, centerY, containsPoint, expandBox } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';
import { isBlank, mayHoldText } from '../render/ink.js';
import type { PageImage } from '../render/page-image.js';
import type { SourceParts } from '../source.js';
import type { RecognizedImage } from './recognizer.js';

/**
 * Recognisers see letters in drawings and textures; such words have low confidence. 95 % of words that
 * Tesseract gives 60 or more are right, and text in figures matters less than noise between paragraphs.
 */
const MIN_WORD_CONFIDENCE = 50;
const MIN_AREA_CONFIDENCE = 65;
const MIN_PAGE_CONFIDENCE = 40;
/** Fewer letters and digits than this are no text worth its place. */
const MIN_CHARACTERS = 3;
/** A line of one character is a tick, a marker or a stroke of the drawing. */
const MIN_LINE_CHARACTERS = 2;
/** Points by which a word of the text layer claims the ground around it. */
const CLAIM_MARGIN = 1;

/**
 * Reads one area of a page that has words of its own. null where nothing was found that deserves trust.
 * `native` are the words that are there already: what OCR reads in their place is dropped. `isPage`: the area is
 * the page itself, whose text may stand on a shaded or spotted ground.
 */
export async function readArea(
  image: PageImage,
  native: readonly Word[],
  isPage: boolean,
  { pictures, pixels }: Pick<SourceParts, 'pictures' | 'pixels'>,
  signal: AbortSignal,
): Promise<RecognizedImage | null> {
  const ink = await pixels.for(signal)('measureInk', image.raster);
  if (isPage ? isBlank(ink) : !mayHoldText(ink)) return null;
  const recognized = await pictures.read(image.raster, image.area, signal);
  const words = isPage ? legible(recognized) : trusted(recognized.words);
  const added = withoutDoubles(words, native);
  if (added.length === 0) return null;
  return { ...recognized, words: added, preparation: [...image.preparation, ...recognized.preparation] };
}

/** A page may be hard to read and still be text; a photograph behind a title gives next to nothing. */
const legible = ({ words, confidence }: RecognizedImage): readonly Word[] =>
  confidence !== null && confidence >= MIN_PAGE_CONFIDENCE ? words : [];

/** Letters and digits. */
const readable = ({ text }: Word): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

function trusted(words: readonly Word[]): readonly Word[] {
  const perLine = new Map<number | undefined, number>();
  const likely = words.filter((word) => word.confidence >= MIN_WORD_CONFIDENCE);
  for (const word of likely) perLine.set(word.line, (perLine.get(word.line) ?? 0) + readable(word));
  const kept = likely.filter((word) => (perLine.get(word.line) ?? 0) >= MIN_LINE_CHARACTERS);
  let sum = 0;
  let characters = 0;
  for (const word of kept) {
    const length = readable(word);
    sum += word.confidence * length;
    characters += length;
  }
  return characters >= MIN_CHARACTERS && sum / characters >= MIN_AREA_CONFIDENCE ? kept : [];
}

const withoutDoubles = (words: readonly Word[], native: readonly Word[]): Word[] => {
  const claimed: Box[] = native.map((word) => expandBox(word.box, CLAIM_MARGIN));
  return words.filter(
    ({ box }) => !claimed.some((claim) => containsPoint(claim, centerX(box), centerY(box))),
  );
};

/** Share of its picture that running text covers: a loose table 15 %, a page 40 %, the labels of a chart 5 %. */
const RUNNING_TEXT_COVER = 0.12;
/** Words a line of running text has, at least. */
const RUNNING_LINE_WORDS = 5;
/** Share of the words that stand in such lines, in prose. */
const RUNNING_SHARE = 0.5;

/** Is this text a part of the page's own text, rather than the labels of a picture? */
export function isRunningText(words: readonly Word[], area: Box): boolean {
  const inked = words.reduce((sum, word) => sum + boxArea(word.box), 0);
  if (inked >= RUNNING_TEXT_COVER * boxArea(area)) return true;
  const perLine = new Map<number, number>();
  for (const { line = -1 } of words) perLine.set(line, (perLine.get(line) ?? 0) + 1);
  const running = [...perLine.values()].filter((count) => count >= RUNNING_LINE_WORDS);
  return running.reduce((sum, count) => sum + count, 0) >= RUNNING_SHARE * words.length;
}

/** Shortest word that tells two texts apart. */
const TELLING_LENGTH = 3;
/** Share of a suspected text's words that OCR must have read as well. */
const AGREEMENT = 0.5;

/** Has OCR read the very words of the text layer? Then the layer was suspected wrongly. */
export function confirms(read: readonly Word[], suspected: readonly Word[]): boolean {
  const seen = new Set(read.map((word) => word.text.toLowerCase()));
  const telling = suspected.filter((word) => word.text.length >= TELLING_LENGTH);
  const found = telling.filter((word) => seen.has(word.text.toLowerCase())).length;
  return telling.length > 0 && found / telling.length >= AGREEMENT;
}
