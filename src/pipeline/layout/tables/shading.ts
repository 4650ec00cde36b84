import { type Box, boxHeight, boxWidth, containsPoint } from '../../../document/geometry.js';
import type { Shape } from '../../../document/page.js';

/** A border seen between two fills. */
export interface ShadeEdge {
  readonly orientation: 'horizontal' | 'vertical';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** Cell shading is at least this high and wide in ems; smaller fills are bullets and bars. */
const MIN_SHADE_HEIGHT = 0.7;
const MIN_SHADE_WIDTH = 1;
/** A fill larger than this share of the page is its background. */
const MAX_SHADE_AREA = 0.6;
/** Fills whose channels differ by less than this in sum look the same. */
const SAME_COLOUR = 12;
/** More fills than this are a picture. */
const MAX_SHAPES = 4000;
/** How far beside an edge the colours are compared, in points. */
const PROBE = 1;
const PAGE_COLOUR = 0xffffff;
const SAMPLES = [0.1, 0.3, 0.5, 0.7, 0.9];

/**
 * Sides of filled rectangles along which the colour changes. Word processors paint a cell line by line
 * and white over white: such sides cannot be seen and are no borders. Shapes are given in painting order.
 */
export function shadeEdges(
  shapes: readonly Shape[],
  page: { width: number; height: number },
  em: number,
): ShadeEdge[] {
  const fills = shapes
    .filter((s) => s.fill !== undefined)
    .map((s) => ({ box: s.box, colour: Number.parseInt((s.fill as string).slice(1), 16) }));
  if (fills.length > MAX_SHAPES) return [];
  const colourAt = (x: number, y: number): number => {
    for (let i = fills.length - 1; i >= 0; i--) if (containsPoint(fills[i].box, x, y)) return fills[i].colour;
    return PAGE_COLOUR;
  };
  const out: ShadeEdge[] = [];
  const seen = new Set<string>();
  for (const { box } of [...fills, ...shapes.filter((s) => s.fill === undefined)]) {
    if (!isCellSized(box, page, em)) continue;
    const key = `${box.x0.toFixed(1)} ${box.y0.toFixed(1)} ${box.x1.toFixed(1)} ${box.y1.toFixed(1)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const [at, sign] of [
      [box.y0, -1],
      [box.y1, 1],
    ] as const) {
      const visible = (x: number): boolean =>
        !sameColour(colourAt(x, at + sign * PROBE), colourAt(x, at - sign * PROBE));
      if (mostly(visible, box.x0, box.x1))
        out.push({ orientation: 'horizontal', at, from: box.x0, to: box.x1 });
    }
    for (const [at, sign] of [
      [box.x0, -1],
      [box.x1, 1],
    ] as const) {
      const visible = (y: number): boolean =>
        !sameColour(colourAt(at + sign * PROBE, y), colourAt(at - sign * PROBE, y));
      if (mostly(visible, box.y0, box.y1))
        out.push({ orientation: 'vertical', at, from: box.y0, to: box.y1 });
    }
  }
  return out;
}

const mostly = (test: (position: number) => boolean, from: number, to: number): boolean =>
  SAMPLES.filter((s) => test(from + (to - from) * s)).length > SAMPLES.length / 2;

function isCellSized(box: Box, page: { width: number; height: number }, em: number): boolean {
  const width = boxWidth(box);
  const height = boxHeight(box);
  if (height < em * MIN_SHADE_HEIGHT || width < em * MIN_SHADE_WIDTH) return false;
  return width * height <= page.width * page.height * MAX_SHADE_AREA;
}

function sameColour(a: number, b: number): boolean {
  const channel = (shift: number): number => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255));
  return channel(16) + channel(8) + channel(0) < SAME_COLOUR;
}
