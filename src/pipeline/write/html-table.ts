import type { PhrasingContent } from 'mdast';
import type { TableCell } from '../../document/block.js';
import { toPhrasing } from './inlines.js';
import { escapeHtml } from './raised.js';

const attribute = (text: string): string => escapeHtml(text).replaceAll('"', '&quot;');

function inlineHtml(node: PhrasingContent): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.value);
    case 'html':
      return node.value;
    case 'break':
      return '<br>';
    case 'inlineCode':
      return `<code>${escapeHtml(node.value)}</code>`;
    case 'strong':
      return `<b>${node.children.map(inlineHtml).join('')}</b>`;
    case 'emphasis':
      return `<i>${node.children.map(inlineHtml).join('')}</i>`;
    case 'link':
      return `<a href="${attribute(node.url)}">${node.children.map(inlineHtml).join('')}</a>`;
    default:
      return '';
  }
}

function cellHtml(cell: TableCell): string {
  const tag = cell.header ? 'th' : 'td';
  const colspan = cell.colspan > 1 ? ` colspan="${cell.colspan}"` : '';
  const rowspan = cell.rowspan > 1 ? ` rowspan="${cell.rowspan}"` : '';
  const plain = cell.header && cell.inlines.every((inline) => inline.bold);
  return `<${tag}${colspan}${rowspan}>${toPhrasing(cell.inlines, { plain }).map(inlineHtml).join('')}</${tag}>`;
}

/** One `<tr>` a line and no blank line: an HTML block of CommonMark ends at the first one. */
export const htmlRows = (rows: readonly (readonly TableCell[])[]): string[] =>
  rows.map((row) => `<tr>${row.map(cellHtml).join('')}</tr>`);
