import type { GrayImage } from './gray.js';
import { closed } from './reduce.js';

/** The paper is estimated in a copy of this size, whose pixels are about a line of text high. */
const GROUND_SIDE = 160;
/** Share of a part's pixels that are lighter than its paper: grain and noise. */
const LIGHTER = 0.15;
/** Headlines up to five of the copy's pixels high are no part of the paper. */
const CLOSING = 2;
/** Light falls off by this share over the page before it hurts: paper in the shade is then as dark as grey ink. */
const MIN_FALL = 0.3;
/** A photograph is evened sooner: its light never is even, and it has been resampled anyway. */
const MIN_FALL_IN_PHOTO = 0.15;
/** Under uneven light, neighbours in the copy differ by less than this share; pictures and bars have sharp borders. */
const STEEP = 0.1;
/** The paper between pictures and bars covers at least this share of a page of text. */
const MIN_PAPER = 0.5;
/** In full light paper is brighter than this; else it is a dark page with light print. */
const MIN_BRIGHT = 120;
/** Darker paper than this is lost: what is printed on it cannot be told from it. */
const MIN_LEVEL = 24;
/** Pixels that are this much lighter than their paper are light print on a coloured ground, if there are so many. */
const LIGHT_PRINT = { levels: 40, share: 0.005 };
/** Gray level of the evened paper. */
const PAPER = 245;

interface Ground extends GrayImage {
  /** Pixels of the page a pixel. */
  readonly factor: number;
}

/**
 * The page as if under even light, each pixel divided by the paper around it; null where the light is even
 * enough. The paper's level is a high percentile of each part of the page without what stands on it, followed
 * from the brightest part as far as it changes gently: pictures and tinted boxes are no shade.
 */
export function evenLight(image: GrayImage, isPhoto = false): GrayImage | null {
  const ground = paperLevels(image);
  const paper = gentlyConnected(ground);
  const levels = ground.data.filter((_, i) => paper[i]).sort();
  const [dark, bright] = [0.02, 0.98].map((share) => levels[Math.floor(levels.length * share)] ?? 0);
  const isShaded = bright >= MIN_BRIGHT && bright - dark >= (isPhoto ? MIN_FALL_IN_PHOTO : MIN_FALL) * bright;
  if (!isShaded || levels.length < MIN_PAPER * ground.data.length) return null;
  spread(ground, paper);
  return divide(image, ground);
}

function paperLevels(image: GrayImage): Ground {
  const factor = Math.max(1, Math.ceil(Math.max(image.width, image.height) / GROUND_SIDE));
  const width = Math.max(1, Math.floor(image.width / factor));
  const height = Math.max(1, Math.floor(image.height / factor));
  const data = new Uint8Array(width * height);
  const counts = new Uint32Array(256);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      counts.fill(0);
      for (let j = y * factor; j < (y + 1) * factor; j++) {
        const start = j * image.width + x * factor;
        for (let at = start; at < start + factor; at++) counts[image.data[at]]++;
      }
      let lighter = Math.floor(factor * factor * LIGHTER);
      let level = 255;
      while (level > 0 && lighter >= counts[level]) lighter -= counts[level--];
      data[y * width + x] = level;
    }
  }
  return { ...smooth(closed({ data, width, height }, CLOSING)), factor };
}

/** Each pixel the mean of itself and its neighbours. */
function smooth({ data, width, height }: GrayImage): GrayImage {
  const smoothed = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let count = 0;
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++) {
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++, count++)
          sum += data[j * width + i];
      }
      smoothed[y * width + x] = sum / count;
    }
  }
  return { data: smoothed, width, height };
}

/** 1 for the pixels that are reached from the brightest one without a steep step. */
function gentlyConnected({ data, width, height }: GrayImage): Uint8Array {
  const reached = new Uint8Array(data.length);
  let start = 0;
  data.forEach((level, i) => {
    if (level > data[start]) start = i;
  });
  reached[start] = 1;
  const stack = [start];
  while (stack.length > 0) {
    const at = stack.pop()!;
    for (const next of neighbours(at, width, height)) {
      const step = Math.abs(data[at] - data[next]);
      if (reached[next] || step > STEEP * Math.max(MIN_LEVEL, data[at], data[next])) continue;
      reached[next] = 1;
      stack.push(next);
    }
  }
  return reached;
}

/** Gives pixels that are no paper the level of the paper nearest to them. */
function spread({ data, width, height }: GrayImage, paper: Uint8Array): void {
  let front = [...paper.keys()].filter((at) => paper[at]);
  while (front.length > 0) {
    const next: number[] = [];
    for (const at of front) {
      for (const neighbour of neighbours(at, width, height)) {
        if (paper[neighbour]) continue;
        paper[neighbour] = 1;
        data[neighbour] = data[at];
        next.push(neighbour);
      }
    }
    front = next;
  }
}

function neighbours(at: number, width: number, height: number): number[] {
  const x = at % width;
  const found: number[] = [];
  if (x > 0) found.push(at - 1);
  if (x < width - 1) found.push(at + 1);
  if (at >= width) found.push(at - width);
  if (at < width * (height - 1)) found.push(at + width);
  return found;
}

/** null where light print turns out to stand on a coloured ground. */
function divide(image: GrayImage, ground: Ground): GrayImage | null {
  const { width, height } = image;
  const data = new Uint8Array(width * height);
  const gain = new Float32Array(ground.width);
  const maxLight = LIGHT_PRINT.share * data.length;
  let light = 0;
  for (let y = 0, at = 0; y < height; y++) {
    const v = clamp((y + 0.5) / ground.factor - 0.5, ground.height - 1);
    const top = Math.floor(v);
    const below = Math.min(top + 1, ground.height - 1);
    for (let i = 0; i < ground.width; i++) {
      const [upper, lower] = [ground.data[top * ground.width + i], ground.data[below * ground.width + i]];
      gain[i] = Math.max(MIN_LEVEL, upper + (lower - upper) * (v - top));
    }
    for (let x = 0; x < width; x++, at++) {
      const u = clamp((x + 0.5) / ground.factor - 0.5, ground.width - 1);
      const left = Math.floor(u);
      const right = Math.min(left + 1, ground.width - 1);
      const paper = gain[left] + (gain[right] - gain[left]) * (u - left);
      if (image.data[at] > paper + LIGHT_PRINT.levels) light++;
      data[at] = Math.min(255, (image.data[at] * PAPER) / paper);
    }
  }
  return light > maxLight ? null : { data, width, height };
}

const clamp = (value: number, highest: number): number => Math.min(Math.max(value, 0), highest);
