import type { Raster } from '../../document/raster.js';
import type { Word } from '../../document/word.js';
import type { OcrEngine, OcrResult, RecognizeOptions } from '../../engines/ocr/port.js';
import { LegibleError } from '../../errors.js';
import { orientationFinder } from './orientation.js';
import { toGray } from './prepare/gray.js';
import { type PreparedPage, preparePage, toRaster } from './prepare/page.js';
import { resize, scaleForText } from './prepare/scale.js';
import type { RecognizedImage, RecognizeImageOptions } from './recognizer.js';
import { backToArea } from './region-frame.js';
import { tidyWords } from './tidy.js';
import { toPageWords } from './words.js';

export interface Reader {
  readonly engine: OcrEngine;
  /** Tesseract codes that the engine has, most important first. */
  readonly languages: readonly string[];
}

/** Measures an image, prepares it where the measurement asks, reads it and gives the words in points. */
export async function recognizeImage(
  image: Raster,
  options: RecognizeImageOptions & Reader,
  signal?: AbortSignal,
): Promise<RecognizedImage> {
  const { area, engine, languages } = options;
  const size = { width: area.x1 - area.x0, height: area.y1 - area.y0 };
  const page = await preparePage(toGray(image), size, orientationFinder(engine, languages, signal));
  signal?.throwIfAborted();
  const { words, confidence, steps } = await readPage(page, options, signal);
  const isPage = options.kind === 'page';
  const upright = { words, width: page.width, height: page.height, rotation: page.rotation, skew: page.skew };
  const frame = isPage
    ? upright
    : { ...upright, ...size, words: backToArea(words, page, area), rotation: 0 as const, skew: 0 };
  return {
    ...frame,
    confidence: words.length > 0 ? confidence : null,
    language: languages.join('+'),
    engines: [engine.name],
    preparation: [...page.steps, ...steps],
    warnings: [],
  };
}

async function readPage(
  page: PreparedPage,
  { engine, languages }: Reader,
  signal?: AbortSignal,
): Promise<{ words: Word[]; confidence: number; steps: string[] }> {
  const factor = scaleForText(page.measure.textHeight, page.image);
  const scaled = await resize(page.image, factor);
  const scale = page.scale / factor;
  const result = await readTwice(
    engine,
    toRaster(scaled, scale),
    { languages, segmentation: 'page' },
    signal,
  );
  const frame = { columns: scaled.width, rows: scaled.height, width: page.width, height: page.height, scale };
  return {
    words: toPageWords(tidyWords(result.words, languages), frame),
    confidence: result.confidence,
    steps: factor === 1 ? [] : [`scaled by ${factor.toFixed(2)}`],
  };
}

/** A worker that died gets a second chance with a fresh one: most deaths are not the page's fault. */
async function readTwice(
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
