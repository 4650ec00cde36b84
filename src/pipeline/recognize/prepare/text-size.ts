import { median } from '../../../document/geometry.js';
import type { Component } from './components.js';

/** Fewer letter-like components give no reliable size. */
const MIN_LETTERS = 20;
/** Below this a component is a speck, above it a picture; pixels. */
const LETTER_HEIGHT = { min: 5, max: 200 };
/** Letters are neither much wider than high (rules) nor much higher than wide (bars). */
const LETTER_ASPECT = { min: 0.15, max: 3 };
/** A letter fills at least this share of its box; a frame or a noise cluster does not. */
const MIN_FILL = 0.12;
/** Width of the window that holds one letter size: shapes of one font and size differ by this much, plus a pixel. */
const SIZE_WINDOW = 1.2;
/** Sizes between these shares of the letter height belong to the same text: ascenders above, small letters below. */
const SAME_TEXT = { min: 0.5, max: 2.2 };

/** Components that may be letters, by shape alone. */
export function letterLike(components: readonly Component[]): Component[] {
  return components.filter(({ x0, y0, x1, y1, ink }) => {
    const width = x1 - x0;
    const height = y1 - y0;
    if (height < LETTER_HEIGHT.min || height > LETTER_HEIGHT.max) return false;
    if (width < LETTER_ASPECT.min * height || width > LETTER_ASPECT.max * height) return false;
    return ink >= MIN_FILL * width * height;
  });
}

/**
 * Height of the lower-case letters in pixels, estimated as the most frequent height of letter-like
 * components: in running text letters without ascender or descender are the majority. Capitals-only
 * text gives the capitals' height. Higher components count more, so that specks of noise, which
 * outnumber the letters on bad scans, do not. 0 where there are too few letters.
 */
export function estimateTextHeight(letters: readonly Component[]): number {
  if (letters.length < MIN_LETTERS) return 0;
  const heights = letters.map(({ y0, y1 }) => y1 - y0).sort((a, b) => a - b);
  let best = 0;
  let range: [number, number] = [0, 0];
  let high = 0;
  let weight = 0;
  for (let low = 0; low < heights.length; low++) {
    while (high < heights.length && heights[high] <= heights[low] * SIZE_WINDOW + 1)
      weight += heights[high++];
    if (weight > best) {
      best = weight;
      range = [low, high];
    }
    weight -= heights[low];
  }
  return median(heights.slice(...range));
}

/** Letters of about the page's own text size: what is left when specks and headline letters are gone. */
export const lettersOfSize = (letters: readonly Component[], height: number): Component[] =>
  letters.filter(({ y0, y1 }) => y1 - y0 >= SAME_TEXT.min * height && y1 - y0 <= SAME_TEXT.max * height);
