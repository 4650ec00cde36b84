import type { Line } from '../../document/block.js';
import type { Box } from '../../document/geometry.js';
import type { Warning } from '../../document/page.js';
import type { PageFacts } from './facts.js';
import type { FoundTable } from './found-table.js';

/** Where a block stands when it is set apart at the page's edge. */
export type Margin = 'top' | 'bottom' | 'left' | 'right';

/** Lines that belong together; what they are (heading, list item, running head …) is decided later. */
export interface DraftText {
  readonly kind: 'text';
  readonly box: Box;
  readonly lines: readonly Line[];
  /** Running number of the column it stands in, in reading order. */
  readonly column: number;
  /** Extent of that column's text, in points. */
  readonly columnX0: number;
  readonly columnX1: number;
  /** Set apart from the text at an edge of the page: may be a running head or foot. */
  readonly margin?: Margin;
  /** Tagged as a heading: its level, 0 where the tag has none. */
  readonly taggedHeading?: number;
  /** The page's tags are believed, and none covers this block: the file calls it no content. */
  readonly untagged?: true;
  /** Its lines were ended by hand (verse, addresses), not by the column's edge. */
  readonly handBroken?: true;
  /** Stands in a box of its own beside or within the text. */
  readonly sidebar?: true;
  /** A long rule parts it from all other text of the page, which stands above or below it. */
  readonly ruledOff?: true;
  /** A short rule stands right above it: the mark of footnotes. */
  readonly underRule?: true;
  /** No part of the text, wherever it stands. */
  readonly aside?: 'line_number' | 'watermark';
  /** Reading direction of the baseline, degrees clockwise, where it is not horizontal. */
  readonly angle?: 90 | 180 | 270;
}

export interface DraftTable {
  readonly kind: 'table';
  readonly box: Box;
  readonly table: FoundTable;
}

export interface DraftFigure {
  readonly kind: 'figure';
  readonly box: Box;
  readonly alt?: string;
  /** Lines of text inside the picture. */
  readonly labels?: readonly Line[];
}

export type Draft = DraftText | DraftTable | DraftFigure;

/** One page after page-level layout: its pieces in reading order. JSON-able. */
export interface DraftPage {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly facts: PageFacts;
  readonly drafts: readonly Draft[];
  readonly warnings: readonly Warning[];
}
