import { type Box, centerX, centerY, containsPoint, unionBoxes } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { FoundCell, FoundTable, TableFinding } from '../found-table.js';
import type { TurnedText } from '../order/turned.js';

/** Turned headings of one table stand beside each other over at least this share of the shorter one's length. */
const BESIDE = 0.5;
/** … and at most this many ems apart. */
const REACH = 12;
/** Lines of one turned heading follow each other within this many ems. */
const SAME_HEADING = 0.5;

/** An upright word that stands for a turned line where its column is looked for, and that line. */
type StandIns = ReadonlyMap<Word, readonly TurnedText[]>;

const boxOf = (line: TurnedText): Box => line.lines[0].box;

/**
 * Upright words in place of turned headings: at the foot of each, on the baseline of the upright headings
 * beside them or else of the deepest one, so that they are found in the table's head like upright ones.
 * Turned lines that stand alone (margins, axes) have none.
 */
export function standIns(turned: readonly TurnedText[], upright: readonly Word[]): StandIns {
  const out = new Map<Word, readonly TurnedText[]>();
  for (const row of rowsOfHeadings(turned)) {
    const span = unionBoxes(row.map(boxOf));
    const size = row[0].lines[0].words[0].size;
    const level = upright.filter(
      (w) =>
        w.baseline > span.y0 + size &&
        w.baseline < span.y1 + size &&
        w.box.x1 > span.x0 - size * REACH * 3 &&
        w.box.x0 < span.x1 + size * REACH,
    );
    const baseline = level.length ? Math.max(...level.map((w) => w.baseline)) : span.y1 - size * 0.2;
    for (const heading of headings(row, size)) {
      const box = unionBoxes(heading.map(boxOf));
      const [word] = heading[0].lines[0].words;
      const { angle: _angle, ...look } = word;
      const stand: Word = {
        ...look,
        text: heading.flatMap((h) => h.lines[0].words.map((w) => w.text)).join('\u00a0'),
        box: { x0: box.x0, x1: box.x1, y0: baseline - size * 0.75, y1: baseline + size * 0.2 },
        baseline,
      };
      out.set(stand, heading);
    }
  }
  return out;
}

/** Turned lines that stand in a row, at least two. */
function rowsOfHeadings(turned: readonly TurnedText[]): TurnedText[][] {
  const rows: TurnedText[][] = [];
  const sideways = turned.filter((t) => t.angle !== 180 && t.margin === undefined);
  for (const line of sideways.sort((a, b) => boxOf(a).x0 - boxOf(b).x0)) {
    const own = boxOf(line);
    const row = rows.find((r) => {
      const last = boxOf(r[r.length - 1]);
      const shared = Math.min(last.y1, own.y1) - Math.max(last.y0, own.y0);
      const em = line.lines[0].words[0].size;
      return (
        shared > Math.min(last.y1 - last.y0, own.y1 - own.y0) * BESIDE &&
        own.x0 - last.x1 < em * REACH &&
        r[0].angle === line.angle
      );
    });
    if (row) row.push(line);
    else rows.push([line]);
  }
  return rows.filter((r) => r.length > 1);
}

/** Lines set closer than headings are belong to one, read in its own direction. */
function headings(row: readonly TurnedText[], em: number): TurnedText[][] {
  const out: TurnedText[][] = [];
  for (const line of row) {
    const last = out[out.length - 1];
    if (last && boxOf(line).x0 - boxOf(last[last.length - 1]).x1 < em * SAME_HEADING) last.push(line);
    else out.push([line]);
  }
  return row[0].angle === 90 ? out.map((h) => h.reverse()) : out;
}

/**
 * The findings with turned lines in their cells: in place of what stood for them, and those that lie in an
 * empty cell by themselves, such as the label of a group of rows. `used` takes in the lines that went into cells.
 */
export function withTurned(
  findings: readonly TableFinding[],
  turned: readonly TurnedText[],
  stands: StandIns,
  used: Set<TurnedText>,
): TableFinding[] {
  const inCell = (cell: FoundCell): FoundCell => {
    const lines = cell.lines.flatMap((line) => {
      if (!line.words.some((w) => stands.has(w))) return [line];
      const level = line.words.filter((w) => !stands.has(w));
      const own = line.words.flatMap((w) => stands.get(w) ?? []);
      for (const t of own) used.add(t);
      return [...(level.length ? [{ ...line, words: level }] : []), ...own.flatMap((t) => t.lines)];
    });
    if (lines.length) return { ...cell, lines };
    const inside = turned.filter(
      (t) => !used.has(t) && containsPoint(cell.box, centerX(boxOf(t)), centerY(boxOf(t))),
    );
    for (const t of inside) used.add(t);
    return { ...cell, lines: inside.flatMap((t) => t.lines) };
  };
  return findings.map(({ table, words }) => {
    const cells = table.cells.map(inCell);
    const grown: FoundTable = { ...table, cells, box: grownBox(table, cells) };
    return { table: grown, words: words.filter((w) => !stands.has(w)) };
  });
}

const grownBox = (table: FoundTable, cells: readonly FoundCell[]): Box =>
  unionBoxes([table.box, ...cells.flatMap((c) => c.lines.map((l) => l.box))]);
