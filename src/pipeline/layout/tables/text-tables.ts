import { unionBoxes } from '../../../document/geometry.js';
import type { Region } from './book-tables.js';
import type { TextRow } from './chunks.js';
import type { Gutter } from './columns.js';
import { columnRange } from './pieces.js';

/** Prose in columns never starts its paragraphs side by side in three columns, so that many are needed. */
const MIN_COLUMNS = 3;
/** Narrowest gutter between columns of text, in ems: wider than a word space ever is. */
const MIN_GUTTER = 0.8;
/** A space between lines that ends the region, in ems. */
const MAX_STEP = 4;
/** Rows are set apart by at least this many of the line distances inside them. */
const ROW_STEP = 1.2;
/** Rows that must be found, and the share of them whose texts start on the same line. */
const MIN_ROWS = 3;
const LEVEL_TOPS = 0.8;
/** One column at least holds no more than this many words a row: a name, a year, a yes or no. */
const SHORT_COLUMN_WORDS = 4;

/**
 * Tables of wrapped text without rules: at least three columns that keep their gutters, rows set apart
 * by space, the texts of each row starting on one line.
 */
export function findTextTables(rows: readonly TextRow[]): Region[] {
  const regions: Region[] = [];
  for (let start = 0; start < rows.length; start++) {
    if (rows[start].chunks.length < MIN_COLUMNS) continue;
    const region = grow(rows, start);
    if (!region || !isTextTable(region.rows, region.columns)) continue;
    regions.push({ rows: region.rows, box: unionBoxes(region.rows.map((r) => r.box)) });
    start += region.rows.length - 1;
  }
  return regions;
}

interface Span {
  x0: number;
  x1: number;
}

/** Takes in the rows below as long as the columns of the first row stay apart. */
function grow(rows: readonly TextRow[], start: number): { rows: TextRow[]; columns: Span[] } | undefined {
  const first = rows[start];
  let columns: Span[] = spread(
    first.chunks.map((c) => ({ x0: c.box.x0, x1: c.box.x1 })),
    first.size,
  );
  const taken = [first];
  for (let i = start + 1; i < rows.length; i++) {
    const row = rows[i];
    if (row.line.baseline - taken[taken.length - 1].line.baseline > row.size * MAX_STEP) break;
    const next = spread([...columns, ...row.chunks.map((c) => ({ x0: c.box.x0, x1: c.box.x1 }))], row.size);
    if (next.length < columns.length) break;
    columns = next;
    taken.push(row);
  }
  return columns.length >= MIN_COLUMNS && taken.length > MIN_ROWS ? { rows: taken, columns } : undefined;
}

/** The spans united where less than a gutter parts them, from left to right. */
function spread(spans: readonly Span[], size: number): Span[] {
  const out: Span[] = [];
  for (const s of [...spans].sort((a, b) => a.x0 - b.x0)) {
    const last = out[out.length - 1];
    if (last && s.x0 - last.x1 < size * MIN_GUTTER) last.x1 = Math.max(last.x1, s.x1);
    else out.push({ ...s });
  }
  return out;
}

function isTextTable(rows: readonly TextRow[], columns: readonly Span[]): boolean {
  const gutters: Gutter[] = columns.slice(1).map((c, i) => ({ from: columns[i].x1, to: c.x0 }));
  const steps = rows.slice(1).map((r, i) => r.line.baseline - rows[i].line.baseline);
  const inner = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 4)];
  const groups: TextRow[][] = [[rows[0]]];
  rows.slice(1).forEach((row, i) => {
    if (steps[i] >= inner * ROW_STEP) groups.push([]);
    groups[groups.length - 1].push(row);
  });
  if (groups.length < MIN_ROWS || !groups.some((g) => g.length > 1)) return false;
  const cells = groups.map((g) => cellWords(g, gutters));
  const level = groups.filter((g, i) => {
    const held = cells[i].filter((n) => n > 0).length;
    return cellWords(g.slice(0, 1), gutters).filter((n) => n > 0).length === held;
  });
  if (level.length < groups.length * LEVEL_TOPS) return false;
  return columns.some((_, c) => {
    const held = cells.map((row) => row[c]).filter((n) => n > 0);
    return (
      held.length >= groups.length / 2 &&
      held.reduce((sum, n) => sum + n, 0) <= held.length * SHORT_COLUMN_WORDS
    );
  });
}

/** Words in each column of some rows. */
function cellWords(rows: readonly TextRow[], gutters: readonly Gutter[]): number[] {
  const counts = new Array<number>(gutters.length + 1).fill(0);
  for (const row of rows)
    for (const c of row.chunks) counts[columnRange(c.box, gutters)[0]] += c.words.length;
  return counts;
}
