import { connectedComponents } from './components.js';
import { type GrayImage, histogram, medianLevel, otsuThreshold } from './gray.js';
import { extreme, reduce } from './reduce.js';
import { letterLike } from './text-size.js';
import { wordLetters } from './words-by-shape.js';

/** The grounds of a page are measured in a copy of this size. */
const SEARCH_SIDE = 420;
/** Print, dark or light, is gone from its ground after closing and opening with this radius. */
const PRINT_RADIUS = 3;
/** A ground this near to the threshold for ink, of the way to the page's paper, is taken for ink, or its noise is. */
const NEAR_INK = 0.25;
/** Of the page's grounds the lightest twentieth is its paper. */
const LIGHTEST = 0.95;
/** A smaller part of the page holds no text worth it. */
const MIN_PART = 0.003;
/** A page that is dark nearly all over is inverted as a whole. */
const MAX_DARK = 0.75;
/** Letters in words by which a part is known to hold text, and their share of what looks like letters: pictures have fewer. */
const TEXT = { letters: 20, share: 0.5 };
/** Gray levels between a part's print and its ground. */
const MIN_CONTRAST = 30;
/** Gray level of the paper afterwards. */
const PAPER = 245;
/** Darker grounds give nothing but noise. */
const MIN_LEVEL = 24;

type Kind = 'shade' | 'inverse' | 'picture';

export interface EvenGrounds {
  readonly image: GrayImage;
  /** There were dark panels with light print: no light makes these. */
  readonly panels: boolean;
}

/**
 * The page with its dark parts made light: a hard shadow or a stain under dark print, and panels with light print,
 * which one threshold for the whole page makes solid black. null where there are none with text in them. Pictures
 * stay as they are.
 */
export function evenGrounds(image: GrayImage): EvenGrounds | null {
  const small = reduce(image, SEARCH_SIDE);
  const { width, height, factor } = small;
  const ground = opened(closed(small));
  const threshold = otsuThreshold(histogram(image));
  const paper = Uint8Array.from(ground.data).sort()[Math.floor(LIGHTEST * ground.data.length)];
  const isDark = (level: number): boolean => level < threshold + NEAR_INK * (paper - threshold);
  const labels = new Int32Array(width * height);
  const kinds: Kind[] = ['shade'];
  let dark = 0;
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== 0 || !isDark(ground.data[start])) continue;
    const part = flood(ground, start, labels, kinds.length, isDark);
    dark += part.length;
    kinds.push(part.length >= MIN_PART * labels.length ? kindOf(image, part, small) : 'picture');
  }
  const isAsked = kinds.slice(1).some((kind) => kind !== 'picture') && dark <= MAX_DARK * labels.length;
  if (!isAsked) return null;
  const isPanel = (label: number): boolean => kinds[label] === 'inverse';
  // Light print is gone from a dark ground the other way round.
  const darkGround = closed(opened(small));
  fillHoles(labels, width, isPanel, (at) => isDark(darkGround.data[at]));
  const level = Uint8Array.from(ground.data, (value, at) =>
    isPanel(labels[at]) ? darkGround.data[at] : value,
  );
  return {
    image: lighten(image, { ...ground, data: level }, factor, (at) => kinds[labels[at]]),
    panels: kinds.includes('inverse'),
  };
}

/** Spots inside of a part that are light only because its print stands closely there become part of it. */
function fillHoles(
  labels: Int32Array,
  width: number,
  mayHave: (label: number) => boolean,
  isPrintOnDark: (at: number) => boolean,
): void {
  const seen = new Uint8Array(labels.length);
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== 0 || seen[start]) continue;
    seen[start] = 1;
    const spot = [start];
    const around = new Set<number>();
    for (let i = 0; i < spot.length; i++) {
      for (const next of besides(spot[i], width, labels.length)) {
        if (labels[next] !== 0) around.add(labels[next]);
        else if (!seen[next]) {
          seen[next] = 1;
          spot.push(next);
        }
      }
    }
    const [label] = around;
    if (around.size !== 1 || !mayHave(label) || !spot.every(isPrintOnDark)) continue;
    for (const at of spot) labels[at] = label;
  }
}

function besides(at: number, width: number, count: number): number[] {
  const x = at % width;
  const found: number[] = [];
  if (x > 0) found.push(at - 1);
  if (x < width - 1) found.push(at + 1);
  if (at >= width) found.push(at - width);
  if (at + width < count) found.push(at + width);
  return found;
}

const closed = (image: GrayImage): GrayImage =>
  extreme(extreme(image, PRINT_RADIUS, 'highest'), PRINT_RADIUS, 'lowest');
const opened = (image: GrayImage): GrayImage =>
  extreme(extreme(image, PRINT_RADIUS, 'lowest'), PRINT_RADIUS, 'highest');

/** Labels the part of the ground around `start`; its pixels. */
function flood(
  { data, width }: GrayImage,
  start: number,
  labels: Int32Array,
  label: number,
  belongs: (level: number) => boolean,
): number[] {
  labels[start] = label;
  const part = [start];
  for (let i = 0; i < part.length; i++) {
    for (const next of besides(part[i], width, data.length)) {
      if (labels[next] !== 0 || !belongs(data[next])) continue;
      labels[next] = label;
      part.push(next);
    }
  }
  return part;
}

/** What a dark part of the page is, by what stands on it. */
function kindOf(
  image: GrayImage,
  part: readonly number[],
  small: { readonly width: number; readonly factor: number },
): Kind {
  const cut = cutPart(image, part, small);
  const level = medianLevel(cut.counts);
  const threshold = otsuThreshold(cut.counts);
  const isLight = level <= threshold;
  const print = meanBeyond(cut.counts, threshold, isLight);
  if (Math.abs(print - level) < MIN_CONTRAST) return 'picture';
  const { data, width, height } = cut.image;
  const dark = isLight ? data.map((value) => 255 - value) : data;
  for (let at = 0; at < dark.length; at++) if (!cut.inside[at]) dark[at] = 255;
  const letters = letterLike(
    connectedComponents({ data: dark, width, height }, isLight ? 254 - threshold : threshold),
  );
  const inWords = wordLetters(letters).length;
  if (inWords < TEXT.letters || inWords < TEXT.share * letters.length) return 'picture';
  return isLight ? 'inverse' : 'shade';
}

/** Mean of the levels above the threshold, or of those up to it. */
function meanBeyond(counts: Uint32Array, threshold: number, above: boolean): number {
  let sum = 0;
  let all = 0;
  for (let level = above ? threshold + 1 : 0; above ? level < 256 : level <= threshold; level++) {
    sum += level * counts[level];
    all += counts[level];
  }
  return all === 0 ? 0 : sum / all;
}

/** The pixels of the image under a part of the reduced copy, in a rectangle of their own. */
function cutPart(
  image: GrayImage,
  part: readonly number[],
  { width: columns, factor }: { readonly width: number; readonly factor: number },
): { image: GrayImage; inside: Uint8Array; counts: Uint32Array } {
  let [x0, y0, x1, y1] = [Infinity, Infinity, 0, 0];
  for (const at of part) {
    const x = at % columns;
    const y = Math.floor(at / columns);
    [x0, x1] = [Math.min(x0, x), Math.max(x1, x + 1)];
    [y0, y1] = [Math.min(y0, y), Math.max(y1, y + 1)];
  }
  const width = (x1 - x0) * factor;
  const height = (y1 - y0) * factor;
  const data = new Uint8Array(width * height);
  const inside = new Uint8Array(width * height);
  const counts = new Uint32Array(256);
  for (const at of part) {
    const left = (at % columns) * factor;
    const top = Math.floor(at / columns) * factor;
    for (let y = top; y < top + factor; y++) {
      const to = (y - y0 * factor) * width + left - x0 * factor;
      for (let x = 0; x < factor; x++) {
        const level = image.data[y * image.width + left + x];
        data[to + x] = level;
        inside[to + x] = 1;
        counts[level]++;
      }
    }
  }
  return { image: { data, width, height }, inside, counts };
}

function lighten(
  image: GrayImage,
  ground: GrayImage,
  factor: number,
  kindAt: (at: number) => Kind,
): GrayImage {
  const { width, height } = image;
  const data = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const v = clamp((y + 0.5) / factor - 0.5, ground.height - 1);
    const row = Math.min(Math.floor(y / factor), ground.height - 1) * ground.width;
    const top = Math.floor(v) * ground.width;
    const below = Math.min(Math.floor(v) + 1, ground.height - 1) * ground.width;
    for (let x = 0; x < width; x++, at++) {
      const kind = kindAt(row + Math.min(Math.floor(x / factor), ground.width - 1));
      const level = image.data[at];
      if (kind === 'picture') {
        data[at] = level;
        continue;
      }
      const u = clamp((x + 0.5) / factor - 0.5, ground.width - 1);
      const left = Math.floor(u);
      const right = Math.min(left + 1, ground.width - 1);
      const upper =
        ground.data[top + left] + (ground.data[top + right] - ground.data[top + left]) * (u - left);
      const lower =
        ground.data[below + left] + (ground.data[below + right] - ground.data[below + left]) * (u - left);
      const around = upper + (lower - upper) * (v - Math.floor(v));
      data[at] =
        kind === 'inverse'
          ? Math.min(255, ((255 - level) * PAPER) / Math.max(MIN_LEVEL, 255 - around))
          : Math.min(255, (level * PAPER) / Math.max(MIN_LEVEL, around));
    }
  }
  return { data, width, height };
}

const clamp = (value: number, highest: number): number => Math.min(Math.max(value, 0), highest);
