import type { Box } from '../../document/geometry.js';
import type { Rule, Warning } from '../../document/page.js';
import type { Raster } from '../../document/raster.js';
import type { Spread } from '../../document/spread.js';
import type { Word } from '../../document/word.js';
import type { EngineStatus } from '../../engines/ocr/port.js';
import type { LanguageMemory } from './language-memory.js';
import type { OwnFrame } from './prepare/page.js';

export interface RecognizeImageOptions {
  /** Where the image lies on the upright page, in points; a whole page starts at 0, 0. */
  readonly area: Box;
  /**
   * `page`: a whole page, which may lie on its side or lean and is straightened.
   * `region`: a picture on a page, kept in the page's frame; turned text gets `Word.angle`.
   */
  readonly kind: 'page' | 'region';
  /** The user's language argument, in any form; `auto` detects. */
  readonly language: string;
  /** With `auto`: what other pages of the document were in; see `rememberLanguage`. */
  readonly memory?: LanguageMemory;
}

/** What was read from an image, with the evidence. */
export interface RecognizedImage {
  /**
   * In points. `region`: in the frame of `area`. `page`: in the frame of the upright, straightened page,
   * whose size is `width` × `height`; `rotation` and `skew` tell how it was turned.
   */
  readonly words: readonly Word[];
  /** Ruling lines seen on the image, in the frame of the words. */
  readonly rules?: readonly Rule[];
  readonly width: number;
  readonly height: number;
  /** 0–100, expected share of right words; null when no word was found. */
  readonly confidence: number | null;
  /** Tesseract codes joined by `+`, as used. */
  readonly language: string;
  /** Engines that took part, the one whose words are returned first. */
  readonly engines: readonly string[];
  /** Degrees clockwise by which the image was turned to stand upright. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** Degrees clockwise by which the upright image leaned; 0 when it was not straightened. */
  readonly skew: number;
  /** Where the frame of the words lies on the page as it is; only for a page that was seen from aside. */
  readonly own?: OwnFrame;
  /** Set where the image holds two pages: each was straightened by itself, and `skew` is 0. */
  readonly spread?: Spread;
  /** Steps applied before recognition, for people, e.g. `deskewed by 0.8°`. */
  readonly preparation: readonly string[];
  readonly warnings: readonly Warning[];
}

/** OCR as the pipeline sees it: one call a page or region, engines and languages chosen inside. */
export interface Recognizer {
  /** Calls that are worked on side by side. */
  readonly capacity: number;
  /**
   * Errors: `language_missing`, `invalid_argument` (language), `engine_failed`, `page_timeout`, `cancelled`.
   * A dead worker is replaced and the image tried once more before `engine_failed` is given.
   */
  recognizeImage(
    image: Raster,
    options: RecognizeImageOptions,
    signal?: AbortSignal,
  ): Promise<RecognizedImage>;
  /** Tells that an image is being made ready: engines that load something begin to. Never throws. */
  warmUp(language: string): void;
  /** Checks a language argument before any work. Errors: `language_missing`, `invalid_argument`. */
  checkLanguage(argument: string): Promise<void>;
  /** Tesseract codes that can be used now. */
  languages(): Promise<readonly string[]>;
  /** What reads here, as one line: engines with their versions and languages. Another line may mean another reading. */
  identity(): Promise<string>;
  /** Every known engine, found or not; for `legible doctor`. */
  status(): Promise<readonly EngineStatus[]>;
  close(): Promise<void>;
}
