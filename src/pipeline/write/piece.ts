/** One block as text, and what stands between it and the piece before. */
export interface Piece {
  /** Complete by itself: it may be read without its neighbours. */
  readonly text: string;
  /** Blank line, or one space where a paragraph goes on across the page. */
  readonly joint: string;
  /** Set for tables, so that one that goes on across the page can be put together again. */
  readonly table?: TablePiece;
}

export interface TablePiece {
  /** Tables join only their own kind, with the same number of columns. */
  readonly kind: string;
  /** The rows that are new when the table before goes on; '' when this is a table of its own. */
  readonly rows: string;
  /** What closes the table: `</table>` in HTML, '' in pipes. */
  readonly end: string;
}

/** A hyphen at the end of a page, after a letter: the word goes on if a lower-case letter follows. */
const BROKEN_WORD = /\p{L}[-\u2010\u00ad]$/u;

/** Puts pieces together in reading order: paragraphs and tables that a page break cut are made whole. */
export function joinPieces(pieces: Iterable<Piece>): string {
  let result = '';
  let before: Piece | undefined;
  for (const piece of pieces) {
    if (!before) result = piece.text;
    else if (piece.table?.rows && before.table?.kind === piece.table.kind)
      result = `${result.slice(0, result.length - before.table.end.length)}${piece.table.rows}${piece.table.end}`;
    else if (piece.joint === ' ' && BROKEN_WORD.test(result) && /^\p{Ll}/u.test(piece.text))
      result = result.slice(0, -1) + piece.text;
    else result += piece.joint + piece.text;
    before = piece;
  }
  return result;
}
