import type { Box } from '../../../document/geometry.js';
import type { GrayImage } from '../prepare/gray.js';
import { level, percentile, SIDES } from './levels.js';
import type { Look } from './look.js';

/** What is inside is told from the middle: these shares of the side are cut off all around. */
const INSET = { square: 0.22, round: 0.27 };
/** A line thicker than this share of the side is a fill. */
const MAX_LINE = 0.3;
/** Share of dark pixels inside: less is dirt, more is a mark or, beyond the last one, a fill. */
const MARK = { least: 0.045, thin: 0.02, solid: 0.95 };
/** A mark reaches over these shares of the inside, a thin one over the second. */
const REACH = { least: 0.35, thin: 0.6 };
/** A ground darker than this share of its line's darkness is no ground but a mark. */
const MAX_TINT = 0.45;
/** So much of the inside is dark only where it is filled. */
const DENSE = 0.6;
/** Letters keep a distance of more than this share of the side from the line around them. */
const NEAR_LINE = 0.07;
/** Dark runs in a row of pixels, on average: a cross has two, hatching more. */
const PATTERN_RUNS = 2.7;

interface Known {
  readonly shape: Look['shape'];
  readonly paper: number;
  readonly ink: number;
  readonly thickness: number;
}

/** What is in a frame (pixels, outer edges) whose line is known. */
export function contentOf(
  image: GrayImage,
  box: Box,
  side: number,
  { shape, paper, ink, thickness }: Known,
): Pick<Look, 'content' | 'tint' | 'bold'> {
  const isFill = thickness > side * MAX_LINE;
  const inset = side * (isFill ? 0.15 : INSET[shape]);
  const [x0, y0] = [Math.round(box.x0 + inset), Math.round(box.y0 + inset)];
  const [x1, y1] = [Math.round(box.x1 - inset), Math.round(box.y1 - inset)];
  const levels: number[] = [];
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) levels.push(level(image, x, y));
  const ground = percentile(levels, 0.85);
  const tint = Math.max(0, paper - ground);
  if (isFill) {
    // A light mark on a dark fill.
    const threshold = (paper + ink) / 2;
    const light = levels.filter((l) => l > threshold).length / levels.length;
    return {
      content: light > MARK.least ? 'marked' : 'solid',
      bold: true,
      tint: paper - percentile(levels, 0.5),
    };
  }
  // Dark beyond a light gap after the line: a dot or a filled square inside.
  if (tint > (paper - ink) * MAX_TINT) return { content: 'marked', tint: 0, bold: true };
  const threshold = ground - (ground - Math.min(ink, ground - 20)) * 0.45;
  let dark = 0;
  let runs = 0;
  let rows = 0;
  let [left, right, top, bottom] = [x1, x0, y1, y0];
  for (let y = y0; y < y1; y++) {
    let inRow = 0;
    let was = false;
    for (let x = x0; x < x1; x++) {
      const isDark = level(image, x, y) <= threshold;
      if (isDark) {
        dark++;
        [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x + 1), Math.min(top, y), y + 1];
        if (!was) inRow++;
      }
      was = isDark;
    }
    if (inRow > 0) rows++;
    runs += inRow;
  }
  const share = dark / Math.max(1, levels.length);
  const reach = Math.max((right - left) / (x1 - x0), (bottom - top) / (y1 - y0));
  if (share >= MARK.solid) return { content: 'solid', tint };
  const isMarked =
    (share >= MARK.least && reach >= REACH.least) || (share >= MARK.thin && reach >= REACH.thin);
  if (!isMarked) return { content: 'empty', tint };
  if (rows > 0 && runs / rows >= PATTERN_RUNS) return { content: 'pattern', tint };
  const isBold = share >= DENSE || comesNear(image, box, thickness + 1.5, side * NEAR_LINE, threshold);
  return { content: 'marked', tint, ...(isBold && { bold: true as const }) };
}

/** Is there ink within `reach` of the inner edge of the line (`line` wide), on most sides? */
function comesNear(image: GrayImage, box: Box, line: number, reach: number, threshold: number): boolean {
  const near = SIDES.filter(({ place, length }) => {
    for (let along = line + reach; along < length(box) - line - reach; along++) {
      for (let depth = line; depth < line + reach; depth++) {
        if (level(image, ...place(box, along, depth)) <= threshold) return true;
      }
    }
    return false;
  });
  return near.length >= 3;
}
