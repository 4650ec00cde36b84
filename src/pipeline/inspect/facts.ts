import {
  type Box,
  boxArea,
  boxHeight,
  boxWidth,
  containsCenter,
  overlapArea,
} from '../../document/geometry.js';
import type { HiddenReason, NativeWord, PdfImage, PdfPage } from '../../engines/pdf/port.js';
import { clipBox, mergeAreas } from './areas.js';
import { type FontJudgement, type GarbleSign, judgeFonts } from './garble.js';

/** A font whose words cannot be trusted. */
export interface GarbledFont {
  readonly font: string;
  readonly sign: GarbleSign;
}

/** An image, or several that touch, as seen on the page. */
export interface Picture {
  readonly box: Box;
  /** Finest resolution of its images, pixels an inch. */
  readonly dpi: number;
  /** Share of the box under sound words, 0–1. */
  readonly textCover: number;
}

/** What routing needs to know of a page; gathered once, nothing decided. Plain data. */
export interface PageFacts {
  readonly width: number;
  readonly height: number;
  /** Words that a person sees, whether they can be read or not. */
  readonly visibleWords: number;
  /** Words and characters that a person sees, in fonts that can be read. */
  readonly soundWords: number;
  readonly soundCharacters: number;
  /** Share of the page area under sound words, 0–1. */
  readonly textCover: number;
  readonly garbledFonts: readonly GarbledFont[];
  readonly garbledCharacters: number;
  /** Boxes of the garbled words. */
  readonly garbledBoxes: readonly Box[];
  readonly hiddenWords: Readonly<Partial<Record<HiddenReason, number>>>;
  /** Share of the page area under images, 0–1. */
  readonly imageCover: number;
  readonly pictures: readonly Picture[];
  /** The one upright image that is all one sees of the page: its pixels may stand for the page. */
  readonly scan: PdfImage | null;
  readonly curves: number;
  readonly shapes: number;
  readonly rules: number;
  readonly tagged: boolean;
}

/** An image smaller than the page by more than a scanner's margins leaves room for other marks. */
const SCAN_COVER = 0.9;
/** Scans at different resolutions across and along the page would be distorted in square pixels. */
const SCAN_ASPECT_TOLERANCE = 0.03;
/** Cells a side of the grid on which cover is counted: 1 % of A4's width is 6 points. */
const COVER_GRID = 100;

export const isVisible = (word: NativeWord): boolean => word.hidden === undefined;

export function gatherFacts(page: PdfPage): PageFacts {
  const visible = page.words.filter(isVisible);
  const judgements = judgeFonts(visible);
  const garbled = new Map<string, GarbleSign>();
  for (const { font, sign } of judgements) if (sign) garbled.set(font, sign);
  const sound = visible.filter((word) => !garbled.has(word.style.font) && saysSomething(word));
  const hiddenWords: Partial<Record<HiddenReason, number>> = {};
  for (const { hidden } of page.words) if (hidden) hiddenWords[hidden] = (hiddenWords[hidden] ?? 0) + 1;
  const imageBoxes = page.images.map((image) => image.box);
  return {
    width: page.width,
    height: page.height,
    visibleWords: visible.length,
    soundWords: sound.length,
    soundCharacters: sumCharacters(judgements, (judgement) => !judgement.sign),
    textCover: coverShare(
      page,
      sound.map((word) => word.box),
    ),
    garbledFonts: [...garbled].map(([font, sign]) => ({ font, sign })),
    garbledCharacters: sumCharacters(judgements, (judgement) => judgement.sign !== undefined),
    garbledBoxes: visible.filter((word) => garbled.has(word.style.font)).map((word) => word.box),
    hiddenWords,
    imageCover: coverShare(page, imageBoxes),
    pictures: findPictures(page, sound),
    scan: findScan(page, visible.length),
    curves: page.curves,
    shapes: page.shapes.length,
    rules: page.rules.length,
    tagged: page.tags.length > 0,
  };
}

/** An icon alone is no text: the page behind it may hold some. */
const saysSomething = ({ text, unmapped = 0 }: NativeWord): boolean => unmapped < [...text].length;

const sumCharacters = (
  judgements: readonly FontJudgement[],
  choose: (judgement: FontJudgement) => boolean,
): number => judgements.filter(choose).reduce((sum, judgement) => sum + judgement.characters, 0);

/**
 * Drawn marks rule a scan out: a filled rectangle may blacken words that are still in the image, and
 * such words must not come back.
 */
function findScan(page: PdfPage, visibleWords: number): PdfImage | null {
  if (page.images.length !== 1 || visibleWords > 0 || page.curves > 0) return null;
  if (page.shapes.length > 0 || page.rules.length > 0) return null;
  const [image] = page.images;
  if (!image.upright || image.masked) return null;
  const pageBox = { x0: 0, y0: 0, x1: page.width, y1: page.height };
  const inside = overlapArea(image.box, pageBox);
  if (inside < SCAN_COVER * boxArea(pageBox) || inside < SCAN_COVER * boxArea(image.box)) return null;
  const across = image.width / boxWidth(image.box);
  const along = image.height / boxHeight(image.box);
  return Math.abs(across / along - 1) <= SCAN_ASPECT_TOLERANCE ? image : null;
}

/** A picture laid on one this many times its size (a logo on a photograph) is looked at by itself. */
const OVERLAY_RATIO = 4;
const OVERLAY_INSIDE = 0.8;

function findPictures(page: PdfPage, sound: readonly NativeWord[]): Picture[] {
  const pageBox = { x0: 0, y0: 0, x1: page.width, y1: page.height };
  const seen = page.images.flatMap((image) =>
    overlapArea(image.box, pageBox) > 0 ? [{ ...image, box: clipBox(image.box, pageBox) }] : [],
  );
  const isOverlay = (image: PdfImage): boolean =>
    seen.some(
      (ground) =>
        boxArea(ground.box) >= OVERLAY_RATIO * boxArea(image.box) &&
        overlapArea(ground.box, image.box) >= OVERLAY_INSIDE * boxArea(image.box),
    );
  const overlays = seen.filter(isOverlay);
  const grounds = seen.filter((image) => !overlays.includes(image));
  return [grounds, overlays].flatMap((images) =>
    mergeAreas(images.map((image) => image.box)).map((box) => {
      const parts = images.filter((image) => overlapArea(image.box, box) > 0);
      return {
        box,
        dpi: Math.max(...parts.map((image) => (image.width * 72) / Math.max(1, boxWidth(image.box)))),
        textCover: coverOf(box, sound),
      };
    }),
  );
}

/** Share of a box under the words whose centres lie in it; 0–1. */
function coverOf(box: Box, words: readonly NativeWord[]): number {
  const covered = words
    .filter((word) => containsCenter(box, word.box))
    .reduce((sum, word) => sum + boxArea(word.box), 0);
  return Math.min(1, covered / Math.max(1, boxArea(box)));
}

/** Share of the page under the union of the boxes, counted on a grid; 0–1. */
export function coverShare(page: { width: number; height: number }, boxes: readonly Box[]): number {
  if (boxes.length === 0 || page.width <= 0 || page.height <= 0) return 0;
  const cells = new Uint8Array(COVER_GRID * COVER_GRID);
  const cell = (value: number, extent: number): number =>
    Math.max(0, Math.min(COVER_GRID, Math.round((value / extent) * COVER_GRID)));
  for (const box of boxes) {
    const x1 = cell(box.x1, page.width);
    const y1 = cell(box.y1, page.height);
    const x0 = cell(box.x0, page.width);
    for (let y = cell(box.y0, page.height); y < y1; y++)
      cells.fill(1, y * COVER_GRID + x0, y * COVER_GRID + x1);
  }
  return cells.reduce((sum, covered) => sum + covered, 0) / cells.length;
}
