import type { Block } from '../document/block.js';
import type { Box } from '../document/geometry.js';
import { type Projection, project, projectBox } from '../document/projection.js';
import type { Spread } from '../document/spread.js';

/** What has no place on the page, or shares its identity. */
const PLACELESS: readonly string[] = ['style', 'inlines', 'caption'];

interface Placed {
  readonly box: Box;
  readonly baseline?: number;
}

/**
 * Blocks of a page that was laid out as seen from above, with every box and baseline in the frame of the page
 * as it is; a box becomes the smallest one around the quadrilateral that it covers there.
 */
export const inOwnFrame = (blocks: readonly Block[], projection: Projection): readonly Block[] =>
  blocks.map((block) => moved(block, projection) as Block);

/** Blocks of two pages that were laid out side by side, each with its boxes in the frame of the image as it is. */
export const inSpread = (blocks: readonly Block[], { fold, left, right }: Spread): readonly Block[] =>
  blocks.map((block) => moved(block, (block.box.x0 + block.box.x1) / 2 < fold ? left : right) as Block);

function moved(value: unknown, projection: Projection): unknown {
  if (Array.isArray(value)) return value.map((item) => moved(item, projection));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) =>
    key === 'box' || PLACELESS.includes(key) ? [key, item] : [key, moved(item, projection)],
  );
  const copy = Object.fromEntries(entries);
  if (!('box' in copy)) return copy;
  const { box, baseline } = copy as Placed;
  const middle = (box.x0 + box.x1) / 2;
  return {
    ...copy,
    box: projectBox(projection, box),
    ...(baseline === undefined ? {} : { baseline: project(projection, [middle, baseline])[1] }),
  };
}
