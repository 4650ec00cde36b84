import type { Box } from '../../../document/geometry.js';
import type { Rule, Shape } from '../../../document/page.js';

/** Ends of rules that meet in a corner lie this close, in points. */
const CORNER = 3;
/** A page with more upright rules than this is a form or a table. */
const MAX_UPRIGHT = 40;

/** Boxes that are drawn as an outline: stroked rectangles, and four rules that meet in their corners. */
export function findFrames(rules: readonly Rule[], shapes: readonly Shape[]): Box[] {
  const frames = shapes.filter((s) => s.fill === undefined && !s.round).map((s) => s.box);
  const upright = rules.filter((r) => r.orientation === 'vertical').map((r) => r.box);
  const level = rules.filter((r) => r.orientation === 'horizontal').map((r) => r.box);
  if (upright.length > MAX_UPRIGHT) return frames;
  for (const left of upright) {
    for (const right of upright) {
      if (right.x0 <= left.x1 || !near(left.y0, right.y0) || !near(left.y1, right.y1)) continue;
      const spans = (y: number): boolean =>
        level.some((b) => near((b.y0 + b.y1) / 2, y) && near(b.x0, left.x0) && near(b.x1, right.x1));
      if (spans(left.y0) && spans(left.y1))
        frames.push({ x0: left.x0, y0: left.y0, x1: right.x1, y1: left.y1 });
    }
  }
  return frames;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= CORNER;
