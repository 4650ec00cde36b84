import type { Box } from '../document/geometry.js';
import { LANGUAGE_DATA_MISSING, LOW_CONFIDENCE, type Warning } from '../document/page.js';
import type { Word } from '../document/word.js';
import type { HiddenReason, PdfPage } from '../engines/pdf/port.js';
import { POOR_CONFIDENCE } from './recognize/judge-reading.js';

const HIDDEN_AS: Record<HiddenReason, string> = {
  invisible: 'drawn invisibly',
  off_page: 'off the page',
  covered: 'covered',
  no_contrast: 'in the colour of their background',
  tiny: 'too small to see',
};

/** Mean of the words' confidences weighted by their length; null without words. */
export function meanConfidence(words: readonly Word[]): number | null {
  let sum = 0;
  let characters = 0;
  for (const { text, confidence } of words) {
    sum += confidence * text.length;
    characters += text.length;
  }
  return characters === 0 ? null : roundTenth(sum / characters);
}

/** Confidences carry no more than a tenth of a point. */
export const roundTenth = (value: number): number => Math.round(value * 10) / 10;

/** Words that a person cannot see are how documents address a machine behind its user's back. */
export function hiddenTextWarning(
  hidden: Readonly<Partial<Record<HiddenReason, number>>>,
): Warning | undefined {
  const kinds = (Object.entries(hidden) as [HiddenReason, number][]).filter(([, count]) => count > 0);
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return undefined;
  const parts = kinds.map(([reason, count]) => `${count} ${HIDDEN_AS[reason]}`);
  return {
    code: 'hidden_text',
    message: `${total} ${total === 1 ? 'word' : 'words'} that a person cannot see ${total === 1 ? 'was' : 'were'} left out (${parts.join(', ')}).`,
  };
}

/** `told` are the page's other warnings: a page whose language data is missing has said why it is unsure. */
export function lowConfidenceWarning(
  confidence: number | null,
  told: readonly Warning[] = [],
): Warning | undefined {
  if (confidence === null || confidence >= LOW_CONFIDENCE) return undefined;
  if (told.some(({ code }) => code === LANGUAGE_DATA_MISSING)) return undefined;
  if (confidence < POOR_CONFIDENCE) {
    return {
      code: 'unreadable',
      message: `Most of this page could not be read (confidence ${Math.round(confidence)} of 100): handwriting, a drawing, a photograph or a poor image. Its text is guesswork; look at it with view_page.`,
    };
  }
  return {
    code: 'low_confidence',
    message: `Recognition is unsure of this page (confidence ${Math.round(confidence)} of 100); check important words with view_page.`,
  };
}

export const noTextFoundWarning: Warning = {
  code: 'no_text_found',
  message: 'The page shows something, but no text could be read: a picture, a drawing or handwriting.',
};

export const ocrOffWarning: Warning = {
  code: 'ocr_needed',
  message: 'The page has no readable text of its own and OCR was switched off; call again with ocr "auto".',
};

export const unseenTextWarning: Warning = {
  code: 'unseen_text',
  message:
    'The text is an invisible layer over a scan, taken because OCR was switched off; nobody can see it to check it.',
};

export const agreeingLayerWarning: Warning = {
  code: 'unseen_text',
  message:
    'OCR could not read this page; the text is an invisible layer of the file that agrees with what can be made out. Check important words with view_page.',
};

export const unreadableWarning = (characters: number): Warning => ({
  code: 'text_unreadable',
  message: `${characters} characters stand in fonts that do not say which letters they show; call again with ocr "auto" or "always".`,
});

export const damagedImageWarning: Warning = {
  code: 'damaged_image',
  message: 'The image is cut off or damaged; only what could be decoded was read.',
};

/** Names the places of images that the file holds only in part, or not in a form that can be shown. */
export function imageFaultWarnings({ number, images, lostImages = [] }: PdfPage): Warning[] {
  const undecodable = [
    ...images.filter(({ fault }) => fault === 'undecodable').map(({ box }) => box),
    ...lostImages,
  ];
  const incomplete = images.filter(({ fault }) => fault === 'incomplete').map(({ box }) => box);
  return present([
    placesWarning(
      'image_not_decoded',
      undecodable,
      number,
      'cannot be decoded; what it shows is missing from the text',
    ),
    placesWarning(
      'image_incomplete',
      incomplete,
      number,
      'is cut off, damaged or does not fit its stated size; a part of its text may be missing',
    ),
  ]);
}

/** Bytes a row, and beyond that, from which the data of a bilevel picture that shows nothing was no picture: specks take less. */
const EMPTY_PICTURE = { perRow: 4, more: 2000 };

/** For a page that shows nothing: names the images whose data is far more than an empty picture takes. */
export function emptyImageWarning({ number, images }: PdfPage): Warning | undefined {
  const boxes = images
    .filter(
      ({ fault, storedBytes = 0, height }) =>
        !fault && storedBytes > EMPTY_PICTURE.perRow * height + EMPTY_PICTURE.more,
    )
    .map(({ box }) => box);
  return placesWarning(
    'image_not_decoded',
    boxes,
    number,
    'shows nothing, though it holds much data: it is damaged, and its text is missing',
  );
}

/** More are counted, not named. */
const NAMED_PLACES = 5;

function placesWarning(code: string, boxes: readonly Box[], page: number, what: string): Warning | undefined {
  if (boxes.length === 0) return undefined;
  const named = boxes
    .slice(0, NAMED_PLACES)
    .map(({ x0, y0, x1, y1 }) => [x0, y0, x1, y1].map(Math.round).join(', '))
    .join('; ');
  const more = boxes.length > NAMED_PLACES ? ` and ${boxes.length - NAMED_PLACES} more` : '';
  const subject = boxes.length === 1 ? 'An image' : `Each of ${boxes.length} images`;
  return { code, message: `${subject} on page ${page} ${what} (box in points: ${named}${more}).` };
}

export const present = (warnings: readonly (Warning | undefined)[]): Warning[] =>
  warnings.filter((warning) => warning !== undefined);
