import { boxHeight, boxWidth } from '../../document/geometry.js';
import { projectBox } from '../../document/projection.js';
import type { Raster } from '../../document/raster.js';
import type { Word } from '../../document/word.js';
import { present } from '../evidence.js';
import type { PixelWork, RunPixels } from '../pixels/work.js';
import { type ReadWithBoxes, readWithCheckBoxes } from './check-boxes/scanned.js';
import type { Unread } from './fill-gaps.js';
import { movedBy, rulesOnPage, withWeight } from './on-page.js';
import { detectTurn, orientationFinder, turnOfFewWords } from './orientation.js';
import { toGray } from './prepare/gray.js';
import { type PreparedPage, preparePage, turnPage } from './prepare/page.js';
import type { AutoLanguage } from './read-in-language.js';
import type { Reader } from './read-page.js';
import type { RecognizedImage, RecognizeImageOptions } from './recognizer.js';
import { backToArea } from './region-frame.js';
import { readSpread } from './spread.js';
import { unreadWarning } from './unread-warning.js';

export interface ReadImageOptions extends RecognizeImageOptions, Reader {
  readonly pixels: PixelWork;
  /** Set when the language was left to the recogniser: `languages` are then only an assumption. */
  readonly auto?: AutoLanguage;
}

/** Below this expected share of right words the page may lie on its side without looking so. */
const LOST_BELOW = 45;

/** Words of so many characters are wider than high in any type. */
const LONG_WORD = 4;

/** Measures an image, prepares it where the measurement asks, reads it and gives the words in points. */
export async function recognizeImage(
  image: Raster,
  options: ReadImageOptions,
  signal?: AbortSignal,
): Promise<RecognizedImage> {
  const { area, engine, languages } = options;
  const size = { width: area.x1 - area.x0, height: area.y1 - area.y0 };
  const run = options.pixels.for(signal);
  const findOrientation = orientationFinder(engine, languages, run, signal);
  const maybePhoto = options.kind === 'page';
  const gray = toGray(image);
  const prepared = await preparePage(gray, size, { findOrientation, run, maybePhoto });
  const spread = maybePhoto ? await readSpread(gray, prepared, options, run, signal) : null;
  if (spread) return spread;
  const { page, reading, used, warnings } = await readUpright(prepared, options, run, signal);
  const { confidence, engines, steps } = reading;
  const words = await withWeight(reading.words, page, run);
  const rules = await rulesOnPage(page, run);
  const isPage = options.kind === 'page';
  const upright = {
    words,
    rules,
    width: page.width,
    height: page.height,
    rotation: page.rotation,
    // In its own frame the page leans as it does.
    ...(page.own ? { skew: 0, own: page.own } : { skew: page.skew }),
  };
  // Rules of a picture that had to be straightened have no upright place on its page.
  const kept =
    page.rotation === 0 && page.skew === 0 ? rules.map((rule) => movedBy(rule, area.x0, area.y0)) : [];
  const inPlace = {
    words: backToArea(words, page, area),
    rules: kept,
    ...size,
    rotation: 0 as const,
    skew: 0,
  };
  return {
    ...(isPage ? upright : inPlace),
    confidence: words.length > 0 ? confidence : null,
    language: used.join('+'),
    engines,
    preparation: [...page.steps, ...steps],
    warnings: present([
      ...warnings,
      isPage && reading.unread ? unreadWarning(inOwnFrame(reading.unread, page), words) : undefined,
    ]),
  };
}

/** Places are named as they lie on the page itself. */
function inOwnFrame(unread: Unread, { own }: PreparedPage): Unread {
  return own ? { ...unread, boxes: unread.boxes.map((box) => projectBox(own.projection, box)) } : unread;
}

/** Reads a page, and once more the other way up where hardly a word of it was right. */
async function readUpright(
  page: PreparedPage,
  options: ReadImageOptions,
  run: RunPixels,
  signal?: AbortSignal,
): Promise<ReadWithBoxes> {
  const asItIs = await readWithCheckBoxes(page, options, run, signal);
  const { confidence, words } = asItIs.reading;
  const standsOnSide = runsUpOrDown(words);
  if (words.length === 0 || (confidence >= LOST_BELOW && !standsOnSide)) return asItIs;
  const { engine, languages } = options;
  const more =
    (await detectTurn(engine, page.image, signal)) ??
    (page.measure.direction ? null : await turnOfFewWords(engine, languages, page.image, run, signal));
  if (more === null || more === 0) return asItIs;
  const turned = await readWithCheckBoxes(await turnPage(page, more, run), options, run, signal);
  const needed = standsOnSide ? LOST_BELOW : confidence;
  return turned.reading.confidence > needed ? turned : asItIs;
}

/** Tesseract reads lines that run up or down as well: most longer words are then higher than wide. */
function runsUpOrDown(words: readonly Word[]): boolean {
  const long = words.filter((word) => word.text.length >= LONG_WORD);
  const upright = long.filter(({ box }) => boxHeight(box) > boxWidth(box));
  return upright.length > long.length / 2;
}
