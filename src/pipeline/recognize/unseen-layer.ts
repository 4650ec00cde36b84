import { type Box, centerX, centerY, containsPoint, expandBox } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';

/**
 * Letter pairs that OCR and the layer have in common at the same place, on average. Handwriting that OCR
 * half reads agrees with a true layer by 0.3 and more; text that has nothing to do with the image by less than 0.1.
 */
const AGREEMENT = 0.22;
/** Fewer words agree by chance. */
const MIN_WORDS = 5;
/** Shorter words have too few pairs to tell. */
const TELLING_LENGTH = 4;
/** Points: two programs seldom draw the box of a handwritten word alike. */
const PLACE_TOLERANCE = 6;
/** A layer with far fewer words than OCR found covers part of the page only. */
const MIN_COUNT_SHARE = 0.5;

/**
 * Does an invisible layer say what the image shows, as far as OCR can make it out? Then another program's
 * recognition may stand in where ours fails, and words that were only put there for machines do not get through.
 */
export function agreesWithImage(layer: readonly Word[], read: readonly Word[]): boolean {
  if (layer.length < read.length * MIN_COUNT_SHARE) return false;
  const telling = layer.filter((word) => word.text.length >= TELLING_LENGTH);
  if (telling.length < MIN_WORDS) return false;
  let sum = 0;
  let weight = 0;
  for (const word of telling) {
    const place = expandBox(word.box, PLACE_TOLERANCE);
    const here = read.filter((other) => touches(place, other.box));
    sum += Math.max(0, ...here.map((other) => pairSimilarity(word.text, other.text))) * word.text.length;
    weight += word.text.length;
  }
  return sum / weight >= AGREEMENT;
}

const touches = (place: Box, box: Box): boolean =>
  containsPoint(place, centerX(box), centerY(box)) || containsPoint(box, centerX(place), centerY(place));

/** Dice coefficient of the letter pairs of two words, letters and digits only; 0–1. */
export function pairSimilarity(a: string, b: string): number {
  const first = letterPairs(a);
  const second = letterPairs(b);
  if (first.length === 0 || second.length === 0) return 0;
  const rest = [...second];
  let common = 0;
  for (const pair of first) {
    const at = rest.indexOf(pair);
    if (at < 0) continue;
    rest.splice(at, 1);
    common++;
  }
  return (2 * common) / (first.length + second.length);
}

function letterPairs(word: string): string[] {
  const letters = [...word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')];
  return letters.slice(1).map((letter, i) => letters[i] + letter);
}
