import type { OcrEngine } from '../../engines/ocr/port.js';
import { LegibleError } from '../../errors.js';
import type { RunPixels } from '../pixels/work.js';
import type { GrayImage } from './prepare/gray.js';
import type { OrientationFinder } from './prepare/page.js';
import { toRaster } from './prepare/page.js';
import type { QuarterTurn } from './prepare/turn.js';

/** Below this Tesseract's orientation detection is a guess (its own scripts use 2; values above 5 are never wrong here). */
const MIN_CONFIDENCE = 3;
/** A page is turned upside down only if it reads this much better so: it may be in a language nobody asked for. */
const MIN_LEAD = 1.2;
/** Resolution that is handed over where the page's is of no importance. */
const ANY_SCALE = 72 / 200;

/**
 * Finds the upright turn among `candidates`: Tesseract's orientation detection where it is sure, else a strip from
 * the middle of the page is read each way and the better reading wins.
 */
export function orientationFinder(
  engine: OcrEngine,
  languages: readonly string[],
  run: RunPixels,
  signal?: AbortSignal,
): OrientationFinder {
  return async (image, candidates) => {
    const detected = await detectTurn(engine, image, signal);
    if (detected !== null && candidates.includes(detected)) return detected;
    let best: { turn: QuarterTurn; score: number } = { turn: candidates[0], score: 0 };
    for (const candidate of candidates) {
      const strip = await run('turnedStrip', image, candidate);
      const { words, confidence } = await engine.recognize(
        toRaster(strip, ANY_SCALE),
        { languages, segmentation: 'page' },
        signal,
      );
      const characters = words.reduce((sum, word) => sum + word.text.length, 0);
      // Text read upside down gives about as many characters, with half the confidence.
      const score = confidence * Math.sqrt(characters);
      const lead = best.turn === 0 ? MIN_LEAD : 1;
      if (score > best.score * lead) best = { turn: candidate, score };
    }
    return best.turn;
  };
}

/**
 * Which way up a page with a few words is, by reading it whole each way: too little for its letters or Tesseract's
 * orientation detection to tell, and quickly read.
 */
export async function turnOfFewWords(
  engine: OcrEngine,
  languages: readonly string[],
  image: GrayImage,
  run: RunPixels,
  signal?: AbortSignal,
): Promise<QuarterTurn> {
  let best: { turn: QuarterTurn; score: number } = { turn: 0, score: 0 };
  for (const candidate of [0, 90, 180, 270] as const) {
    const turned = toRaster(await run('turn', image, candidate), ANY_SCALE);
    const { words, confidence } = await engine.recognize(turned, { languages, segmentation: 'page' }, signal);
    // Tesseract reads lines that run up or down too, but does not say so.
    const level = words.filter(({ box }) => box.x1 - box.x0 >= box.y1 - box.y0);
    const characters = level.reduce((sum, word) => sum + word.text.length, 0);
    const score = confidence * Math.sqrt(characters);
    if (score > best.score * (best.turn === 0 ? MIN_LEAD : 1)) best = { turn: candidate, score };
  }
  return best.turn;
}

/** The turn that brings the image upright, by Tesseract's orientation detection; null where it is unsure. */
export async function detectTurn(
  engine: OcrEngine,
  image: GrayImage,
  signal?: AbortSignal,
): Promise<QuarterTurn | null> {
  try {
    const found = await engine.detectOrientation(toRaster(image, ANY_SCALE), signal);
    return found && found.confidence >= MIN_CONFIDENCE ? found.rotation : null;
  } catch (error) {
    // Without its data, or when it fails, the strips decide.
    if (error instanceof LegibleError && ['language_missing', 'engine_failed'].includes(error.code))
      return null;
    throw error;
  }
}
