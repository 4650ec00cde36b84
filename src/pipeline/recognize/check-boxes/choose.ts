import {
  type Box,
  boxArea,
  boxHeight,
  boxWidth,
  centerX,
  centerY,
  containsCenter,
  expandBox,
  median,
  overlapArea,
} from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { Look } from './judge.js';

/** A small frame on a page, in points, with what it looks like. */
export interface Frame {
  readonly box: Box;
  readonly look: Pick<Look, 'shape' | 'content' | 'tint'>;
}

/** A check box or radio button of the page. */
export interface CheckBox {
  readonly box: Box;
  readonly checked: boolean;
}

/** Sides in ems of the text beside: the height of small letters to nearly two lines. */
const SIDE = { min: 0.48, max: 2.2 };
/** Circles that small are bullets. */
const MIN_ROUND = 0.62;
/** A label begins at most this many ems to the right of its box … */
const RIGHT_GAP = { min: -0.15, max: 2.6 };
/** … or ends at most that many to its left. */
const LEFT_GAP = { min: -0.15, max: 1.6 };
/** A space this wide in ems, and more, parts an option from the one before. */
const OPTION_GAP = 0.7;
/** Ink that touches a frame on both sides within this many ems is the rest of a word. */
const TOUCHING = 0.09;
/** Frames of one kind have sides within this share of each other. */
const SAME_SIDE = 0.14;
/** Frames in one column or row are this close, in shares of their side. */
const ALIGNED = 0.35;
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

const TEXT = /[\p{L}\p{N}]/u;
/** Signs that stand for a mark inside a box. */
const MARK = /^[xX×✓✔✗✘✕✖√☑☒☐□■▪◼●•⬤◉v*+/\\]{1,2}$/u;
const SYMBOL_FONT = /symbol|dings|webdings|marlett/i;
/** Recognised with less certainty, a letter in a box may be a mark. */
const SURE = 80;

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

interface Placed {
  readonly frame: Frame;
  /** Em of the text beside it, or of the page. */
  readonly em: number;
  readonly right?: Word;
  readonly left?: Word;
  /** Gaps to the nearest words on its line, in ems. */
  readonly rightGap: number;
  readonly leftGap: number;
  /** Letters or digits follow to its right, after a sign at most. */
  readonly labelled: boolean;
  /** A mark was found inside as a word. */
  readonly typed: boolean;
}

/** The frame among the words; undefined where its size or what is in it rules it out. */
function placeFrame(frame: Frame, words: readonly Word[], pageEm: number): Placed | undefined {
  const { box, look } = frame;
  const inner = words.filter((word) => containsCenter(box, word.box));
  if (!inner.every(isMark)) return undefined;
  const beside = words.filter((word) => !inner.includes(word) && isBeside(box, word));
  const right = nearest(beside, ({ box: b }) => b.x0 - box.x1, box);
  const left = nearest(beside, ({ box: b }) => box.x0 - b.x1, box);
  const em = right?.word.size ?? left?.word.size ?? pageEm;
  const side = Math.max(boxWidth(box), boxHeight(box)) / em;
  if (side < (look.shape === 'round' ? MIN_ROUND : SIDE.min) || side > SIDE.max) return undefined;
  const rightGap = right ? right.gap / em : Number.POSITIVE_INFINITY;
  const leftGap = left ? left.gap / em : Number.POSITIVE_INFINITY;
  if (rightGap < RIGHT_GAP.min || leftGap < LEFT_GAP.min) return undefined;
  if (Math.max(rightGap, leftGap) < TOUCHING) return undefined;
  return {
    frame,
    em,
    rightGap,
    leftGap,
    ...(right && { right: right.word }),
    ...(left && { left: left.word }),
    labelled: beside.some(
      (word) =>
        TEXT.test(word.text) &&
        word.box.x0 >= box.x1 - em &&
        word.box.x0 - box.x1 <= em * (RIGHT_GAP.max + 1),
    ),
    typed: inner.length > 0,
  };
}

const isMark = ({ text, style, confidence, line }: Word): boolean =>
  MARK.test(text) ||
  SYMBOL_FONT.test(style.font) ||
  (line !== undefined && (!TEXT.test(text) || (confidence < SURE && text.length <= 3)));

/** On the word's line. */
export const isBeside = (box: Box, { baseline, size }: Word): boolean => {
  const middle = centerY(box);
  return middle > baseline - size * 1.05 && middle < baseline + size * 0.35;
};

function nearest(
  words: readonly Word[],
  gapTo: (word: Word) => number,
  box: Box,
): { word: Word; gap: number } | undefined {
  let best: { word: Word; gap: number } | undefined;
  for (const word of words) {
    const gap = gapTo(word);
    if (gap < -boxWidth(box) / 2 || (best && best.gap <= gap)) continue;
    best = { word, gap };
  }
  return best;
}

const sideOf = ({ box }: Frame): number => (boxWidth(box) + boxHeight(box)) / 2;

function isSameKind(a: Frame, b: Frame): boolean {
  const [small, large] = [sideOf(a), sideOf(b)].sort((x, y) => x - y);
  return a.look.shape === b.look.shape && large <= small * (1 + SAME_SIDE);
}

const inColumn = (a: Frame, b: Frame): boolean =>
  Math.abs(centerX(a.box) - centerX(b.box)) <= sideOf(a) * ALIGNED;
const inRow = (a: Frame, b: Frame): boolean =>
  Math.abs(centerY(a.box) - centerY(b.box)) <= sideOf(a) * ALIGNED;

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

const BOX_STYLE = { font: '', bold: false, italic: false, mono: false };
/** A sign recognised partly in a box is the rest of its line. */
const PARTLY = 0.2;
/** How far around a box what was read of it may reach, in points. */
const OWN = 0.5;

/**
 * The words with the check boxes among them as `☐` and `☑`, each before the word that it stands before. What was read
 * inside a box goes.
 */
export function withCheckBoxes<W extends Word>(
  words: readonly W[],
  boxes: readonly CheckBox[],
  confidence = 100,
): (W | Word)[] {
  if (boxes.length === 0) return [...words];
  const areas = boxes.map(({ box }) => expandBox(box, OWN));
  const isOwn = (word: Word): boolean =>
    areas.some(
      (area) =>
        containsCenter(area, word.box) ||
        (word.line !== undefined &&
          !TEXT.test(word.text) &&
          overlapArea(area, word.box) > boxArea(word.box) * PARTLY),
    );
  const kept = words.filter((word) => !isOwn(word));
  const before = new Map<W | undefined, Word[]>();
  for (const { box, checked } of boxes) {
    const beside = kept.filter((word) => word.angle === undefined && isBeside(box, word));
    const next = nearest(beside, ({ box: b }) => b.x0 - box.x1, box)?.word;
    const model = next ?? nearest(beside, ({ box: b }) => box.x0 - b.x1, box)?.word;
    const word: Word = {
      text: checked ? '☑' : '☐',
      box,
      baseline: model?.baseline ?? box.y1,
      size: model?.size ?? boxHeight(box),
      confidence,
      style: BOX_STYLE,
      ...(model?.tag !== undefined && { tag: model.tag }),
      ...(model?.line !== undefined && { line: model.line }),
    };
    const anchor = next as W | undefined;
    before.set(anchor, [...(before.get(anchor) ?? []), word]);
  }
  const loose = (before.get(undefined) ?? []).sort((a, b) => a.box.x0 - b.box.x0);
  return [
    ...kept.flatMap((word) => [
      ...(before.get(word) ?? []).sort((a, b) => a.box.x0 - b.box.x0),
      before.has(word) && word.glued ? unglued(word) : word,
    ]),
    ...loose,
  ];
}

function unglued<W extends Word>(word: W): W {
  const { glued: _, ...rest } = word;
  return rest as W;
}
