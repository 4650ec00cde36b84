import type { Line } from '../../../document/block.js';
import {
  type Box,
  boxHeight,
  boxWidth,
  median,
  overlapX,
  overlapY,
  unionBoxes,
} from '../../../document/geometry.js';
import type { PageContent } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import { runsRightToLeft } from '../direction.js';
import type { PageFacts } from '../facts.js';
import { lineSize, lineText } from '../lines.js';
import { lookOfLine } from '../look.js';
import { isValueChunk } from '../tables/chunks.js';
import type { SourceOrder } from './gutters.js';
import { type TextBlock, textBlocks } from './text-blocks.js';

/** Tops of the blocks of one row lie within this many ems. */
const LEVEL = 0.8;
/** Blocks side by side are parted by at least this many ems. */
const MIN_GUTTER = 1;
/** Left edges, or middles, of the blocks of one column lie within this many ems. */
const SAME_COLUMN = 0.7;
/** Rows are parted by more than this share of the lines' distance within a block. */
const ROW_STEP = 1.2;
/** At least this share of the blocks has several lines … */
const SEVERAL_LINES = 0.8;
/** … and of the line ends this share came by hand: the next word had room. Text wrapped in a cell stays near 0. */
const BROKEN_BY_HAND = 0.25;
/** Text wraps no further than so many ems from the next column. */
const MAX_PADDING = 3;
/** A word space in ems. */
const WORD_SPACE = 0.3;
/** Or this share of the blocks has a title, so many times larger than its text. */
const TITLED = 0.8;
const TITLE_RATIO = 1.08;
/** A block in which this share of the lines are figures is a table's column. */
const FIGURES = 0.5;
/** On recognised pages lines at the same place in their blocks are this much more alike than those of one block. */
const MORE_ALIKE = 0.12;
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
    const broken = brokenShare(own, facts) >= BROKEN_BY_HAND;
    const rtl = runsRightToLeft(own.flatMap(wordsOf));
    const cellOf = (block: TextBlock): BlockCell => ({
      words: wordsOf(block),
      extent: { ...block.box, x1: roomOf(block, own, facts) },
      broken,
    });
    grids.push({
      box: boxOf(own),
      cells: grid.flatMap((row) => (rtl ? [...row].reverse() : row).map(cellOf)),
    });
    i += grid.length - 1;
  }
  return grids;
}

const wordsOf = (block: TextBlock): Word[] => block.lines.flatMap((l) => [...l.words]);
const boxOf = (blocks: readonly TextBlock[]): Box => unionBoxes(blocks.map((b) => b.box));

/** Sets of blocks that begin on one level, from left to right, two at least. */
function levelRows(blocks: readonly TextBlock[], facts: PageFacts): TextBlock[][] {
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
function continuesGrid(
  grid: readonly (readonly TextBlock[])[],
  row: readonly TextBlock[],
  all: readonly TextBlock[],
  facts: PageFacts,
): boolean {
  const above = boxOf(grid.flat());
  const box = boxOf(row);
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

function isGrid(
  grid: readonly (readonly TextBlock[])[],
  all: readonly TextBlock[],
  content: PageContent,
  facts: PageFacts,
  order: SourceOrder,
): boolean {
  const blocks = grid.flat();
  const own = new Set(blocks);
  const box = boxOf(blocks);
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
  areTitled(blocks) || brokenShare(blocks, facts) >= BROKEN_BY_HAND;

/** Nearly every block of several lines has a title. */
function areTitled(blocks: readonly TextBlock[]): boolean {
  const several = blocks.filter((b) => b.lines.length > 1);
  return several.filter(isTitled).length >= several.length * TITLED;
}

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
function roomOf({ box }: TextBlock, blocks: readonly TextBlock[], facts: PageFacts): number {
  const padding = facts.bodySize * MAX_PADDING;
  const starts = blocks.map((b) => b.box.x0).sort((a, b) => a - b);
  const column = boxOf(blocks.filter((b) => Math.abs(b.box.x0 - box.x0) < facts.bodySize * SAME_COLUMN));
  const next = starts.find((x) => x > column.x1);
  const widest = Math.max(...starts.slice(1).map((x, i) => x - starts[i]));
  return Math.max(column.x1, (next ?? box.x0 + widest) - padding);
}

/** The first line is bolder or larger than the second. */
function isTitled({ lines }: TextBlock): boolean {
  const [a, b] = [lookOfLine(lines[0]), lookOfLine(lines[1])];
  return (a.bold && !b.bold) || a.size > b.size * TITLE_RATIO;
}

/** The source has each block in one stretch, and the blocks row by row. */
function followsSource(grid: readonly (readonly TextBlock[])[], order: SourceOrder): boolean {
  const spans = grid.flat().map((block) => {
    const at = wordsOf(block).map((w) => order.get(w) ?? -1);
    return { from: Math.min(...at), to: Math.max(...at) };
  });
  if (runsRightToLeft(grid[0].flatMap(wordsOf)))
    return spans.every((s) => spans.every((o) => s === o || s.to < o.from || o.to < s.from));
  return spans.slice(1).every((s, i) => s.from > spans[i].to);
}

/** Lines are more like those at the same place in the next block than like their neighbours in their own. */
function isAlikeInRows(grid: readonly (readonly TextBlock[])[]): boolean {
  const along: number[] = [];
  const down: number[] = [];
  for (const row of grid) {
    row.forEach(({ lines }, i) => {
      for (let k = 1; k < lines.length; k++) down.push(likeness(traits(lines[k - 1]), traits(lines[k])));
      const next = row[i + 1]?.lines ?? [];
      for (let k = 0; k < Math.min(lines.length, next.length); k++)
        along.push(likeness(traits(lines[k]), traits(next[k])));
    });
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((n, v) => n + v, 0) / Math.max(1, values.length);
  return along.length > 0 && mean(along) - mean(down) > MORE_ALIKE;
}

/** What kind of line it is, as far as its characters show. */
function traits(line: TextBlock['lines'][number]): boolean[] {
  const text = lineText(line);
  return [
    /^\W*\d/u.test(text),
    /\d\W*$/u.test(text),
    /@|www\.|https?:/i.test(text),
    /^\W*\p{Ll}/u.test(text),
    /:/.test(text),
    lookOfLine(line).bold,
  ];
}

const likeness = (a: readonly boolean[], b: readonly boolean[]): number =>
  a.filter((t, i) => t === b[i]).length / a.length;
