import { type Box, centerX, centerY, containsPoint, expandBox } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';
import { isBlank, mayHoldText, measureInk } from '../render/ink.js';
import type { PageImage } from '../render/page-image.js';
import type { RecognizedImage, Recognizer } from './recognizer.js';

/**
 * Recognisers see letters in drawings and textures; such words have low confidence. 95 % of words that
 * Tesseract gives 60 or more are right, and text in figures matters less than noise between paragraphs.
 */
const MIN_WORD_CONFIDENCE = 50;
const MIN_AREA_CONFIDENCE = 65;
/** Fewer letters and digits than this are no text worth its place. */
const MIN_CHARACTERS = 3;
/** Points by which a word of the text layer claims the ground around it. */
const CLAIM_MARGIN = 1;

export interface AreaOptions {
  readonly language: string;
  /** The area is the page itself: text may stand on a shaded or spotted ground. */
  readonly isPage: boolean;
}

/**
 * Reads one area of a page that has words of its own. null where nothing was found that deserves trust.
 * `native` are the words that are there already: what OCR reads in their place is dropped.
 */
export async function readArea(
  image: PageImage,
  native: readonly Word[],
  { language, isPage }: AreaOptions,
  recognizer: Recognizer,
  signal: AbortSignal,
): Promise<RecognizedImage | null> {
  const ink = measureInk(image.raster);
  if (isPage ? isBlank(ink) : !mayHoldText(ink)) return null;
  const options = { area: image.area, kind: 'region' as const, language };
  const recognized = await recognizer.recognizeImage(image.raster, options, signal);
  const words = isPage ? recognized.words : trusted(recognized.words);
  const added = withoutDoubles(words, native);
  if (added.length === 0) return null;
  return { ...recognized, words: added, preparation: [...image.preparation, ...recognized.preparation] };
}

function trusted(words: readonly Word[]): readonly Word[] {
  const kept = words.filter((word) => word.confidence >= MIN_WORD_CONFIDENCE);
  let sum = 0;
  let characters = 0;
  for (const { text, confidence } of kept) {
    const length = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    sum += confidence * length;
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
