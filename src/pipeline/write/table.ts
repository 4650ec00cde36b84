import type { Table as MdastTable, TableRow } from 'mdast';
import type { Table, TableCell } from '../../document/block.js';
import { htmlRows } from './html-table.js';
import { plainInlines, toPhrasing } from './inlines.js';
import type { Piece } from './piece.js';
import { serialize } from './serialize.js';

/** Cells by row; every position that no cell starts at is absent. */
export function cellRows(table: Table): readonly (readonly TableCell[])[] {
  const rows: TableCell[][] = Array.from({ length: table.rows }, () => []);
  for (const cell of table.cells) rows[cell.row]?.push(cell);
  for (const row of rows) row.sort((a, b) => a.column - b.column);
  return rows;
}

/** Pipes have no spans, no second header row and no lines within a cell: such tables are written as HTML. */
function needsHtml(table: Table, rows: readonly (readonly TableCell[])[]): boolean {
  const headerRows = rows.filter((row) => row.length > 0 && row.every((cell) => cell.header)).length;
  return (
    table.spansElsewhere === true ||
    headerRows > 1 ||
    table.cells.some(
      (cell) => cell.rowspan > 1 || cell.colspan > 1 || cell.inlines.some(({ text }) => text.includes('\n')),
    )
  );
}

/** The caption is a paragraph of its own on the table's side that it stands on. */
export function writeTable(table: Table): Piece | undefined {
  if (table.cells.every((cell) => plainInlines(cell.inlines) === '')) return undefined;
  const rows = cellRows(table);
  const caption = table.caption?.length
    ? serialize({ type: 'paragraph', children: toPhrasing(table.caption) })
    : '';
  const written = needsHtml(table, rows) ? writeHtml(table, rows) : writePipes(table, rows);
  if (!caption) return written;
  if (!table.captionBelow) return { ...written, text: `${caption}\n\n${written.text}` };
  const { table: joined, ...piece } = written;
  return {
    ...piece,
    text: `${written.text}\n\n${caption}`,
    // A table ends with the caption below it: it may continue one, and none continues it.
    ...(joined?.rows && { table: { ...joined, end: `${joined.end}\n\n${caption}` } }),
  };
}

function writeHtml(table: Table, rows: readonly (readonly TableCell[])[]): Piece {
  const body = htmlRows(rows).join('\n');
  const heads = Math.max(0, ...table.cells.filter((c) => c.header).map((c) => c.row + c.rowspan));
  return {
    text: `<table>\n${body}\n</table>`,
    joint: '\n\n',
    table: {
      kind: `html-${table.columns}`,
      // The head of a continuation is printed again on each page.
      rows: table.continuesPreviousPage ? `${htmlRows(rows.slice(heads)).join('\n')}\n` : '',
      ...(table.continuesRow && { cut: true as const }),
      end: '</table>',
    },
  };
}

function writePipes(table: Table, rows: readonly (readonly TableCell[])[]): Piece {
  const headed = rows[0].some((cell) => cell.header);
  const plainHead = headed && rows[0].every((cell) => cell.inlines.every((inline) => inline.bold));
  const toRow = (cells: readonly TableCell[], plain = false): TableRow => ({
    type: 'tableRow',
    children: Array.from({ length: table.columns }, (_, column) => {
      const cell = cells.find((candidate) => candidate.column === column);
      return { type: 'tableCell', children: cell ? toPhrasing(cell.inlines, { plain }) : [] };
    }),
  });
  const body = (headed ? rows.slice(1) : rows).map((row) => toRow(row));
  const node: MdastTable = { type: 'table', children: [toRow(headed ? rows[0] : [], plainHead), ...body] };
  const text = serialize(node);
  return {
    text,
    joint: '\n\n',
    table: {
      kind: `pipes-${table.columns}`,
      // The head of a continuation is printed again on each page; the rows below its delimiter are new.
      rows: table.continuesPreviousPage ? `\n${text.split('\n').slice(2).join('\n')}` : '',
      ...(table.continuesRow && { cut: true as const }),
      end: '',
    },
  };
}
