import type { Line } from '../../../document/block.js';
import { type Box, unionBoxes } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import { runsRightToLeft } from '../direction.js';
import type { PageFacts } from '../facts.js';
import { lineSize, makeRows } from '../lines.js';
import type { Column } from './column.js';
import { findGutter, type SourceOrder } from './gutters.js';
import { type LabelledBand, labelledRows } from './labelled-rows.js';
import { lowerStory } from './lower-story.js';
import { makeSlices, type PlacedPiece, type Slice } from './slices.js';
import { type Gutter, isLeftOf, tallestSpaces } from './spaces.js';

/** What the cuts of a region are made by. */
interface Cutting {
  readonly order: SourceOrder;
  readonly facts: PageFacts;
  /** Its columns are read from right to left. */
  readonly rtl: boolean;
}

/** Deeper nesting than this is no page a person set; it bounds the recursion on hostile input. */
const MAX_DEPTH = 24;
/** The space between labels and their texts is at least this many ems wide. */
const LABEL_GAP = 0.9;
/** A label this much larger than its text is a heading, which stands by itself. */
const HEADING_RATIO = 1.04;

/**
 * Cuts a page into columns in reading order. A recursive XY-cut whose vertical cut is not a projection
 * gap of the whole region but the best whitespace gutter within it (Breuel 2002), so that titles, figures
 * and tables that lie across the columns end a gutter instead of hiding it: what stands above is read
 * before, the columns in the direction of writing, what stands below after (the cross-layout rule of
 * XY-Cut++, arXiv:2504.10258).
 */
export function cutColumns(
  rows: readonly Line[],
  pieces: readonly PlacedPiece[],
  order: SourceOrder,
  facts: PageFacts,
): Column[] {
  const rtl = runsRightToLeft(rows.flatMap((row) => row.words));
  return cut(makeSlices(rows, pieces), { order, facts, rtl }, 0);
}

function cut(slices: readonly Slice[], how: Cutting, depth: number): Column[] {
  if (slices.length === 0) return [];
  const straight = [{ rows: rowsOf(slices), pieces: piecesOf(slices) }];
  if (depth >= MAX_DEPTH) return straight;
  const gutter = findGutter(slices, how.order, how.facts);
  if (!gutter) return labelledColumns(slices, how) ?? straight;
  const inside = slices.slice(gutter.first, gutter.last + 1);
  const further = (part: readonly Slice[]): Column[] => cut(part, how, depth + 1);
  const [left, right] = sidesOf(inside, gutter);
  const above = further(slices.slice(0, gutter.first));
  const below = (): Column[] => further(slices.slice(gutter.last + 1));
  const bands = bandsOf(left, right, how);
  if (bands) return [...above, ...bands.flatMap((band) => bandColumns(band, inside)), ...below()];
  const [first, second] = (how.rtl ? [right, left] : [left, right]).map(further);
  const story = lowerStory(first, second, how.facts);
  return [...above, ...first.slice(0, story), ...second, ...first.slice(story), ...below()];
}

/** What stands on either side of a gutter. Columns whose baselines differ share rows until they are apart. */
function sidesOf(slices: readonly Slice[], gutter: Gutter): readonly [Slice[], Slice[]] {
  const words = rowsOf(slices).flatMap((row) => row.words);
  const side = (left: boolean): Slice[] =>
    makeSlices(
      makeRows(words.filter((w: Word) => isLeftOf(gutter, w.box) === left)),
      piecesOf(slices).filter((p) => isLeftOf(gutter, p.box) === left),
    );
  return [side(true), side(false)];
}

/** Labels with their texts in a region that has no columns. */
function labelledColumns(slices: readonly Slice[], how: Cutting): Column[] | undefined {
  const em = how.facts.bodySize;
  if (how.rtl || slices.some((s) => s.piece)) return undefined;
  for (const gutter of tallestSpaces(slices, em * LABEL_GAP, em)) {
    const inside = slices.slice(gutter.first, gutter.last + 1);
    const [left, right] = sidesOf(inside, gutter);
    const bands = bandsOf(left, right, how);
    if (!bands?.some(({ label }) => label.length > 1)) continue;
    const outside = (part: readonly Slice[]): Column[] =>
      part.length ? [{ rows: rowsOf(part), pieces: [] }] : [];
    return [
      ...outside(slices.slice(0, gutter.first)),
      ...bands.flatMap((band) => bandColumns(band, inside)),
      ...outside(slices.slice(gutter.last + 1)),
    ];
  }
  return undefined;
}

/** The rows of a column of labels and one column of texts. */
function bandsOf(
  left: readonly Slice[],
  right: readonly Slice[],
  { order, facts, rtl }: Cutting,
): LabelledBand[] | undefined {
  if (rtl || left.some((s) => s.piece) || right.some((s) => s.piece)) return undefined;
  const bands = labelledRows(rowsOf(left), rowsOf(right), facts);
  return bands && !findGutter(right, order, facts) ? bands : undefined;
}

/** A label of one line is read on the line of its text; a longer one, or a heading, comes before it. */
function bandColumns({ label, text }: LabelledBand, inside: readonly Slice[]): Column[] {
  const all = rowsOf(inside);
  const extent = unionBoxes(all.map((row) => row.box));
  const x0 = text.length ? Math.min(...text.map((row) => row.box.x0)) : extent.x0;
  const column = (rows: readonly Line[], room: Box): Column[] =>
    rows.length ? [{ rows, pieces: [], extent: room }] : [];
  const whole = label.length === 1 && all.find((row) => row.words.includes(label[0].words[0]));
  const onLine = whole && text.length > 0 && whole.words.includes(text[0].words[0]);
  if (!onLine || lineSize(label[0]) > lineSize(text[0]) * HEADING_RATIO)
    return [...column(label, { ...extent, x1: x0 }), ...column(text, { ...extent, x0 })];
  return column([whole, ...text.slice(1)], extent);
}

const rowsOf = (slices: readonly Slice[]): Line[] => slices.flatMap(({ row }) => row ?? []);
const piecesOf = (slices: readonly Slice[]): PlacedPiece[] => slices.flatMap(({ piece }) => piece ?? []);
