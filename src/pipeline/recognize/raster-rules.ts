import type { Rule } from '../../document/page.js';
import { pixelsToPoints, type Raster } from '../../document/raster.js';

/** Shortest rule in inches: longer than the strokes and serifs of letters up to about 20 points. */
const MIN_LENGTH = 0.28;
/** Thickest rule in inches (about 4 points); thicker bars are fills. */
const MAX_THICKNESS = 0.055;
/** Light pixels inside a rule that do not end it: dust, dashes and weak ink, in inches. */
const MAX_GAP = 0.015;
/** A pixel is ink when it is darker than the paper by this share of the distance to the darkest ink: fine lines print grey. */
const INK_SHARE = 0.35;
/** Runs of neighbouring rows whose ends are this close, in inches, are one leaning rule. */
const TOUCH = 0.03;
/** A rule is longer than thick by at least this factor. */
const MIN_SLENDERNESS = 8;

/** More runs than this come from a picture. */
const MAX_RUNS = 30_000;

interface Run {
  /** Row of a horizontal run, column of a vertical one. */
  readonly at: number;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/**
 * Ruling lines on a page image (gray, upright; a lean up to half a degree does no harm), in points from
 * its top-left corner. Long dark runs of pixels are collected in one pass over the rows for both
 * directions, then runs of neighbouring rows are joined, so that the work is linear in the pixels.
 */
export function findRasterRules(image: Raster): Rule[] {
  if (image.channels !== 1) throw new TypeError('findRasterRules needs a gray image');
  const threshold = inkThreshold(image);
  const minimum = Math.round(image.dpi * MIN_LENGTH);
  const gap = Math.max(1, Math.round(image.dpi * MAX_GAP));
  const { horizontal, vertical } = longRuns(image, threshold, minimum, gap);
  const points = (pixels: number): number => pixelsToPoints(pixels, image.dpi);
  return [
    ...joinRuns(horizontal, image.dpi).map(({ low, high, from, to }) => ({
      orientation: 'horizontal' as const,
      box: { x0: points(from), y0: points(low), x1: points(to), y1: points(high) },
    })),
    ...joinRuns(vertical, image.dpi).map(({ low, high, from, to }) => ({
      orientation: 'vertical' as const,
      box: { x0: points(low), y0: points(from), x1: points(high), y1: points(to) },
    })),
  ];
}

/** Gray value below which a pixel is ink: this `share` of the way between the paper (its commonest light value) and the darkest percent. */
export function inkThreshold({ data }: Pick<Raster, 'data'>, share = INK_SHARE): number {
  const counts = new Uint32Array(256);
  const stride = Math.max(1, Math.floor(data.length / 200_000));
  let sampled = 0;
  for (let i = 0; i < data.length; i += stride) {
    counts[data[i]]++;
    sampled++;
  }
  let paper = 255;
  for (let v = 254; v >= 128; v--) if (counts[v] > counts[paper]) paper = v;
  let dark = 0;
  for (let sum = 0; dark < 255; dark++) {
    sum += counts[dark];
    if (sum > sampled * 0.01) break;
  }
  return paper - Math.max(24, (paper - Math.min(dark, paper)) * share);
}

/** Dark runs of at least `minimum` pixels along the rows and along the columns; gaps up to `gap` do not end one. */
function longRuns(
  { data, width, height }: Raster,
  threshold: number,
  minimum: number,
  gap: number,
): { horizontal: Run[]; vertical: Run[] } {
  const horizontal: Run[] = [];
  const vertical: Run[] = [];
  const columnStart = new Int32Array(width).fill(-1);
  const columnEnd = new Int32Array(width);
  for (let y = 0, i = 0; y < height; y++) {
    let start = -1;
    let end = 0;
    for (let x = 0; x < width; x++, i++) {
      if (data[i] >= threshold) continue;
      if (start < 0) start = x;
      else if (x - end > gap) {
        if (end - start >= minimum) horizontal.push({ at: y, from: start, to: end });
        start = x;
      }
      end = x + 1;
      if (columnStart[x] < 0) columnStart[x] = y;
      else if (y - columnEnd[x] > gap) {
        if (columnEnd[x] - columnStart[x] >= minimum)
          vertical.push({ at: x, from: columnStart[x], to: columnEnd[x] });
        columnStart[x] = y;
      }
      columnEnd[x] = y + 1;
    }
    if (start >= 0 && end - start >= minimum) horizontal.push({ at: y, from: start, to: end });
  }
  for (let x = 0; x < width; x++) {
    if (columnStart[x] >= 0 && columnEnd[x] - columnStart[x] >= minimum)
      vertical.push({ at: x, from: columnStart[x], to: columnEnd[x] });
  }
  vertical.sort((a, b) => a.at - b.at || a.from - b.from);
  return { horizontal, vertical };
}

interface Bar {
  /** Across: first row or column, and one past the last. */
  low: number;
  high: number;
  from: number;
  to: number;
  /** Sum of the runs' lengths, for the mean thickness. */
  ink: number;
}

/** Joins runs of neighbouring rows that touch or overlap; drops what is too thick to be a rule. Runs are in order of `at`. */
function joinRuns(runs: readonly Run[], dpi: number): Bar[] {
  if (runs.length > MAX_RUNS) return [];
  const touch = Math.round(dpi * TOUCH);
  const open: Bar[] = [];
  const done: Bar[] = [];
  for (const run of runs) {
    for (let i = open.length - 1; i >= 0; i--) {
      if (run.at - open[i].high > 1) done.push(...open.splice(i, 1));
    }
    const hits = open.filter((b) => run.from <= b.to + touch && run.to >= b.from - touch);
    const [bar] = hits;
    const length = run.to - run.from;
    if (!bar) {
      open.push({ low: run.at, high: run.at + 1, from: run.from, to: run.to, ink: length });
      continue;
    }
    for (const other of hits.slice(1)) {
      absorb(bar, other);
      open.splice(open.indexOf(other), 1);
    }
    absorb(bar, { low: run.at, high: run.at + 1, from: run.from, to: run.to, ink: length });
  }
  return [...done, ...open].filter((b) => isRule(b, dpi)).map(straightened);
}

function absorb(bar: Bar, other: Bar): void {
  bar.low = Math.min(bar.low, other.low);
  bar.high = Math.max(bar.high, other.high);
  bar.from = Math.min(bar.from, other.from);
  bar.to = Math.max(bar.to, other.to);
  bar.ink += other.ink;
}

function isRule(bar: Bar, dpi: number): boolean {
  const length = bar.to - bar.from;
  const thickness = bar.ink / length;
  if (thickness > dpi * MAX_THICKNESS || length < thickness * MIN_SLENDERNESS) return false;
  // What leans further than half a degree is a drawing's line or the edge of a shadow.
  return bar.high - bar.low - thickness <= Math.max(3, length * 0.012);
}

/** A leaning bar as one of its mean thickness in the middle of its extent. */
function straightened(bar: Bar): Bar {
  const thickness = Math.max(1, bar.ink / (bar.to - bar.from));
  const middle = (bar.low + bar.high) / 2;
  return { ...bar, low: middle - thickness / 2, high: middle + thickness / 2 };
}
