import {
  type Box,
  boxArea,
  boxHeight,
  boxWidth,
  containsCenter,
  overlapX,
  overlapY,
} from '../../../document/geometry.js';
import type { PageContent, Shape } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';
import { makeRows } from '../lines.js';
import { findFrames } from './frames.js';

/** A box with text of its own is at least this many line distances high … */
const MIN_LINES = 2.2;
/** … and this many ems wide; smaller ones are labels, keys and highlighted words. */
const MIN_WIDTH = 8;
/** A box that covers more of the page, or holds more of its words, is the page's ground. */
const MAX_SHARE = 0.6;
/** Text in a drawn frame has at least so many lines … */
const MIN_FRAMED_LINES = 3;
/** … and fills this share of its height. */
const MIN_FRAMED_FILL = 0.4;
/** Sidebars hold no more than this share of the page's words. */
const MAX_ASIDE = 0.5;
/** Colours this close to white, 0–255 in every channel, are paper. */
const PAPER = 0xfc;

/** A panel on the page, and the words that stand on it. */
export interface TextBox {
  readonly box: Box;
  readonly words: readonly Word[];
}

/**
 * Coloured panels with text of their own: sidebars, notes, code on a ground. Their text is read as one
 * piece at the panel's place and never mixed with what stands beside it. Panels within panels belong to
 * the outer one.
 */
export function findTextBoxes(content: PageContent, words: readonly Word[], facts: PageFacts): TextBox[] {
  const page = content.width * content.height;
  const framed = new Set(findFrames(content.rules, content.shapes).filter((b) => isLarge(b, facts)));
  const candidates = [...content.shapes.filter((s) => isPanel(s, facts)).map((s) => s.box), ...framed]
    .filter((b) => boxArea(b) < page * MAX_SHARE)
    .sort((a, b) => boxArea(b) - boxArea(a));
  const found: TextBox[] = [];
  const taken = new Set<Word>();
  for (const box of candidates) {
    if (found.some((f) => overlapX(f.box, box) > 1 && overlapY(f.box, box) > 1)) continue;
    const inside = words.filter((w) => !taken.has(w) && containsCenter(box, w.box));
    if (inside.length === 0 || inside.length > words.length * MAX_SHARE) continue;
    if (words.some((w) => crosses(box, w.box))) continue;
    const lines = makeRows(inside).length;
    if (lines < 2 || (framed.has(box) && !isFramedText(box, lines, facts))) continue;
    for (const w of inside) taken.add(w);
    found.push({ box, words: inside });
  }
  return found;
}

function isPanel({ box, fill, round }: Shape, facts: PageFacts): boolean {
  return fill !== undefined && !round && !isPaper(fill) && isLarge(box, facts);
}

const isLarge = (box: Box, facts: PageFacts): boolean =>
  boxHeight(box) >= facts.pitch * MIN_LINES && boxWidth(box) >= facts.bodySize * MIN_WIDTH;

/** A frame is filled with text: fields of a form and frames of pictures are mostly empty. */
function isFramedText(box: Box, lines: number, facts: PageFacts): boolean {
  return lines >= MIN_FRAMED_LINES && lines * facts.pitch > boxHeight(box) * MIN_FRAMED_FILL;
}

/** Panels beside or within the text, not the cards and columns that hold most of it. */
export function areAsides(boxes: readonly TextBox[], words: readonly Word[]): boolean {
  const inside = boxes.reduce((n, b) => n + b.words.length, 0);
  return inside < words.length * MAX_ASIDE;
}

/** White, or too near to it to be seen as a ground. */
export const isPaper = (fill: string): boolean =>
  [1, 3, 5].every((i) => Number.parseInt(fill.slice(i, i + 2), 16) >= PAPER);

/** The word lies across the panel's side edge: text that runs over a ground, not on it. */
const crosses = (box: Box, word: Box): boolean =>
  overlapY(box, word) > boxHeight(word) * 0.6 &&
  ((word.x0 < box.x0 - 1 && word.x1 > box.x0 + 2) || (word.x1 > box.x1 + 1 && word.x0 < box.x1 - 2));
