import type { Box } from '../../../document/geometry.js';
import type { GrayImage } from '../prepare/gray.js';

/** What a small frame looks like on the page image. */
export interface Look {
  readonly shape: 'square' | 'round';
  /** `solid` is filled evenly; `pattern` is hatched or strewn, as swatches of a legend are. */
  readonly content: 'empty' | 'marked' | 'solid' | 'pattern';
  /** Gray levels by which its ground is darker than the paper around it. */
  readonly tint: number;
  /** Width of its line, in pixels. */
  readonly thickness: number;
  /** What marks it is a stroke or a fill that no letter in it would be: it comes near the line, or is black all over. */
  readonly bold?: true;
  /** Gray level halfway between its line and the paper. */
  readonly middle: number;
}

/** How strictly frames are looked at. */
export interface JudgeOptions {
  /** Gray levels between paper and line: drawn lines may be pale, on scans noise is as dark. */
  readonly contrast: number;
  /** Share of each side that must be seen. */
  readonly coverage: number;
}

export const DRAWN: JudgeOptions = { contrast: 20, coverage: 0.92 };
export const SCANNED: JudgeOptions = { contrast: 50, coverage: 0.85 };

/** The line of a side lies within these shares of the side's length around its place. */
const OUTSIDE = 0.06;
const INSIDE = 0.12;
/** Sides are looked at between these shares of their length: corners may be rounded. */
const FROM = 0.15;
const TO = 0.85;
/** The edge of a side leaves its line by at most this share of the side; a circle's leaves it by a tenth. */
const STRAIGHT = 0.05;
/** Ink begins within this share of the side from each corner, along both sides; in a circle at 0.146. */
const CORNER = 0.09;
/** Right, down. */
const CORNERS = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const;
/** What is inside is told from the middle: these shares of the side are cut off all around. */
const INSET = { square: 0.22, round: 0.27 };
/** A line thicker than this share of the side is a fill. */
const MAX_LINE = 0.3;
/** Share of dark pixels inside: less is dirt, more is a mark or, beyond the last one, a fill. */
const MARK = { least: 0.045, thin: 0.02, solid: 0.95 };
/** A mark reaches over these shares of the inside, a thin one over the second. */
const REACH = { least: 0.35, thin: 0.6 };
/** Paper this dark is a panel with light print. */
const DARK_GROUND = 110;
/** A ground darker than this share of its line's darkness is no ground but a mark. */
const MAX_TINT = 0.45;
/** So much of the inside is dark only where it is filled. */
const DENSE = 0.6;
/** Letters keep a distance of more than this share of the side from the line around them. */
const NEAR_LINE = 0.07;
/** Dark runs in a row of pixels, on average: a cross has two, hatching more. */
const PATTERN_RUNS = 2.7;
/** Lines that go on past a corner for this share of the side belong to a grid. */
const BEYOND = 0.3;
/** Share of a stretch past a corner that is dark where a line goes on. */
const GOES_ON = 0.85;
/** Directions in which a circle is looked at. */
const DIRECTIONS = 48;

/** Tells for each box (pixels, outer edges) whether it is the frame of a check box and what is in it; null where it is none. */
export function judgeFrames(image: GrayImage, boxes: readonly Box[], options: JudgeOptions): (Look | null)[] {
  return boxes.map((box) => judgeFrame(image, box, options));
}

export function judgeFrame(image: GrayImage, box: Box, options: JudgeOptions): Look | null {
  const side = Math.min(box.x1 - box.x0, box.y1 - box.y0);
  if (side < 6) return null;
  const paper = paperAround(image, box, side);
  if (paper < DARK_GROUND) {
    const { patch, place } = inverted(image, box, side);
    return paperAround(patch, place, side) < DARK_GROUND ? null : judgeFrame(patch, place, options);
  }
  const sides = SIDES.map((at) => profile(image, box, side, at));
  const isSquare =
    sides.every((levels) => isLine(levels, paper, options)) &&
    hasStraightSides(image, box, side, paper, percentile(sides.flat(), 0.3));
  const shape = isSquare ? 'square' : 'round';
  const line = shape === 'square' ? sides.flat() : circle(image, box, side);
  if (shape === 'round' && !isLine(line, paper, options)) return null;
  const ink = percentile(line, 0.3);
  const threshold = paper - (paper - ink) * 0.5;
  if (shape === 'square' && isGrid(image, box, side, threshold)) return null;
  const thickness = lineWidth(image, box, side, threshold);
  return {
    shape,
    thickness,
    middle: threshold,
    ...inside(image, box, side, { shape, paper, ink, thickness }),
  };
}

/** The box with its surroundings, light for dark. */
function inverted(image: GrayImage, { x0, y0, x1, y1 }: Box, side: number): { patch: GrayImage; place: Box } {
  const [left, top] = [Math.floor(x0 - side), Math.floor(y0 - side)];
  const [width, height] = [Math.ceil(x1 + side) - left, Math.ceil(y1 + side) - top];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data[y * width + x] = 255 - level(image, left + x, top + y);
  return {
    patch: { data, width, height },
    place: { x0: x0 - left, y0: y0 - top, x1: x1 - left, y1: y1 - top },
  };
}

type Levels = readonly number[];

/** The edge of each side runs straight, and comes near the corners: a round letter's does neither. */
function hasStraightSides(image: GrayImage, box: Box, side: number, paper: number, ink: number): boolean {
  const threshold = (paper + ink) / 2;
  const reach = Math.max(3, side * INSIDE * 1.5);
  for (const { place, length } of SIDES) {
    const depths: number[] = [];
    for (let along = length(box) * FROM; along <= length(box) * TO; along++) {
      let depth = -Math.max(1, side * OUTSIDE);
      while (depth < reach && level(image, ...place(box, along, depth)) > threshold) depth += 0.5;
      depths.push(depth);
    }
    const spread = percentile(depths, 0.88) - percentile(depths, 0.12);
    if (spread > Math.max(1, side * STRAIGHT)) return false;
  }
  const near = Math.max(1, side * CORNER);
  return CORNERS.every(([right, down]) => {
    for (let d = -1; d <= near; d += 0.5) {
      const x = right ? box.x1 - 1 - d : box.x0 + d;
      const y = down ? box.y1 - 1 - d : box.y0 + d;
      if (level(image, x, y) <= threshold) return true;
    }
    return false;
  });
}

const isLine = (levels: Levels, paper: number, { contrast, coverage }: JudgeOptions): boolean => {
  const ink = percentile(levels, 0.3);
  if (paper - ink < contrast) return false;
  const threshold = paper - (paper - ink) * 0.4;
  return levels.filter((level) => level <= threshold).length >= coverage * levels.length;
};

const level = ({ data, width, height }: GrayImage, x: number, y: number): number => {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  return column < 0 || row < 0 || column >= width || row >= height ? 255 : data[row * width + column];
};

/** From a place along a side and a depth into the box, both in pixels, to the image. */
type Place = (box: Box, along: number, depth: number) => readonly [number, number];
const SIDES: readonly { readonly place: Place; readonly length: (box: Box) => number }[] = [
  { place: (b, along, depth) => [b.x0 + along, b.y0 + depth], length: (b) => b.x1 - b.x0 },
  { place: (b, along, depth) => [b.x0 + along, b.y1 - 1 - depth], length: (b) => b.x1 - b.x0 },
  { place: (b, along, depth) => [b.x0 + depth, b.y0 + along], length: (b) => b.y1 - b.y0 },
  { place: (b, along, depth) => [b.x1 - 1 - depth, b.y0 + along], length: (b) => b.y1 - b.y0 },
];

/** The darkest level near the place of the line, for each place along a side. */
function profile(
  image: GrayImage,
  box: Box,
  side: number,
  { place, length }: (typeof SIDES)[number],
): number[] {
  const [out, into] = [Math.max(1, side * OUTSIDE), Math.max(2, side * INSIDE)];
  const levels: number[] = [];
  for (let along = length(box) * FROM; along <= length(box) * TO; along++) {
    let darkest = 255;
    for (let depth = -out; depth <= into; depth++) {
      darkest = Math.min(darkest, level(image, ...place(box, along, depth)));
    }
    levels.push(darkest);
  }
  return levels;
}

/** The darkest level near a circle's line, for each direction from its middle. */
function circle(image: GrayImage, box: Box, side: number): number[] {
  const [x, y] = [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2];
  const [rx, ry] = [(box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2];
  return Array.from({ length: DIRECTIONS }, (_, index) => {
    const angle = (index * 2 * Math.PI) / DIRECTIONS;
    let darkest = 255;
    for (let depth = -Math.max(1, side * OUTSIDE); depth <= Math.max(2, side * INSIDE); depth++) {
      const at = level(image, x + Math.cos(angle) * (rx - depth), y + Math.sin(angle) * (ry - depth));
      darkest = Math.min(darkest, at);
    }
    return darkest;
  });
}

/** Level of the paper right around a box. */
function paperAround(image: GrayImage, box: Box, side: number): number {
  const reach = Math.max(3, Math.round(side * 0.3));
  const levels: number[] = [];
  for (const { place, length } of SIDES) {
    for (let along = 0; along < length(box); along++) {
      for (let depth = 2; depth <= reach; depth++) levels.push(level(image, ...place(box, along, -depth)));
    }
  }
  return percentile(levels, 0.75);
}

/** Does the line of a side go on past its corners? */
function isGrid(image: GrayImage, box: Box, side: number, threshold: number): boolean {
  const start = Math.max(2, side * 0.06);
  const reach = side * BEYOND;
  return SIDES.some(({ place, length }) =>
    [-1, 1].some((end) => {
      let dark = 0;
      let all = 0;
      for (let step = start; step <= reach; step++, all++) {
        const along = end < 0 ? -step : length(box) - 1 + step;
        for (let depth = -1; depth <= Math.max(2, side * 0.08); depth++) {
          if (level(image, ...place(box, along, depth)) > threshold) continue;
          dark++;
          break;
        }
      }
      return all > 0 && dark >= GOES_ON * all;
    }),
  );
}

/** Usual width of the dark run that begins at the edge, in pixels. */
function lineWidth(image: GrayImage, box: Box, side: number, threshold: number): number {
  const widths: number[] = [];
  for (const { place, length } of SIDES) {
    for (let along = length(box) * 0.3; along <= length(box) * 0.7; along++) {
      let depth = -Math.max(1, side * OUTSIDE);
      while (depth < side / 2 && level(image, ...place(box, along, depth)) > threshold) depth++;
      const start = depth;
      while (depth < side && level(image, ...place(box, along, depth)) <= threshold) depth++;
      widths.push(depth - start);
    }
  }
  return percentile(widths, 0.4);
}

interface Known {
  readonly shape: Look['shape'];
  readonly paper: number;
  readonly ink: number;
  readonly thickness: number;
}

function inside(
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

function percentile(values: Levels, share: number): number {
  if (values.length === 0) return 255;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
