import { LRUCache } from 'lru-cache';
import { type Box, boxHeight, boxWidth } from '../../document/geometry.js';
import type { Raster } from '../../document/raster.js';
import { type PixelWork, pixelsHere } from '../pixels/work.js';
import { placeOnPage } from '../render/place.js';
import type { RecognizedImage, Recognizer } from './recognizer.js';

/** Different pictures of a document whose readings are kept: letterheads and logos are few. */
const KEPT_READINGS = 64;

/**
 * Reads pictures on pages, equal ones once a document: a logo in the head of every page is recognised
 * with the first of them. Serves one document and one language.
 */
export class PictureMemory {
  readonly #recognizer: Recognizer;
  readonly #language: string;
  readonly #pixels: PixelWork;
  readonly #readings = new LRUCache<string, Promise<RecognizedImage>>({ max: KEPT_READINGS });

  constructor(recognizer: Recognizer, language: string, pixels = pixelsHere) {
    this.#recognizer = recognizer;
    this.#language = language;
    this.#pixels = pixels;
  }

  /** The reading in the frame of the page, `area` being the picture's place. Errors: those of the recogniser. */
  async read(image: Raster, area: Box, signal: AbortSignal): Promise<RecognizedImage> {
    const key = await this.#pixels.for(signal)('fingerprint', image);
    for (let earlier = this.#readings.get(key); earlier; earlier = this.#readings.get(key)) {
      const reading = await earlier.catch(() => undefined);
      if (reading) return { ...reading, ...at(reading, area) };
      // Stopped or failed for another page: this one tries for itself.
      if (this.#readings.get(key) === earlier) this.#readings.delete(key);
    }
    signal.throwIfAborted();
    const local = { x0: 0, y0: 0, x1: boxWidth(area), y1: boxHeight(area) };
    const options = { area: local, kind: 'region' as const, language: this.#language };
    const started = this.#recognizer.recognizeImage(image, options, signal);
    this.#readings.set(key, started);
    const read = await started;
    return { ...read, ...at(read, area) };
  }
}

function at(read: RecognizedImage, area: Box): Pick<RecognizedImage, 'words' | 'rules'> {
  const { words, rules } = placeOnPage({ ...read, rotation: 0 }, area, { width: area.x1, height: area.y1 });
  return { words, rules };
}
