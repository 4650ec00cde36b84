import type { Line } from '../../../document/block.js';
import { boxWidth, centerX, unionBoxes } from '../../../document/geometry.js';
import type { Word } from '../../../document/word.js';
import { lineSize, SCRIPT_SIZE } from '../lines.js';

/** Signs that take limits above and below, or, integrals, at their right side. */
const BIG_OPERATOR = /^[∑∏∐∫∮⋃⋂⋀⋁⊕⊗]$/u;
const INTEGRAL = /^[∫∮]$/u;
/** Limits reach past their sign by this share of the em on either side, and begin as far from an integral's right edge. */
const REACH = 1.2;

/** The words that stand above and below a big operator. */
export interface Limits {
  readonly upper: readonly Word[];
  readonly lower: readonly Word[];
}

/** A formula's row with the limits of its big operators. */
export interface FormulaRow {
  readonly row: Line;
  readonly limits: ReadonlyMap<Word, Limits>;
}

/**
 * Takes a formula apart into its row and the limits above and below, or answers undefined where a small row
 * does not belong to one operator: then something else is stacked (a fraction, a matrix).
 */
export function readLimits(lines: readonly Line[]): FormulaRow | undefined {
  const largest = Math.max(...lines.map(lineSize));
  const rows = lines.filter((line) => line.words.some((w) => w.size > largest * SCRIPT_SIZE));
  if (rows.length !== 1) return undefined;
  const [row] = rows;
  const operators = row.words.filter((word) => BIG_OPERATOR.test(word.text));
  const limits = new Map<Word, { upper: Word[]; lower: Word[] }>();
  for (const line of lines) {
    if (line === row) continue;
    const place = line.baseline < row.baseline ? 'upper' : 'lower';
    for (const word of line.words) {
      const owners = operators.filter((operator) => isNear(word, operator, line, largest));
      if (owners.length !== 1) return undefined;
      const known = limits.get(owners[0]) ?? { upper: [], lower: [] };
      known[place].push(word);
      limits.set(owners[0], known);
    }
  }
  for (const [operator, { upper, lower }] of limits)
    for (const side of [upper, lower]) if (!isPlaced(side, operator, largest)) return undefined;
  return { row, limits };
}

/** Within reach of the operator along the line, or joined to it by words that are. */
function isNear(word: Word, operator: Word, line: Line, em: number): boolean {
  const from = operator.box.x0 - em * REACH;
  const to = operator.box.x1 + em * REACH * (INTEGRAL.test(operator.text) ? 2 : 1);
  if (word.box.x1 > from && word.box.x0 < to) return true;
  const before = line.words[line.words.indexOf(word) - 1];
  return before !== undefined && word.box.x0 - before.box.x1 < em * 0.3 && isNear(before, operator, line, em);
}

/** Centred on the operator; an integral's may stand at its right side. */
function isPlaced(words: readonly Word[], operator: Word, em: number): boolean {
  if (words.length === 0) return true;
  // Scripts of a limit are too small to be told from it.
  const sizes = words.map((w) => w.size);
  if (Math.min(...sizes) < Math.max(...sizes) * SCRIPT_SIZE) return false;
  const box = unionBoxes(words.map((w) => w.box));
  const off = Math.abs(centerX(box) - centerX(operator.box));
  if (off < em * 0.5 && boxWidth(box) < boxWidth(operator.box) + 2 * em * REACH) return true;
  const gap = box.x0 - operator.box.x1;
  return INTEGRAL.test(operator.text) && gap > -em * 0.8 && gap < em * 0.6;
}
