import type { Line } from '../../../document/block.js';
import { type Box, centerX, centerY, containsPoint, overlapArea } from '../../../document/geometry.js';
import type { PageContent } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import { runsRightToLeft } from '../direction.js';
import type { PageFacts } from '../facts.js';
import type { FoundCell, FoundTable, TableFinding } from '../found-table.js';
import { makeRows, withRows } from '../lines.js';
import { findBookTables, type Region } from './book-tables.js';
import { chooseLattices } from './choose-lattices.js';
import { cutRows, withoutLeaders } from './chunks.js';
import { type Evidence, tableConfidence } from './confidence.js';
import { type Edges, findEdges, isTypedRule } from './edges.js';
import { cellBox, columnsOf, type Grid, gridBox, rowsOf } from './grid.js';
import { readLattice } from './lattice-table.js';
import { markHead } from './mark-head.js';
import { proseAcross } from './overprint.js';
import { arePanels, largeGrounds, liesAcrossPanel } from './panels.js';
import { findProse } from './prose.js';
import { CHART_REASONS, whyNoTable } from './reject.js';
import { shadeEdges } from './shading.js';
import { splitSideBySide } from './side-by-side.js';
import { findStreams } from './stream.js';
import { textGrid } from './text-grid.js';
import { findTextTables } from './text-tables.js';
import { trimTitles } from './tidy.js';

/** Less sure than this, aligned text is left as text. */
const MIN_ALIGNED_CONFIDENCE = 53;

/**
 * The tables of one page, from its rules, shading and the alignment of its words, which stand in `rows`. Words
 * that belong to a table are named in the finding, so that layout leaves them out of the text.
 */
export function findTables(page: PageContent, facts: PageFacts, rows: readonly Line[]): TableFinding[] {
  const drawn = findEdges(page);
  const shading = shadeEdges(page.shapes, page, facts.bodySize);
  const edges = shading.length ? findEdges(page, shading) : drawn;
  const findings: TableFinding[] = [];
  let words = page.words.filter((w) => !isTypedRule(w));
  const take = (grid: Grid, evidence: Evidence, others?: ReadonlySet<Word>): void => {
    const own = others?.size ? page.words.filter((w) => !others.has(w)) : page.words;
    const found = splitSideBySide(grid).map((part) => toFinding(markHead(part), own, evidence));
    findings.push(...found);
    const taken = new Set(found.flatMap((f) => f.words));
    words = words.filter((w) => !taken.has(w));
  };
  for (const { lattice, evidence } of chooseLattices(drawn, edges, words, facts)) {
    const inside = words.filter((w) => inBox(lattice.box, w));
    if (!inside.length) continue;
    if (evidence === 'shaded' && arePanels(lattice.box, page.shapes, inside, facts)) continue;
    const read = readLattice(lattice, edges, inside, facts);
    if (!read) continue;
    const { grid, reason } = read;
    if (reason === undefined) take(grid, evidence);
    else if (CHART_REASONS.has(reason)) words = words.filter((w) => !inBox(lattice.box, w));
  }
  const boxes = findings.map((f) => f.table.box);
  const free = outside(edges, boxes);
  const readRegion = (region: Region): Grid | undefined => {
    const grid = textGrid(region.rows, edges.horizontal, region.box, facts);
    return grid && trimTitles(grid);
  };
  const grounds = largeGrounds(page.shapes, facts);
  const isAcross = ({ box }: Region): boolean => liesAcrossPanel(box, grounds, page.words, facts);
  const unruled = withRows(words, { words: page.words, rows });
  const prose = findProse(unruled.rows, facts);
  const running = new Set(prose.flatMap((b) => b.lines.flatMap((l) => l.words)));
  const streams = findStreams(
    words.filter((w) => !running.has(w)),
    prose,
    free.horizontal,
    facts,
  );
  for (const region of findBookTables(outside(drawn, boxes).horizontal, words, { streams, prose }, facts)) {
    // Rules under headings repeat at the same place in every table of a page: wider tables come first.
    if (findings.some((f) => overlapArea(f.table.box, region.box) > 0) || isAcross(region)) continue;
    const grid = readRegion(region);
    if (grid && rowsOf(grid) > 1) take(grid, 'book', proseAcross(region.box, prose, words, facts));
  }
  for (const region of findTextTables(cutRows(withRows(words, unruled).rows, facts))) {
    if (isAcross(region)) continue;
    const grid = readRegion(region);
    if (grid && rowsOf(grid) > 2) take(grid, 'wrapped-text');
  }
  for (const region of streams) {
    const taken = findings.some((f) => overlapArea(f.table.box, region.box) > 0);
    if (taken || isCode(region, facts) || isAcross(region)) continue;
    const grid = readRegion(region);
    if (grid && !whyNoTable(grid, region.rows) && tableConfidence(grid, 'aligned') >= MIN_ALIGNED_CONFIDENCE)
      take(grid, 'aligned');
  }
  return findings;
}

/** Monospaced lines on a page that is not typewritten: a listing, aligned by its spaces. */
const isCode = ({ rows }: Region, facts: PageFacts): boolean =>
  !facts.typed && rows.every((r) => r.line.words.every((w) => w.style.mono));

/** Edges that no found table has used. */
function outside(edges: Edges, boxes: readonly Box[]): Edges {
  const free = (x0: number, y0: number, x1: number, y1: number): boolean =>
    !boxes.some(
      (b) =>
        (x0 + x1) / 2 >= b.x0 - 3 &&
        (x0 + x1) / 2 <= b.x1 + 3 &&
        (y0 + y1) / 2 >= b.y0 - 3 &&
        (y0 + y1) / 2 <= b.y1 + 3,
    );
  return {
    horizontal: edges.horizontal.filter((e) => free(e.from, e.at, e.to, e.at)),
    vertical: edges.vertical.filter((e) => free(e.at, e.from, e.at, e.to)),
  };
}

const inBox = (box: Box, w: Word): boolean => containsPoint(box, centerX(w.box), centerY(w.box));

function toFinding(grid: Grid, words: readonly Word[], evidence: Evidence): TableFinding {
  const box = gridBox(grid);
  return {
    table: toFoundTable(grid, tableConfidence(grid, evidence)),
    words: words.filter((w) => inBox(box, w)),
  };
}

function toFoundTable(grid: Grid, confidence: number): FoundTable {
  const cells: FoundCell[] = grid.cells.map((cell) => ({
    box: cellBox(grid, cell),
    row: cell.row,
    column: cell.column,
    rowspan: cell.rowspan,
    colspan: cell.colspan,
    header: cell.row < (grid.headRows ?? 0),
    lines: makeRows(withoutLeaders(cell.words)),
  }));
  const columns = columnsOf(grid);
  const found = { box: gridBox(grid), rows: rowsOf(grid), columns, confidence };
  if (!runsRightToLeft(grid.cells.flatMap((c) => c.words))) return { ...found, cells };
  // The first column of Arabic or Hebrew tables is the rightmost one.
  const mirrored = cells.map((c) => ({ ...c, column: columns - c.column - c.colspan }));
  return { ...found, cells: mirrored.sort((a, b) => a.row - b.row || a.column - b.column) };
}
