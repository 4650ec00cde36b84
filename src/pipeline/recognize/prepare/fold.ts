import { median } from '../../../document/geometry.js';
import { type Component, connectedComponents } from './components.js';
import { type GrayImage, histogram, otsuThreshold } from './gray.js';
import { letterLike } from './text-size.js';
import { wordLetters } from './words-by-shape.js';

/** The fold of a scanned or photographed book lies this near the middle; shares of the image's width. */
const MIDDLE = { from: 0.4, to: 0.6 };
/** The inner margins of two pages together: of the image's width, and of the letters' height. */
const MIN_GUTTER = { share: 0.04, heights: 2.5 };
/** Without the fold's shadow they are nearly as wide as both outer margins; between a leaflet's columns is less. */
const OUTER_MARGINS = 0.75;
/** Gray levels by which the fold's shadow is darker than the paper beside it. */
const SHADOW_DEPTH = 16;
/** Rows that are looked at for a shadow. */
const SHADOW_ROWS = 400;
/** Marks in the fold, of thread, glue or dirt, stand alone; more of them are a column of figures. Of all letters, and at least. */
const FOLD_MARKS = { share: 0.005, count: 4 };
/** A book's page has columns of at least this share of its text's width; a table has narrower ones. */
const MIN_COLUMN = 0.3;
/** Gaps that part columns, letters' heights, and letters that make one: notes in the margin have fewer. */
const COLUMN_GAP = 1.5;
const COLUMN_LETTERS = 0.03;
/** They are wider than any gap between columns of either page by this much: tables and leaflets have equal gaps. */
const WIDER_THAN_COLUMNS = 1.3;
/** Letters of a page that has running text; labels, slides and title pages have fewer. */
const MIN_LETTERS = 200;
/** A page's text takes this share of the image's width at least. */
const MIN_TEXT_WIDTH = 0.25;
/** Smaller components are dust, not letters; share of the letters' height. */
const DUST = 0.5;
/** A thing that crosses the fold and is lower than this share of the image: a rule, a picture. The fold's shadow is higher. */
const SHADOW_HEIGHT = 0.9;

/**
 * Where two pages side by side part: x in pixels of the middle of their inner margins, or null where the image
 * is one page. Nothing may stand in the margins or cross them, text stands on both sides, and no other gap
 * between columns is as wide. `textHeight`: height of lower-case letters in pixels.
 */
export function findFold(image: GrayImage, textHeight: number): number | null {
  if (textHeight === 0) return null;
  const components = connectedComponents(image, otsuThreshold(histogram(image)));
  const letters = withoutMarks(
    letterLike(components).filter(({ y0, y1 }) => y1 - y0 >= DUST * textHeight),
    image.width,
  );
  const gutter = widest(gaps(letters, 0, image.width).filter((gap) => isInMiddle(gap, image.width)));
  if (!gutter) return null;
  const width = gutter.x1 - gutter.x0;
  if (width < Math.max(MIN_GUTTER.share * image.width, MIN_GUTTER.heights * textHeight)) return null;
  if (components.some((component) => crosses(component, gutter, image, textHeight))) return null;
  const sides = [letters.filter(({ x1 }) => x1 <= gutter.x0), letters.filter(({ x0 }) => x0 >= gutter.x1)];
  if (sides.some(({ length }) => length < MIN_LETTERS)) return null;
  const [left, right] = sides.map(bulk);
  const outer = left.x0 + image.width - right.x1;
  if (width < OUTER_MARGINS * outer && !hasShadow(image, gutter)) return null;
  for (const side of sides) {
    const { x0, x1 } = bulk(side);
    if (x1 - x0 < MIN_TEXT_WIDTH * image.width) return null;
    const inner = widest(gaps(side, x0, x1));
    if (inner && (inner.x1 - inner.x0) * WIDER_THAN_COLUMNS > width) return null;
    if (hasNarrowColumns(side, { x0, x1 }, textHeight)) return null;
  }
  return (gutter.x0 + gutter.x1) / 2;
}

/** The letters without the few in the middle that stand in no word. */
function withoutMarks(letters: readonly Component[], width: number): readonly Component[] {
  const inWords = new Set(wordLetters(letters));
  const lone = (letter: Component): boolean => !inWords.has(letter) && isInMiddle(letter, width);
  const marks = letters.filter(lone).length;
  return marks <= Math.max(FOLD_MARKS.count, FOLD_MARKS.share * letters.length)
    ? letters.filter((letter) => !lone(letter))
    : letters;
}

/** Does a column of the page's text take only a small part of its width, as those of a table do? */
function hasNarrowColumns(letters: readonly Component[], { x0, x1 }: Gap, textHeight: number): boolean {
  const parting = gaps(letters, x0, x1).filter((gap) => gap.x1 - gap.x0 >= COLUMN_GAP * textHeight);
  const starts = [x0, ...parting.map((gap) => gap.x1)];
  return starts.some((start, i) => {
    const end = parting[i]?.x0 ?? x1;
    const inColumn = letters.filter((letter) => letter.x0 >= start && letter.x1 <= end).length;
    return inColumn >= COLUMN_LETTERS * letters.length && end - start < MIN_COLUMN * (x1 - x0);
  });
}

/** Is the paper between the two pages darker than at its sides? */
function hasShadow({ data, width, height }: GrayImage, gutter: Gap): boolean {
  const step = Math.max(1, Math.floor(height / SHADOW_ROWS));
  const levels: number[] = [];
  for (let x = gutter.x0; x < gutter.x1; x++) {
    const column: number[] = [];
    for (let y = 0; y < height; y += step) column.push(data[y * width + x]);
    levels.push(median(column));
  }
  const [first, last] = [levels[0], levels[levels.length - 1]];
  return Math.min(...levels) <= Math.min(first, last) - SHADOW_DEPTH;
}

interface Gap {
  readonly x0: number;
  readonly x1: number;
}

/** Columns of pixels between `from` and `to` that no letter covers. */
function gaps(letters: readonly Component[], from: number, to: number): Gap[] {
  const found: Gap[] = [];
  let end = from;
  for (const { x0, x1 } of [...letters].sort((a, b) => a.x0 - b.x0)) {
    if (x0 > end && end < to) found.push({ x0: end, x1: Math.min(x0, to) });
    end = Math.max(end, x1);
  }
  if (end < to) found.push({ x0: end, x1: to });
  return found;
}

const widest = (found: readonly Gap[]): Gap | undefined =>
  found.reduce<Gap | undefined>(
    (best, gap) => (best && best.x1 - best.x0 >= gap.x1 - gap.x0 ? best : gap),
    undefined,
  );

function isInMiddle({ x0, x1 }: Gap, width: number): boolean {
  const middle = (x0 + x1) / 2;
  return middle >= MIDDLE.from * width && middle <= MIDDLE.to * width;
}

/** Extent of all but the outermost hundredth of the letters: marks at the image's edge are no text. */
function bulk(letters: readonly Component[]): Gap {
  const lefts = letters.map(({ x0 }) => x0).sort((a, b) => a - b);
  const rights = letters.map(({ x1 }) => x1).sort((a, b) => a - b);
  const few = Math.floor(letters.length / 100);
  return { x0: lefts[few], x1: rights[rights.length - 1 - few] };
}

/** Does it reach over the whole gutter without being its shadow or the image's dark edge? */
function crosses(
  { x0, y0, x1, y1 }: Component,
  gutter: Gap,
  { height }: GrayImage,
  textHeight: number,
): boolean {
  if (x0 > gutter.x0 || x1 < gutter.x1 || x1 - x0 < textHeight) return false;
  return y0 > 0 && y1 < height && y1 - y0 < SHADOW_HEIGHT * height;
}
