import { overlapX, overlapY } from '../../../document/geometry.js';
import type { PageFacts } from '../facts.js';
import { boxOfBlocks, type TextBlock } from './text-blocks.js';

/** Tops of the blocks of one row lie within this many ems. */
const LEVEL = 0.8;
/** Blocks side by side are parted by at least this many ems. */
const MIN_GUTTER = 1;
/** Left edges, or middles, of the blocks of one column lie within this many ems. */
export const SAME_COLUMN = 0.7;

/** Sets of blocks that begin on one level, from left to right, two at least. */
export function levelRows(blocks: readonly TextBlock[], facts: PageFacts): TextBlock[][] {
  const rows: TextBlock[][] = [];
  for (const block of blocks) {
    const row = rows.find(
      (r) =>
        Math.abs(r[0].box.y0 - block.box.y0) < facts.bodySize * LEVEL &&
        r.every((b) => overlapX(b.box, block.box) === 0),
    );
    if (row) row.push(block);
    else rows.push([block]);
  }
  return rows.map((row) => row.sort((a, b) => a.box.x0 - b.box.x0)).filter(isParted(facts));
}

const isParted =
  (facts: PageFacts) =>
  (row: readonly TextBlock[]): boolean =>
    row.length > 1 && row.slice(1).every((b, i) => b.box.x0 - row[i].box.x1 > facts.bodySize * MIN_GUTTER);

/** The row stands right below the grid, its blocks in the grid's columns. */
export function continuesGrid(
  grid: readonly (readonly TextBlock[])[],
  row: readonly TextBlock[],
  all: readonly TextBlock[],
  facts: PageFacts,
): boolean {
  const above = boxOfBlocks(grid.flat());
  const box = boxOfBlocks(row);
  if (box.y0 < above.y1) return false;
  const between = {
    x0: Math.min(above.x0, box.x0),
    x1: Math.max(above.x1, box.x1),
    y0: above.y1,
    y1: box.y0,
  };
  if (all.some((b) => overlapY(b.box, between) > 0 && overlapX(b.box, between) > 0)) return false;
  const widest = grid.reduce((most, r) => (r.length > most.length ? r : most));
  const inColumn = (a: TextBlock, b: TextBlock): boolean =>
    Math.min(Math.abs(a.box.x0 - b.box.x0), Math.abs(a.box.x0 + a.box.x1 - b.box.x0 - b.box.x1) / 2) <
    facts.bodySize * SAME_COLUMN;
  const [few, many] = row.length <= widest.length ? [row, widest] : [widest, row];
  return few.every((b) => many.some((o) => inColumn(b, o)));
}
