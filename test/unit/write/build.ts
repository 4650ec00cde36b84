import type {
  Block,
  Document,
  Inline,
  ListItem,
  Page,
  Paragraph,
  TableCell,
} from '#legible/document/block.js';

const box = { x0: 72, y0: 72, x1: 300.123, y1: 84 };
const base = { box, lines: [] };

export const inlines = (...parts: (string | Inline)[]): Inline[] =>
  parts.map((part) => (typeof part === 'string' ? { text: part } : part));

export const paragraph = (...parts: (string | Inline)[]): Paragraph => ({
  ...base,
  type: 'paragraph',
  inlines: inlines(...parts),
});

export const heading = (level: number, ...parts: (string | Inline)[]): Block => ({
  ...base,
  type: 'heading',
  level,
  inlines: inlines(...parts),
});

export const item = (marker: string, text: string, ...children: ListItem[]): ListItem => ({
  box,
  marker,
  inlines: inlines(text),
  children,
});

export const list = (...items: ListItem[]): Block => ({ ...base, type: 'list', ordered: false, items });

export const cell = (
  row: number,
  column: number,
  text: string,
  more: Partial<TableCell> = {},
): TableCell => ({
  box,
  row,
  column,
  rowspan: 1,
  colspan: 1,
  header: false,
  inlines: inlines(text),
  ...more,
});

export function table(cells: TableCell[], more: object = {}): Block {
  return {
    ...base,
    type: 'table',
    rows: Math.max(...cells.map((c) => c.row + c.rowspan)),
    columns: Math.max(...cells.map((c) => c.column + c.colspan)),
    cells,
    confidence: 90,
    ...more,
  };
}

export const grid = (rows: string[][], more: object = {}, header = true): Block =>
  table(
    rows.flatMap((row, r) => row.map((text, c) => cell(r, c, text, { header: header && r === 0 }))),
    more,
  );

export const figure = (id: string, caption: string): Block => ({
  ...base,
  type: 'figure',
  id,
  caption: caption ? inlines(caption) : [],
});

export const page = (number: number, ...blocks: Block[]): Page => ({
  number,
  width: 612,
  height: 792,
  rotation: 0,
  source: 'text_layer',
  reason: 'honest text layer',
  confidence: 99.6,
  language: '',
  engines: ['pdfium'],
  preparation: [],
  words: 1,
  doubtfulWords: 0,
  warnings: [],
  milliseconds: 3,
  blocks,
});

export const doc = (...pages: Page[]): Document => ({ info: { pageCount: pages.length }, pages });
