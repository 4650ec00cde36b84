import type { Block, Inline } from '#legible/document/block.js';
import type { PageContent } from '#legible/document/page.js';
import { layout } from '#legible/pipeline/layout/index.js';

/** Blocks of pages that make up one document, page by page. */
export function layOut(...pages: readonly PageContent[]): Block[][] {
  const drafts = pages.map((p) => JSON.parse(JSON.stringify(layout.analyzePage(p))));
  const summaries = drafts.map((d) => JSON.parse(JSON.stringify(layout.summarizePage(d))));
  const context = JSON.parse(JSON.stringify(layout.documentContext(summaries, [])));
  return drafts.map((d) => [...layout.resolvePage(d, context)]);
}

export const textOf = (inlines: readonly Inline[]): string => inlines.map((i) => i.text).join('');

/** One short line a block: `h2 Title`, `p Text`, `ul • a / • b`, `running_head Text`. */
export function sketch(blocks: readonly Block[]): string[] {
  return blocks.map((b) => {
    switch (b.type) {
      case 'heading':
        return `h${b.level} ${textOf(b.inlines)}`;
      case 'paragraph':
        return `${b.role ?? 'p'} ${textOf(b.inlines)}`;
      case 'furniture':
        return `${b.role} ${textOf(b.inlines)}`;
      case 'list':
        return `${b.ordered ? 'ol' : 'ul'} ${items(b.items)}`;
      case 'figure':
        return `figure ${b.id} ${textOf(b.caption)}`;
      case 'code':
      case 'formula':
        return `${b.type} ${b.text}`;
      case 'table':
        return `table ${b.rows}x${b.columns}`;
      default:
        return '?';
    }
  });
}

type Items = Extract<Block, { type: 'list' }>['items'];
const items = (list: Items): string =>
  list
    .map((i) => `${i.marker} ${textOf(i.inlines)}${i.children.length ? ` [${items(i.children)}]` : ''}`)
    .join(' / ');
