import type { Document, Page } from '../../document/block.js';
import type { Format, RunningHeads } from '../options.js';
import { furniturePiece } from './furniture.js';
import { documentJson } from './json.js';
import { markdownPiece } from './markdown.js';
import { joinPieces, type Piece } from './piece.js';
import { textPiece } from './text.js';

export { documentJson } from './json.js';
export { DocumentJson } from './json-schema.js';
export { joinPieces, jointLength, type Piece, PieceJoiner } from './piece.js';

/** The blocks of a page as text, one piece a block; empty blocks have none, nor has furniture unless it is kept. */
export function writePieces(
  page: Page,
  format: Exclude<Format, 'json'>,
  runningHeads: RunningHeads = 'omit',
): Piece[] {
  const write = format === 'markdown' ? markdownPiece : textPiece;
  const pieces = page.blocks.map((block) => {
    if (block.type !== 'furniture') return write(block);
    return runningHeads === 'keep' ? furniturePiece(block, write) : undefined;
  });
  return pieces.filter((piece) => piece !== undefined);
}

/** The whole document (or the pages it holds) in one string that ends with a line feed; '' when nothing is on it. */
export function writeDocument(document: Document, format: Format, runningHeads?: RunningHeads): string {
  if (format === 'json') return `${JSON.stringify(documentJson(document))}\n`;
  const text = joinPieces(document.pages.flatMap((page) => writePieces(page, format, runningHeads)));
  return text ? `${text}\n` : '';
}
