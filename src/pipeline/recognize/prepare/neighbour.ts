import { type GrayImage, histogram, medianLevel } from './gray.js';
import { reduce } from './reduce.js';

/** The fold is looked for in a copy of this size, in which a line of text is still parted from the next. */
const SEARCH_SIDE = 840;
/** More of the image than this is no strip of another page, but a column or a page of its own. */
const MAX_STRIP = 0.25;
const MIN_STRIP = 0.015;
/** Gray levels by which print is darker than paper. */
const INK_CONTRAST = 60;
/** Letters that the image's border cuts: so many, each of so many pixels at least and at most this share of the image's height, along this share of it. */
const CUT_LETTERS = { count: 8, min: 2, maxShare: 0.025, along: 0.3 };
/** Gray levels by which the fold's shadow is darker than the paper on both of its sides. */
const SHADOW = 24;
/** Half the width of the shadow's core, and how far away from it the paper begins, pixels of the copy. */
const CORE = 2;
const REACH = 30;
/** The shadow runs along this share of the image's height; letters and table cells above each other do not. */
const MIN_ALONG = 0.9;
/** It leans by at most this share of the image's height. */
const MAX_LEAN = 0.03;

/**
 * The image of a book's page with the strip of the page beside it covered; null where there is none. Certain only
 * where the image's border cuts through the strip's lines and the shadow of the fold parts it from the page.
 */
export function coverNeighbour(image: GrayImage): GrayImage | null {
  const paper = medianLevel(histogram(image));
  const sides = (['left', 'right'] as const).filter((side) => cutsLetters(image, side, paper));
  if (sides.length === 0) return null;
  const small = reduce(image, SEARCH_SIDE);
  let covered: GrayImage | null = null;
  for (const side of sides) {
    const fold = findShadow(small, side);
    if (!fold) continue;
    covered ??= { ...image, data: Uint8Array.from(image.data) };
    for (let y = 0; y < image.height; y++) {
      const share = y / image.height;
      const x = Math.round((fold.top + (fold.bottom - fold.top) * share + 0.5) * small.factor);
      const row = y * image.width;
      if (side === 'left') covered.data.fill(paper, row, row + x);
      else covered.data.fill(paper, row + x, row + image.width);
    }
  }
  return covered;
}

type Side = 'left' | 'right';

/** Does the image's border run through many letters on this side? */
function cutsLetters({ data, width, height }: GrayImage, side: Side, paper: number): boolean {
  const x = side === 'left' ? 0 : width - 1;
  const longest = CUT_LETTERS.maxShare * height;
  const tops: number[] = [];
  for (let y = 0, from = -1; y <= height; y++) {
    const isInk = y < height && data[y * width + x] <= paper - INK_CONTRAST;
    if (isInk && from < 0) from = y;
    if (isInk || from < 0) continue;
    if (y - from >= CUT_LETTERS.min && y - from <= longest) tops.push(from);
    from = -1;
  }
  return tops.length >= CUT_LETTERS.count && tops[tops.length - 1] - tops[0] >= CUT_LETTERS.along * height;
}

/** Columns of a straight shadow at the image's top and bottom, the darkest one that runs all along. */
function findShadow(image: GrayImage, side: Side): { top: number; bottom: number } | null {
  const { width, height } = image;
  const [near, far] = [Math.ceil(MIN_STRIP * width), Math.floor(MAX_STRIP * width)];
  const [first, last] = side === 'left' ? [near, far] : [width - 1 - far, width - 1 - near];
  const depths = shadowDepths(image, first, last);
  const columns = last - first + 1;
  const lean = Math.round(MAX_LEAN * height);
  let best: { top: number; bottom: number; depth: number } | null = null;
  for (let top = 0; top < columns; top++) {
    for (let bottom = Math.max(0, top - lean); bottom <= Math.min(columns - 1, top + lean); bottom++) {
      let along = 0;
      let depth = 0;
      for (let y = 0; y < height; y++) {
        const at = depths[y * columns + Math.round(top + ((bottom - top) * y) / height)];
        if (at >= SHADOW) along++;
        depth += at;
      }
      if (along >= MIN_ALONG * height && (!best || depth > best.depth))
        best = { top: first + top, bottom: first + bottom, depth };
    }
  }
  return best;
}

/** For each row and column from `first` to `last`: by how much it is darker than the paper on both sides; 0–255. */
function shadowDepths({ data, width, height }: GrayImage, first: number, last: number): Uint8Array {
  const columns = last - first + 1;
  const depths = new Uint8Array(columns * height);
  for (let y = 0, at = 0; y < height; y++) {
    const row = y * width;
    for (let x = first; x <= last; x++, at++) {
      let core = 0;
      for (let i = x - CORE; i <= x + CORE; i++)
        core = Math.max(core, data[row + Math.min(width - 1, Math.max(0, i))]);
      let [left, right] = [0, 0];
      for (let i = Math.max(0, x - REACH); i < x - CORE; i++) left = Math.max(left, data[row + i]);
      for (let i = x + CORE + 1; i <= Math.min(width - 1, x + REACH); i++)
        right = Math.max(right, data[row + i]);
      depths[at] = Math.max(0, Math.min(left, right) - core);
    }
  }
  return depths;
}
