import type { ErrorInfo } from '../errors.js';
import type { Box } from './geometry.js';
import type { Projection } from './projection.js';
import type { Spread } from './spread.js';
import type { Word } from './word.js';

export const PAGE_SOURCES = ['text_layer', 'ocr', 'mixed', 'blank', 'failed'] as const;
/** Where the words of a page came from. */
export type PageSource = (typeof PAGE_SOURCES)[number];

/** Something a reader should know before trusting the page. */
export interface Warning {
  /** Stable, snake_case. */
  readonly code: string;
  readonly message: string;
  /** Places on the page that the warning speaks of, points. */
  readonly boxes?: readonly Box[];
}

/**
 * Under this confidence (0–100) a reader should look at the page before acting on it: one word in five may be wrong,
 * since a page's figure is true to two points on average and to ten at worst. Such pages warn, and are named in summaries.
 */
export const LOW_CONFIDENCE = 90;

/** Code of the warning that a page is in a language or script whose data is not installed. */
export const LANGUAGE_DATA_MISSING = 'language_data_missing';

/** The evidence beside a page's text. */
export interface PageRecord {
  /** 1-based number in the source document. */
  readonly number: number;
  /** Size of the upright page in points. */
  readonly width: number;
  readonly height: number;
  /** Degrees clockwise by which the source page was turned to stand upright. */
  readonly rotation: 0 | 90 | 180 | 270;
  /**
   * Degrees clockwise by which the upright page image still leaned and was turned back before recognition.
   * Boxes are those of the straightened page. Absent for 0.
   */
  readonly skew?: number;
  /**
   * Set where the page was read as seen from above, though it was photographed from aside: takes points of the
   * frame in which it was read and laid out to those of the page as it is. `width` and `height` are the page's own.
   */
  readonly projection?: Projection;
  /** Set where the page is an image of two pages side by side: takes points of their frames to those of the page. */
  readonly spread?: Spread;
  readonly source: PageSource;
  /** Why this source was chosen, in one phrase. */
  readonly reason: string;
  /** 0–100, expected share of right words; null where there is nothing to judge (blank, failed). */
  readonly confidence: number | null;
  /** Tesseract codes joined by `+` for OCR; '' where none was used. */
  readonly language: string;
  /** Engines that took part, e.g. `pdfium`, `tesseract.js`. */
  readonly engines: readonly string[];
  /** Steps applied to the page image before recognition, e.g. `deskew 0.8°`. */
  readonly preparation: readonly string[];
  readonly words: number;
  readonly doubtfulWords: number;
  readonly warnings: readonly Warning[];
  readonly milliseconds: number;
  /** Set when `source` is `failed`. */
  readonly error?: ErrorInfo;
}

/** A straight line drawn on the page: horizontal or vertical, thinner than a few points. */
export interface Rule {
  readonly orientation: 'horizontal' | 'vertical';
  /** Its extent; the thin side is the stroke width. */
  readonly box: Box;
}

/** A filled or stroked rectangle: cell shading, a code background, a chart bar. */
export interface Shape {
  readonly box: Box;
  /** Fill colour as `#rrggbb`; absent when it is only stroked. */
  readonly fill?: string;
  /** A closed curve no larger than a few points: a drawn bullet, a point of a chart. Larger curves are no shapes. */
  readonly round?: true;
}

/** A picture placed on the page. */
export interface ImageArea {
  readonly box: Box;
  /** Index of the image among the page's images, for `engines/pdf` and `view_page`. */
  readonly index: number;
  /** Alternate text from the structure tree, where there is one. */
  readonly alt?: string;
  /** What OCR read inside the picture where it is labels (a chart, a screen) rather than running text. */
  readonly words?: readonly Word[];
}

/** One element of a tagged PDF's structure tree, for this page, in tree order. */
export interface TagElement {
  /** Standard structure type after role mapping: H1, P, L, LI, Table, TR, TH, TD, Figure, Artifact … */
  readonly type: string;
  /** Index of the parent in the page's `tags`; -1 at the top. */
  readonly parent: number;
  readonly alt?: string;
  readonly colspan?: number;
  readonly rowspan?: number;
}

/** What recognition hands to layout: everything found on one page, nothing interpreted yet. */
export interface PageContent {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly words: readonly Word[];
  readonly rules: readonly Rule[];
  readonly shapes: readonly Shape[];
  readonly images: readonly ImageArea[];
  /** Extents of what is drawn with curves and slanted lines: parts of charts, drawings, ornaments. Absent where unknown. */
  readonly drawings?: readonly Box[];
  /** Empty for untagged documents and images. */
  readonly tags: readonly TagElement[];
  /** Two pages stand side by side and part at this x: all of the left one is read before the right one. */
  readonly fold?: number;
}

/** One entry of the document's bookmarks. */
export interface OutlineItem {
  readonly title: string;
  /** 0 for the top level. */
  readonly depth: number;
  /** 1-based target page; absent where the bookmark has none. */
  readonly page?: number;
}
