import type { Line } from '../../../document/block.js';
import { type Box, unionBoxes } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import { leftToRight } from '../direction.js';
import type { PageFacts } from '../facts.js';
import { makeLine } from '../lines.js';
import { type Marker, readMarker } from '../roles/markers.js';
import type { Slice } from './slices.js';
import { bottomOf, type Gutter, isLeftOf, score, tallestSpaces } from './spaces.js';

/** Each word's place in the order in which the source draws them; empty where that says nothing. */
export type SourceOrder = ReadonlyMap<Word, number>;

/**
 * Least width of a gutter in ems by the number of text lines it passes: chance gaps between words line
 * up over two or three justified lines now and then, over eight never.
 */
const MIN_WIDTH_BY_LINES: readonly (readonly [lines: number, ems: number])[] = [
  [8, 0.7],
  [5, 1],
  [3, 1.6],
  [2, 3],
];
const NARROWEST = MIN_WIDTH_BY_LINES[0][1];
/** A column this narrow in ems whose lines all stand beside lines of the other column holds list marks, line or page numbers. */
const MARKER_COLUMN = 3.2;
/** Lines of two columns count as aligned when baselines differ by less than this share of the em. */
const ALIGNED = 0.2;
/** Above this share of aligned lines two stacks of text may be rows of a grid rather than columns. */
const GRID_ALIGNMENT = 0.7;
/** A column of prose beside scattered labels has at least this many lines, and this share of them is full. */
const PROSE_LINES = 6;
const PROSE_FULL = 0.6;
/** From this share on, every text on the left is the label of a line on the right. */
const LABEL_ALIGNMENT = 0.85;
/** Columns stand beside each other: at least this share of the shorter one's lines has text on the other side. */
const BESIDE = 0.3;
/** Running text fills its column; cells and labels do not. */
const PROSE_FILL = 0.62;
/** Letters a line of running text has at least, on average. */
const PROSE_LINE_CHARS = 14;

/** One-sided text at the end of a gutter belongs to its column up to this many baseline distances away … */
const APART = 1.6;
/** … and up to this many where it starts at the column's edge. */
const APART_ALIGNED = 4;

/** A counter stands at the start of its line or this many ems from the text before it. */
const COUNTER_GAP = 0.9;

/** Text goes with what lies beyond the gutter when that is nearer than this share of the distance to its own column. */
const CLOSER = 0.8;

/** The best column gutter of a region, or undefined: the tallest empty rectangle with running text on both sides. */
export function findGutter(
  slices: readonly Slice[],
  order: SourceOrder,
  facts: PageFacts,
): Gutter | undefined {
  const em = facts.bodySize;
  return tallestSpaces(slices, NARROWEST * em, em)
    .map((g) => trim(g, slices, facts))
    .filter((g) => g !== undefined)
    .map((g) => ({ g, score: score(g, slices[g.first].top, bottomOf(slices, g), em) }))
    .sort((a, b) => b.score - a.score || a.g.x0 - b.g.x0)
    .find(({ g }) => separatesColumns(g, slices, order, facts))?.g;
}

/** Where the slice's text begins on either side of a gutter; infinite where it has none. */
interface Starts {
  readonly left: number;
  readonly right: number;
}

function startsOf(slice: Slice, g: Gutter): Starts {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.POSITIVE_INFINITY;
  for (const { box } of slice.row?.words ?? [slice.piece!]) {
    if (!isLeftOf(g, box)) right = Math.min(right, box.x0);
    else left = Math.min(left, box.x0);
  }
  return { left, right };
}

/** Cuts slices at either end that have text on one side only and stand apart from the rest of that side. */
function trim(g: Gutter, slices: readonly Slice[], facts: PageFacts): Gutter | undefined {
  let { first, last } = g;
  const starts = slices.map((s, i) => (i < first - 1 || i > last + 1 ? undefined : startsOf(s, g)));
  const has = (i: number, side: keyof Starts): boolean => Number.isFinite(starts[i]?.[side]);
  let edge: Starts = { left: Number.POSITIVE_INFINITY, right: Number.POSITIVE_INFINITY };
  for (const start of starts.slice(first, last + 1)) {
    edge = { left: Math.min(edge.left, start!.left), right: Math.min(edge.right, start!.right) };
  }
  const isBeside = (i: number, other: number, side: keyof Starts): boolean =>
    slices[i].top < slices[other].bottom && slices[i].bottom > slices[other].top && has(i, side);
  /** The slice at the end goes with the nearest slice of its only side, not with what lies beyond the gutter. */
  const belongs = (i: number, step: 1 | -1): boolean => {
    const side = has(i, 'left') ? 'left' : 'right';
    const slice = slices[i];
    const beyond = i - step;
    const isInside = (k: number): boolean => k >= first && k <= last;
    // A table, figure or panel is one tall slice, which text or another panel may stand beside.
    if (slice.piece) {
      const opposite = side === 'left' ? 'right' : 'left';
      for (let k = i + step; isInside(k); k += step)
        if (isBeside(k, i, opposite)) return !slices[beyond] || !isBeside(beyond, i, opposite);
    }
    let near = i + step;
    while (isInside(near) && !has(near, side)) near += step;
    if (!isInside(near)) return false;
    const aligned = Math.abs(starts[i]![side] - edge[side]) < facts.bodySize;
    const distance = distanceOf(slices[near], slice, facts);
    if (slices[beyond] && distanceOf(slices[beyond], slice, facts) < distance * CLOSER) return false;
    return distance < facts.pitch * (aligned ? APART_ALIGNED : APART);
  };
  const stays = (i: number, step: 1 | -1): boolean => (has(i, 'left') && has(i, 'right')) || belongs(i, step);
  while (first < last && !stays(first, 1)) first++;
  while (last > first && !stays(last, -1)) last--;
  return last > first ? { ...g, first, last } : undefined;
}

/**
 * The source has one side as a whole before the other, and both are lines of words: columns that were set one
 * after the other, however well their lines meet. Figures may come column by column in a table, too.
 */
export function isSetInColumns(
  g: Gutter,
  slices: readonly Slice[],
  order: SourceOrder,
  facts: PageFacts,
): boolean {
  const inside = slices.slice(g.first, g.last + 1);
  const sides = [
    sideOf(inside, (box) => isLeftOf(g, box), facts),
    sideOf(inside, (box) => !isLeftOf(g, box), facts),
  ];
  const isText = (side: Side | undefined): boolean =>
    side !== undefined && side.baselines.length >= PROSE_LINES && side.chars >= PROSE_LINE_CHARS;
  return order.size > 0 && sides.every(isText) && switches(inside, g, order) === 1;
}

/** Distance of baselines in points; a table or figure has none and is measured from its edge. */
function distanceOf(a: Slice, b: Slice, facts: PageFacts): number {
  if (a.row && b.row) return Math.abs(a.baseline - b.baseline);
  return Math.max(0, a.top - b.bottom, b.top - a.bottom) + facts.pitch;
}

/** Tells columns of text from the cells of a grid, list marks and gaps that line up by chance. */
function separatesColumns(
  g: Gutter,
  slices: readonly Slice[],
  order: SourceOrder,
  facts: PageFacts,
): boolean {
  const em = facts.bodySize;
  const inside = slices.slice(g.first, g.last + 1);
  if (countsAcross(inside, g)) return false;
  const l = sideOf(inside, (box) => isLeftOf(g, box), facts);
  const r = sideOf(inside, (box) => !isLeftOf(g, box), facts);
  if (!l || !r) return false;
  // Text that ends where the other side begins is read downwards: a sender above an address.
  if (besideShare(l, r, facts.pitch) < BESIDE) return false;
  const lines = Math.min(l.lines, r.lines);
  const least = MIN_WIDTH_BY_LINES.find(([n]) => lines >= n)?.[1];
  if (least === undefined || g.x1 - g.x0 < least * em) return false;
  if (l.obstacle || r.obstacle) return true;
  const aligned = alignedShare(l, r, em);
  if (aligned >= GRID_ALIGNMENT && (l.width < MARKER_COLUMN * em || r.width < MARKER_COLUMN * em))
    return false;
  if (aligned < GRID_ALIGNMENT && lines >= 3) return true;
  if (
    l.fill >= PROSE_FILL &&
    r.fill >= PROSE_FILL &&
    l.chars >= PROSE_LINE_CHARS &&
    r.chars >= PROSE_LINE_CHARS
  )
    return true;
  // Labels stand to the left of what they explain; beside a column of prose on the left stand other things.
  if (lines >= 3 && (isProse(l) || (isProse(r) && aligned < LABEL_ALIGNMENT))) return true;
  return lines >= 3 && switches(inside, g, order) <= 1;
}

/** The counters of a list go on from one side to the other: `(a) … (b) …`, then `(c) … (d) …`. */
function countsAcross(slices: readonly Slice[], g: Gutter): boolean {
  let across = 0;
  let rows = 0;
  for (const { row } of slices) {
    if (!row) continue;
    const words = leftToRight(row.words);
    const begins = (i: number): boolean =>
      i === 0 || words[i].box.x0 - words[i - 1].box.x1 > words[i].size * COUNTER_GAP;
    const counters = (left: boolean): Marker[] =>
      words.flatMap((w, i) => (isLeftOf(g, w.box) === left && begins(i) ? (readMarker(w.text) ?? []) : []));
    const [before, after] = [counters(true).at(-1), counters(false)[0]];
    if (!before || !after || before.value === 0) continue;
    rows++;
    if (after.form === before.form && after.value === before.value + 1) across++;
  }
  return rows > 0 && across === rows;
}

/** A column of running text: many lines, most of them full. */
const isProse = (side: Side): boolean =>
  side.baselines.length >= PROSE_LINES && side.full >= PROSE_FULL && side.chars >= PROSE_LINE_CHARS * 1.5;

interface Side {
  /** Share of lines that fill at least 85 % of the side's width. */
  readonly full: number;
  readonly lines: number;
  readonly width: number;
  /** Median share of the side's width that its lines take up. */
  readonly fill: number;
  /** Mean characters a line. */
  readonly chars: number;
  readonly baselines: readonly number[];
  /** Holds a table or a figure. */
  readonly obstacle: boolean;
}

/** The part of the slices that lies on one side of a gutter; undefined where there is none. */
function sideOf(slices: readonly Slice[], isOn: (box: Box) => boolean, facts: PageFacts): Side | undefined {
  const lines: Line[] = [];
  const obstacles: Box[] = [];
  for (const { row, piece } of slices) {
    if (piece && isOn(piece.box)) obstacles.push(piece.box);
    const words = row?.words.filter((w) => isOn(w.box));
    if (words?.length) lines.push(words.length === row!.words.length ? row! : makeLine(words));
  }
  if (lines.length + obstacles.length === 0) return undefined;
  const box = unionBoxes([...obstacles, ...lines.map((l) => l.box)]);
  const width = box.x1 - box.x0;
  const fills = lines.map((l) => (l.box.x1 - l.box.x0) / Math.max(width, 1)).sort((a, b) => a - b);
  const blocked = obstacles.reduce((n, o) => n + Math.max(1, (o.y1 - o.y0) / facts.pitch), 0);
  const chars = (l: Line): number => l.words.reduce((n, w) => n + w.text.length + 1, -1);
  return {
    lines: lines.length + blocked,
    width,
    fill: fills.length ? fills[fills.length >> 1] : 1,
    full: fills.filter((f) => f >= 0.85).length / Math.max(fills.length, 1),
    chars: lines.length ? lines.reduce((n, l) => n + chars(l), 0) / lines.length : 0,
    baselines: lines.map((l) => l.baseline),
    obstacle: obstacles.length > 0,
  };
}

/** Share of the shorter side's height at which the other side has text, too. */
function besideShare(a: Side, b: Side, pitch: number): number {
  if (a.obstacle || b.obstacle) return 1;
  const [few, many] = a.baselines.length <= b.baselines.length ? [a, b] : [b, a];
  const hits = few.baselines.filter((y) => many.baselines.some((o) => Math.abs(o - y) < pitch * 0.9));
  return few.baselines.length ? hits.length / few.baselines.length : 0;
}

/** Share of the shorter side's lines that have a line on the same baseline on the other side. */
function alignedShare(a: Side, b: Side, em: number): number {
  const [few, many] = a.baselines.length <= b.baselines.length ? [a, b] : [b, a];
  const hits = few.baselines.filter((y) => many.baselines.some((o) => Math.abs(o - y) <= em * ALIGNED));
  return few.baselines.length ? hits.length / few.baselines.length : 0;
}

/** How often the source's own order of words changes from one side to the other. */
function switches(slices: readonly Slice[], g: Gutter, order: SourceOrder): number {
  const words = slices.flatMap(({ row }) => row?.words ?? []);
  const placed = words.map((w) => ({ at: order.get(w) ?? -1, left: isLeftOf(g, w.box) }));
  placed.sort((a, b) => a.at - b.at || Number(b.left) - Number(a.left));
  let changes = 0;
  for (let i = 1; i < placed.length; i++) if (placed[i].left !== placed[i - 1].left) changes++;
  return changes;
}
