import type { Raster } from '../../document/raster.js';
import { orientationFinder } from './orientation.js';
import { toGray } from './prepare/gray.js';
import { preparePage } from './prepare/page.js';
import { type Reader, readPage } from './read-page.js';
import type { RecognizedImage, RecognizeImageOptions } from './recognizer.js';
import { backToArea } from './region-frame.js';

/** Measures an image, prepares it where the measurement asks, reads it and gives the words in points. */
export async function recognizeImage(
  image: Raster,
  options: RecognizeImageOptions & Reader,
  signal?: AbortSignal,
): Promise<RecognizedImage> {
  const { area, engine, languages } = options;
  const size = { width: area.x1 - area.x0, height: area.y1 - area.y0 };
  const page = await preparePage(toGray(image), size, orientationFinder(engine, languages, signal));
  const { words, confidence, engines, steps } = await readPage(page, options, signal);
  const upright = { words, width: page.width, height: page.height, rotation: page.rotation, skew: page.skew };
  const inPlace = { words: backToArea(words, page, area), ...size, rotation: 0 as const, skew: 0 };
  return {
    ...(options.kind === 'page' ? upright : inPlace),
    confidence: words.length > 0 ? confidence : null,
    language: languages.join('+'),
    engines,
    preparation: [...page.steps, ...steps],
    warnings: [],
  };
}
