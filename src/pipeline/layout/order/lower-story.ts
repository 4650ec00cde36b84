import { boxWidth, overlapX, unionBoxes } from '../../../document/geometry.js';
import type { PageFacts } from '../facts.js';
import { lineSize } from '../lines.js';
import type { Column } from './column.js';

/** A headline is set at least this many times as large as the text … */
const HEADLINE_SIZE = 1.25;
/** … has at most this many lines … */
const MAX_HEADLINE = 4;
/** … and is wider than the column below it by this factor, or lies over a second one. */
const WIDER = 1.1;
/** Columns of one story begin within this many line distances of each other. */
const SAME_TOP = 3;

/**
 * Where, among the columns on one side, another story begins that is read after the columns on the other side:
 * below its own headline over two columns or more, while the story above it goes on beside it, where the
 * text begins on the same level without a headline. The number of columns where there is none.
 */
export function lowerStory(first: readonly Column[], second: readonly Column[], facts: PageFacts): number {
  const top = topOf(second[0]);
  if (top === undefined || !isText(second[0], facts) || !first[0] || !isText(first[0], facts))
    return first.length;
  const start = topOf(first[0]);
  if (start === undefined || Math.abs(start - top) > facts.pitch * SAME_TOP) return first.length;
  const story = first.findIndex((column, i) => i > 0 && isHeadline(column, first.slice(i + 1), facts));
  return story < 0 ? first.length : story;
}

const topOf = (column: Column | undefined): number | undefined =>
  column?.rows[0] && column.pieces.every((p) => p.box.y0 > column.rows[0].box.y0)
    ? column.rows[0].box.y0
    : undefined;

const isText = ({ rows: [row] }: Column, facts: PageFacts): boolean =>
  row !== undefined && lineSize(row) < facts.bodySize * HEADLINE_SIZE;

/** Large type by itself, with two columns of text side by side below. */
function isHeadline({ rows, pieces }: Column, below: readonly Column[], facts: PageFacts): boolean {
  if (pieces.length > 0 || rows.length === 0 || rows.length > MAX_HEADLINE) return false;
  if (rows.some((row) => lineSize(row) < facts.bodySize * HEADLINE_SIZE)) return false;
  const [a, b] = below;
  if (!a?.rows.length || !b?.rows.length || !isText(a, facts) || !isText(b, facts)) return false;
  const [left, right] = [a, b].map((c) => unionBoxes(c.rows.map((r) => r.box)));
  if (overlapX(left, right) > 0 || Math.abs(left.y0 - right.y0) > facts.pitch * SAME_TOP) return false;
  const title = unionBoxes(rows.map((r) => r.box));
  return boxWidth(title) > boxWidth(left) * WIDER || overlapX(title, right) > 0 || rows[0].box.y1 < left.y0;
}
