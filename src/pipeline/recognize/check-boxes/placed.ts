import {
  type Box,
  boxHeight,
  boxWidth,
  centerX,
  centerY,
  containsCenter,
} from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import type { Look } from './look.js';

/** A small frame on a page, in points, with what it looks like. */
export interface Frame {
  readonly box: Box;
  readonly look: Pick<Look, 'shape' | 'content' | 'tint'>;
}

/** Sides in ems of the text beside: the height of small letters to nearly two lines. */
const SIDE = { min: 0.48, max: 2.2 };
/** Circles that small are bullets. */
const MIN_ROUND = 0.62;
/** A label begins at most this many ems to the right of its box … */
export const RIGHT_GAP = { min: -0.15, max: 2.6 };
/** … or ends at most that many to its left. */
export const LEFT_GAP = { min: -0.15, max: 1.6 };
/** Ink that touches a frame on both sides within this many ems is the rest of a word. */
const TOUCHING = 0.09;
/** Frames of one kind have sides within this share of each other. */
const SAME_SIDE = 0.14;
/** Frames in one column or row are this close, in shares of their side. */
const ALIGNED = 0.35;

/** Letters and digits: what a label has. */
export const TEXT = /[\p{L}\p{N}]/u;
/** Signs that stand for a mark inside a box. */
const MARK = /^[xX×✓✔✗✘✕✖√☑☒☐□■▪◼●•⬤◉v*+/\\]{1,2}$/u;
const SYMBOL_FONT = /symbol|dings|webdings|marlett/i;
/** Recognised with less certainty, a letter in a box may be a mark. */
const SURE = 80;

/** A frame among the words of its page. */
export interface Placed {
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
export function placeFrame(frame: Frame, words: readonly Word[], pageEm: number): Placed | undefined {
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

export function nearest(
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

export const sideOf = ({ box }: Frame): number => (boxWidth(box) + boxHeight(box)) / 2;

export function isSameKind(a: Frame, b: Frame): boolean {
  const [small, large] = [sideOf(a), sideOf(b)].sort((x, y) => x - y);
  return a.look.shape === b.look.shape && large <= small * (1 + SAME_SIDE);
}

export const inColumn = (a: Frame, b: Frame): boolean =>
  Math.abs(centerX(a.box) - centerX(b.box)) <= sideOf(a) * ALIGNED;
export const inRow = (a: Frame, b: Frame): boolean =>
  Math.abs(centerY(a.box) - centerY(b.box)) <= sideOf(a) * ALIGNED;
