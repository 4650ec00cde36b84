import type { Warning } from '../../../document/page.js';
import { isValueChunk } from './chunks.js';
import { columnsOf, type Grid, rowsOf } from './grid.js';

/** What showed the table: drawn borders, borders partly shown by shading, rules above and below, or alignment alone. */
export type Evidence = 'drawn' | 'shaded' | 'book' | 'wrapped-text' | 'aligned';

/** Confidence that the kind of evidence earns by itself, from how often each kind was right on measured documents. */
const BASE: Readonly<Record<Evidence, number>> = {
  drawn: 84,
  shaded: 76,
  book: 70,
  'wrapped-text': 56,
  aligned: 48,
};
/** Upper bound by kind: alignment alone never is as sure as a drawn grid. */
const LIMIT: Readonly<Record<Evidence, number>> = {
  drawn: 98,
  shaded: 92,
  book: 92,
  'wrapped-text': 64,
  aligned: 84,
};
/** Points for figures in all columns after the first, for filled positions, and for each row up to six. */
const FIGURES = 22;
const FILLED = 10;
const ROW = 1;
const MAX_ROWS = 6;

/** How sure the structure of a table is, 0–100: its evidence, its figures, and how regularly it is filled. */
export function tableConfidence(grid: Grid, evidence: Evidence): number {
  const rows = rowsOf(grid);
  const body = grid.cells.filter((c) => c.row >= (grid.headRows ?? 1) && c.column > 0 && c.words.length > 0);
  const figures = body.filter((c) => isValueChunk(c.words)).length / Math.max(1, body.length);
  const filled = grid.cells.filter((c) => c.words.length > 0).length / Math.max(1, grid.cells.length);
  const score =
    BASE[evidence] +
    FIGURES * figures +
    FILLED * (filled - 0.5) +
    ROW * Math.min(MAX_ROWS, rows) -
    (columnsOf(grid) < 3 ? 4 : 0);
  return Math.round(Math.max(0, Math.min(LIMIT[evidence], score)));
}

/** Tables below this confidence are named in the page's warnings. */
const DOUBTFUL_BELOW = 60;

/** One warning for the page's tables whose rows or columns may be wrong; none where all are sure. */
export function tableWarnings(tables: readonly { readonly confidence: number }[]): Warning[] {
  const doubtful = tables.filter((t) => t.confidence < DOUBTFUL_BELOW).length;
  if (!doubtful) return [];
  const which = doubtful === 1 ? 'A table' : `${doubtful} tables`;
  return [
    {
      code: 'doubtful_table',
      message: `${which} of this page may have wrong rows or columns: compare with the page image.`,
    },
  ];
}
