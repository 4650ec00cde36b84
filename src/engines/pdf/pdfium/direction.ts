import type { GlyphRun } from '../glyph.js';
import type { Matrix } from '../matrix.js';

/** Place of a point of user space along the reading direction. */
export const alongRun = ({ dx, dy }: GlyphRun, m: Matrix, x: number, y: number): number =>
  (m[0] * x + m[2] * y + m[4]) * dx + (m[1] * x + m[3] * y + m[5]) * dy;

/** The farthest place along the reading direction that the box in user space reaches. */
export const farEnd = (run: GlyphRun, m: Matrix, x0: number, y0: number, x1: number, y1: number): number =>
  Math.max(
    alongRun(run, m, x0, y0),
    alongRun(run, m, x1, y0),
    alongRun(run, m, x0, y1),
    alongRun(run, m, x1, y1),
  );
