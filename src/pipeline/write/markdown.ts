import type { Block, Code, Figure, Paragraph } from '../../document/block.js';
import { figureLabels } from './figure-labels.js';
import { plainInlines, toPhrasing } from './inlines.js';
import { toList } from './list.js';
import type { Piece } from './piece.js';
import { serialize } from './serialize.js';
import { writeTable } from './table.js';

function writeParagraph(block: Paragraph): string {
  const children = toPhrasing(block.inlines);
  if (children.length === 0) return '';
  const paragraph = { type: 'paragraph' as const, children };
  return serialize(block.role === 'quote' ? { type: 'blockquote', children: [paragraph] } : paragraph);
}

const writeFigure = (block: Figure): string =>
  serialize({
    type: 'paragraph',
    children: [
      {
        type: 'image',
        url: `legible:figure/${block.id}`,
        alt: [plainInlines(block.caption).replace(/\n/g, ' '), ...figureLabels(block)]
          .filter(Boolean)
          .join(' · '),
      },
    ],
  });

/** Math between `$$` where its LaTeX is certain, the characters as they stand otherwise. */
function writeFormula(latex: string | undefined, text: string): string {
  if (latex?.trim()) return `$$\n${latex.trim()}\n$$`;
  const children = toPhrasing([{ text }]);
  return children.length ? serialize({ type: 'paragraph', children }) : '';
}

/** A listing between fences; one that goes on over the page is put into the fences of the page before. */
function writeCode({ text, continuesPreviousPage }: Code): Piece | undefined {
  const value = text.replace(/\s+$/, '');
  if (!value) return undefined;
  const fenced = serialize({ type: 'code', value });
  const fence = /^`+/.exec(fenced)?.[0];
  if (!fence) return piece(fenced);
  const rows = continuesPreviousPage ? `\n${value}` : '';
  return { text: fenced, joint: '\n\n', table: { kind: `code${fence}`, rows, end: `\n${fence}` } };
}

/** One block as a piece of Markdown; undefined where it has nothing to say (furniture, empty blocks). */
export function markdownPiece(block: Block): Piece | undefined {
  switch (block.type) {
    case 'heading': {
      const children = toPhrasing(block.inlines, { plain: true });
      return piece(
        children.length ? serialize({ type: 'heading', depth: depth(block.level), children }) : '',
      );
    }
    case 'paragraph':
      return piece(writeParagraph(block), block.continuesPreviousPage ? ' ' : undefined);
    case 'list': {
      const list = toList(block);
      return piece(list.children.length ? serialize(list) : '');
    }
    case 'table':
      return writeTable(block);
    case 'figure':
      return piece(writeFigure(block));
    case 'formula':
      return piece(writeFormula(block.latex, block.text));
    case 'code':
      return writeCode(block);
    case 'furniture':
      return undefined;
  }
}

const depth = (level: number) => Math.min(6, Math.max(1, Math.round(level))) as 1 | 2 | 3 | 4 | 5 | 6;
const piece = (text: string, joint = '\n\n'): Piece | undefined => (text ? { text, joint } : undefined);
