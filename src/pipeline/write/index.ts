import type { Document, Page } from '../../document/block.js';
import type { Format } from '../options.js';
import { documentJson } from './json.js';
import { markdownPiece } from './markdown.js';
import { joinPieces, type Piece } from './piece.js';
import { textPiece } from './text.js';

export { documentJson } from './json.js';
export { DocumentJson } from './json-schema.js';
export { joinPieces, jointLength, type Piece } from './piece.js';

/** The blocks of a page as text, one piece a block; furniture and empty blocks have none. */
export function writePieces(page: Page, format: Exclude<Format, 'json'>): Piece[] {
  const write = format === 'markdown' ? markdownPiece : textPiece;
  return page.blocks.map(write).filter((piece) => piece !== undefined);
}

/** The whole document (or the pages it holds) in one string that ends with a line feed; '' when nothing is on it. */
export function writeDocument(document: Document, format: Format): string {
  if (format === 'json') return `${JSON.stringify(documentJson(document))}\n`;
  const text = joinPieces(document.pages.flatMap((page) => writePieces(page, format)));
  return text ? `${text}\n` : '';
}
