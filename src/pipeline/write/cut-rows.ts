/** A hyphen at the end, after a letter: the word goes on if a lower-case letter follows. */
const BROKEN_WORD = /\p{L}[-\u2010\u00ad]$/u;
const PLAIN_ROW = /^<tr>(?:<td>.*?<\/td>)+<\/tr>$/;

/** The cells of a row as it is written: in pipes, or in HTML without spans. Undefined for other lines. */
function cellsOf(row: string): string[] | undefined {
  if (/^\| .*\|$/.test(row)) return row.slice(2, -2).split(' | ');
  return PLAIN_ROW.test(row)
    ? row.slice('<tr><td>'.length, -'</td></tr>'.length).split('</td><td>')
    : undefined;
}

/** A row that a page break cut in two, made whole: its cells read on in those of the rest. Undefined where they do not match. */
export function joinRows(row: string, rest: string): string | undefined {
  const upper = cellsOf(row);
  const lower = cellsOf(rest);
  if (!upper || upper.length !== lower?.length || row[0] !== rest[0]) return undefined;
  const cells = upper.map((text, i) => joinCells(text.trim(), lower[i].trim()));
  return row[0] === '|'
    ? `| ${cells.join(' | ')} |`
    : `<tr>${cells.map((c) => `<td>${c}</td>`).join('')}</tr>`;
}

function joinCells(upper: string, lower: string): string {
  if (upper === '' || lower === '') return upper + lower;
  return BROKEN_WORD.test(upper) && /^\p{Ll}/u.test(lower) ? upper.slice(0, -1) + lower : `${upper} ${lower}`;
}
