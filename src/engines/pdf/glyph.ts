import type { Box } from '../../document/geometry.js';
import type { TextStyle } from '../../document/word.js';

/**
 * Glyphs shown with the same font, size, direction and colour. What the adapters hand to `words.ts`;
 * lengths in points on the upright page.
 */
export interface GlyphRun {
  readonly style: TextStyle;
  /** Em size. */
  readonly size: number;
  /** Height above the baseline, positive. */
  readonly ascent: number;
  /** Depth below the baseline, positive. */
  readonly descent: number;
  /** Unit vector of the reading direction, y downwards: (1, 0) for upright text. */
  readonly dx: number;
  readonly dy: number;
  /** Place in the page's painting order; later paint covers earlier. */
  readonly order: number;
  /** Painted with no ink at all: text render mode 3 or 7, or fully transparent. */
  readonly invisible: boolean;
  /** What the clip leaves visible; an empty box in a layer that is switched off. */
  readonly clip?: Box;
  /** Index into the page's tags. */
  readonly tag?: number;
}

/** One glyph as it was shown. */
export interface Glyph {
  /** Unicode text of the glyph as the file gives it: usually one character, several for a ligature. */
  text: string;
  readonly run: GlyphRun;
  /** Origin on the baseline. */
  readonly x: number;
  readonly y: number;
  /** Advance along the reading direction, character spacing left out. */
  advance: number;
  /** The file has no reliable Unicode value for it. */
  readonly unmapped: boolean;
}
