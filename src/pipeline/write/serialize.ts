import type { Root, RootContent } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { type Options, toMarkdown } from 'mdast-util-to-markdown';
import { sparingEscapes } from './escape.js';
import { listItemAsPrinted } from './list.js';

const OPTIONS: Options = {
  bullet: '-',
  emphasis: '*',
  strong: '*',
  fences: true,
  rule: '-',
  listItemIndent: 'one',
  extensions: [
    // Columns are not padded to one width, which costs tokens; each counts as three dashes wide.
    gfmTableToMarkdown({ tableCellPadding: true, tablePipeAlign: true, stringLength: () => 3 }),
    sparingEscapes,
    { handlers: { listItem: listItemAsPrinted } },
  ],
};

/** One mdast block as Markdown, without the line feed at its end. */
export function serialize(node: RootContent): string {
  const root: Root = { type: 'root', children: [node] };
  return toMarkdown(root, OPTIONS).replace(/\n+$/, '');
}
