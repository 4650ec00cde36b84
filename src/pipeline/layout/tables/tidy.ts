import { columnsOf, dropTrack, type Grid, rowsOf } from './grid.js';

/** An empty row or column thinner than this many ems is the space between two borders, not a place for text. */
const THIN_TRACK = 0.75;

const AXES = [
  ['xs', 'column', 'colspan'],
  ['ys', 'row', 'rowspan'],
] as const;

/**
 * Leaves out rows and columns that say nothing: gaps of double borders, spaces between shaded cells,
 * borders at which no cell ends, and stretches that are empty where they are not spanned.
 */
export function tidyGrid(grid: Grid, em: number): Grid {
  let out = grid;
  for (const [axis, start, span] of AXES) {
    for (let i = out[axis].length - 2; i >= 0 && out[axis].length > 2; i--) {
      const own = out.cells.filter((c) => c[start] === i && c[span] === 1);
      if (!own.every((c) => c.words.length === 0)) continue;
      const thin = out[axis][i + 1] - out[axis][i] <= em * THIN_TRACK;
      const spanned = out.cells.some(
        (c) => c[span] > 1 && c[start] <= i && c[start] + c[span] > i && c.words.length > 0,
      );
      if (thin || own.length === 0 || spanned) out = dropTrack(out, axis, i);
    }
  }
  return out;
}

/** The grid without the first rows `from` and the last rows behind `to` (exclusive). */
export function cropRows(grid: Grid, from: number, to: number): Grid {
  let out = grid;
  for (let r = rowsOf(grid) - 1; r >= to; r--) out = dropTrack(out, 'ys', r);
  for (let r = 0; r < from; r++) out = dropTrack(out, 'ys', 0);
  return out;
}

/** Rows that only hold a caption above the table or notes below it, drawn inside its frame. */
export function trimTitles(grid: Grid): Grid {
  const columns = columnsOf(grid);
  if (columns < 2) return grid;
  const whole = (r: number) => {
    const filled = grid.cells.filter((c) => c.row <= r && c.row + c.rowspan > r && c.words.length > 0);
    const first = grid.cells.find((c) => c.row === r && c.column === 0 && c.rowspan === 1);
    const alone = filled.length === 0 || (filled.length === 1 && filled[0] === first);
    return alone && (first?.colspan === columns || grid.headRows !== undefined) ? first : undefined;
  };
  let from = 0;
  let to = rowsOf(grid);
  while (
    from < to - 2 &&
    isTitle(
      whole(from)
        ?.words.map((w) => w.text)
        .join(' '),
    )
  )
    from++;
  while (
    to > from + 2 &&
    isNote(
      whole(to - 1)
        ?.words.map((w) => w.text)
        .join(' '),
    )
  )
    to--;
  return from > 0 || to < rowsOf(grid) ? cropRows(grid, from, to) : grid;
}

const TITLE = /^(?:table|exhibit|figure|chart|box|appendix|tabelle|tableau|tabla|tab\.|fig\.)\s*[\dA-Z]/i;
const NOTE =
  /^(?:notes?\b|sources?\b|[*†‡§¶]|\(?[a-z1-9]\)?\s[A-Z]|n\.?b\.?\b|quelle|anmerkung|remarque|nota\b)/i;
const LONG_NOTE = 80;

const isTitle = (text: string | undefined): boolean =>
  text !== undefined && (text === '' || TITLE.test(text));
const isNote = (text: string | undefined): boolean =>
  text !== undefined && (text === '' || NOTE.test(text) || text.length > LONG_NOTE);
