import type { Box } from './geometry.js';
import type { PageRecord } from './page.js';
import type { Word } from './word.js';

/** Words that share a baseline inside one block, left to right (or in reading direction). */
export interface Line {
  readonly box: Box;
  readonly baseline: number;
  readonly words: readonly Word[];
}

/** A stretch of text with one look. Concatenating the texts of a block's inlines gives its text, spaces included. */
export interface Inline {
  readonly text: string;
  readonly bold?: true;
  readonly italic?: true;
  readonly code?: true;
  readonly superscript?: true;
  readonly subscript?: true;
  readonly link?: string;
}

interface BlockBase {
  readonly box: Box;
  /** Source lines, in reading order; the writers use `inlines`, JSON and the overlay use these. */
  readonly lines: readonly Line[];
}

export interface Heading extends BlockBase {
  readonly type: 'heading';
  /** 1–6, consistent over the document. */
  readonly level: number;
  readonly inlines: readonly Inline[];
}

export interface Paragraph extends BlockBase {
  readonly type: 'paragraph';
  readonly inlines: readonly Inline[];
  /** `quote` is indented on both sides; `footnote` and `caption` keep their place beside what they explain. */
  readonly role?: 'quote' | 'footnote' | 'caption' | 'sidebar';
  /** The first words continue the last paragraph of the page before. */
  readonly continuesPreviousPage?: true;
}

export interface ListItem {
  readonly box: Box;
  /** As printed: `•`, `1.`, `(a)`; the writer maps it to Markdown. */
  readonly marker: string;
  readonly inlines: readonly Inline[];
  readonly checked?: boolean;
  readonly children: readonly ListItem[];
}

export interface List extends BlockBase {
  readonly type: 'list';
  readonly ordered: boolean;
  readonly items: readonly ListItem[];
}

export interface TableCell {
  readonly box: Box;
  readonly row: number;
  readonly column: number;
  readonly rowspan: number;
  readonly colspan: number;
  readonly header: boolean;
  readonly inlines: readonly Inline[];
}

export interface Table extends BlockBase {
  readonly type: 'table';
  readonly rows: number;
  readonly columns: number;
  /** Row-major; positions covered by a span do not appear again. */
  readonly cells: readonly TableCell[];
  readonly caption?: readonly Inline[];
  /** The caption stands below the table; above it otherwise. */
  readonly captionBelow?: true;
  /** 0–100: how sure the finder is of the structure. */
  readonly confidence: number;
  /** Its rows continue the last table of the page before. */
  readonly continuesPreviousPage?: true;
  /** With `continuesPreviousPage`: the first row below the head is the rest of the row that the page before ends with. */
  readonly continuesRow?: true;
  /** Another page's part of this table has spans, so that the whole cannot be written in pipes. */
  readonly spansElsewhere?: true;
}

export interface Figure extends BlockBase {
  readonly type: 'figure';
  /** `p3-1`: page and running number; `legible:figure/p3-1` in Markdown. */
  readonly id: string;
  readonly caption: readonly Inline[];
  /** Text inside the picture, line by line: the labels of a chart, the words on a screen. */
  readonly labels?: readonly Line[];
}

export interface Formula extends BlockBase {
  readonly type: 'formula';
  readonly text: string;
  /** Only where it could be written with certainty. */
  readonly latex?: string;
}

export interface Code extends BlockBase {
  readonly type: 'code';
  readonly text: string;
  /** Its lines go on with the listing that the page before ends with. */
  readonly continuesPreviousPage?: true;
}

/** Running heads and feet, page numbers, watermarks, margin line numbers: kept in JSON, left out of Markdown and text. */
export interface Furniture extends BlockBase {
  readonly type: 'furniture';
  readonly role: 'running_head' | 'running_foot' | 'page_number' | 'watermark' | 'line_number' | 'artifact';
  readonly inlines: readonly Inline[];
}

export type Block = Heading | Paragraph | List | Table | Figure | Formula | Code | Furniture;

/** A page ready for the writers: its evidence and its blocks in reading order. */
export interface Page extends PageRecord {
  readonly blocks: readonly Block[];
}

export interface DocumentInfo {
  readonly title?: string;
  readonly author?: string;
  /** Pages of the whole source document, whatever was selected. */
  readonly pageCount: number;
}

/** What the writers consume. `pages` may be a part of the document. */
export interface Document {
  readonly info: DocumentInfo;
  readonly pages: readonly Page[];
}
