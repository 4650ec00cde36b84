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

/**
 * Height of the lower-case letters in pixels, estimated as the most frequent height of letter-like
 * components: in running text letters without ascender or descender are the majority. Capitals-only
 * text gives the capitals' height. 0 where there are too few letters.
 */
export function estimateTextHeight(components: readonly Component[]): number {
  const heights: number[] = [];
  for (const { x0, y0, x1, y1, ink } of components) {
    const width = x1 - x0;
    const height = y1 - y0;
    if (height < LETTER_HEIGHT.min || height > LETTER_HEIGHT.max) continue;
    if (width < LETTER_ASPECT.min * height || width > LETTER_ASPECT.max * height) continue;
    if (ink < MIN_FILL * width * height) continue;
    heights.push(height);
  }
  if (heights.length < MIN_LETTERS) return 0;
  // Mode of the logarithmic histogram: a window of ±10 % holds one letter size whatever the resolution.
  heights.sort((a, b) => a - b);
  let best = 0;
  let count = 0;
  let high = 0;
  for (let low = 0; low < heights.length; low++) {
    while (high < heights.length && heights[high] <= heights[low] * 1.2 + 1) high++;
    if (high - low > count) {
      count = high - low;
      best = low;
    }
  }
  return median(heights.slice(best, best + count));
}
