import type { Word } from '../../../document/word.js';
import { chunkText, isValueChunk } from './chunks.js';
import type { Piece, PlacedRow } from './pieces.js';

/** Lines closer than this share of the em overlap: they are one row whose cells are centred against each other. */
const OVERLAPPING_PITCH = 0.8;
/** The distance between rows exceeds the distance between a cell's lines by at least this factor where it tells them apart. */
const PITCH_STEP = 1.18;
/** A phrase ends its line for want of room when the next word would have come closer to the column's end than this many ems. */
const ROOM_SLACK = 0.6;

const CONTINUES = /^[\p{Ll}(&/–-]/u;
const OPEN_END =
  /(?:[-–/,&(]|\b(?:of|and|or|the|a|an|in|for|to|by|with|from|per|on|at|than|de|la|und|der|die|et|du|des))$/iu;

interface Context {
  readonly rows: readonly PlacedRow[];
  /** A rule is drawn between row i and row i + 1. */
  readonly ruled: readonly boolean[];
  /** Right end of each column's text area. */
  readonly rights: readonly number[];
  readonly numeric: readonly boolean[];
}

/**
 * Groups text lines into table rows: a cell's second line belongs to the row of its first. Returns for
 * each line the index of its row. Lines are parted by a rule, by a figure under a figure, and by a
 * phrase that starts anew; they are joined where a phrase visibly runs on.
 */
export function groupBodyRows(context: Context): number[] {
  const { rows, ruled } = context;
  const steps = rows.slice(1).map((r, i) => r.row.line.baseline - rows[i].row.line.baseline);
  const inner = innerPitch(context, steps);
  const groups: number[] = [];
  let current = 0;
  rows.forEach((row, i) => {
    if (i === 0) {
      groups.push(0);
      return;
    }
    const group = rows.slice(groups.indexOf(current), i);
    if (ruled[i - 1] || !belongsTo(row, group, rows[i - 1], steps[i - 1], inner, context)) current++;
    groups.push(current);
  });
  return groups;
}

/** Largest line distance within a cell where it is visibly smaller than the distance between rows; otherwise 0. */
function innerPitch({ rows, ruled }: Context, steps: readonly number[]): number {
  const free = steps.filter((_, i) => !ruled[i]).sort((a, b) => a - b);
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
  // A small step between two full rows of figures shows that small steps part rows.
  for (let i = 1; i < rows.length; i++) {
    if (!ruled[i - 1] && steps[i - 1] <= cut && clash(rows[i - 1].pieces, rows[i].pieces)) return 0;
  }
  return cut;
}

/** Both lines hold a figure in the same column. */
const clash = (a: readonly Piece[], b: readonly Piece[]): boolean =>
  a.some((p) => isValueChunk(p.words) && b.some((q) => q.column === p.column && isValueChunk(q.words)));

function belongsTo(
  line: PlacedRow,
  group: readonly PlacedRow[],
  previous: PlacedRow,
  step: number,
  inner: number,
  context: Context,
): boolean {
  if (step < Math.min(line.row.size, previous.row.size) * OVERLAPPING_PITCH) return true;
  const held = group.flatMap((r) => r.pieces);
  if (clash(held, line.pieces)) return false;
  if (inner > 0) return step <= inner;
  const first = line.pieces.find((p) => p.column === 0);
  const shared = line.pieces.filter((p) => held.some((q) => q.column === p.column));
  if (!first) {
    // No label: text that goes on under text belongs to the row above; a figure of its own does not.
    if (!held.some((p) => p.column === 0)) return shared.length > 0 && runsOn(previous, line, context);
    return (
      line.pieces.every((p) => !isValueChunk(p.words) || !context.numeric[p.column]) && shared.length > 0
    );
  }
  const labelAbove = previous.pieces.find((p) => p.column === 0);
  if (!labelAbove) return false;
  if (!phraseRunsOn(labelAbove, first, context.rights[0], line.row.size)) return false;
  // A label over two lines: the figures stand beside one of them only.
  return line.pieces.length === 1 || previous.pieces.length === 1 || runsOn(previous, line, context);
}

/** Every phrase of the line continues the one above it in its column. */
function runsOn(previous: PlacedRow, line: PlacedRow, context: Context): boolean {
  return line.pieces.every((p) => {
    const above = previous.pieces.find((q) => q.column === p.column);
    return above !== undefined && phraseRunsOn(above, p, context.rights[p.column], line.row.size);
  });
}

/** The lower phrase reads on from the upper one, and the upper one's line had no room for its first word. */
function phraseRunsOn(upper: Piece, lower: Piece, right: number, size: number): boolean {
  if (isValueChunk(lower.words)) return false;
  const text = chunkText(upper.words);
  const firstWord: Word = lower.words[0];
  const room = right - upper.box.x1;
  const full = firstWord.box.x1 - firstWord.box.x0 + size * 0.25 > room - size * ROOM_SLACK;
  if (/[:.]$/.test(text) && !OPEN_END.test(text)) return false;
  if (CONTINUES.test(chunkText(lower.words)) || OPEN_END.test(text))
    return full || room < (right - upper.box.x0) * 0.5;
  return full && lower.box.x0 > upper.box.x0 + size * 0.4 && upper.words.length > 2;
}
