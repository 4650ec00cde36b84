import { type Box, boxHeight } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { type TextRow, textRows } from './chunks.js';
import type { Edges } from './edges.js';
import { findLattices, type Lattice } from './lattice.js';

/** Two lattices are the same when their sides differ by at most this many points. */
const SAME_SIDE = 6;
/** Rows of the same table follow each other within this many ems, and its columns within this many. */
const ROW_REACH = 2.4;
const COLUMN_REACH = 12;
/** Share of the rows that must go on beside the lattice. */
const GOES_ON = 0.6;
/** A head has at most this many lines, and more than this many rows below it. */
const MAX_HEAD_LINES = 6;
const MIN_BODY = 3;
/** Words of a cell beside the lattice; running text has more. */
const CELL_WORDS = 4;

export interface ChosenLattice {
  readonly lattice: Lattice;
  readonly evidence: 'drawn' | 'shaded';
}

/**
 * Lattices to be read as tables. Drawn rules are trusted. Shading is not by itself: striped rows, single
 * coloured cells and totals shade a part of a table only, so a lattice that needs shading must hold
 * everything that stands in its rows and columns.
 */
export function chooseLattices(
  drawn: Edges,
  all: Edges,
  words: readonly Word[],
  facts: PageFacts,
): ChosenLattice[] {
  const ruled = findLattices(drawn);
  const chosen: ChosenLattice[] = [];
  for (const lattice of findLattices(all)) {
    const same = ruled.some((r) => sameBox(r.box, lattice.box));
    if (same && isHeadOnly(lattice, words, facts)) continue;
    if (same) chosen.push({ lattice, evidence: 'drawn' });
    else if (isComplete(lattice.box, words, facts)) chosen.push({ lattice, evidence: 'shaded' });
    else {
      const inside = ruled.filter((r) => within(r.box, lattice.box));
      chosen.push(...inside.map((r) => ({ lattice: r, evidence: 'drawn' as const })));
    }
  }
  return chosen;
}

/** Only the head is drawn in boxes: more rows than it has follow right below it and keep to its columns. */
function isHeadOnly({ box, vertical }: Lattice, words: readonly Word[], facts: PageFacts): boolean {
  const inside = textRows(
    words.filter((w) => inX(w, box) && w.baseline > box.y0 && w.baseline < box.y1),
    facts,
  );
  if (!inside.length || inside.length > MAX_HEAD_LINES) return false;
  const borders = vertical.map((v) => v.at).filter((x) => x > box.x0 + SAME_SIDE && x < box.x1 - SAME_SIDE);
  if (!borders.length) return false;
  let parted = 0;
  let y = box.y1;
  const below = words.filter((w) => inX(w, box) && w.box.y0 > box.y1 - facts.bodySize * 0.3);
  for (const row of textRows(below, facts)) {
    const crosses = row.chunks.some((c) => borders.some((x) => c.box.x0 < x - 1 && c.box.x1 > x + 1));
    if (row.line.baseline - y > row.size * ROW_REACH || (crosses && row.chunks.length > 1)) break;
    if (row.chunks.length > 1) parted++;
    else if (crosses) break;
    y = row.line.baseline;
  }
  return parted > Math.max(MIN_BODY, inside.length);
}

const sides = ['x0', 'y0', 'x1', 'y1'] as const;
const sameBox = (a: Box, b: Box): boolean => sides.every((s) => Math.abs(a[s] - b[s]) <= SAME_SIDE);
const within = (inner: Box, outer: Box): boolean =>
  inner.x0 >= outer.x0 - SAME_SIDE &&
  inner.x1 <= outer.x1 + SAME_SIDE &&
  inner.y0 >= outer.y0 - SAME_SIDE &&
  inner.y1 <= outer.y1 + SAME_SIDE;

/** No row of cells stands right above or below the box, and its rows do not go on beside it. */
function isComplete(box: Box, words: readonly Word[], facts: PageFacts): boolean {
  const em = facts.bodySize;
  const overlapping = words.filter((w) => w.box.x1 > box.x0 && w.box.x0 < box.x1);
  const above = overlapping.filter((w) => w.baseline < box.y0 && w.baseline > box.y0 - em * ROW_REACH);
  const below = overlapping.filter(
    (w) => w.box.y0 > box.y1 - em * 0.3 && w.box.y0 < box.y1 + em * (ROW_REACH - 1),
  );
  if (isCellRow(textRows(above, facts).pop()) || isCellRow(textRows(below, facts)[0])) return false;
  const inside = textRows(
    words.filter((w) => w.baseline > box.y0 && w.baseline < box.y1 + em * 0.3 && inX(w, box)),
    facts,
  );
  if (inside.length < 2 || boxHeight(box) < em * 2) return inside.length > 1;
  const beside = inside.filter((row) => {
    const near = words.filter(
      (w) => Math.abs(w.baseline - row.line.baseline) < row.size * 0.3 && !inX(w, box),
    );
    return [
      near.filter((w) => w.box.x0 >= box.x1 && w.box.x0 < box.x1 + em * COLUMN_REACH),
      near.filter((w) => w.box.x1 <= box.x0 && w.box.x1 > box.x0 - em * COLUMN_REACH),
    ].some((side) => side.length > 0 && side.length <= CELL_WORDS);
  });
  return beside.length < inside.length * GOES_ON;
}

const inX = (w: Word, box: Box): boolean =>
  (w.box.x0 + w.box.x1) / 2 >= box.x0 && (w.box.x0 + w.box.x1) / 2 <= box.x1;

const isCellRow = (row: TextRow | undefined): boolean =>
  row !== undefined && row.chunks.length > 1 && row.chunks.every((c) => c.words.length <= CELL_WORDS * 2);
