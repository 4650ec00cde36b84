import type { Block, Furniture } from '../../document/block.js';
import type { Piece } from './piece.js';

/** No part of what a page says even where everything printed is wanted: they would stand between its words. */
const NEVER_WRITTEN: ReadonlySet<Furniture['role']> = new Set(['watermark', 'line_number']);

/**
 * A running head, foot, page number or margin note as a plain paragraph at its place on the page: heads
 * are a page's first blocks, feet its last. Text that goes on across the page does not go on from it.
 */
export function furniturePiece(
  { role, inlines, box, lines }: Furniture,
  write: (block: Block) => Piece | undefined,
): Piece | undefined {
  if (NEVER_WRITTEN.has(role)) return undefined;
  const piece = write({ type: 'paragraph', inlines, box, lines });
  return piece && { ...piece, apart: true };
}
