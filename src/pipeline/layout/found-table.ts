import type { Line } from '../../document/block.js';
import type { Box } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';

/** A cell as the table finder leaves it: its lines, not yet its text, because hyphens need the whole document's vocabulary. */
export interface FoundCell {
  readonly box: Box;
  /** 0-based, of the cell's top-left grid position. */
  readonly row: number;
  readonly column: number;
  readonly rowspan: number;
  readonly colspan: number;
  readonly header: boolean;
  /** From top to bottom; empty for an empty cell. */
  readonly lines: readonly Line[];
}

/**
 * A table as `tables/` finds it on one page. Captions stay outside: layout finds them by their
 * pattern and place. JSON-able.
 */
export interface FoundTable {
  readonly box: Box;
  readonly rows: number;
  readonly columns: number;
  /** Row-major; positions covered by a span do not appear again. */
  readonly cells: readonly FoundCell[];
  /** 0–100: how sure the finder is of the structure. */
  readonly confidence: number;
}

/** What `findTables` returns: the table, and the page's words that went into its cells (by identity). */
export interface TableFinding {
  readonly table: FoundTable;
  readonly words: readonly Word[];
}
