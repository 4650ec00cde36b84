import type { Box } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { type TextRow, textRows } from './chunks.js';
import { findGutters, fullRows, type Gutter } from './columns.js';
import type { Edge } from './edges.js';
import { proseAcross } from './overprint.js';
import { columnRange } from './pieces.js';
import type { ProseBlock } from './prose.js';

/** Rules of one table start and end at the same places within this many points. */
const SAME_EXTENT = 4;
/** A table's rules are at least this many ems wide. */
const MIN_WIDTH = 5;
/** Share of a band's rows that must be parted into cells. */
const PARTED_ROWS = 0.5;
/** Lines without a second cell that a band may hold and still be a row of a table. */
const MAX_ROWS_IN_HEAD = 8;

/** Share of the cells below the last rule that may reach over the gutters above it. */
const MAX_CROSSING = 0.1;
/** A title between two rules is one line of at most this many words, and the band this many ems high. */
const MAX_TITLE_WORDS = 10;
const MAX_TITLE_HEIGHT = 2.2;
/** Rules this many ems apart with nothing between are one double rule. */
const MAX_DOUBLE_RULE = 1.2;
/** Rows below the last rule follow each other within this many ems. */
const MAX_TAIL_STEP = 2.2;
/** Bands that are rows, each with a rule under it. */
const MIN_RULED_ROWS = 2;
/** Lines of one row follow each other within this many ems; cells of a column begin or end within this many of each other. */
const MAX_LINE_STEP = 1.5;
const SAME_SIDE = 0.6;
/** Parted rows above the first rule that show a table whose foot the rules part off. */
const MIN_ROWS_ABOVE = 3;

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
  { streams, prose }: { readonly streams: readonly Region[]; readonly prose: readonly ProseBlock[] },
  facts: PageFacts,
): Region[] {
  const regions: Region[] = [];
  for (const rules of sameExtent(horizontal, facts.bodySize)) {
    const x0 = Math.min(...rules.map((r) => r.from));
    const x1 = Math.max(...rules.map((r) => r.to));
    const across = proseAcross(
      { x0, x1, y0: rules[0].at, y1: rules[rules.length - 1].at },
      prose,
      words,
      facts,
    );
    const inside = words.filter((w) => {
      const x = (w.box.x0 + w.box.x1) / 2;
      return x >= x0 - 1 && x <= x1 + 1 && !across.has(w);
    });
    const bands = rules.slice(1).map((rule, i) => bandRows(inside, rules[i].at, rule.at, facts));
    for (const [first, last] of runsOfBands(bands, rules, facts)) {
      const rows = bands.slice(first, last).flat();
      const above = headAbove(inside, rows, rules[first].at, facts);
      // One band under a head is closed by its rule and opens nothing; several are rows that each has a rule.
      if (above && last - first < MIN_RULED_ROWS) continue;
      const head = above
        ? [above]
        : last - first < MIN_RULED_ROWS
          ? []
          : streamAbove(rows, rules[first].at, streams, facts);
      if (closesStream(rows, rules[first].at, streams)) continue;
      let tail = rowsBelow(rows, rules[last].at, rules[last + 1]?.at, streams, { x0, x1 }, facts);
      if (!tail.length && last - first >= MIN_RULED_ROWS)
        tail = openRow(inside, rows, rules[last].at, rules[last + 1]?.at, facts);
      const all = [...head, ...rows, ...tail];
      if (!isTable(all, last - first, facts)) continue;
      const y0 = head.length ? head[0].box.y0 : rules[first].at;
      const y1 = tail.length ? tail[tail.length - 1].box.y1 : rules[last].at;
      regions.push({ box: { x0, x1, y0, y1 }, rows: all });
    }
  }
  return regions.sort((a, b) => b.box.x1 - b.box.x0 - (a.box.x1 - a.box.x0));
}

/** Runs of bands that make one table each, as [first, end) band numbers: cells of common columns, titles between them. */
function runsOfBands(
  bands: readonly (readonly TextRow[])[],
  rules: readonly Edge[],
  facts: PageFacts,
): [number, number][] {
  const runs: [number, number][] = [];
  let start = 0;
  const close = (end: number): void => {
    if (end > start) runs.push([start, end]);
    start = end;
  };
  bands.forEach((rows, i) => {
    const height = rules[i + 1].at - rules[i].at;
    if (i > start && (isTitleBand(rows, height) || isDoubleRule(rows, height, facts))) return;
    if (!isCellBand(rows)) {
      close(i);
      start = i + 1;
      return;
    }
    const grown = bands.slice(start, i).flat();
    if (grown.length && !findGutters([...grown, ...rows], facts.bodySize).length) close(i);
  });
  close(bands.length);
  return runs;
}

/** Nothing but a little space: the two strokes of a rule drawn double. */
const isDoubleRule = (rows: readonly TextRow[], height: number, facts: PageFacts): boolean =>
  rows.length === 0 && height <= facts.bodySize * MAX_DOUBLE_RULE;

/** One short line tightly between two rules: a title inside the table, not the caption of the next one. */
const isTitleBand = (rows: readonly TextRow[], height: number): boolean =>
  rows.length === 1 &&
  rows[0].chunks.length === 1 &&
  rows[0].chunks[0].words.length <= MAX_TITLE_WORDS &&
  height <= rows[0].size * MAX_TITLE_HEIGHT;

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

/** Cells of the same columns right above the first rule, which closes them as a head. */
function headAbove(
  words: readonly Word[],
  rows: readonly TextRow[],
  y: number,
  facts: PageFacts,
): TextRow | undefined {
  const above = bandRows(words, y - facts.bodySize * MAX_TAIL_STEP, y, facts).pop();
  return above && headsColumns(above, rows, findGutters(rows, facts.bodySize)) ? above : undefined;
}

/** The row has a text over most of the columns, each over one. */
function headsColumns(head: TextRow, rows: readonly TextRow[], gutters: readonly Gutter[]): boolean {
  if (!fullRows([...rows, head]).includes(head)) return false;
  const places = head.chunks.map((c) => columnRange(c.box, gutters));
  return places.every(([first, last], i) => first === last && (i === 0 || first > places[i - 1][1]));
}

/**
 * Rows above the first rule of the aligned text that the ruled rows are part of: a head that stands over their
 * columns, and the titles of their first group below it.
 */
function streamAbove(
  rows: readonly TextRow[],
  y: number,
  streams: readonly Region[],
  facts: PageFacts,
): readonly TextRow[] {
  const baselines = new Set(rows.map((r) => r.line.baseline));
  const stream = streams.find(
    (s) => s.rows.filter((r) => baselines.has(r.line.baseline)).length === rows.length,
  );
  const above = stream?.rows.filter((r) => r.line.baseline < y) ?? [];
  const gutters = findGutters(rows, facts.bodySize);
  const head = above.findLastIndex((r) => r.chunks.length > 1);
  const isTitle = (r: TextRow): boolean => columnRange(r.box, gutters)[1] === 0;
  return head >= 0 && headsColumns(above[head], rows, gutters) && above.slice(head + 1).every(isTitle)
    ? above.slice(head)
    : [];
}

/** The row below the last rule, where rules part rows and do not close the table: its cells begin where those above do. */
function openRow(
  words: readonly Word[],
  rows: readonly TextRow[],
  y: number,
  limit: number | undefined,
  facts: PageFacts,
): TextRow[] {
  const gutters = findGutters(rows, facts.bodySize);
  const sides = new Map<number, { x0: number; x1: number }>();
  const chunks = rows.flatMap((r) => r.chunks.map((c) => ({ ...c, place: columnRange(c.box, gutters) })));
  for (const { box, place } of chunks) {
    if (place[0] !== place[1]) continue;
    const side = sides.get(place[0]) ?? box;
    sides.set(place[0], { x0: Math.min(side.x0, box.x0), x1: Math.max(side.x1, box.x1) });
  }
  const out: TextRow[] = [];
  for (const row of bandRows(words, y, limit ?? Number.POSITIVE_INFINITY, facts)) {
    const before = out[out.length - 1];
    const reach = before ? row.size * MAX_LINE_STEP : row.size * MAX_TAIL_STEP;
    if (row.line.baseline - (before?.line.baseline ?? y) > reach || (!before && row.chunks.length < 2)) break;
    const isAligned = row.chunks.every(({ box }) => {
      const [first, last] = columnRange(box, gutters);
      const side = sides.get(first);
      if (first !== last || !side) return false;
      return Math.min(Math.abs(box.x0 - side.x0), Math.abs(box.x1 - side.x1)) < row.size * SAME_SIDE;
    });
    if (!isAligned) break;
    out.push(row);
  }
  return out;
}

/** The ruled rows are the last ones of a larger table whose rows go on above the first rule: its totals. */
const closesStream = (rows: readonly TextRow[], y: number, streams: readonly Region[]): boolean =>
  streams.some((stream) => {
    const held = stream.rows.some((r) => rows.some((own) => own.line.baseline === r.line.baseline));
    const above = stream.rows.filter((r) => r.line.baseline < y && r.chunks.length > 2);
    return held && above.length >= MIN_ROWS_ABOVE && stream.rows.length > rows.length;
  });

/** Rows that go on below the last rule in the same columns, as far as they are aligned: tables without a closing rule. */
function rowsBelow(
  rows: readonly TextRow[],
  y: number,
  limit: number | undefined,
  streams: readonly Region[],
  extent: { x0: number; x1: number },
  facts: PageFacts,
): TextRow[] {
  let gutters: readonly Gutter[] | undefined;
  for (const stream of streams) {
    const below = stream.rows.filter(
      (r) =>
        r.line.baseline > y &&
        r.line.baseline < (limit ?? Number.POSITIVE_INFINITY) &&
        r.box.x0 >= extent.x0 - facts.bodySize &&
        r.box.x1 <= extent.x1 + facts.bodySize,
    );
    if (!below.length || below[0].line.baseline - y > below[0].size * MAX_TAIL_STEP) continue;
    gutters ??= findGutters(rows, facts.bodySize);
    // The same columns: hardly any cell below reaches over a gutter of the rows above.
    const chunks = below.flatMap((r) => r.chunks);
    const columns = gutters;
    const crossing = chunks.filter((c) => columnRange(c.box, columns)[0] !== columnRange(c.box, columns)[1]);
    if (crossing.length <= chunks.length * MAX_CROSSING) return below;
  }
  return [];
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
