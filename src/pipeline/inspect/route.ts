import { type Box, boxArea, boxHeight, boxWidth } from '../../document/geometry.js';
import type { OcrMode } from '../options.js';
import { mergeAreas } from './areas.js';
import type { PageFacts } from './facts.js';

export const ROUTES = ['native', 'ocr', 'mixed', 'blank'] as const;
/** Where a page's words are taken from. */
export type RouteName = (typeof ROUTES)[number];

/** The stable vocabulary of reasons; `garbled text` is followed by the fonts' names. */
export const REASONS = {
  sound: 'text layer is sound',
  images: 'text layer is sound, images may hold text',
  noText: 'no text',
  invisible: 'invisible text over a scan',
  garbled: 'garbled text',
  sparse: 'sparse text over a full-page image',
  outlines: 'text turned to outlines',
  blank: 'blank page',
  image: 'image file',
  confirmed: 'text layer confirmed by OCR',
  agreeing: 'invisible text agrees with the scan',
  always: 'OCR asked for',
  never: 'OCR switched off',
} as const;

export interface Route {
  readonly route: RouteName;
  readonly reason: string;
  /** For `mixed`: the parts of the page, in points, that OCR is to read beside the sound words. */
  readonly areas: readonly Box[];
  /** For `mixed`: leave the page's own text out of the areas' images, because its words are already there. */
  readonly areasWithoutText: boolean;
}

/** Images under this share of the page are decoration or figures, not its background. */
const FULL_PAGE_COVER = 0.65;
/** A stamp, a header or a filled form; more words than these are a text of their own over a background. */
const SPARSE_WORDS = 80;
const SPARSE_COVER = 0.06;
/** Sound words beside so many garbled characters are accidents (numbers in a second font). */
const GARBLED_PAGE_SHARE = 0.3;
/** Fewer garbled characters than a short word are ornaments; not worth a recognition. */
const GARBLED_MIN_CHARACTERS = 4;
/** A letter's outline has six segments and more: fewer than this show no word. */
const MIN_CURVES = 8;
/** Plotters and dot matrices write with strokes and blocks; a frame, a rule and a few fields have fewer than this. */
const MIN_STROKES = 60;
/** About twenty segments a letter: this many are rather text than a sign. */
const OUTLINE_CURVES = 150;
/** Beside a few sound words (a page number) only a mass of curves is taken for text. */
const OUTLINE_CURVES_BESIDE_TEXT = 3_000;
const OUTLINE_SOUND_WORDS = 15;
/** Points: smaller images are icons, bullets and rules, with no room for a readable word. */
const AREA_MIN_WIDTH = 36;
const AREA_MIN_HEIGHT = 12;
/** Pixels an inch under which 10-point letters are smaller than 10 pixels and Tesseract reads nothing. */
const AREA_MIN_DPI = 60;
/** Recognitions beside a sound text layer: the largest areas first, the rest is left. */
const MAX_AREAS = 8;
/** An image under this much text is a background of the text, which has been read already. */
const AREA_MAX_TEXT_COVER = 0.5;

/**
 * Decides where a page's words come from. Pure: same facts, same answer, reason included.
 * Invisible words are never used while OCR is allowed: nobody has seen them, so nobody vouches for them.
 */
export function chooseRoute(facts: PageFacts, ocr: OcrMode): Route {
  if (isEmpty(facts)) return simple('blank', REASONS.blank);
  if (ocr === 'never') return simple('native', REASONS.never);
  if (ocr === 'always') return simple('ocr', REASONS.always);

  const garbled = facts.garbledCharacters >= GARBLED_MIN_CHARACTERS;
  const garbledShare = facts.garbledCharacters / Math.max(1, facts.garbledCharacters + facts.soundCharacters);
  if (garbled && garbledShare >= GARBLED_PAGE_SHARE) return simple('ocr', garbledReason(facts));

  if (facts.soundWords === 0) {
    const { invisible = 0, covered = 0 } = facts.hiddenWords;
    if (facts.imageCover >= FULL_PAGE_COVER && invisible + covered > 0) {
      return simple('ocr', REASONS.invisible);
    }
    if (facts.pictures.length === 0 && facts.curves >= OUTLINE_CURVES) return simple('ocr', REASONS.outlines);
    return simple('ocr', REASONS.noText);
  }

  const isSparse = facts.soundWords < SPARSE_WORDS && facts.textCover < SPARSE_COVER;
  if (isSparse && facts.imageCover >= FULL_PAGE_COVER) {
    return mixed(REASONS.sparse, [wholePage(facts)], true);
  }
  if (facts.soundWords < OUTLINE_SOUND_WORDS && facts.curves >= OUTLINE_CURVES_BESIDE_TEXT) {
    return mixed(REASONS.outlines, [wholePage(facts)], true);
  }
  if (garbled) return mixed(garbledReason(facts), mergeAreas(facts.garbledBoxes).slice(0, MAX_AREAS), false);

  const areas = imageAreas(facts);
  return areas.length > 0 ? mixed(REASONS.images, areas, true) : simple('native', REASONS.sound);
}

const simple = (route: RouteName, reason: string): Route => ({
  route,
  reason,
  areas: [],
  areasWithoutText: false,
});

const mixed = (reason: string, areas: readonly Box[], areasWithoutText: boolean): Route => ({
  route: 'mixed',
  reason,
  areas,
  areasWithoutText,
});

/** Nothing that could be read: a few lines and some shading say nothing. */
const isEmpty = (facts: PageFacts): boolean =>
  facts.visibleWords === 0 &&
  facts.pictures.length === 0 &&
  facts.curves < MIN_CURVES &&
  facts.rules + facts.shapes < MIN_STROKES;

const garbledReason = (facts: PageFacts): string =>
  `${REASONS.garbled} in ${facts.garbledFonts.map(({ font }) => font || 'an unnamed font').join(', ')}`;

const wholePage = (facts: PageFacts): Box => ({ x0: 0, y0: 0, x1: facts.width, y1: facts.height });

/** Image areas worth a recognition, largest first. */
const imageAreas = (facts: PageFacts): Box[] =>
  facts.pictures
    .filter(
      ({ box, dpi, textCover }) =>
        dpi >= AREA_MIN_DPI &&
        boxWidth(box) >= AREA_MIN_WIDTH &&
        boxHeight(box) >= AREA_MIN_HEIGHT &&
        textCover <= AREA_MAX_TEXT_COVER,
    )
    .map(({ box }) => box)
    .sort((a, b) => boxArea(b) - boxArea(a))
    .slice(0, MAX_AREAS);
