import type { Raster } from '../../document/raster.js';
import type { OcrEngine, OcrResult, RecognizeOptions } from '../../engines/ocr/port.js';
import { LegibleError } from '../../errors.js';
import { connectedComponents } from './prepare/components.js';
import { histogram, otsuThreshold, toGray } from './prepare/gray.js';
import { resize, scaleForText } from './prepare/scale.js';
import { estimateTextHeight } from './prepare/text-size.js';
import type { RecognizedImage, RecognizeImageOptions } from './recognizer.js';
import { toPageWords } from './words.js';

/** A factor this close to 1 is not worth a resampling. */
const SAME_SIZE = 0.03;

/**
 * Reads one image with one engine: measures it, prepares it where the measurement asks, recognises it
 * and gives the words in points. `languages` are Tesseract codes that the engine has.
 */
export async function recognizeImage(
  image: Raster,
  options: RecognizeImageOptions & { readonly engine: OcrEngine; readonly languages: readonly string[] },
  signal?: AbortSignal,
): Promise<RecognizedImage> {
  const { area, engine, languages } = options;
  const preparation: string[] = [];
  const gray = toGray(image);
  const components = connectedComponents(gray, otsuThreshold(histogram(gray)));
  let factor = scaleForText(estimateTextHeight(components), gray);
  if (Math.abs(factor - 1) < SAME_SIZE) factor = 1;
  const scaled = await resize(gray, factor);
  if (factor !== 1) preparation.push(`scaled by ${factor.toFixed(2)}`);

  const raster: Raster = { ...scaled, channels: 1, dpi: image.dpi * factor };
  const result = await recognizeTwice(engine, raster, { languages, segmentation: 'page' }, signal);
  const words = toPageWords(result.words, { area, width: scaled.width, height: scaled.height });
  return {
    words,
    width: area.x1 - area.x0,
    height: area.y1 - area.y0,
    confidence: words.length > 0 ? result.confidence : null,
    language: languages.join('+'),
    engines: [engine.name],
    rotation: 0,
    skew: 0,
    preparation,
    warnings: [],
  };
}

/** A worker that died gets a second chance with a fresh one: most deaths are not the page's fault. */
async function recognizeTwice(
  engine: OcrEngine,
  image: Raster,
  options: RecognizeOptions,
  signal?: AbortSignal,
): Promise<OcrResult> {
  try {
    return await engine.recognize(image, options, signal);
  } catch (error) {
    if (!(error instanceof LegibleError) || error.code !== 'engine_failed') throw error;
    return engine.recognize(image, options, signal);
  }
}
