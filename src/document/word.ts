import type { Box } from './geometry.js';

/** How a word is set. Words of one page share style objects, so styles may be compared by identity. */
export interface TextStyle {
  /** Font name without subset prefix; '' where it is unknown (OCR). */
  readonly font: string;
  readonly bold: boolean;
  readonly italic: boolean;
  /** Fixed pitch. */
  readonly mono: boolean;
  /** Fill colour as `#rrggbb`. */
  readonly color?: string;
}

/**
 * A run of characters without white space. The text layer and OCR produce the same Words, so layout
 * and the writers never ask where one came from.
 */
export interface Word {
  /** NFC text, ligatures resolved, never empty, no white space. */
  readonly text: string;
  /** In points, from ascender to descender where the source knows the font, else the ink. */
  readonly box: Box;
  /** y of the baseline at the word's middle, in points. */
  readonly baseline: number;
  /** Em size in points; for OCR estimated from the line's x-height. */
  readonly size: number;
  /** 0–100: estimated chance that the word is right. 100 for text that the PDF states itself. */
  readonly confidence: number;
  readonly style: TextStyle;
  /** No white space between this word and the one before it on the line (a style change inside a word). */
  readonly glued?: true;
  /** Set in small capitals: large first letters, the others smaller ones of the same form. `size` is that of the large ones. */
  readonly smallCaps?: true;
  /** Reading direction of the baseline in degrees clockwise; absent for 0. */
  readonly angle?: 90 | 180 | 270;
  /** Link target: an absolute URI, or `#page=N`. */
  readonly link?: string;
  /** Index into the page's `tags`, where the PDF is tagged. */
  readonly tag?: number;
  /** A fraction, put on its line by layout: what stands above and below its bar, left to right. */
  readonly fraction?: { readonly over: readonly Word[]; readonly under: readonly Word[] };
  /** OCR's own line number on the page; absent for the text layer. */
  readonly line?: number;
}

/** Words below this confidence are called doubtful: marked in JSON, counted in the summary. */
export const DOUBTFUL_BELOW = 60;
