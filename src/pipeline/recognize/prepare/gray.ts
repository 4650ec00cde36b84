import type { Raster } from '../../../document/raster.js';

/** One channel, 0 black to 255 white. */
export interface GrayImage {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Luma of Rec. 601 in fixed point; a gray raster is handed through without a copy. */
export function toGray(image: Raster): GrayImage {
  const { data, width, height } = image;
  if (image.channels === 1) return { data, width, height };
  const gray = new Uint8Array(width * height);
  for (let i = 0, j = 0; i < gray.length; i++, j += 3) {
    gray[i] = (77 * data[j] + 150 * data[j + 1] + 29 * data[j + 2]) >> 8;
  }
  return { data: gray, width, height };
}

/** Counts of the 256 levels. */
export function histogram({ data }: GrayImage): Uint32Array {
  const counts = new Uint32Array(256);
  for (let i = 0; i < data.length; i++) counts[data[i]]++;
  return counts;
}

/** The level below which half of the pixels lie. */
export function medianLevel(counts: Uint32Array): number {
  const half = counts.reduce((sum, count) => sum + count, 0) / 2;
  let level = 0;
  for (let sum = counts[0]; sum < half && level < 255; sum += counts[++level]);
  return level;
}

/**
 * Global threshold that best separates two classes of levels; ink is `<=` it.
 * Method: Otsu, "A Threshold Selection Method from Gray-Level Histograms", 1979.
 */
export function otsuThreshold(counts: Uint32Array): number {
  let total = 0;
  let sum = 0;
  for (let level = 0; level < 256; level++) {
    total += counts[level];
    sum += level * counts[level];
  }
  let below = 0;
  let sumBelow = 0;
  let best = -1;
  let threshold = 127;
  for (let level = 0; level < 255; level++) {
    below += counts[level];
    sumBelow += level * counts[level];
    if (below === 0 || below === total) continue;
    const difference = sumBelow / below - (sum - sumBelow) / (total - below);
    const between = below * (total - below) * difference * difference;
    if (between > best) {
      best = between;
      threshold = level;
    }
  }
  return threshold;
}

/** Black becomes white and the other way round. */
export function invert(image: GrayImage): GrayImage {
  return { ...image, data: image.data.map((level) => 255 - level) };
}
