import { unionBoxes } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import type { Region } from './book-tables.js';
import { type Chunk, chunkOf, chunkText, isValueChunk, type TextRow, textRows } from './chunks.js';
import { findGutters, type Gutter } from './columns.js';
import type { Edge } from './edges.js';
import { columnRange } from './pieces.js';
import type { ProseBlock } from './prose.js';
import { isFull } from './wraps.js';

/** Rows of one table follow each other within this many ems; a larger space ends it. */
const MAX_ROW_STEP = 3;
/** Lines without a second cell (group titles, wrapped labels) that may stand between two parted rows. */
const MAX_SINGLES = 3;
/** A gutter kept by all rows of a region is at least this many ems wide. */
const MIN_COMMON_GUTTER = 0.5;
/** Lines of one cell follow each other within this many ems. */
const MAX_LINE_STEP = 1.5;
/** Rows that decide about a gutter where a heading crosses it. */
const RECENT_ROWS = 12;
/** A repeated head stands at least this many row steps below the last row. */
const NEW_TABLE_STEP = 1.5;
/** A line this wide, as a share of the table, is a caption or a sentence, no heading of columns. */
const HEADING_WIDTH = 0.7;
/** A rule belongs to the line below it when it is at most this many ems above its baseline. */
const RULE_ABOVE = 2.5;
/** The head reaches at most this many ems above the first parted row. */
const HEAD_REACH = 9;
/** A rule that closes the head covers this share of the region's width. */
const RULE_SHARE = 0.6;

/** Headings and figures end at the same place within this many ems; figures in this share of the rows make a column. */
const SAME_END = 0.4;
const MIN_FIGURES = 0.4;

interface OpenRegion {
  rows: TextRow[];
  /** Rows after the last parted row, kept only when another parted row follows. */
  pending: TextRow[];
  x0: number;
  x1: number;
  baseline: number;
  /** What all rows so far leave free. */
  gutters: readonly Gutter[];
}

/** A row cut where running text stands between its chunks. */
export function cutAtProse(row: TextRow, prose: readonly ProseBlock[]): TextRow[] {
  const y = row.line.baseline - row.size * 0.3;
  const walls = prose.filter((b) => b.lines.some((l) => l.box.y0 <= y && l.box.y1 >= y));
  if (!walls.length || row.chunks.length < 2) return [row];
  const parts: Chunk[][] = [[row.chunks[0]]];
  for (let i = 1; i < row.chunks.length; i++) {
    const from = row.chunks[i - 1].box.x1;
    const to = row.chunks[i].box.x0;
    if (walls.some((b) => b.x0 >= from - 1 && b.x1 <= to + 1)) parts.push([]);
    parts[parts.length - 1].push(row.chunks[i]);
  }
  return parts.length === 1 ? [row] : parts.map((chunks) => rowOf(row, chunks));
}

export const rowOf = (row: TextRow, chunks: readonly Chunk[]): TextRow => {
  const words = chunks.flatMap((c) => c.words);
  const box = unionBoxes(words.map((w) => w.box));
  return { ...row, chunks, box, line: { ...row.line, words, box } };
};

/** Regions of consecutive rows whose chunks keep common gutters: candidates for tables without rules. */
export function findStreams(
  words: readonly Word[],
  prose: readonly ProseBlock[],
  horizontal: readonly Edge[],
  facts: PageFacts,
): Region[] {
  const rows = textRows(words, facts)
    .flatMap((r) => cutAtProse(r, prose))
    .sort((a, b) => a.line.baseline - b.line.baseline || a.box.x0 - b.box.x0);
  const open: OpenRegion[] = [];
  const done: OpenRegion[] = [];
  for (const row of rows) {
    for (let i = open.length - 1; i >= 0; i--) {
      if (row.line.baseline - open[i].baseline > Math.max(row.size, facts.bodySize) * MAX_ROW_STEP)
        done.push(...open.splice(i, 1));
    }
    const region = open.find((o) => near(o, row));
    if (row.chunks.length < 2) {
      if (region) addSingle(region, row, open, done);
      continue;
    }
    if (region && !startsAgain(region, row) && keepsGutter(region, row, facts)) {
      region.rows.push(...region.pending, row);
      region.pending = [];
      region.x0 = Math.min(region.x0, row.box.x0);
      region.x1 = Math.max(region.x1, row.box.x1);
      region.baseline = row.line.baseline;
    } else {
      if (region) done.push(...open.splice(open.indexOf(region), 1));
      open.push({
        rows: [row],
        pending: [],
        x0: row.box.x0,
        x1: row.box.x1,
        baseline: row.line.baseline,
        gutters: gapsOf(row),
      });
    }
  }
  return [...done, ...open]
    .filter((o) => o.rows.length > 1)
    .map((o) => withHead(withTail(o, facts), rows, horizontal))
    .map((o) => ({ rows: o, box: unionBoxes(o.map((r) => r.box)) }));
}

/** Takes in the lines below the last parted row that carry on its cells' text. */
function withTail(region: OpenRegion, facts: PageFacts): OpenRegion {
  if (!region.pending.length) return region;
  const gutters = findGutters(region.rows, facts.bodySize);
  const place = (c: Chunk): [number, number] => columnRange(c.box, gutters);
  const width = (c: Chunk): number => c.box.x1 - c.box.x0;
  const rows = [...region.rows];
  for (const row of region.pending) {
    const last = rows[rows.length - 1];
    if (row.line.baseline - last.line.baseline > row.size * MAX_LINE_STEP) break;
    const carriesOn = row.chunks.every((chunk) => {
      const [first, end] = place(chunk);
      const above = last.chunks.find((c) => place(c)[0] === first && place(c)[1] === first);
      const widths = region.rows.flatMap((r) =>
        r.chunks.filter((c) => place(c).every((p) => p === first)).map(width),
      );
      const next = chunk.words[0].box;
      return (
        first === end &&
        above !== undefined &&
        isFull(width(above), next.x1 - next.x0, Math.max(...widths), row.size)
      );
    });
    if (!carriesOn) break;
    rows.push(row);
  }
  return { ...region, rows };
}

const near = (region: OpenRegion, row: TextRow): boolean => {
  const overlap = Math.min(region.x1, row.box.x1) - Math.max(region.x0, row.box.x0);
  return overlap > Math.min(region.x1 - region.x0, row.box.x1 - row.box.x0) * 0.4;
};

function addSingle(region: OpenRegion, row: TextRow, open: OpenRegion[], done: OpenRegion[]): void {
  region.pending.push(row);
  region.baseline = row.line.baseline;
  const words = row.chunks[0].words.length;
  const wide = row.box.x1 - row.box.x0 > (region.x1 - region.x0) * 0.75 && words > 6;
  if (region.pending.length > MAX_SINGLES || wide) done.push(...open.splice(open.indexOf(region), 1));
}

/** The row repeats the label of one of the first rows, which heads the figures, after a space: the next table of the same form. */
function startsAgain(region: OpenRegion, row: TextRow): boolean {
  const label = chunkText(row.chunks[0].words);
  if (isValueChunk(row.chunks[0].words) || region.rows.length < 3) return false;
  const last = region.rows[region.rows.length - 1];
  const step = region.rows[2].line.baseline - region.rows[1].line.baseline;
  if (row.line.baseline - last.line.baseline < step * NEW_TABLE_STEP) return false;
  return region.rows.slice(0, 2).some((r) => chunkText(r.chunks[0].words) === label);
}

const gapsOf = (row: TextRow): Gutter[] =>
  row.chunks.slice(1).map((c, i) => ({ from: row.chunks[i].box.x1, to: c.box.x0 }));

/** The row and the rows before it leave at least one gutter free that is wide enough for a table; notes what is left of them. */
function keepsGutter(region: OpenRegion, row: TextRow, facts: PageFacts): boolean {
  const wide = (g: Gutter): boolean => g.to - g.from >= facts.bodySize * MIN_COMMON_GUTTER;
  let left = region.gutters.flatMap((g) =>
    gapsOf(row).map((h) => ({ from: Math.max(g.from, h.from), to: Math.min(g.to, h.to) })),
  );
  left = left.filter(wide);
  // Headings over several columns close gutters that the rows of figures keep.
  if (!left.length)
    left = findGutters([...region.rows.slice(-RECENT_ROWS), row], facts.bodySize).filter(wide);
  if (left.length) region.gutters = left;
  return left.length > 0;
}

/** Takes in the lines above the first parted row that a rule encloses with it: the upper lines of its head. */
function withHead(region: OpenRegion, rows: readonly TextRow[], horizontal: readonly Edge[]): TextRow[] {
  const [first] = region.rows;
  const width = region.x1 - region.x0;
  const own = new Set(region.rows);
  const above = rows
    .filter(
      (r) =>
        r.line.baseline < first.line.baseline && !own.has(r) && r.box.x0 < region.x1 && r.box.x1 > region.x0,
    )
    .reverse();
  const head: TextRow[] = [];
  let kept = 0;
  let lower = first;
  for (const row of above) {
    const step = lower.line.baseline - row.line.baseline;
    if (step > first.size * MAX_ROW_STEP || first.line.baseline - row.line.baseline > first.size * HEAD_REACH)
      break;
    if (row.box.x1 - row.box.x0 > width * HEADING_WIDTH && row.chunks.length === 1) break;
    const parts = headParts(row, region);
    head.push(parts ?? row);
    if (parts) kept = head.length;
    const closed = horizontal.some(
      (e) =>
        e.at < row.line.baseline - row.size * 0.5 &&
        e.at > row.line.baseline - row.size * RULE_ABOVE &&
        Math.min(e.to, region.x1) - Math.max(e.from, region.x0) >= width * RULE_SHARE,
    );
    if (closed || headsColumns(row, lower, region, horizontal)) kept = head.length;
    lower = row;
  }
  return [...head.slice(0, kept).reverse(), ...region.rows];
}

/**
 * The line cut where its parts end at the right sides of columns of figures, all to the last one: headings, with
 * the titles of a first group below them, or set so close that they read as one phrase. Undefined where they do not.
 */
function headParts(row: TextRow, region: OpenRegion): TextRow | undefined {
  const words = row.chunks.flatMap((c) => c.words);
  const sides = figureSides(region);
  const cuts = words.flatMap((w, i) =>
    !words[i + 1]?.glued && sides.some((x) => Math.abs(w.box.x1 - x) <= row.size * SAME_END) ? [i + 1] : [],
  );
  if (sides.length < 2 || cuts.length !== sides.length || cuts[cuts.length - 1] !== words.length)
    return undefined;
  return rowOf(
    row,
    cuts.map((end, i) => chunkOf(words.slice(cuts[i - 1] ?? 0, end))),
  );
}

/** Where the columns of figures end, from left to right. */
function figureSides(region: OpenRegion): number[] {
  const ends = region.rows.flatMap((r) =>
    r.chunks.slice(1).filter((c) => isValueChunk(c.words) && /\d/.test(chunkText(c.words))),
  );
  const sides: { x: number; count: number }[] = [];
  for (const { box } of ends) {
    const side = sides.find((s) => Math.abs(s.x - box.x1) <= region.rows[0].size * SAME_END);
    if (side) side.count++;
    else sides.push({ x: box.x1, count: 1 });
  }
  return sides
    .filter((s) => s.count >= region.rows.length * MIN_FIGURES)
    .map((s) => s.x)
    .sort((a, b) => a - b);
}

/** A rule right under the line spans more than the line itself: a heading over several columns. */
function headsColumns(
  row: TextRow,
  lower: TextRow,
  region: OpenRegion,
  horizontal: readonly Edge[],
): boolean {
  return horizontal.some(
    (e) =>
      e.at > row.line.baseline - row.size * 0.2 &&
      e.at < lower.line.baseline - lower.size * 0.2 &&
      e.from >= region.x0 - row.size * 2 &&
      e.to <= region.x1 + row.size * 2 &&
      row.chunks.some(
        (c) => e.from < c.box.x0 && e.to > c.box.x1 && e.to - e.from > (c.box.x1 - c.box.x0) * 1.5,
      ),
  );
}
