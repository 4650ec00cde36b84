import type { Box } from '../../document/geometry.js';
import type { Raster } from '../../document/raster.js';

/** How the recogniser should cut the image: a whole page with columns, one block, one line, or scattered words. */
export type Segmentation = 'page' | 'column' | 'block' | 'line' | 'sparse';

export interface RecognizeOptions {
  /** Tesseract codes, most important first; never empty. */
  readonly languages: readonly string[];
  readonly segmentation: Segmentation;
}

/** A recognised word; boxes in pixels of the image handed in, origin top-left. */
export interface OcrWord {
  readonly text: string;
  readonly box: Box;
  /** 0–100, the engine's own figure, not calibrated. */
  readonly confidence: number;
  /** y of the baseline at the word's middle, pixels. */
  readonly baseline: number;
  /** Height of the line's lower-case letters in pixels; 0 where unknown. */
  readonly xHeight: number;
  /** Running number of the engine's text line and block on this image. */
  readonly line: number;
  readonly block: number;
}

export interface OcrResult {
  readonly words: readonly OcrWord[];
  /** Mean of the words' confidences weighted by length, 0–100; 0 when there is no word. */
  readonly confidence: number;
}

/** Mean of the words' confidences weighted by their length in characters; 0 when there is no word. */
export function meanConfidence(words: readonly Pick<OcrWord, 'text' | 'confidence'>[]): number {
  let sum = 0;
  let characters = 0;
  for (const { text, confidence } of words) {
    sum += confidence * text.length;
    characters += text.length;
  }
  return characters === 0 ? 0 : sum / characters;
}

export interface Orientation {
  /** Degrees clockwise by which the image must be turned to stand upright. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** The engine's own figure; Tesseract's OSD gives about 0–15, below 1.5 it is a guess. */
  readonly confidence: number;
  /** Name of the script, e.g. `Latin`, `Cyrillic`, `Han`. */
  readonly script: string;
  /** The engine's own figure for the script; Tesseract's is near 0 where another script fits as well. */
  readonly scriptConfidence?: number;
}

/** What `legible doctor` shows and `engine: auto` asks. */
export interface EngineStatus {
  readonly name: string;
  /** Can be used now. */
  readonly found: boolean;
  /** Version, where it was found, or why it cannot be used. */
  readonly detail: string;
  /** How to add it, where it is missing; one command or sentence. */
  readonly hint?: string;
}

/**
 * What the pipeline needs from a recogniser. Each call uses one thread; as many calls as
 * `capacity` run side by side. A worker that dies or exceeds its time is replaced and the call
 * rejects with `engine_failed` or `page_timeout`. Aborting the signal stops the work, not only the wait.
 * Errors: `language_missing`, `engine_failed`, `page_timeout`, `cancelled`.
 */
export interface OcrEngine {
  readonly name: string;
  readonly capacity: number;
  /** Looks for what the engine needs; cheap after the first call, loads no model. Never rejects. */
  status(): Promise<EngineStatus>;
  /** Tesseract codes of the languages that can be used now. */
  languages(): Promise<readonly string[]>;
  /**
   * Tells that an image in these languages is being made ready, so that loading need not wait for it. Missing where
   * nothing is loaded. Never throws.
   */
  warmUp?(languages: readonly string[]): void;
  recognize(image: Raster, options: RecognizeOptions, signal?: AbortSignal): Promise<OcrResult>;
  /** null where the image has too little text to tell. */
  detectOrientation(image: Raster, signal?: AbortSignal): Promise<Orientation | null>;
  close(): Promise<void>;
}
