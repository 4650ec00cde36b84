import type { Block, ListItem, Table } from '../../document/block.js';
import { figureLabels } from './figure-labels.js';
import { plainInlines } from './inlines.js';
import type { Piece } from './piece.js';
import { cellRows } from './table.js';

const INDENT = '  ';

function listLines(items: readonly ListItem[], depth: number): string[] {
  return items.flatMap((item) => {
    const box = item.checked === undefined ? '' : item.checked ? '[x] ' : '[ ] ';
    const marker = item.marker && item.checked === undefined ? `${item.marker} ` : '';
    const text = plainInlines(item.inlines).replace(/\n/g, `\n${INDENT.repeat(depth)}`);
    return [
      `${INDENT.repeat(depth)}${marker}${box}${text}`.trimEnd(),
      ...listLines(item.children, depth + 1),
    ];
  });
}

/** One line a row, cells apart by tabs; a span fills its first position only. */
function tableLines(table: Table): string[] {
  return cellRows(table).map((row) => {
    const cells = Array.from({ length: table.columns }, () => '');
    for (const cell of row) cells[cell.column] = plainInlines(cell.inlines).replace(/\n/g, ' ');
    return cells.join('\t').trimEnd();
  });
}

/** One block as plain text: no markup, the printed list markers. */
export function textPiece(block: Block): Piece | undefined {
  switch (block.type) {
    case 'heading':
      return piece(plainInlines(block.inlines));
    case 'paragraph':
      return piece(plainInlines(block.inlines), block.continuesPreviousPage ? ' ' : undefined);
    case 'list':
      return piece(listLines(block.items, 0).join('\n'));
    case 'table': {
      const caption = block.caption?.length ? plainInlines(block.caption) : '';
      const rows = tableLines(block).join('\n');
      const [above, below] = block.captionBelow ? ['', `\n\n${caption}`] : [caption && `${caption}\n\n`, ''];
      return rows.trim()
        ? { ...piece(above + rows + below, block.continuesPreviousPage ? '\n' : undefined)! }
        : undefined;
    }
    case 'figure':
      return piece([plainInlines(block.caption), ...figureLabels(block)].filter(Boolean).join('\n'));
    case 'formula':
      return piece(block.text.trim());
    case 'code':
      return piece(block.text.replace(/\s+$/, ''), block.continuesPreviousPage ? '\n' : undefined);
    case 'furniture':
      return undefined;
  }
}

const piece = (text: string, joint = '\n\n'): Piece | undefined =>
  text.trim() ? { text, joint } : undefined;
