import type { Box } from '../../document/geometry.js';
import type { Rule, Shape } from '../../document/page.js';
import { cutBox, type Painted, type PaintedPath, type Subpath, type VectorContent } from './paint.js';
import { mergeRules } from './rules.js';
import { findSquares, isEdge } from './squares.js';

/** A filled rectangle up to this thick, in points, is a line drawn as a rectangle. */
const MAX_RULE_THICKNESS = 4;
/** A line is at least this much longer than it is thick. */
const MIN_RULE_ASPECT = 3;
/** Corners this close, in points, count as level. */
const LEVEL = 0.35;
/** A point this small on both sides is a dot of a dotted line. */
const MAX_DOT = 2;
/** A drawn bullet is between these sizes, in points, and about as wide as high, and has few corners. */
const BULLET = { min: 1.2, max: 9, aspect: 1.35, maxNumbers: 64 };

/** More rectangles than this are a drawing, and count as curves. */
const MAX_SHAPES = 20_000;

/** More paths than this add nothing to where the page's drawings are. */
const MAX_DRAWINGS = 5_000;

/** Lines, rectangles and the rest of the page's paths. */
export function readVectors(paths: readonly PaintedPath[]): VectorContent {
  const rules: Rule[] = [];
  const shapes: Shape[] = [];
  const painted: Painted[] = [];
  const drawings: Box[] = [];
  let curves = 0;
  for (const path of paths) {
    for (const subpath of path.subpaths) {
      const rectangle = asRectangle(path.filled ? { ...subpath, closed: true } : subpath);
      if (rectangle && shapes.length < MAX_SHAPES) {
        addRectangle(path, rectangle, { rules, shapes, painted });
        continue;
      }
      const dot = asDot(subpath);
      if (dot)
        shapes.push({ box: dot, round: true, ...(path.filled && path.fill ? { fill: path.fill } : {}) });
      const others = addSegments(path, subpath, rules);
      curves += others;
      const extent =
        others > 0 && drawings.length < MAX_DRAWINGS ? cutBox(extentOf(subpath), path.clip) : undefined;
      if (extent) drawings.push(extent);
    }
  }
  const squares = findSquares(paths, rules);
  // A column of frames is no dashed line: their edges are joined to no others.
  const edges = new Set(squares.length > 0 ? rules.filter((rule) => isEdge(rule, squares)) : []);
  const others = edges.size > 0 ? rules.filter((rule) => !edges.has(rule)) : rules;
  return { rules: [...mergeRules(others), ...edges], shapes, painted, drawings, squares, curves };
}

interface Found {
  readonly rules: Rule[];
  readonly shapes: Shape[];
  readonly painted: Painted[];
}

function addRectangle(path: PaintedPath, rectangle: Box, { rules, shapes, painted }: Found): void {
  const visible = cutBox(rectangle, path.clip);
  if (!visible) return;
  const { order, fill, opaque } = path;
  if (path.filled) painted.push({ order, box: visible, opaque, ...(fill ? { fill } : {}) });
  const thin = ruleOf(visible);
  if (path.filled && thin) {
    rules.push(thin);
    return;
  }
  if (path.stroked) rules.push(...edges(rectangle, path));
  if (path.filled || path.stroked) shapes.push({ box: visible, ...(path.filled && fill ? { fill } : {}) });
}

/** A box so thin that it looks like a line; a dot counts as a horizontal line for the joining of dots. */
function ruleOf(b: Box): Rule | undefined {
  const width = b.x1 - b.x0;
  const height = b.y1 - b.y0;
  const thin = Math.min(width, height);
  if (thin > MAX_RULE_THICKNESS) return undefined;
  if (Math.max(width, height) < thin * MIN_RULE_ASPECT && Math.max(width, height) > MAX_DOT) return undefined;
  return { orientation: width >= height ? 'horizontal' : 'vertical', box: b };
}

function edges(b: Box, path: PaintedPath): Rule[] {
  const corners = [b.x0, b.y0, b.x1, b.y0, b.x1, b.y1, b.x0, b.y1, b.x0, b.y0];
  const found: Rule[] = [];
  for (let i = 0; i + 3 < corners.length; i += 2) {
    const rule = strokedRule(corners[i], corners[i + 1], corners[i + 2], corners[i + 3], path);
    if (rule) found.push(rule);
  }
  return found;
}

function strokedRule(ax: number, ay: number, bx: number, by: number, path: PaintedPath): Rule | undefined {
  const half = path.strokeWidth / 2;
  if (path.strokeWidth > MAX_RULE_THICKNESS * 2) return undefined;
  const level = Math.abs(ay - by) <= LEVEL;
  const upright = Math.abs(ax - bx) <= LEVEL;
  if (level === upright) return undefined;
  const x0 = Math.min(ax, bx);
  const x1 = Math.max(ax, bx);
  const y0 = Math.min(ay, by);
  const y1 = Math.max(ay, by);
  const whole = level
    ? { x0, y0: (ay + by) / 2 - half, x1, y1: (ay + by) / 2 + half }
    : { x0: (ax + bx) / 2 - half, y0, x1: (ax + bx) / 2 + half, y1 };
  const seen = cutBox(whole, path.clip);
  return seen && { orientation: level ? 'horizontal' : 'vertical', box: seen };
}

/** Adds the straight level and upright strokes of a subpath; gives the number of other segments. */
function addSegments(path: PaintedPath, { points, closed, curved }: Subpath, rules: Rule[]): number {
  const corners = closed && points.length > 4 ? [...points, points[0], points[1]] : points;
  let others = 0;
  for (let i = 0; i + 3 < corners.length; i += 2) {
    const rule =
      path.stroked && !curved
        ? strokedRule(corners[i], corners[i + 1], corners[i + 2], corners[i + 3], path)
        : undefined;
    if (rule) rules.push(rule);
    else others++;
  }
  return others;
}

/** The box around a subpath's corners. */
function extentOf({ points }: Pick<Subpath, 'points'>): Box {
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < points.length; i += 2) {
    x0 = Math.min(x0, points[i]);
    x1 = Math.max(x1, points[i]);
    y0 = Math.min(y0, points[i + 1]);
    y1 = Math.max(y1, points[i + 1]);
  }
  return { x0, y0, x1, y1 };
}

/** The box of a small curve about as wide as high: a drawn bullet. */
function asDot({ points, curved }: Subpath): Box | undefined {
  if (!curved || points.length < 6 || points.length > BULLET.maxNumbers) return undefined;
  const b = extentOf({ points });
  const width = b.x1 - b.x0;
  const height = b.y1 - b.y0;
  const small = Math.min(width, height);
  const large = Math.max(width, height);
  return small >= BULLET.min && large <= BULLET.max && large <= small * BULLET.aspect ? b : undefined;
}

/** The box of a subpath that is a rectangle with level and upright sides. */
function asRectangle({ points, closed, curved }: Subpath): Box | undefined {
  if (curved) return undefined;
  let count = points.length / 2;
  const endsAtStart =
    count > 2 &&
    Math.abs(points[0] - points[points.length - 2]) <= LEVEL &&
    Math.abs(points[1] - points[points.length - 1]) <= LEVEL;
  if (endsAtStart) count--;
  if (count !== 4 || !(closed || endsAtStart)) return undefined;
  let x0 = Infinity;
  let y0 = Infinity;
  let x1 = -Infinity;
  let y1 = -Infinity;
  for (let i = 0; i < 4; i++) {
    const j = ((i + 1) % 4) * 2;
    const level = Math.abs(points[i * 2 + 1] - points[j + 1]) <= LEVEL;
    const upright = Math.abs(points[i * 2] - points[j]) <= LEVEL;
    if (!level && !upright) return undefined;
    x0 = Math.min(x0, points[i * 2]);
    x1 = Math.max(x1, points[i * 2]);
    y0 = Math.min(y0, points[i * 2 + 1]);
    y1 = Math.max(y1, points[i * 2 + 1]);
  }
  return { x0, y0, x1, y1 };
}
