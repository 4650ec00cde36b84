import type { Word } from '../../../document/word.js';
import { isCheckBox } from '../roles/markers.js';
import { isValueChunk } from './chunks.js';
import type { Piece, PlacedRow } from './pieces.js';
import { brokenForRoom, readsOn, wrapShare } from './wraps.js';

/** Lines closer than this share of the em overlap: they are one row whose cells are centred against each other. */
const OVERLAPPING_PITCH = 0.8;
/** The distance between rows exceeds the distance between a cell's lines by at least this factor where it tells them apart. */
const PITCH_STEP = 1.18;
/** Lines between two rules are one row of wrapped text when this share of their breaks are wraps. */
const WRAPPED_BAND = 0.7;
const MIN_BREAKS = 2;
/** Closely set lines belong together when at least this share of their breaks are wraps. */
const WRAPPED_LINES = 0.55;
/** Words a line of wrapped text holds on average; stacked entries hold one or two. */
const WRAPPED_WORDS = 2.5;
/** A label that starts further left than the one above by this many ems does not continue it. */
const OUTDENT = 0.3;
/** Labels that tell how this table's labels start, and the share of them in lower case. */
const MIN_STARTS = 2;
const SMALL_STARTS = 0.7;

export interface BodyContext {
  readonly rows: readonly PlacedRow[];
  /** A rule is drawn between row i and row i + 1. */
  readonly ruled: readonly boolean[];
  /** Width of each column's widest line, in points. */
  readonly widths: readonly number[];
  /** The rows lie between rules, at least one above and one below. */
  readonly enclosed: boolean;
}

/**
 * Groups text lines into table rows: a cell's second line belongs to the row of its first. Returns for
 * each line the index of its row. Lines are parted by a rule, by a figure under a figure, and by a
 * phrase that starts anew; they are joined where a phrase visibly runs on.
 */
export function groupBodyRows(context: BodyContext): number[] {
  const { rows, ruled } = context;
  const inner = innerPitch(context);
  const smallLabels = startsSmall(context);
  const groups: number[] = [];
  let row = -1;
  for (let start = 0; start < rows.length; ) {
    let end = start + 1;
    while (end < rows.length && !ruled[end - 1]) end++;
    const band = rows.slice(start, end);
    if (context.enclosed && isWrappedBand(band, context) && !hasSteps(band, inner)) {
      row++;
      for (let i = start; i < end; i++) groups.push(row);
    } else {
      let first = start;
      for (let i = start; i < end; i++) {
        if (i === start || !belongsTo(i, rows.slice(first, i), { inner, smallLabels, ...context })) {
          row++;
          first = i;
        }
        groups.push(row);
      }
    }
    start = end;
  }
  return groups;
}

function isWrappedBand(band: readonly PlacedRow[], { widths }: BodyContext): boolean {
  if (band.length < 2) return true;
  for (let i = 1; i < band.length; i++) if (clash(band[i - 1].pieces, band[i].pieces)) return false;
  const pieces = band.flatMap((r) => r.pieces);
  if (pieces.reduce((sum, p) => sum + p.words.length, 0) < pieces.length * WRAPPED_WORDS) return false;
  const { share, breaks, first } = wrapShare(band, widths);
  return breaks >= MIN_BREAKS && share >= WRAPPED_BAND && first >= WRAPPED_BAND;
}

/** Spaces between the band's lines part rows: each is larger than those within cells, and a label with more beside it follows. */
function hasSteps(band: readonly PlacedRow[], inner: number): boolean {
  if (inner === 0) return false;
  const parted = runsWithin(band, inner * PITCH_STEP).slice(1);
  return (
    parted.length > 0 &&
    parted.every((run) => {
      const columns = new Set(run.flatMap((r) => r.pieces.map((p) => p.column)));
      return columns.size > 1 && columns.has(0);
    })
  );
}

const stepOf = (upper: PlacedRow, lower: PlacedRow): number =>
  lower.row.line.baseline - upper.row.line.baseline;

/** Runs of lines that follow each other within this distance and without a rule between. */
function runsWithin(rows: readonly PlacedRow[], step: number, ruled: readonly boolean[] = []): PlacedRow[][] {
  const runs: PlacedRow[][] = [];
  rows.forEach((row, i) => {
    if (i > 0 && !ruled[i - 1] && stepOf(rows[i - 1], row) <= step) runs[runs.length - 1].push(row);
    else runs.push([row]);
  });
  return runs;
}

/**
 * Largest line distance within a cell where it is visibly smaller than the distance between rows; otherwise 0.
 * Lines of cells that are centred against each other lie closer than lines of one cell and say nothing.
 */
function innerPitch({ rows, ruled, widths }: BodyContext): number {
  const steps = rows.slice(1).map((r, i) => stepOf(rows[i], r));
  const free = steps.filter((_, i) => !ruled[i] && !overlaps(rows[i], rows[i + 1])).sort((a, b) => a - b);
  if (free.length < 3) return 0;
  let best = 0;
  let cut = 0;
  for (let i = 1; i < free.length; i++) {
    const ratio = free[i] / Math.max(free[i - 1], 1);
    if (ratio > best && ratio >= PITCH_STEP) {
      best = ratio;
      cut = free[i - 1];
    }
  }
  if (!cut) return 0;
  let breaks = 0;
  let wraps = 0;
  for (const run of runsWithin(rows, cut, ruled)) {
    // A small step between two rows of figures shows that small steps part rows.
    for (let i = 1; i < run.length; i++) if (clash(run[i - 1].pieces, run[i].pieces)) return 0;
    for (const [c, width] of widths.entries()) {
      const lines = run.flatMap((r) => r.pieces.filter((p) => p.column === c && p.colspan === 1));
      breaks += Math.max(0, lines.length - 1);
      wraps += lines
        .slice(1)
        .filter((lower, i) => !isValueChunk(lower.words) && brokenForRoom(lines[i], lower, width)).length;
    }
  }
  // So do line breaks that came without need: blanks then part groups of rows.
  return breaks > 0 && wraps >= breaks * WRAPPED_LINES ? cut : 0;
}

/** Both lines hold a figure, or an option with its box, in the same column. */
const clash = (a: readonly Piece[], b: readonly Piece[]): boolean =>
  [isValueChunk, isOption].some((is) =>
    a.some((p) => is(p.words) && b.some((q) => q.column === p.column && is(q.words))),
  );

const isOption = (words: readonly Word[]): boolean => words.some(isCheckBox);

interface Measured extends BodyContext {
  /** Largest line distance within a cell; 0 where lines and rows have the same. */
  readonly inner: number;
  /** Labels start in lower case where nothing else begins a row: case says nothing here. */
  readonly smallLabels: boolean;
}

/** Labels that cannot continue the line above, because there was room for them, mostly start in lower case. */
function startsSmall({ rows, widths }: BodyContext): boolean {
  let starts = 0;
  let small = 0;
  rows.forEach(({ pieces }, i) => {
    const label = pieces.find((p) => p.column === 0);
    const above = rows[i - 1]?.pieces.find((p) => p.column === 0);
    if (!label || pieces.length < 2 || isValueChunk(label.words)) return;
    if (above && brokenForRoom(above, label, widths[0])) return;
    starts++;
    if (/^\p{Ll}/u.test(label.words[0].text)) small++;
  });
  return starts >= MIN_STARTS && small >= starts * SMALL_STARTS;
}

function belongsTo(index: number, group: readonly PlacedRow[], context: Measured): boolean {
  const { inner } = context;
  const line = context.rows[index];
  const previous = context.rows[index - 1];
  const held = group.flatMap((r) => r.pieces);
  if (clash(held, line.pieces) || changesWeight(previous, line)) return false;
  if (overlaps(previous, line)) return true;
  if (inner > 0) return line.row.line.baseline - previous.row.line.baseline <= inner;
  const label = line.pieces.find((p) => p.column === 0);
  if (!label) return line.pieces.every((p) => continuesText(p, held));
  const above = previous.pieces.find((p) => p.column === 0);
  if (!above || !labelRunsOn(above, label, index, held, context)) return false;
  const onlyLabels = held.every((p) => p.column === 0);
  return line.pieces.every((p) => p.column === 0 || onlyLabels || continuesText(p, held));
}

/** All cells of the upper line are in bold and none of the lower one's: a head over its body, a total over the next group. */
const changesWeight = (upper: PlacedRow, lower: PlacedRow): boolean =>
  upper.pieces.length > 1 &&
  lower.pieces.length > 1 &&
  upper.pieces.every((p) => p.words.every((w) => w.style.bold)) &&
  lower.pieces.every((p) => p.words.every((w) => !w.style.bold));

/** The lines stand closer than lines of one column can: parts of cells that are centred against each other. */
const overlaps = (upper: PlacedRow, lower: PlacedRow): boolean =>
  lower.row.line.baseline - upper.row.line.baseline <
  Math.min(lower.row.size, upper.row.size) * OVERLAPPING_PITCH;

/** Text under text of its own column; a figure, or words under a figure, start something new. */
const continuesText = (piece: Piece, held: readonly Piece[]): boolean => {
  const above = held.filter((q) => q.column === piece.column);
  if (isValueChunk(piece.words) || piece.colspan > 1 || !above.length) return false;
  return above.every((q) => !isValueChunk(q.words));
};

/**
 * The label goes on in this line. Without a small first letter or an open end that takes more: figures
 * beside the first line only, no room left on it, and no rows below that this line could be the title of.
 */
function labelRunsOn(
  above: Piece,
  label: Piece,
  index: number,
  held: readonly Piece[],
  { rows, widths, smallLabels }: Measured,
): boolean {
  const em = rows[index].row.size;
  if (label.box.x0 < above.box.x0 - em * OUTDENT || !brokenForRoom(above, label, widths[0])) return false;
  const parted = rows[index].pieces.length > 1;
  if (!(smallLabels && parted) && readsOn(above, label)) return true;
  // A label whose figures are centred against it starts a row of its own.
  if (rows[index + 1] && overlaps(rows[index], rows[index + 1])) return false;
  if (isValueChunk(label.words) || parted || held.every((p) => p.column === 0)) return false;
  if (above.words[0].style.bold !== label.words[0].style.bold) return false;
  const next = rows[index + 1]?.pieces.find((p) => p.column === 0);
  // A label that the next line carries on starts here.
  if (next && readsOn(label, next) && brokenForRoom(label, next, widths[0])) return false;
  return !next || next.box.x0 <= label.box.x0 + em * OUTDENT;
}
