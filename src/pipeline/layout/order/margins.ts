import type { Line } from '../../../document/block.js';
import type { PageContent } from '../../../document/page.js';
import type { PageFacts } from '../facts.js';
import { lineSize } from '../lines.js';
import { findGutter } from './gutters.js';
import { makeSlices } from './slices.js';
import type { Gutter } from './spaces.js';

/** Running heads and feet stand within this share of the page's height from its edge. */
const EDGE_BAND = 0.14;
/** They are set apart from the text by at least this multiple of the usual baseline distance. */
const APART = 1.55;
/** More lines than this at an edge are text. */
const MAX_EDGE_LINES = 4;
/** Within this share of the page's height from the bottom no column of text ends. */
const OUTER_EDGE = 0.06;

export interface Margins {
  /** Groups of rows set apart at the top edge, from top to bottom. */
  readonly top: readonly (readonly Line[])[];
  readonly body: readonly Line[];
  /** Groups set apart at the bottom edge, from top to bottom. */
  readonly bottom: readonly (readonly Line[])[];
}

/** Takes rows that stand apart at the top and bottom edge out of the body, so that they do not take part in its columns. */
export function peelMargins(rows: readonly Line[], page: PageContent, facts: PageFacts): Margins {
  const band = page.height * EDGE_BAND;
  let top = peel(rows, (r) => r.box.y0, band, facts);
  let bottom = peel([...rows].reverse(), (r) => page.height - r.box.y1, band, facts);
  if (top.length + bottom.length > 0) {
    const middle = rows.slice(count(top), rows.length - count(bottom));
    const slices = makeSlices(middle, []);
    const gutter = findGutter(slices, new Map(), facts);
    if (gutter) {
      const start = rightColumnStart(gutter, middle);
      const inColumns = (row: Line): boolean => standsInColumns(row, gutter, start, facts.bodySize);
      if (gutter.first === 0) top = untilColumns(top, inColumns);
      if (gutter.last === slices.length - 1) {
        const low = (row: Line): boolean => page.height - row.box.y1 < page.height * OUTER_EDGE;
        bottom = untilColumns(bottom, (row) => inColumns(row) || (!low(row) && row.box.x1 < gutter.x1));
      }
    }
  }
  return {
    top,
    body: rows.slice(count(top), rows.length - count(bottom)),
    bottom: bottom.reverse().map((group) => [...group].reverse()),
  };
}

const count = (groups: readonly (readonly Line[])[]): number => groups.reduce((n, g) => n + g.length, 0);

/** The groups from the edge up to the first that is the end of the columns themselves. */
function untilColumns(groups: Line[][], inColumns: (row: Line) => boolean): Line[][] {
  const stop = groups.findIndex((g) => g.some(inColumns));
  return stop < 0 ? groups : groups.slice(0, stop);
}

/** Left edge of the column to the right of a gutter. */
function rightColumnStart({ x0 }: Gutter, rows: readonly Line[]): number {
  let start = Number.POSITIVE_INFINITY;
  for (const { words } of rows)
    for (const { box } of words) if (box.x0 >= x0) start = Math.min(start, box.x0);
  return start;
}

/** The row has text in both columns, and the right part starts where the right column does. */
function standsInColumns(row: Line, gutter: Gutter, start: number, em: number): boolean {
  const left = row.words.filter((w) => w.box.x0 < gutter.x0);
  const right = row.words.filter((w) => w.box.x0 >= gutter.x0);
  if (left.length === 0 || right.length === 0) return false;
  if (left.some((w) => w.box.x1 > gutter.x1)) return false;
  return Math.abs(Math.min(...right.map((w) => w.box.x0)) - start) < em;
}

/** Groups of rows from the edge inwards, each followed by a gap; stops where the text begins. */
function peel(rows: readonly Line[], depth: (row: Line) => number, band: number, facts: PageFacts): Line[][] {
  const groups: Line[][] = [];
  let group: Line[] = [];
  let taken = 0;
  for (let i = 0; i < rows.length - 1 && taken < MAX_EDGE_LINES; i++) {
    if (depth(rows[i]) > band || (isMono(rows[i], facts) && isMono(rows[i + 1], facts))) break;
    group.push(rows[i]);
    taken++;
    const gap = Math.abs(rows[i + 1].baseline - rows[i].baseline);
    const size = Math.min(lineSize(rows[i]), lineSize(rows[i + 1]));
    if (gap > facts.pitch * Math.max(1, size / facts.bodySize) * APART) {
      groups.push(group);
      group = [];
    }
  }
  return groups;
}

/** A line of a listing, beside which blank lines mean nothing. */
const isMono = (row: Line, facts: PageFacts): boolean => !facts.typed && row.words.every((w) => w.style.mono);
