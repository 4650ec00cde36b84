import type { OcrWord } from '../port.js';
import type { ReadLine } from './reader.js';

/** Lines read with less than this mean probability are drawings or noise. */
const MIN_LINE_PROBABILITY = 0.5;
/** The detector's boxes reach this far beyond the letters, as a share of their height (unclip ratio 1.6). */
const BOX_MARGIN = 0.16;
/** x-height and descent as shares of the letters' height, ascender to descender, in common type. */
const X_HEIGHT_SHARE = 0.52;
const DESCENT_SHARE = 0.22;
/** Boxes whose heights overlap by this share, and whose gap is below their height, are parts of one line. */
const SAME_LINE_OVERLAP = 0.55;
const SAME_LINE_GAP = 1;

/**
 * Words in pixels of the image, lines from top to bottom. Parts of a line that the detector found apart
 * are given one line number.
 */
export function wordsOfLines(lines: readonly ReadLine[]): OcrWord[] {
  const kept = lines.filter((line) => meanProbability(line) >= MIN_LINE_PROBABILITY);
  return joinRows(kept).flatMap((row, number) =>
    row.flatMap((line) => line.words.map((word) => toWord(line, word, number))),
  );
}

function toWord({ box }: ReadLine, word: ReadLine['words'][number], line: number): OcrWord {
  const [cos, sin] = [Math.cos(box.angle), Math.sin(box.angle)];
  const letters = box.height * (1 - 2 * BOX_MARGIN);
  const along = ((word.start + word.end) / 2 - 0.5) * box.width;
  const centerX = box.centerX + along * cos;
  const centerY = box.centerY + along * sin;
  const length = (word.end - word.start) * box.width;
  const halfWidth = (Math.abs(cos) * length + Math.abs(sin) * letters) / 2;
  const halfHeight = (Math.abs(sin) * length + Math.abs(cos) * letters) / 2;
  return {
    text: word.text,
    box: {
      x0: Math.max(0, centerX - halfWidth),
      y0: Math.max(0, centerY - halfHeight),
      x1: centerX + halfWidth,
      y1: centerY + halfHeight,
    },
    confidence: 100 * word.probability,
    baseline: centerY + (0.5 - DESCENT_SHARE) * letters,
    xHeight: letters * X_HEIGHT_SHARE,
    line,
    block: 0,
  };
}

function meanProbability({ words }: ReadLine): number {
  let sum = 0;
  let characters = 0;
  for (const { text, probability } of words) {
    sum += probability ** (1 / text.length) * text.length;
    characters += text.length;
  }
  return sum / characters;
}

/** Lines that stand side by side on one baseline, from left to right; rows from top to bottom. */
function joinRows(lines: readonly ReadLine[]): ReadLine[][] {
  const rows: ReadLine[][] = [];
  for (const line of [...lines].sort((a, b) => a.box.centerX - b.box.centerX)) {
    const row = rows.find((candidate) => continues(candidate[candidate.length - 1], line));
    if (row) row.push(line);
    else rows.push([line]);
  }
  return rows.sort((a, b) => a[0].box.centerY - b[0].box.centerY);
}

function continues(left: ReadLine, right: ReadLine): boolean {
  const height = Math.min(left.box.height, right.box.height);
  const overlap =
    Math.min(left.box.centerY + left.box.height / 2, right.box.centerY + right.box.height / 2) -
    Math.max(left.box.centerY - left.box.height / 2, right.box.centerY - right.box.height / 2);
  const gap = right.box.centerX - right.box.width / 2 - (left.box.centerX + left.box.width / 2);
  return overlap > SAME_LINE_OVERLAP * height && gap < SAME_LINE_GAP * height && gap > -1.5 * height;
}
