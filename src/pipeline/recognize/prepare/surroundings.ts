import type { Point, Quad } from '../../../document/projection.js';
import { connectedComponents } from './components.js';
import { type GrayImage, histogram, invert, medianLevel, otsuThreshold } from './gray.js';
import { inset, type Span, spansOf } from './quad.js';
import { reduce } from './reduce.js';
import { letterLike } from './text-size.js';
import { wordLetters } from './words-by-shape.js';

/**
 * What a sheet of paper lies on. `plain`: nothing that could be read; `texture`: cloth, a carpet, rough stone,
 * whose every spot looks like a letter to a recogniser; `print`: text, so that the sheet may be a panel of the page
 * as well; `things`: anything else.
 */
export type Surroundings = 'plain' | 'texture' | 'things' | 'print';

/** Share of the surroundings that may be edges of anything: a table's grain has fewer, text and cloth have more. */
const MAX_PLAIN_EDGES = 0.006;
/** Gray levels between neighbours that make an edge, as of letters. */
const EDGE_STEP = 48;
/** Side of the tiles in which evenness is measured, pixels: one fits between two lines of small print. */
const TILE = 6;
/** A tile is even whose levels deviate by less than this, or by less than so many times those of blank paper. */
const EVEN = { levels: 10, noise: 1.6 };
/** Of print at least half is even ground, of a table's objects more; of coarse cloth a quarter. */
const MAX_EVEN_TEXTURE = 0.3;
/** Print is where this share of all that looks like letters stands in words, and at least so many. */
const PRINT = { share: 0.5, letters: 40 };
/** A title over a texture is still seen in a copy of this size, where the grain is not: so many letters in words, by so many gray levels. */
const TITLE = { side: 300, letters: 8, levels: 48 };

/** Looks at the picture around the sheet, whose outline lies at `quad`; 1 ms where it is plain, else about 100. */
export function surroundingsOf(picture: GrayImage, quad: Quad): Surroundings {
  const spans = spansOf(quad, picture.width, picture.height);
  if (edgesOutside(picture, spans) <= MAX_PLAIN_EDGES) return 'plain';
  if (evenShare(picture, spans) < MAX_EVEN_TEXTURE) return hasTitle(picture, quad) ? 'print' : 'texture';
  const isPrint = [picture, invert(picture)].some((image) => {
    const outside = outsideOf(image, spans);
    const letters = letterLike(connectedComponents(outside.image, otsuThreshold(outside.counts)));
    const inWords = wordLetters(letters);
    return inWords.length >= PRINT.letters && inWords.length >= PRINT.share * letters.length;
  });
  return isPrint ? 'print' : 'things';
}

/** Share of the pixels outside that are edges of something. */
function edgesOutside({ data, width }: GrayImage, spans: readonly Span[]): number {
  let edges = 0;
  let outside = 0;
  spans.forEach(([from, to], y) => {
    for (const [start, end] of [
      [0, from],
      [to, width],
    ]) {
      let low = 255;
      let high = 0;
      for (let x = start; x < end; x++) {
        const value = data[y * width + x];
        if (value < low) low = value;
        if (value > high) high = value;
        if (high - low < EDGE_STEP) continue;
        edges++;
        low = value;
        high = value;
      }
      outside += end - start;
    }
  });
  return outside === 0 ? 0 : edges / outside;
}

/** Share of the tiles outside that hold nothing but the noise of the picture, which its paper shows as well. */
function evenShare({ data, width, height }: GrayImage, spans: readonly Span[]): number {
  const onSheet: number[] = [];
  const outside: number[] = [];
  for (let top = 0; top + TILE <= height; top += TILE) {
    const [from, to] = spans[top + TILE / 2];
    for (let left = 0; left + TILE <= width; left += TILE) {
      const isOutside = left + TILE <= from || left >= to;
      if (!isOutside && (left < from || left + TILE > to)) continue;
      let sum = 0;
      let squares = 0;
      for (let y = top; y < top + TILE; y++) {
        for (let at = y * width + left, end = at + TILE; at < end; at++) {
          sum += data[at];
          squares += data[at] ** 2;
        }
      }
      const mean = sum / TILE ** 2;
      (isOutside ? outside : onSheet).push(Math.sqrt(Math.max(0, squares / TILE ** 2 - mean ** 2)));
    }
  }
  if (outside.length === 0) return 1;
  const noise = onSheet.sort((a, b) => a - b)[Math.floor(onSheet.length / 4)] ?? 0;
  const limit = Math.max(EVEN.levels, EVEN.noise * noise);
  return outside.filter((deviation) => deviation < limit).length / outside.length;
}

/** The image with the sheet made white, and the counts of the levels outside. */
function outsideOf(
  { data, width, height }: GrayImage,
  spans: readonly Span[],
): { image: GrayImage; counts: Uint32Array } {
  const outside = new Uint8Array(data.length).fill(255);
  const counts = histogram({ data, width, height });
  spans.forEach(([from, to], y) => {
    const row = y * width;
    outside.set(data.subarray(row, row + from), row);
    outside.set(data.subarray(row + to, row + width), row + to);
    for (let at = row + from; at < row + to; at++) counts[data[at]]--;
  });
  return { image: { data: outside, width, height }, counts };
}

/** Is there large print on the texture? A sheet on it may then be a panel of a slide or poster. */
function hasTitle(picture: GrayImage, quad: Quad): boolean {
  const small = reduce(picture, TITLE.side);
  const scaled = quad.map(([x, y]): Point => [x / small.factor, y / small.factor]) as unknown as Quad;
  const spans = spansOf(inset(scaled, -1), small.width, small.height);
  return [small, invert(small)].some((image) => {
    const outside = outsideOf(image, spans);
    const dark = medianLevel(outside.counts) - TITLE.levels;
    return wordLetters(letterLike(connectedComponents(outside.image, dark))).length >= TITLE.letters;
  });
}
