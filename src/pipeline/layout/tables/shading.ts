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
/** Height in points of the bands that fills are looked up by; fills over more bands than this are grounds. */
const BAND = 12;
const MAX_BANDS = 12;
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
  const colourAt = colourFinder(fills);
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

interface Fill {
  readonly box: Box;
  readonly colour: number;
}

/** The colour seen at a place: that of the fill painted last. Fills are looked up by horizontal bands. */
function colourFinder(fills: readonly Fill[]): (x: number, y: number) => number {
  const bands = new Map<number, Fill[]>();
  const wide: Fill[] = [];
  const order = new Map(fills.map((fill, i) => [fill, i]));
  for (let i = fills.length - 1; i >= 0; i--) {
    const fill = fills[i];
    const first = Math.floor(fill.box.y0 / BAND);
    const last = Math.floor(fill.box.y1 / BAND);
    if (last - first > MAX_BANDS) {
      wide.push(fill);
      continue;
    }
    for (let band = first; band <= last; band++) {
      const held = bands.get(band);
      if (held) held.push(fill);
      else bands.set(band, [fill]);
    }
  }
  const topmost = (held: readonly Fill[] | undefined, x: number, y: number): Fill | undefined =>
    held?.find((f) => containsPoint(f.box, x, y));
  return (x, y) => {
    const near = topmost(bands.get(Math.floor(y / BAND)), x, y);
    const ground = topmost(wide, x, y);
    if (!near || !ground) return (near ?? ground)?.colour ?? PAGE_COLOUR;
    return (order.get(near)! > order.get(ground)! ? near : ground).colour;
  };
}

/** The test holds at more than half of the sampled positions. */
function mostly(test: (position: number) => boolean, from: number, to: number): boolean {
  let held = 0;
  let failed = 0;
  for (const share of SAMPLES) {
    if (test(from + (to - from) * share)) held++;
    else failed++;
    if (held > SAMPLES.length / 2) return true;
    if (failed > SAMPLES.length / 2) return false;
  }
  return false;
}

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
