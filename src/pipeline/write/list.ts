import type { List as MdastList, ListItem as MdastListItem, PhrasingContent } from 'mdast';
import type { Handle } from 'mdast-util-to-markdown';
import type { List, ListItem } from '../../document/block.js';
import { toPhrasing } from './inlines.js';

declare module 'mdast' {
  interface ListItemData {
    /** What stands before the item in Markdown: `-`, `3.`, `3)`. */
    marker?: string;
  }
}

/** The only numbering that Markdown knows; up to nine digits by CommonMark. */
const DECIMAL = /^\(?(\d{1,9})([.)])?\)?$/;
/** Bullets and check boxes: their glyph says nothing that `-` does not say. */
const BULLET = /^[^\p{L}\p{N}]*$/u;

/**
 * Printed markers in Markdown: bullets become `-`; `1.` and `1)` stay; other numbering (`(a)`, `iii.`,
 * `2.1`) has no Markdown form and stays in the text, since other text refers to it.
 */
function splitMarker(printed: string): { marker: string; prefix: string } {
  const text = printed.trim();
  const decimal = text.startsWith('(') ? null : DECIMAL.exec(text);
  if (decimal) return { marker: `${Number(decimal[1])}${decimal[2] ?? '.'}`, prefix: '' };
  return { marker: '-', prefix: BULLET.test(text) ? '' : `${text} ` };
}

function toItem(item: ListItem): MdastListItem {
  const { marker, prefix } = splitMarker(item.marker);
  const inlines = prefix ? [{ text: prefix }, ...item.inlines] : item.inlines;
  const children: PhrasingContent[] = toPhrasing(inlines);
  return {
    type: 'listItem',
    spread: false,
    checked: item.checked ?? null,
    data: { marker },
    children: [
      ...(children.length || item.checked !== undefined ? [{ type: 'paragraph' as const, children }] : []),
      ...(item.children.length ? [toItems(item.children)] : []),
    ],
  };
}

const toItems = (items: readonly ListItem[]): MdastList => ({
  type: 'list',
  ordered: /^\d/.test(splitMarker(items[0]?.marker ?? '').marker),
  spread: false,
  children: items.filter((item) => item.inlines.length > 0 || item.children.length > 0).map(toItem),
});

export const toList = (list: List): MdastList => toItems(list.items);

/** A list item under the marker it was printed with, so that `3.` stays `3.`, and its check box. */
export const listItemAsPrinted: Handle = (node: MdastListItem, _parent, state, info) => {
  const bullet = node.data?.marker ?? '-';
  const box = typeof node.checked === 'boolean' ? `[${node.checked ? 'x' : ' '}] ` : '';
  const size = bullet.length + 1;
  const tracker = state.createTracker(info);
  tracker.move(`${bullet} `);
  tracker.shift(size);
  const exit = state.enter('listItem');
  const value = state.indentLines(state.containerFlow(node, tracker.current()), (line, index, blank) => {
    if (index === 0) return blank ? `${bullet} ${box}`.trimEnd() : `${bullet} ${box}${line}`;
    return blank ? '' : ' '.repeat(size) + line;
  });
  exit();
  return value;
};
