import type { Point, Quad } from '../../../document/projection.js';
import { type GrayImage, histogram, otsuThreshold } from './gray.js';
import { inset } from './quad.js';
import { closed, reduce } from './reduce.js';
import { fitLine, type SideLine } from './side-line.js';
import { type Surroundings, surroundingsOf } from './surroundings.js';

/** A page's edges are found in a copy of this size; more pixels show grain, not edges. */
const SEARCH_SIDE = 420;
/** Letters are gone from the ground after closing with this radius: twice it is a headline's stroke at that size. */
const CLOSING = 3;
/** Gray levels between the sheet and what it lies on; less is a shadow or tinted paper. */
const MIN_CONTRAST = 60;
/** A sheet that was meant to be read fills this much of the picture, and leaves this much of it at least. */
const SHEET = { min: 0.3, max: 0.985 };
/** A sheet fills the quadrilateral of its edges; torn or covered ones do not. */
const MIN_FILL = 0.94;
const MAX_FILL = 1.04;

/** Where the sheet lies in a picture, pixels of the picture. */
export interface Outline {
  /** Its corners, a little inside its edges. */
  readonly quad: Quad;
  /** Every side of it is in the picture: only then its form tells of the camera's place. */
  readonly whole: boolean;
  readonly surroundings: Surroundings;
}

/**
 * The sheet of paper on a darker ground (a table, a scanner's lid); null where there is no clear one. A sheet is
 * bright, connected and has four straight sides.
 */
export function findOutline(image: GrayImage): Outline | null {
  const small = reduce(image, SEARCH_SIDE);
  const ground = closed(small, CLOSING);
  const threshold = otsuThreshold(histogram(ground));
  const isBright = Uint8Array.from(ground.data, (level) => (level > threshold ? 1 : 0));
  if (contrast(ground, isBright) < MIN_CONTRAST) return null;
  const sheet = largestBright(ground, threshold);
  const share = sheet.size / ground.data.length;
  if (share < SHEET.min || share > SHEET.max || contrast(ground, sheet.mask) < MIN_CONTRAST) return null;
  const sides = sidesOf(sheet.mask, ground.width, ground.height);
  if (!sides) return null;
  const quad = corners(sides);
  if (!quad || !isConvex(quad)) return null;
  const fill = sheet.size / area(quad);
  if (fill < MIN_FILL || fill > MAX_FILL) return null;
  const scaled = quad.map(([x, y]): Point => [x * small.factor, y * small.factor]) as unknown as Quad;
  return {
    quad: inset(scaled, small.factor),
    whole: sides.every((side) => !side.atBorder),
    surroundings: surroundingsOf(image, inset(scaled, -2 * small.factor)),
  };
}

function largestBright(
  { data, width, height }: GrayImage,
  threshold: number,
): { mask: Uint8Array; size: number } {
  const labels = new Int32Array(data.length);
  const stack: number[] = [];
  let best = { label: 0, size: 0 };
  let label = 0;
  for (let start = 0; start < data.length; start++) {
    if (labels[start] !== 0 || data[start] <= threshold) continue;
    label++;
    let size = 0;
    labels[start] = label;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop()!;
      size++;
      const x = at % width;
      for (let side = 0; side < 4; side++) {
        const next = side === 0 ? at - 1 : side === 1 ? at + 1 : side === 2 ? at - width : at + width;
        const isOff = side === 0 ? x === 0 : side === 1 ? x === width - 1 : next < 0 || next >= data.length;
        if (isOff || labels[next] !== 0 || data[next] <= threshold) continue;
        labels[next] = label;
        stack.push(next);
      }
    }
    if (size > best.size) best = { label, size };
  }
  const mask = Uint8Array.from(labels, (value) => (value === best.label && value > 0 ? 1 : 0));
  const holes = fillHoles(mask, width, height);
  return { mask, size: best.size + holes };
}

/** Dark pictures on the sheet belong to it: what lies between its first and last pixel both ways. */
function fillHoles(mask: Uint8Array, width: number, height: number): number {
  const span = (start: number, count: number, step: number): [number, number] => {
    let first = 0;
    while (first < count && !mask[start + first * step]) first++;
    let last = count - 1;
    while (last > first && !mask[start + last * step]) last--;
    return [first, last];
  };
  const rows = Array.from({ length: height }, (_, y) => span(y * width, width, 1));
  const columns = Array.from({ length: width }, (_, x) => span(x, height, width));
  let filled = 0;
  for (let y = 0; y < height; y++) {
    for (let x = rows[y][0] + 1; x < rows[y][1]; x++) {
      if (mask[y * width + x] || y < columns[x][0] || y > columns[x][1]) continue;
      mask[y * width + x] = 1;
      filled++;
    }
  }
  return filled;
}

/** Difference of the mean levels on and off the sheet. */
function contrast({ data }: GrayImage, mask: Uint8Array): number {
  const sums = [0, 0];
  const counts = [0, 0];
  for (let i = 0; i < data.length; i++) {
    sums[mask[i]] += data[i];
    counts[mask[i]]++;
  }
  return sums[1] / Math.max(1, counts[1]) - sums[0] / Math.max(1, counts[0]);
}

type Sides = readonly [top: SideLine, right: SideLine, bottom: SideLine, left: SideLine];

function sidesOf(mask: Uint8Array, width: number, height: number): Sides | null {
  const edge = (vertical: boolean, fromEnd: boolean): SideLine | null => {
    const lines = vertical ? height : width;
    const count = vertical ? width : height;
    const points: Point[] = [];
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < count; i++) {
        const across = fromEnd ? count - 1 - i : i;
        if (!mask[vertical ? line * width + across : across * width + line]) continue;
        points.push([line, fromEnd ? across + 1 : across]);
        break;
      }
    }
    return fitLine(points, fromEnd ? count : 0);
  };
  const sides = [edge(false, false), edge(true, true), edge(false, true), edge(true, false)];
  return sides.every((side) => side !== null) ? (sides as unknown as Sides) : null;
}

function corners([top, right, bottom, left]: Sides): Quad | null {
  // Horizontal sides are y = a·x + b, vertical ones x = a·y + b.
  const meet = (level: SideLine, plumb: SideLine): Point => {
    const x = (plumb.slope * level.offset + plumb.offset) / (1 - plumb.slope * level.slope);
    return [x, level.slope * x + level.offset];
  };
  const quad: Quad = [meet(top, left), meet(top, right), meet(bottom, right), meet(bottom, left)];
  return quad.flat().every(Number.isFinite) ? quad : null;
}

export function area(quad: Quad): number {
  let sum = 0;
  quad.forEach(([x, y], i) => {
    const [nextX, nextY] = quad[(i + 1) % 4];
    sum += x * nextY - nextX * y;
  });
  return Math.abs(sum) / 2;
}

function isConvex(quad: Quad): boolean {
  return quad.every(([x, y], i) => {
    const [bx, by] = quad[(i + 1) % 4];
    const [cx, cy] = quad[(i + 2) % 4];
    return (bx - x) * (cy - by) - (by - y) * (cx - bx) > 0;
  });
}
