import {
  type Box,
  boxArea,
  centerX,
  centerY,
  containsPoint,
  expandBox,
  overlapArea,
  unionBoxes,
} from '../../document/geometry.js';
import type { Word } from '../../document/word.js';

/** Another reading of a line must be surer by this much, since changing well-read lines gains nothing. */
const MIN_GAIN = 2;
/** A reading with fewer of the line's characters has lost some of it. */
const MIN_CHARACTERS = 0.7;
/** Text that only one reading found must be this sure. */
export const MIN_NEW_CONFIDENCE = 70;
/** Points around a line in which another reading's words belong to it. */
const LINE_MARGIN = 1;
/** A word that covers a taken one by this share of its own area stands in its place. */
const SAME_PLACE = 0.3;

/**
 * Puts together several readings of one page: line by line the surest one, and lines that the first reading
 * missed. Words in points; `readings` best first. Lines keep the numbers of the first reading.
 */
export function mergeReadings(readings: readonly (readonly Word[])[]): Word[] {
  const [first, ...others] = readings;
  const lines = byLine(first).map((line) => best(line, others));
  let merged = lines.flat();
  let next = merged.reduce((highest, word) => Math.max(highest, word.line ?? 0), 0) + 1;
  for (const other of others) {
    const added: Word[] = [];
    for (const line of byLine(other)) {
      if (line.some((word) => isTaken(word, merged)) || confidenceOf(line) < MIN_NEW_CONFIDENCE) continue;
      added.push(...line.map((word) => ({ ...word, line: next })));
      next++;
    }
    merged = insertByPosition(merged, added);
  }
  return merged;
}

function byLine(words: readonly Word[]): Word[][] {
  const lines = new Map<number, Word[]>();
  for (const word of words) {
    const line = lines.get(word.line ?? 0);
    if (line) line.push(word);
    else lines.set(word.line ?? 0, [word]);
  }
  return [...lines.values()];
}

function best(line: readonly Word[], others: readonly (readonly Word[])[]): readonly Word[] {
  const place: Box = expandBox(unionBoxes(line.map((word) => word.box)), LINE_MARGIN);
  let chosen = line;
  for (const other of others) {
    const same = other.filter(({ box }) => containsPoint(place, centerX(box), centerY(box)));
    if (characters(same) < MIN_CHARACTERS * characters(line)) continue;
    if (new Set(same.map((word) => word.line)).size > 1) continue;
    if (confidenceOf(same) > confidenceOf(chosen) + MIN_GAIN) chosen = same;
  }
  return chosen === line ? line : chosen.map((word) => ({ ...word, line: line[0].line }));
}

const characters = (words: readonly Word[]): number => words.reduce((sum, word) => sum + word.text.length, 0);

function confidenceOf(words: readonly Word[]): number {
  const sum = words.reduce((total, word) => total + word.confidence * word.text.length, 0);
  return words.length === 0 ? 0 : sum / characters(words);
}

const isTaken = (word: Word, taken: readonly Word[]): boolean =>
  taken.some(
    (other) =>
      overlapArea(word.box, other.box) > SAME_PLACE * Math.min(boxArea(word.box), boxArea(other.box)),
  );

/** Lines that were missed, each before the first line that starts below it and beside it. */
export function insertByPosition(words: readonly Word[], added: readonly Word[]): Word[] {
  const result = [...words];
  for (const line of byLine(added)) {
    const top = line[0].box.y0;
    const at = result.findIndex(({ box }) => box.y0 > top);
    result.splice(at < 0 ? result.length : at, 0, ...line);
  }
  return result;
}
