import type { Box } from '../../document/geometry.js';
import type { Rule } from '../../document/page.js';
import { cutBox, type PaintedPath, type Subpath } from './paint.js';

/** Sides of a drawn check box, in points: of 6-point print to large forms. */
const SIDE = { min: 4, max: 30 };
/** A check box is about as wide as high. */
const MAX_ASPECT = 1.35;
/** Ends of the four lines of a frame meet within this many points. */
const MEET = 1.6;
/** What reaches further out of a frame than this share of its side goes on: the frame is a cell of a grid. */
const MAX_REACH = 0.3;
/** More small shapes than this are a drawing or text turned to outlines. */
const MAX_SQUARES = 600;
/** Shapes whose edges are this close, in points, are one frame drawn twice. */
const SAME_EDGE = 1;

/**
 * Outlines on the page that may be check boxes, by size and shape of their extent alone: small, about as wide as
 * high, touched by no line that goes on. What they show is told by their pixels. Empty where there are too many.
 * `rules` are all lines of the page, unjoined.
 */
export function findSquares(paths: readonly PaintedPath[], rules: readonly Rule[]): Box[] {
  const found: Box[] = [];
  for (const path of paths) {
    for (const subpath of path.subpaths) {
      const extent = cutBox(paintedExtent(subpath, path), path.clip);
      if (extent && isSquarish(extent)) found.push(extent);
    }
    if (found.length > MAX_SQUARES * 4) return [];
  }
  found.push(...fourLines(rules));
  const single = distinct(found);
  return single.length > MAX_SQUARES ? [] : single.filter((box) => !goesOn(box, rules));
}

function isSquarish({ x0, y0, x1, y1 }: Box): boolean {
  const [short, long] = [x1 - x0, y1 - y0].sort((a, b) => a - b);
  return short >= SIDE.min && long <= SIDE.max && long <= short * MAX_ASPECT;
}

function paintedExtent({ points }: Subpath, { stroked, strokeWidth }: PaintedPath): Box {
  const half = stroked ? strokeWidth / 2 : 0;
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < points.length; i += 2) {
    x0 = Math.min(x0, points[i]);
    x1 = Math.max(x1, points[i]);
    y0 = Math.min(y0, points[i + 1]);
    y1 = Math.max(y1, points[i + 1]);
  }
  return { x0: x0 - half, y0: y0 - half, x1: x1 + half, y1: y1 + half };
}

/** Frames of four single lines. */
function fourLines(rules: readonly Rule[]): Box[] {
  const isSide = (length: number): boolean => length >= SIDE.min && length <= SIDE.max;
  const level = rules.filter(
    ({ orientation, box }) => orientation === 'horizontal' && isSide(box.x1 - box.x0),
  );
  const upright = rules.filter(
    ({ orientation, box }) => orientation === 'vertical' && isSide(box.y1 - box.y0),
  );
  if (level.length > MAX_SQUARES * 4 || upright.length > MAX_SQUARES * 4) return [];
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= MEET;
  const found: Box[] = [];
  for (const { box: top } of level) {
    const isBetween = (y0: number, y1: number) => near(y0, top.y0) && y1 > top.y1;
    const left = upright.find(({ box }) => near(box.x0, top.x0) && isBetween(box.y0, box.y1))?.box;
    const right = upright.find(({ box }) => near(box.x1, top.x1) && isBetween(box.y0, box.y1))?.box;
    if (!left || !right || !near(left.y1, right.y1)) continue;
    const bottom = level.find(
      ({ box }) => near(box.x0, top.x0) && near(box.x1, top.x1) && near(box.y1, left.y1) && box.y0 > top.y1,
    )?.box;
    if (!bottom) continue;
    const frame = {
      x0: Math.min(left.x0, top.x0),
      y0: Math.min(top.y0, left.y0),
      x1: Math.max(right.x1, top.x1),
      y1: Math.max(bottom.y1, left.y1),
    };
    if (isSquarish(frame)) found.push(frame);
  }
  return found;
}

/** Of shapes drawn twice at one place in about one size, such as the two edges of a frame, the larger one. */
function distinct(boxes: readonly Box[]): Box[] {
  const kept: Box[] = [];
  const sorted = [...boxes].sort((a, b) => b.x1 - b.x0 + (b.y1 - b.y0) - (a.x1 - a.x0 + (a.y1 - a.y0)));
  for (const box of sorted) {
    const isSame = kept.some((k) =>
      (['x0', 'y0', 'x1', 'y1'] as const).every((edge) => Math.abs(k[edge] - box[edge]) <= SAME_EDGE),
    );
    if (!isSame) kept.push(box);
    if (kept.length > MAX_SQUARES) break;
  }
  return kept;
}

/** A line of the page touches the frame and goes on. */
function goesOn(box: Box, rules: readonly Rule[]): boolean {
  const reach = (box.x1 - box.x0) * MAX_REACH;
  return rules.some(({ box: r }) => {
    if (r.x1 < box.x0 - 1 || r.x0 > box.x1 + 1 || r.y1 < box.y0 - 1 || r.y0 > box.y1 + 1) return false;
    return r.x0 < box.x0 - reach || r.x1 > box.x1 + reach || r.y0 < box.y0 - reach || r.y1 > box.y1 + reach;
  });
}

/** Does the rule belong to one of the frames? */
export const isEdge = ({ box: r }: Rule, squares: readonly Box[]): boolean =>
  squares.some(
    (s) => r.x0 >= s.x0 - MEET && r.x1 <= s.x1 + MEET && r.y0 >= s.y0 - MEET && r.y1 <= s.y1 + MEET,
  );
