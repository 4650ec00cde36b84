import type { Line } from '../../../document/block.js';
import { type Box, boxHeight, boxWidth, median, overlapX, overlapY } from '../../../document/geometry.js';
import type { PageContent } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import { runsRightToLeft } from '../direction.js';
import type { PageFacts } from '../facts.js';
import { isValueChunk } from '../tables/chunks.js';
import { isAlikeInRows } from './alike-blocks.js';
import { continuesGrid, levelRows, SAME_COLUMN } from './block-rows.js';
import type { SourceOrder } from './gutters.js';
import { areTitled, isBrokenByHand, roomOf } from './hand-set-blocks.js';
import { boxOfBlocks, type TextBlock, textBlocks, wordsOfBlock } from './text-blocks.js';

/** Rows are parted by more than this share of the lines' distance within a block. */
const ROW_STEP = 1.2;
/** At least this share of the blocks has several lines. */
const SEVERAL_LINES = 0.8;
/** A block in which this share of the lines are figures is a table's column. */
const FIGURES = 0.5;
/** A row by itself holds at most this many blocks, of so many lines. */
const SINGLE_ROW = { blocks: 3, least: 2, most: 12 };
/** Shorter rules, in ems, are strokes of letters and underlined words. */
const MIN_RULE = 4;
/** Text within so many line distances above or below a block in its column goes on with it. */
const COLUMN_REACH = 3;
/** Rules and edges this close to a grid belong to it, in points. */
const REACH = 4;

/** More blocks than this are the cells of tables or the labels of a drawing; it bounds the work on a page full of them. */
const MAX_BLOCKS = 400;

/** Blocks of short lines in rows: addresses, business cards, sender beside recipient. */
export interface BlockGrid {
  readonly box: Box;
  /** The blocks in reading order, row by row. */
  readonly cells: readonly BlockCell[];
}

export interface BlockCell {
  readonly words: readonly Word[];
  /** The block with all the room that its lines have to the right, in points. */
  readonly extent: Box;
  /** Its lines were ended by hand. */
  readonly broken: boolean;
}

/**
 * Grids that are read block by block: each block's lines belong to each other more than to those beside
 * them. A table is read along its lines instead, so that what tells the two apart is the order in which the
 * source has its words where it has one, and on recognised pages whether lines resemble their neighbours in
 * the row (third line: a street) or those in the column (second column: a country). Whatever is ruled is a
 * table's, columns of running text and whatever the source holds column by column are left to the columns.
 */
export function findBlockGrids(
  content: PageContent,
  rows: readonly Line[],
  facts: PageFacts,
  order: SourceOrder,
): BlockGrid[] {
  const blocks = textBlocks(rows, facts).sort((a, b) => a.box.y0 - b.box.y0 || a.box.x0 - b.box.x0);
  if (blocks.length > MAX_BLOCKS) return [];
  const levels = levelRows(blocks, facts);
  const grids: BlockGrid[] = [];
  for (let i = 0; i < levels.length; i++) {
    const grid = [levels[i]];
    while (i + grid.length < levels.length && continuesGrid(grid, levels[i + grid.length], blocks, facts))
      grid.push(levels[i + grid.length]);
    if (!isGrid(grid, blocks, content, facts, order)) continue;
    const own = grid.flat();
    const broken = isBrokenByHand(own, facts);
    const rtl = runsRightToLeft(own.flatMap(wordsOfBlock));
    const cellOf = (block: TextBlock): BlockCell => ({
      words: wordsOfBlock(block),
      extent: { ...block.box, x1: roomOf(block, own, facts) },
      broken,
    });
    grids.push({
      box: boxOfBlocks(own),
      cells: grid.flatMap((row) => (rtl ? [...row].reverse() : row).map(cellOf)),
    });
    i += grid.length - 1;
  }
  return grids;
}

function isGrid(
  grid: readonly (readonly TextBlock[])[],
  all: readonly TextBlock[],
  content: PageContent,
  facts: PageFacts,
  order: SourceOrder,
): boolean {
  const blocks = grid.flat();
  const own = new Set(blocks);
  const box = boxOfBlocks(blocks);
  if (all.some((b) => !own.has(b) && overlapX(b.box, box) > 0 && overlapY(b.box, box) > 0)) return false;
  if (blocks.filter((b) => b.lines.length > 1).length < blocks.length * SEVERAL_LINES) return false;
  if (blocks.some((b) => b.lines.filter((l) => isValueChunk(l.words)).length > b.lines.length * FIGURES))
    return false;
  if (isRuled(box, content, facts)) return false;
  if (goesOn(grid[0], all, facts, 'above') || goesOn(grid[grid.length - 1], all, facts, 'below'))
    return false;
  if (grid.length === 1 && !isShort(grid[0])) return false;
  if (grid.some((row, i) => i > 0 && !isSetOff(grid[i - 1], row))) return false;
  if (!isSetInLines(blocks, facts)) return false;
  if (!facts.ocr) return followsSource(grid, order);
  return (grid.length > 1 && areTitled(blocks)) || isAlikeInRows(grid);
}

/** Lines or grounds run through the grid: what they part are cells. */
function isRuled(box: Box, { rules, shapes }: PageContent, facts: PageFacts): boolean {
  const shortest = facts.bodySize * MIN_RULE;
  const reach = { x0: box.x0 - REACH, y0: box.y0 - REACH, x1: box.x1 + REACH, y1: box.y1 + REACH };
  const touches = (b: Box): boolean =>
    Math.min(b.x1, reach.x1) > Math.max(b.x0, reach.x0) &&
    Math.min(b.y1, reach.y1) > Math.max(b.y0, reach.y0);
  const holds = (b: Box): boolean => b.x0 <= box.x0 && b.x1 >= box.x1 && b.y0 <= box.y0 && b.y1 >= box.y1;
  return (
    rules.some(
      (r) =>
        Math.max(boxWidth(r.box), boxHeight(r.box)) > shortest && touches(r.box) && !isBeyond(r.box, box),
    ) || shapes.some((s) => touches(s.box) && !holds(s.box))
  );
}

/** A rule that only touches the grid's edge parts it from what is above or below. */
const isBeyond = (rule: Box, box: Box): boolean => rule.y1 <= box.y0 || rule.y0 >= box.y1;

/** A few blocks of several lines each. */
function isShort(row: readonly TextBlock[]): boolean {
  const { blocks, least, most } = SINGLE_ROW;
  const lines = row.map((b) => b.lines.length);
  return (
    row.length <= blocks &&
    Math.min(...lines) >= least &&
    Math.max(...lines) <= most &&
    lines.some((n) => n > 2)
  );
}

/** Two of the columns or more have further text close by: the row is a part of columns that go on. */
function goesOn(
  row: readonly TextBlock[],
  all: readonly TextBlock[],
  facts: PageFacts,
  side: 'above' | 'below',
): boolean {
  const reach = facts.pitch * COLUMN_REACH;
  const going = row.filter((b) =>
    all.some((o) => {
      const gap = side === 'above' ? b.box.y0 - o.box.y1 : o.box.y0 - b.box.y1;
      return (
        !row.includes(o) &&
        gap > -1 &&
        gap < reach &&
        Math.abs(o.box.x0 - b.box.x0) < facts.bodySize * SAME_COLUMN
      );
    }),
  );
  return going.length > 1;
}

/** More room between the rows than between the lines of a block. */
function isSetOff(above: readonly TextBlock[], below: readonly TextBlock[]): boolean {
  const steps = [...above, ...below].flatMap((b) =>
    b.lines.slice(1).map((l, i) => l.baseline - b.lines[i].baseline),
  );
  const end = Math.max(...above.map((b) => b.lines[b.lines.length - 1].baseline));
  const start = Math.min(...below.map((b) => b.lines[0].baseline));
  return start - end > median(steps) * ROW_STEP;
}

/** Lines that were ended by hand, or nearly every block has a first line of another look: its title. */
const isSetInLines = (blocks: readonly TextBlock[], facts: PageFacts): boolean =>
  areTitled(blocks) || isBrokenByHand(blocks, facts);

/** The source has each block in one stretch, and the blocks row by row. */
function followsSource(grid: readonly (readonly TextBlock[])[], order: SourceOrder): boolean {
  const spans = grid.flat().map((block) => {
    const at = wordsOfBlock(block).map((w) => order.get(w) ?? -1);
    return { from: Math.min(...at), to: Math.max(...at) };
  });
  if (runsRightToLeft(grid[0].flatMap(wordsOfBlock)))
    return spans.every((s) => spans.every((o) => s === o || s.to < o.from || o.to < s.from));
  return spans.slice(1).every((s, i) => s.from > spans[i].to);
}
