import type { Raster } from '../../document/raster.js';

/** What can be said of an image at a glance, without recognition. */
export interface Ink {
  /** Places where brightness jumps between neighbours along a row; every letter has dozens. */
  readonly edges: number;
  /** Share of pixels near the most common brightness, 0–1: high on paper and screens, low in photographs. */
  readonly ground: number;
}

/** Gray levels between paper and the palest print that people still read. */
const EDGE_STEP = 48;
/** Gray levels around the most common one that count as ground: paper texture and JPEG noise. */
const GROUND_SPREAD = 16;
/** Rows are skipped beyond this many pixels; the share of the ground needs no more. */
const SAMPLE_PIXELS = 2_000_000;
/** Two thin letters; specks of dust stay below. */
const MIN_EDGES = 60;
/** Photographs of scenes have less than a quarter of their pixels within 32 neighbouring gray levels. */
const MIN_GROUND = 0.25;
/** Beside a sound text layer a picture is worth a recognition when nearly half of it is plain. */
const MIN_PICTURE_GROUND = 0.4;

/** Pale and thin print; noise and the print of a page's other side may reach it as well. */
export const FAINT_STEP = 28;

/** Measures a gray raster; `step` in gray levels is what counts as an edge. */
export function measureInk({ data, width, height }: Raster, step = EDGE_STEP): Ink {
  const histogram = new Uint32Array(256);
  let edges = 0;
  const every = Math.max(1, Math.floor((width * height) / SAMPLE_PIXELS));
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const sampled = y % every === 0;
    let high = data[row];
    let low = high;
    for (let x = 0; x < width; x++) {
      const value = data[row + x];
      if (sampled) histogram[value]++;
      // An edge may take a few blurred pixels; it is over when brightness turns round.
      if (value > high) high = value;
      if (value < low) low = value;
      if (high - low >= step) {
        edges++;
        high = value;
        low = value;
      }
    }
  }
  return { edges, ground: groundShare(histogram) };
}

/** Too little on it for a word. */
export const isBlank = (ink: Ink): boolean => ink.edges < MIN_EDGES;

/** Shades all over: a photograph of a scene rather than of a sheet. */
export const isScenery = (ink: Ink): boolean => ink.ground < MIN_GROUND;

/** Could this part of a page hold text, rather than be a photograph? */
export const mayHoldText = (ink: Ink): boolean => !isBlank(ink) && ink.ground >= MIN_PICTURE_GROUND;

function groundShare(histogram: Uint32Array): number {
  let total = 0;
  for (const count of histogram) total += count;
  let best = 0;
  let window = 0;
  for (let level = 0; level < 256; level++) {
    window += histogram[level];
    if (level > 2 * GROUND_SPREAD) window -= histogram[level - 2 * GROUND_SPREAD - 1];
    if (window > best) best = window;
  }
  return total === 0 ? 0 : best / total;
}
