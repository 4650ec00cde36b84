import { joinRows } from './cut-rows.js';

/** One block as text, and what stands between it and the piece before. */
export interface Piece {
  /** Complete by itself: it may be read without its neighbours. */
  readonly text: string;
  /** Blank line, or one space where a paragraph goes on across the page. */
  readonly joint: string;
  /** A running head or foot: what follows does not continue it. */
  readonly apart?: true;
  /** Set for tables and listings, so that one that goes on across the page can be put together again. */
  readonly table?: TablePiece;
  /** Number of the page that begins here, to be shown to the reader. */
  readonly page?: number;
}

export interface TablePiece {
  /** Only one kind joins: tables with the same number of columns, listings with the same fence. */
  readonly kind: string;
  /** The rows that are new when the one before goes on; '' when this is one of its own. */
  readonly rows: string;
  /** The first of these rows is the rest of the last row before, which the page break cut. */
  readonly cut?: true;
  /** What closes it: `</table>` in HTML, the fence of a listing, '' in pipes. */
  readonly end: string;
}

/** The end of a table and the rows it goes on with, its last row made whole; undefined where they do not match. */
function joinCutRow(table: string, rows: string): { settled: string; rows: string } | undefined {
  const row = table.trimEnd().split('\n').pop()!;
  const [rest] = /[^\n]+/.exec(rows) ?? [''];
  const whole = joinRows(row, rest);
  if (whole === undefined) return undefined;
  const at = table.lastIndexOf(row);
  return { settled: table.slice(0, at), rows: whole + rows.slice(rows.indexOf(rest) + rest.length) };
}

/** A hyphen at the end of a page, after a letter: the word goes on if a lower-case letter follows. */
const BROKEN_WORD = /\p{L}[-\u2010\u00ad]$/u;

/** Invisible where Markdown is rendered, and the way to cite a page where it is read. */
const pageMark = (page: number | undefined): string => (page === undefined ? '' : `<!-- page ${page} -->`);

const BLANK_LINE = '\n\n';

/** Longest text that `joinPieces` adds for a piece beside its `text`. */
export const jointLength = (piece: Piece): number =>
  (piece.joint === '' ? 0 : BLANK_LINE.length) +
  (piece.page === undefined ? 0 : pageMark(piece.page).length + BLANK_LINE.length);

/**
 * Puts pieces together in reading order: paragraphs and tables that a page break cut are made whole.
 * Holds no more than the last piece, so that a document of any length can be written part by part.
 */
export class PieceJoiner {
  #before: Piece | undefined;
  /** The end of the text, which the next piece may still change. */
  #tail = '';

  /** Answers the text that is settled by now. */
  add(piece: Piece): string {
    const before = this.#before;
    const tail = this.#tail;
    this.#before = piece;
    const mark = pageMark(piece.page);
    const joint = before?.apart && piece.joint !== '' ? BLANK_LINE : piece.joint;
    if (before && piece.table?.rows && before.table?.kind === piece.table.kind) {
      const settled = tail.slice(0, tail.length - before.table.end.length);
      const whole = piece.table.cut && joinCutRow(settled, piece.table.rows);
      this.#tail = (whole ? whole.rows : piece.table.rows) + piece.table.end;
      return whole ? whole.settled : settled;
    }
    if (before && joint === ' ' && BROKEN_WORD.test(tail) && /^\p{Ll}/u.test(piece.text)) {
      this.#tail = piece.text.replace(/^\S+/, (rest) => (mark ? `${rest} ${mark}` : rest));
      return tail.slice(0, -1);
    }
    // A comment inside a paragraph stays on its line; between blocks it stands alone.
    const gap = before ? joint : '';
    this.#tail = gap + (mark ? mark + (before ? joint : BLANK_LINE) : '') + piece.text;
    return tail;
  }

  /** The rest of the text. */
  end(): string {
    return this.#tail;
  }
}

export function joinPieces(pieces: Iterable<Piece>): string {
  const joiner = new PieceJoiner();
  let result = '';
  for (const piece of pieces) result += joiner.add(piece);
  return result + joiner.end();
}
