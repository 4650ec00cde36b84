import type { Component } from './components.js';

/** Pages lean by at most this much in a feeder or by hand; degrees. */
const MAX_SKEW = 8;
const COARSE_STEP = 0.5;
const FINE_STEP = 0.05;
/** More letters add cost, not certainty. */
const MAX_LETTERS = 2_500;
/** Fewer letters give no direction. */
const MIN_LETTERS = 40;
/** Letters whose edges line up this much better along the other axis stand on their side. */
const SIDEWAYS_RATIO = 1.25;
/**
 * Letters that stand in lines fall on few rows at the right angle: at least this many times the mean over all
 * angles. Poor receipts have 1.8 and more, noise and the texture of photographs at most 1.3.
 */
const LINED_RATIO = 1.45;
/** Latin-like text has more ascenders than descenders, so bottoms line up better than tops; below this ratio the page may stand on its head. */
const UPSIDE_DOWN_RATIO = 0.93;

export interface TextDirection {
  /** Degrees clockwise by which text lines lean, seen in the direction they run. */
  readonly skew: number;
  /** Lines run up or down the image. */
  readonly sideways: boolean;
  /** The letters stand in lines of text, rather than anywhere as in noise. */
  readonly lined: boolean;
  /** Tops of letters line up better than their bottoms. */
  readonly maybeUpsideDown: boolean;
}

/**
 * Direction of text lines from the edges of letters: at the right angle the bottoms of letters fall on
 * few baselines. Sharpness is the sum of squared counts of the projected edges (Postl's criterion applied
 * to bounding boxes as in Baird, "The skew angle of printed documents", 1987). null with too few letters.
 */
export function textDirection(letters: readonly Component[], letterHeight: number): TextDirection | null {
  if (letters.length < MIN_LETTERS) return null;
  const step = Math.max(1, Math.floor(letters.length / MAX_LETTERS));
  const sample = letters.filter((_, index) => index % step === 0);
  const bin = Math.max(1, letterHeight / 5);
  const centersX = sample.map((c) => (c.x0 + c.x1) / 2);
  const centersY = sample.map((c) => (c.y0 + c.y1) / 2);
  const across = steepest(
    centersX,
    sample.map((c) => c.y1),
    bin,
  );
  // Lines that run downwards have their letters' bottoms on the left (turned clockwise) or the right.
  const down = [sample.map((c) => -c.x0), sample.map((c) => -c.x1)]
    .map((edges) => steepest(centersY, edges, bin))
    .reduce((a, b) => (b.sharpness > a.sharpness ? b : a));
  const sideways = down.sharpness > across.sharpness * SIDEWAYS_RATIO;
  const tops = sharpness(
    centersX,
    sample.map((c) => c.y0),
    Math.tan((across.skew * Math.PI) / 180),
    bin,
  );
  return {
    skew: sideways ? down.skew : across.skew,
    sideways,
    lined: Math.max(across.contrast, down.contrast) >= LINED_RATIO,
    maybeUpsideDown: !sideways && across.sharpness < tops * UPSIDE_DOWN_RATIO,
  };
}

/** The angle at which `edges`, seen along `positions`, fall on the fewest lines; `contrast` compares it with the mean angle. */
function steepest(
  positions: readonly number[],
  edges: readonly number[],
  bin: number,
): { skew: number; sharpness: number; contrast: number } {
  const best = { skew: 0, sharpness: -1 };
  let sum = 0;
  let angles = 0;
  const search = (from: number, to: number, step: number) => {
    const count = Math.round((to - from) / step);
    for (let i = 0; i <= count; i++) {
      const skew = from + i * step;
      const value = sharpness(positions, edges, Math.tan((skew * Math.PI) / 180), bin);
      sum += value;
      angles++;
      if (value > best.sharpness) {
        best.skew = skew;
        best.sharpness = value;
      }
    }
  };
  search(-MAX_SKEW, MAX_SKEW, COARSE_STEP);
  const coarse = best.skew;
  const mean = sum / angles;
  search(coarse - COARSE_STEP, coarse + COARSE_STEP, FINE_STEP);
  return { ...best, contrast: best.sharpness / mean };
}

/** Sum of the squared numbers of edges that fall on each row, the edges moved along `slope` (down per right). */
function sharpness(
  positions: readonly number[],
  edges: readonly number[],
  slope: number,
  bin: number,
): number {
  const rows = new Int32Array(edges.length);
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < edges.length; i++) {
    const row = Math.round((edges[i] - positions[i] * slope) / bin);
    rows[i] = row;
    if (row < lowest) lowest = row;
    if (row > highest) highest = row;
  }
  const counts = new Int32Array(highest - lowest + 1);
  for (const row of rows) counts[row - lowest]++;
  let sum = 0;
  for (const count of counts) sum += count * count;
  return sum;
}
