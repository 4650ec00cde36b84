import {
  type Box,
  boxHeight,
  boxWidth,
  centerY,
  containsCenter,
  median,
} from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import {
  type Frame,
  inColumn,
  inRow,
  isSameKind,
  LEFT_GAP,
  type Placed,
  placeFrame,
  RIGHT_GAP,
  sideOf,
  TEXT,
} from './placed.js';

/** A check box or radio button of the page. */
export interface CheckBox {
  readonly box: Box;
  readonly checked: boolean;
}

/** A space this wide in ems, and more, parts an option from the one before. */
const OPTION_GAP = 0.7;
/** Rows of one column of boxes are at most this many ems apart. */
const ROW_GAP = 7;
/** Frames that follow each other within this share of their side, no word between, take a letter each. */
const COMB_GAP = 0.75;
/** Gray levels by which the grounds of swatches differ. */
const MAX_TINTS = 18;
/** Gray levels between paper and a box filled in black; colours are lighter. */
const BLACK = 190;
/** A lone frame is a box if it is as square as this. */
const LONE_ASPECT = 1.2;

/**
 * Which of the frames are check boxes: they stand beside a label, alone or several on a line, or below each other
 * in a column whose rows have words; they come in one size, and nothing else is in them. Frames for single letters,
 * swatches of a legend, icons in a line and squares at the end of proofs are none.
 */
export function chooseCheckBoxes(frames: readonly Frame[], words: readonly Word[]): CheckBox[] {
  const level = words.filter((word) => word.angle === undefined);
  const em = median(level.map(({ size }) => size)) || 10;
  const placed = frames
    .filter(({ look }) => look.content !== 'pattern')
    .flatMap((frame) => placeFrame(frame, level, em) ?? []);
  const patterned = frames.filter(({ look }) => look.content === 'pattern');
  const single = placed.filter((frame) => !isComb(frame, placed, level));
  const kinds = single.map((frame) => single.filter((other) => isSameKind(frame.frame, other.frame)));
  const fit = single.filter(
    (frame, index) =>
      !areSwatches(
        kinds[index].filter((other) => inColumn(frame.frame, other.frame) || inRow(frame.frame, other.frame)),
        patterned,
      ) &&
      stands(
        frame,
        kinds[index].filter((other) => other !== frame),
      ),
  );
  return fit
    .filter((frame) => isCertain(frame, fit))
    .map(({ frame: { box, look } }) => ({ box, checked: look.content !== 'empty' }));
}

/** One of a row of frames without words between them: a letter or digit goes into each. */
function isComb({ frame }: Placed, all: readonly Placed[], words: readonly Word[]): boolean {
  return all.some(({ frame: other }) => {
    if (other === frame || !inRow(frame, other)) return false;
    const gap = Math.max(other.box.x0 - frame.box.x1, frame.box.x0 - other.box.x1);
    if (gap > sideOf(frame) * COMB_GAP) return false;
    const between = {
      x0: Math.min(frame.box.x1, other.box.x1),
      x1: Math.max(frame.box.x0, other.box.x0),
      y0: Math.min(frame.box.y0, other.box.y0),
      y1: Math.max(frame.box.y1, other.box.y1),
    };
    return !words.some((word) => containsCenter(between, word.box));
  });
}

/** Filled and patterned frames beside a single empty one, or grounds of many shades, explain a chart. */
function areSwatches(kind: readonly Placed[], patterned: readonly Frame[]): boolean {
  const empty = kind.filter(({ frame }) => frame.look.content === 'empty');
  const solid = kind.filter(({ frame }) => frame.look.content === 'solid');
  if (solid.some(({ frame }) => frame.look.tint < BLACK)) return true;
  const tints = empty.map(({ frame }) => frame.look.tint);
  if (tints.length > 1 && Math.max(...tints) - Math.min(...tints) > MAX_TINTS) return true;
  const [{ frame: first }] = kind;
  if (patterned.some((f) => isSameKind(f, first) && (inRow(f, first) || inColumn(f, first)))) return true;
  return solid.length > 0 && empty.length < 2;
}

/** Does it stand where a check box would? `mates` are the others of its kind. */
function stands(placed: Placed, mates: readonly Placed[]): boolean {
  const { frame, em, right, left, rightGap, leftGap, labelled } = placed;
  const rowMates = mates.filter((mate) => inRow(frame, mate.frame));
  const columnMates = mates.filter(
    (mate) =>
      inColumn(frame, mate.frame) && Math.abs(centerY(frame.box) - centerY(mate.frame.box)) <= ROW_GAP * em,
  );
  const hasRight = right !== undefined && labelled && rightGap <= RIGHT_GAP.max;
  // Between two words of a line, at their usual distance, an icon stands as well.
  const opens = leftGap >= OPTION_GAP || rowMates.length > 0 || columnMates.length > 0;
  if (hasRight && opens) return true;
  const hasLeft = left !== undefined && TEXT.test(left.text) && leftGap <= LEFT_GAP.max;
  if (hasLeft && (rowMates.length > 0 || columnMates.length > 0)) return true;
  return (left !== undefined || right !== undefined) && (columnMates.length > 0 || rowMates.length > 0);
}

/** Circles and fills need others of their kind; what is in a lone frame must be a mark for certain. */
function isCertain(placed: Placed, all: readonly Placed[]): boolean {
  const { box, look } = placed.frame;
  const mates = all.filter((other) => other !== placed && isSameKind(placed.frame, other.frame));
  if (look.shape === 'round' && mates.length === 0) return false;
  if (look.content === 'empty' || mates.some(({ frame }) => frame.look.content === 'empty')) return true;
  if (look.content === 'solid') return false;
  const aspect = Math.max(boxWidth(box), boxHeight(box)) / Math.min(boxWidth(box), boxHeight(box));
  const isFilled = look.tint > MAX_TINTS * 2;
  return placed.typed || mates.length > 0 || (aspect <= LONE_ASPECT && !isFilled);
}
