import type { Box } from '../../../document/geometry.js';
import { unionBoxes } from '../../../document/geometry.js';
import type { PageFacts } from '../facts.js';
import { type Atom, atomLines, type Slice } from './atoms.js';

/** A tall empty rectangle between two columns, over consecutive slices of a region. */
export interface Gutter {
  readonly x0: number;
  readonly x1: number;
  /** First and last slice, inclusive. */
  readonly first: number;
  readonly last: number;
}

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

/** Text goes with what lies beyond the gutter when that is nearer than this share of the distance to its own column. */
const CLOSER = 0.8;
/** Only so many of the tallest rectangles are looked at closely. */
const CANDIDATES = 8;

interface Open {
  x0: number;
  x1: number;
  first: number;
}

/**
 * The best column gutter of a region, or undefined. Follows Breuel's whitespace covers (DAS 2002) in the
 * form of a sweep: empty x-intervals of each slice are intersected with those of the slices above it; the
 * tallest rectangle with running text on both sides wins.
 */
export function findGutter(slices: readonly Slice[], facts: PageFacts): Gutter | undefined {
  const em = facts.bodySize;
  const found: Gutter[] = [];
  let open: Open[] = [];
  const close = (o: Open, last: number): void => {
    if (last > o.first) found.push({ x0: o.x0, x1: o.x1, first: o.first, last });
  };
  const narrowest = NARROWEST * em;
  slices.forEach((slice, index) => {
    const next: Open[] = [];
    const wide = slice.free.filter(([x0, x1]) => x1 - x0 >= narrowest);
    const add = (candidate: Open): void => {
      if (candidate.x1 - candidate.x0 < narrowest) return;
      if (next.some((n) => n.x0 <= candidate.x0 && n.x1 >= candidate.x1 && n.first <= candidate.first))
        return;
      next.push(candidate);
    };
    for (const o of open) {
      let whole = false;
      for (const [x0, x1] of wide) {
        const left = Math.max(o.x0, x0);
        const right = Math.min(o.x1, x1);
        if (left === o.x0 && right === o.x1) whole = true;
        add({ x0: left, x1: right, first: o.first });
      }
      if (!whole) close(o, index - 1);
    }
    for (const [x0, x1] of wide) add({ x0, x1, first: index });
    open = next;
  });
  for (const o of open) close(o, slices.length - 1);

  const tallest = found
    .filter((g) => Number.isFinite(g.x0) && Number.isFinite(g.x1))
    .map((g) => ({ g, score: score(g, slices, em) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, CANDIDATES);
  return tallest
    .map(({ g }) => trim(g, slices, facts))
    .filter((g) => g !== undefined)
    .map((g) => ({ g, score: score(g, slices, em) }))
    .sort((a, b) => b.score - a.score || a.g.x0 - b.g.x0)
    .find(({ g }) => separatesColumns(g, slices, facts))?.g;
}

function score(g: Gutter, slices: readonly Slice[], em: number): number {
  const height = Math.max(...slices.slice(g.first, g.last + 1).map((s) => s.bottom)) - slices[g.first].top;
  return height * (1 + Math.min((g.x1 - g.x0) / em, 3) / 6);
}

const leftOf = (g: Gutter, atom: Atom): boolean => atom.box.x1 <= g.x0 + 0.01;

/** Cuts slices at either end that have text on one side only and stand apart from the rest of that side. */
function trim(g: Gutter, slices: readonly Slice[], facts: PageFacts): Gutter | undefined {
  let { first, last } = g;
  /** Where the slice's text on that side begins; infinite where it has none. */
  const startOf = (s: Slice, left: boolean): number => {
    let start = Number.POSITIVE_INFINITY;
    for (const a of s.atoms) if (leftOf(g, a) === left) start = Math.min(start, a.box.x0);
    return start;
  };
  const has = (s: Slice, left: boolean): boolean => s.atoms.some((a) => leftOf(g, a) === left);
  const edgeOf = (left: boolean): number =>
    slices.slice(g.first, g.last + 1).reduce((edge, s) => Math.min(edge, startOf(s, left)), Infinity);
  const isBeside = (s: Slice, other: Slice, left: boolean): boolean =>
    s.top < other.bottom && s.bottom > other.top && has(s, left);
  /** The slice, whose only side is `left`, goes with the nearest slice of that side, not with what lies beyond the gutter. */
  const belongs = (
    slice: Slice,
    left: boolean,
    others: readonly Slice[],
    beyond: Slice | undefined,
  ): boolean => {
    const near = others.find((s) => has(s, left));
    // A table, figure or panel is one tall slice, which text or another panel may stand beside.
    if (slice.atoms.some((a) => a.piece !== undefined) && others.some((s) => isBeside(s, slice, !left)))
      return !beyond || !isBeside(beyond, slice, !left);
    if (!near) return false;
    const aligned = Math.abs(startOf(slice, left) - edgeOf(left)) < facts.bodySize;
    const distance = Math.abs(near.baseline - slice.baseline);
    if (beyond && Math.abs(beyond.baseline - slice.baseline) < distance * CLOSER) return false;
    return distance < facts.pitch * (aligned ? APART_ALIGNED : APART);
  };
  for (; first < last; first++) {
    const [left, right] = [has(slices[first], true), has(slices[first], false)];
    if ((left && right) || belongs(slices[first], left, slices.slice(first + 1, last + 1), slices[first - 1]))
      break;
  }
  for (; last > first; last--) {
    const [left, right] = [has(slices[last], true), has(slices[last], false)];
    if ((left && right) || belongs(slices[last], left, slices.slice(first, last).reverse(), slices[last + 1]))
      break;
  }
  return last > first ? { ...g, first, last } : undefined;
}

/** Tells columns of text from the cells of a grid, list marks and gaps that line up by chance. */
function separatesColumns(g: Gutter, slices: readonly Slice[], facts: PageFacts): boolean {
  const em = facts.bodySize;
  const atoms = slices.slice(g.first, g.last + 1).flatMap((s) => s.atoms);
  const left = atoms.filter((a) => leftOf(g, a));
  const right = atoms.filter((a) => !leftOf(g, a));
  if (left.length === 0 || right.length === 0) return false;
  const l = sideOf(left, facts);
  const r = sideOf(right, facts);
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
  return lines >= 3 && switches(left, right) <= 1;
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

function sideOf(atoms: readonly Atom[], facts: PageFacts): Side {
  const box: Box = unionBoxes(atoms.map((a) => a.box));
  const lines = atomLines(atoms);
  const width = box.x1 - box.x0;
  const fills = lines.map((line) => (line.x1 - line.x0) / Math.max(width, 1)).sort((a, b) => a - b);
  const obstacles = atoms.filter((a) => a.word === undefined);
  const blocked = obstacles.reduce((n, a) => n + Math.max(1, (a.box.y1 - a.box.y0) / facts.pitch), 0);
  return {
    lines: lines.length + blocked,
    width,
    fill: fills.length ? fills[fills.length >> 1] : 1,
    full: fills.filter((f) => f >= 0.85).length / Math.max(fills.length, 1),
    chars: lines.length ? lines.reduce((n, line) => n + line.chars, 0) / lines.length : 0,
    baselines: lines.map((line) => line.baseline),
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
function switches(left: readonly Atom[], right: readonly Atom[]): number {
  const order = [...left.map((a) => [a.index, 0]), ...right.map((a) => [a.index, 1])].sort(
    (a, b) => a[0] - b[0],
  );
  let changes = 0;
  for (let i = 1; i < order.length; i++) if (order[i][1] !== order[i - 1][1]) changes++;
  return changes;
}
