import type { Box } from '../../document/geometry.js';
import { type Component, connectedComponents } from './prepare/components.js';
import type { GrayImage } from './prepare/gray.js';
import { letterLike } from './prepare/text-size.js';
import { findRasterRules } from './raster-rules.js';
import { standsInCell } from './ruled-cells.js';
import { makeSheet, type Sheet } from './sheet.js';

/** A word's box is tight to its ink and drawn by another threshold: this much around it is its own, x-heights. */
const WORD_MARGIN = { x: 0.4, y: 0.3 };
/** x-heights of the page's text: small print to headlines. */
const LETTER_HEIGHT = { min: 0.6, max: 5 };
/** Letters of one word or number are no further apart, heights of the higher one: a point between digits is too small to count as one. */
const CHAIN_GAP = 1.1;
/** Share of the lower letter's height in which neighbours stand side by side. */
const CHAIN_OVERLAP = 0.5;
/** Neighbours in a word differ in height by ascender and case. */
const CHAIN_HEIGHTS = 2;
/** Signs that stand alone are text where another one stands below or above them, at most so many x-heights away. */
const STACK_GAP = 5;
/** A letter's height in x-heights: lower-case, figures, capitals. Specks are lower, strokes of drawings higher. */
const SINGLE_HEIGHT = { min: 0.9, max: 2 };
/** More of them are a drawing, and reading them must not cost more than the page. */
const MAX_MARKS = 400;
/** Print is this much darker than its paper, of the difference between the page's ink and paper; shades of pictures are less. */
const MIN_CONTRAST = 0.5;
/** Of the pixels of words a tenth is surely ink and a sixth surely paper, in bold type as well. */
const SURE_INK = 0.1;
const SURE_PAPER = 0.85;
/** A line of text has paper around it: in a frame of this width (heights of the mark) hardly any pixel is ink; shapes in a picture run on. */
const FRAME = 0.25;
const MAX_FRAME_INK = 0.1;
/** Points an inch; what is measured on a page in its own pixels needs its resolution. */
const POINTS_PER_INCH = 72;
const WHITE = 255;

/** Marks of the size of letters, in the arrangement of text, that no word covers. Pixels of the image. */
export interface UnreadMark {
  readonly box: Box;
  /** Components of a letter's size. */
  readonly letters: number;
}

export interface UnreadText {
  readonly marks: readonly UnreadMark[];
  /** The marks cut out and set in lines, ready to be read; absent where there is none. */
  readonly sheet?: Sheet;
}

export interface UnreadOptions {
  /** Boxes of the words that were read, pixels of the image. */
  readonly words: readonly Box[];
  /** Height of the lower-case letters, pixels. */
  readonly textHeight: number;
  /** Points a pixel. */
  readonly scale: number;
}

/**
 * What recognition passed over: page segmentation drops sparse columns and lone figures without a trace in
 * its confidence. The words' boxes are painted white; of the ink that is left, components of a letter's size
 * are text where they stand side by side, one below the other, or alone in a cell of a ruled table.
 */
export function findUnread(image: GrayImage, { words, textHeight, scale }: UnreadOptions): UnreadText {
  if (textHeight <= 0 || words.length === 0) return { marks: [] };
  const rest = withoutWords(image, words, textHeight);
  const levels = inkAndPaper(image, words);
  const letters = letterLike(connectedComponents(rest, levels.threshold)).filter(
    ({ y0, y1 }) => y1 - y0 >= LETTER_HEIGHT.min * textHeight && y1 - y0 <= LETTER_HEIGHT.max * textHeight,
  );
  const chains = chainsOf(letters, textHeight);
  const singles = chains.filter((chain) => chain.length === 1).map(([single]) => single);
  const rulesOf = () =>
    findRasterRules({ ...image, channels: 1, dpi: POINTS_PER_INCH / scale }).map(({ orientation, box }) => ({
      orientation,
      box: scaled(box, 1 / scale),
    }));
  const kept = new Set(trueSingles(singles, textHeight, rulesOf));
  const marks = chains
    .filter((chain) => chain.length > 1 || kept.has(chain[0]))
    .map((chain) => ({ box: hull(chain), letters: chain.length }))
    .filter(
      ({ box }) =>
        contrastOf(image, box) >= MIN_CONTRAST * (levels.paper - levels.ink) &&
        frameInk(image, box, levels.threshold) <= MAX_FRAME_INK,
    )
    .sort((a, b) => b.letters - a.letters)
    .slice(0, MAX_MARKS);
  if (marks.length === 0) return { marks };
  const boxes = marks.map(({ box }) => box);
  return { marks, sheet: makeSheet(rest, boxes, textHeight) };
}

/**
 * Levels of ink and paper where the page has words. Of the whole page no threshold can be had this surely: a few
 * lines of text are so small a share of it that paper noise outweighs them.
 */
function inkAndPaper(
  image: GrayImage,
  words: readonly Box[],
): { ink: number; paper: number; threshold: number } {
  const counts = new Uint32Array(256);
  let all = 0;
  for (const word of words) all += count(image, word, counts);
  const [ink, paper] = [levelAt(counts, SURE_INK * all), levelAt(counts, SURE_PAPER * all)];
  return { ink, paper, threshold: Math.floor((ink + paper) / 2) };
}

/** Adds the pixels of a box to the counts of levels; gives their number. */
function count({ data, width, height }: GrayImage, box: Box, counts: Uint32Array): number {
  const [left, right] = [Math.max(0, Math.floor(box.x0)), Math.min(width, Math.ceil(box.x1))];
  const [top, bottom] = [Math.max(0, Math.floor(box.y0)), Math.min(height, Math.ceil(box.y1))];
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) counts[data[y * width + x]]++;
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

/** The level below or at which so many pixels are. */
function levelAt(counts: Uint32Array, pixels: number): number {
  let level = 0;
  for (let sum = counts[0]; sum < pixels && level < WHITE; ) sum += counts[++level];
  return level;
}

function contrastOf(image: GrayImage, box: Box): number {
  const counts = new Uint32Array(256);
  const all = count(image, box, counts);
  return levelAt(counts, SURE_PAPER * all) - levelAt(counts, SURE_INK * all);
}

/** Share of dark pixels in the frame around a box. */
function frameInk({ data, width, height }: GrayImage, box: Box, threshold: number): number {
  const reach = Math.max(2, Math.round(FRAME * (box.y1 - box.y0)));
  let dark = 0;
  let all = 0;
  for (let y = Math.max(0, box.y0 - reach); y < Math.min(height, box.y1 + reach); y++) {
    const isBeside = y >= box.y0 && y < box.y1;
    for (let x = Math.max(0, box.x0 - reach); x < Math.min(width, box.x1 + reach); x++) {
      if (isBeside && x === box.x0) x = box.x1;
      if (x >= width) break;
      all++;
      if (data[y * width + x] <= threshold) dark++;
    }
  }
  return all === 0 ? 0 : dark / all;
}

function withoutWords(
  { data, width, height }: GrayImage,
  words: readonly Box[],
  textHeight: number,
): GrayImage {
  // A copy: `slice` of a Buffer is none.
  const rest = new Uint8Array(data);
  const [dx, dy] = [WORD_MARGIN.x * textHeight, WORD_MARGIN.y * textHeight];
  for (const { x0, y0, x1, y1 } of words) {
    const left = Math.max(0, Math.floor(x0 - dx));
    const right = Math.min(width, Math.ceil(x1 + dx));
    const bottom = Math.min(height, Math.ceil(y1 + dy));
    for (let y = Math.max(0, Math.floor(y0 - dy)); y < bottom; y++) {
      if (right > left) rest.fill(WHITE, y * width + left, y * width + right);
    }
  }
  return { data: rest, width, height };
}

/** Letters that stand side by side at a word's distances, from left to right. */
function chainsOf(letters: readonly Component[], textHeight: number): Component[][] {
  const open: Component[][] = [];
  const done: Component[][] = [];
  for (const letter of [...letters].sort((a, b) => a.x0 - b.x0)) {
    let best = -1;
    for (let i = open.length - 1; i >= 0; i--) {
      const last = open[i][open[i].length - 1];
      if (letter.x0 - last.x1 > CHAIN_GAP * LETTER_HEIGHT.max * textHeight) done.push(...open.splice(i, 1));
    }
    for (let i = 0; i < open.length; i++) {
      const last = open[i][open[i].length - 1];
      if (!areNeighbours(last, letter)) continue;
      if (best < 0 || last.x1 > open[best][open[best].length - 1].x1) best = i;
    }
    if (best < 0) open.push([letter]);
    else open[best].push(letter);
  }
  return [...done, ...open];
}

function areNeighbours(left: Component, right: Component): boolean {
  const [a, b] = [left.y1 - left.y0, right.y1 - right.y0];
  if (Math.max(a, b) > CHAIN_HEIGHTS * Math.min(a, b)) return false;
  if (right.x0 - left.x1 > CHAIN_GAP * Math.max(a, b)) return false;
  const overlap = Math.min(left.y1, right.y1) - Math.max(left.y0, right.y0);
  return overlap >= CHAIN_OVERLAP * Math.min(a, b);
}

/** Of the signs that stand alone those that are text: one below the other, or in a cell of a ruled table. */
function trueSingles(
  singles: readonly Component[],
  textHeight: number,
  rulesOf: () => Parameters<typeof standsInCell>[1],
): Component[] {
  const sized = singles.filter(({ y0, y1 }) => {
    const height = (y1 - y0) / textHeight;
    return height >= SINGLE_HEIGHT.min && height <= SINGLE_HEIGHT.max;
  });
  if (sized.length === 0 || sized.length > MAX_MARKS) return [];
  const rules = rulesOf();
  return sized.filter(
    (single) =>
      standsInCell(single, rules) ||
      sized.some((other) => other !== single && isStacked(single, other, textHeight)),
  );
}

function isStacked(a: Component, b: Component, textHeight: number): boolean {
  const overlap = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  if (overlap < CHAIN_OVERLAP * Math.min(a.x1 - a.x0, b.x1 - b.x0)) return false;
  const gap = Math.max(a.y0, b.y0) - Math.min(a.y1, b.y1);
  const [high, low] = [a.y1 - a.y0, b.y1 - b.y0].sort((x, y) => y - x);
  return gap > 0 && gap <= STACK_GAP * textHeight && high <= 1.25 * low;
}

const hull = (letters: readonly Component[]): Box => ({
  x0: Math.min(...letters.map(({ x0 }) => x0)),
  y0: Math.min(...letters.map(({ y0 }) => y0)),
  x1: Math.max(...letters.map(({ x1 }) => x1)),
  y1: Math.max(...letters.map(({ y1 }) => y1)),
});

const scaled = ({ x0, y0, x1, y1 }: Box, factor: number): Box => ({
  x0: x0 * factor,
  y0: y0 * factor,
  x1: x1 * factor,
  y1: y1 * factor,
});
