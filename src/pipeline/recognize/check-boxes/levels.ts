import type { Box } from '../../../document/geometry.js';
import type { GrayImage } from '../prepare/gray.js';

/** The line of a side lies within these shares of the side's length around its place. */
export const OUTSIDE = 0.06;
export const INSIDE = 0.12;
/** Sides are looked at between these shares of their length: corners may be rounded. */
export const FROM = 0.15;
export const TO = 0.85;
/** Directions in which a circle is looked at. */
const DIRECTIONS = 48;

export type Levels = readonly number[];

export const level = ({ data, width, height }: GrayImage, x: number, y: number): number => {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  return column < 0 || row < 0 || column >= width || row >= height ? 255 : data[row * width + column];
};

/** From a place along a side and a depth into the box, both in pixels, to the image. */
type Place = (box: Box, along: number, depth: number) => readonly [number, number];
export const SIDES: readonly { readonly place: Place; readonly length: (box: Box) => number }[] = [
  { place: (b, along, depth) => [b.x0 + along, b.y0 + depth], length: (b) => b.x1 - b.x0 },
  { place: (b, along, depth) => [b.x0 + along, b.y1 - 1 - depth], length: (b) => b.x1 - b.x0 },
  { place: (b, along, depth) => [b.x0 + depth, b.y0 + along], length: (b) => b.y1 - b.y0 },
  { place: (b, along, depth) => [b.x1 - 1 - depth, b.y0 + along], length: (b) => b.y1 - b.y0 },
];

/** The darkest level near the place of the line, for each place along a side. */
export function profile(
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
export function circle(image: GrayImage, box: Box, side: number): number[] {
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
export function paperAround(image: GrayImage, box: Box, side: number): number {
  const reach = Math.max(3, Math.round(side * 0.3));
  const levels: number[] = [];
  for (const { place, length } of SIDES) {
    for (let along = 0; along < length(box); along++) {
      for (let depth = 2; depth <= reach; depth++) levels.push(level(image, ...place(box, along, -depth)));
    }
  }
  return percentile(levels, 0.75);
}

export function percentile(values: Levels, share: number): number {
  if (values.length === 0) return 255;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
