import type { Warning } from '../../document/page.js';
import type { Raster } from '../../document/raster.js';
import { type AutoLanguage, reconsiderLanguage } from './auto-language.js';
import { orientationFinder } from './orientation.js';
import { toGray } from './prepare/gray.js';
import { type PreparedPage, preparePage } from './prepare/page.js';
import { type Reader, type Reading, readPage } from './read-page.js';
import type { RecognizedImage, RecognizeImageOptions } from './recognizer.js';
import { backToArea } from './region-frame.js';

export interface ReadImageOptions extends RecognizeImageOptions, Reader {
  /** Set when the language was left to the recogniser: `languages` are then only an assumption. */
  readonly auto?: AutoLanguage;
}

/** Measures an image, prepares it where the measurement asks, reads it and gives the words in points. */
export async function recognizeImage(
  image: Raster,
  options: ReadImageOptions,
  signal?: AbortSignal,
): Promise<RecognizedImage> {
  const { area, engine, languages } = options;
  const size = { width: area.x1 - area.x0, height: area.y1 - area.y0 };
  const page = await preparePage(toGray(image), size, orientationFinder(engine, languages, signal));
  const { reading, used, warnings } = await readInItsLanguage(page, options, signal);
  const { words, confidence, engines, steps } = reading;
  const upright = { words, width: page.width, height: page.height, rotation: page.rotation, skew: page.skew };
  const inPlace = { words: backToArea(words, page, area), ...size, rotation: 0 as const, skew: 0 };
  return {
    ...(options.kind === 'page' ? upright : inPlace),
    confidence: words.length > 0 ? confidence : null,
    language: used.join('+'),
    engines,
    preparation: [...page.steps, ...steps],
    warnings,
  };
}

/** Reads with the assumed language, and again where the text turns out to be in another one. */
async function readInItsLanguage(
  page: PreparedPage,
  options: ReadImageOptions,
  signal?: AbortSignal,
): Promise<{ reading: Reading; used: readonly string[]; warnings: Warning[] }> {
  const first = await readPage(page, options, signal);
  const assumed = { reading: first, used: options.languages, warnings: [] };
  const other = options.auto ? await reconsiderLanguage(first, page, options, options.auto, signal) : null;
  if (!other) return assumed;
  if ('warning' in other) return { ...assumed, warnings: [other.warning] };
  const reading = await readPage(page, other.reader, signal);
  const isBetter = reading.confidence >= first.confidence - other.tolerance;
  return isBetter ? { reading, used: other.reader.languages, warnings: [] } : assumed;
}
