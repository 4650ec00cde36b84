import { type Box, centerX, centerY, containsPoint } from '../../../document/geometry.js';
import type { PageContent } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import type { FoundCell, FoundTable, TableFinding } from '../found-table.js';
import { makeRows } from '../lines.js';
import { withoutLeaders } from './chunks.js';
import { findEdges, isTypedRule } from './edges.js';
import { cellBox, columnsOf, type Grid, gridBox, rowsOf } from './grid.js';
import { findLattices } from './lattice.js';
import { latticeTable } from './lattice-table.js';

/**
 * The tables of one page, from its rules, shading and the alignment of its words. Words that belong to
 * a table are named in the finding, so that layout leaves them out of the text.
 */
export function findTables(page: PageContent, facts: PageFacts): TableFinding[] {
  const edges = findEdges(page, facts.bodySize);
  const words = page.words.filter((w) => !isTypedRule(w));
  const findings: TableFinding[] = [];
  for (const lattice of findLattices(edges)) {
    const inside = words.filter((w) => containsPoint(lattice.box, centerX(w.box), centerY(w.box)));
    if (!inside.length) continue;
    const grid = latticeTable(lattice, edges, inside, facts);
    if (!grid || rowsOf(grid) < 2) continue;
    findings.push(toFinding(grid, page.words, 80));
  }
  return findings;
}

function toFinding(grid: Grid, words: readonly Word[], confidence: number): TableFinding {
  const box = gridBox(grid);
  return { table: toFoundTable(grid, confidence), words: words.filter((w) => inBox(box, w)) };
}

const inBox = (box: Box, w: Word): boolean => containsPoint(box, centerX(w.box), centerY(w.box));

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
  return { box: gridBox(grid), rows: rowsOf(grid), columns: columnsOf(grid), cells, confidence };
}
