import type { Box } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { type TextRow, textRows } from './chunks.js';
import { findGutters, fullRows } from './columns.js';
import type { Edge } from './edges.js';
import { columnRange } from './pieces.js';

/** Rules of one table start and end at the same places within this many points. */
const SAME_EXTENT = 4;
/** A table's rules are at least this many ems wide. */
const MIN_WIDTH = 5;
/** Share of a band's rows that must be parted into cells. */
const PARTED_ROWS = 0.5;
/** Lines without a second cell that a band may hold and still be a row of a table. */
const MAX_ROWS_IN_HEAD = 8;

/** Rows below the last rule follow each other within this many ems. */
const MAX_TAIL_STEP = 2.2;

/** A region to be read as a table, with its text rows. */
export interface Region {
  readonly box: Box;
  readonly rows: readonly TextRow[];
}

/**
 * Tables in book style: rules of the same extent above and below the head and below the body, columns
 * shown by white space only. Bands between rules that hold no cells (a caption between two tables) part them.
 */
export function findBookTables(
  horizontal: readonly Edge[],
  words: readonly Word[],
  facts: PageFacts,
): Region[] {
  const regions: Region[] = [];
  for (const rules of sameExtent(horizontal, facts.bodySize)) {
    const x0 = Math.min(...rules.map((r) => r.from));
    const x1 = Math.max(...rules.map((r) => r.to));
    const inside = words.filter((w) => {
      const x = (w.box.x0 + w.box.x1) / 2;
      return x >= x0 - 1 && x <= x1 + 1;
    });
    const bands = rules.slice(1).map((rule, i) => bandRows(inside, rules[i].at, rule.at, facts));
    let start = 0;
    const flush = (end: number): void => {
      const rows = bands.slice(start, end).flat();
      if (
        end > start &&
        isTable(rows, end - start, facts) &&
        !hasHeadAbove(inside, rows, rules[start].at, facts)
      ) {
        const tail =
          end === bands.length || !bands[end].length
            ? rowsBelow(inside, rows, rules[end].at, rules[end + 1]?.at, facts)
            : [];
        const y1 = tail.length ? tail[tail.length - 1].box.y1 : rules[end].at;
        regions.push({ box: { x0, x1, y0: rules[start].at, y1 }, rows: [...rows, ...tail] });
      }
      start = end + 1;
    };
    bands.forEach((rows, i) => {
      const grown = bands.slice(start, i).flat();
      if (!isCellBand(rows)) flush(i);
      else if (grown.length && !findGutters([...grown, ...rows], facts.bodySize).length) {
        flush(i);
        start = i;
      }
    });
    flush(bands.length);
  }
  return regions.sort((a, b) => b.box.x1 - b.box.x0 - (a.box.x1 - a.box.x0));
}

/** Rules of the same left and right end, from top to bottom; at least two. */
function sameExtent(horizontal: readonly Edge[], em: number): Edge[][] {
  const groups: Edge[][] = [];
  for (const edge of [...horizontal].sort((a, b) => a.at - b.at)) {
    if (edge.to - edge.from < em * MIN_WIDTH) continue;
    const group = groups.find(
      (g) => Math.abs(g[0].from - edge.from) <= SAME_EXTENT && Math.abs(g[0].to - edge.to) <= SAME_EXTENT,
    );
    if (group) group.push(edge);
    else groups.push([edge]);
  }
  return groups.filter((g) => g.length > 1);
}

function bandRows(words: readonly Word[], top: number, bottom: number, facts: PageFacts): TextRow[] {
  return textRows(
    words.filter((w) => {
      const y = (w.box.y0 + w.box.y1) / 2;
      return y > top && y < bottom;
    }),
    facts,
  );
}

/** Cells of the same columns stand right above the first rule: it closes a head and opens nothing. */
function hasHeadAbove(
  words: readonly Word[],
  rows: readonly TextRow[],
  y: number,
  facts: PageFacts,
): boolean {
  const above = bandRows(words, y - facts.bodySize * MAX_TAIL_STEP, y, facts).pop();
  if (!above || !fullRows([...rows, above]).includes(above)) return false;
  const gutters = findGutters(rows, facts.bodySize);
  const places = above.chunks.map((c) => columnRange(c.box, gutters));
  return places.every(([first, last], i) => first === last && (i === 0 || first > places[i - 1][1]));
}

/** Rows that go on below the last rule in the same columns: tables without a closing rule. */
function rowsBelow(
  words: readonly Word[],
  rows: readonly TextRow[],
  y: number,
  limit = Number.POSITIVE_INFINITY,
  facts: PageFacts,
): TextRow[] {
  const out: TextRow[] = [];
  let last = Math.max(y, rows[rows.length - 1].line.baseline);
  for (const row of bandRows(words, y, limit, facts)) {
    if (row.line.baseline - last > row.size * MAX_TAIL_STEP || row.chunks.length < 2) break;
    if (findGutters([...rows, ...out, row], facts.bodySize).length < findGutters(rows, facts.bodySize).length)
      break;
    out.push(row);
    last = row.line.baseline;
  }
  return out;
}

function isCellBand(rows: readonly TextRow[]): boolean {
  if (!rows.length) return false;
  const parted = rows.filter((r) => r.chunks.length > 1).length;
  return (
    parted >= Math.max(1, rows.length * PARTED_ROWS) ||
    (rows.length <= MAX_ROWS_IN_HEAD && parted >= 1 && parted >= rows.length * 0.3)
  );
}

function isTable(rows: readonly TextRow[], bands: number, facts: PageFacts): boolean {
  if (rows.length < 2 || !findGutters(rows, facts.bodySize).length) return false;
  return bands > 1 || rows.length > 2;
}
