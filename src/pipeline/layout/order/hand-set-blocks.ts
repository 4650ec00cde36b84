import type { PageFacts } from '../facts.js';
import { lineSize } from '../lines.js';
import { lookOfLine } from '../look.js';
import { SAME_COLUMN } from './block-rows.js';
import { boxOfBlocks, type TextBlock } from './text-blocks.js';

/** Of the line ends this share came by hand: the next word had room. Text wrapped in a cell stays near 0. */
const BROKEN_BY_HAND = 0.25;
/** Text wraps no further than so many ems from the next column. */
const MAX_PADDING = 3;
/** A word space in ems. */
const WORD_SPACE = 0.3;
/** This share of the blocks has a title, so many times larger than its text. */
const TITLED = 0.8;
const TITLE_RATIO = 1.08;

/** Nearly every block of several lines has a title. */
export function areTitled(blocks: readonly TextBlock[]): boolean {
  const several = blocks.filter((b) => b.lines.length > 1);
  return several.filter(isTitled).length >= several.length * TITLED;
}

/** Were the lines of the blocks ended by hand? */
export const isBrokenByHand = (blocks: readonly TextBlock[], facts: PageFacts): boolean =>
  brokenShare(blocks, facts) >= BROKEN_BY_HAND;

/** Share of the lines that ended although the next one's first word had room, which wrapped text never does. */
function brokenShare(blocks: readonly TextBlock[], facts: PageFacts): number {
  let ends = 0;
  let broken = 0;
  for (const block of blocks) {
    const { lines } = block;
    const right = roomOf(block, blocks, facts);
    for (let i = 1; i < lines.length; i++) {
      const { x0, x1 } = lines[i].words[0].box;
      ends++;
      if (x1 - x0 + lineSize(lines[i]) * WORD_SPACE < right - lines[i - 1].box.x1) broken++;
    }
  }
  return broken / Math.max(ends, 1);
}

/** Right edge of the room that a block's lines have in its column, in points. */
export function roomOf({ box }: TextBlock, blocks: readonly TextBlock[], facts: PageFacts): number {
  const padding = facts.bodySize * MAX_PADDING;
  const starts = blocks.map((b) => b.box.x0).sort((a, b) => a - b);
  const column = boxOfBlocks(
    blocks.filter((b) => Math.abs(b.box.x0 - box.x0) < facts.bodySize * SAME_COLUMN),
  );
  const next = starts.find((x) => x > column.x1);
  const widest = Math.max(...starts.slice(1).map((x, i) => x - starts[i]));
  return Math.max(column.x1, (next ?? box.x0 + widest) - padding);
}

/** The first line is bolder or larger than the second. */
function isTitled({ lines }: TextBlock): boolean {
  const [a, b] = [lookOfLine(lines[0]), lookOfLine(lines[1])];
  return (a.bold && !b.bold) || a.size > b.size * TITLE_RATIO;
}
