import { median } from '../../../document/geometry.js';
import type { Rule } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import type { PageFacts } from '../facts.js';

/** Fewer numbers than this below each other are a list's or a table's. */
const MIN_NUMBERS = 6;
/** They stand at least this many ems from the text. */
const MIN_GAP = 0.7;
/** They reach over at least this share of the text's height. */
const MIN_SPAN = 0.5;
/** At least this share of the numbers follows the one above by the same step. */
const REGULAR = 0.85;
/** Rules between the numbers that make them a column of a table. */
const MIN_PARTING = 2;

/**
 * Numbers that count the lines of a page in its margin, by 1 or by 5, with nothing else in their column.
 * Empty where there are none.
 */
export function findLineNumbers(words: readonly Word[], rules: readonly Rule[], facts: PageFacts): Set<Word> {
  for (const side of ['left', 'right'] as const) {
    const found = inMargin(words, rules, facts, side);
    if (found.size > 0) return found;
  }
  return new Set();
}

function inMargin(
  words: readonly Word[],
  rules: readonly Rule[],
  facts: PageFacts,
  side: 'left' | 'right',
): Set<Word> {
  const numbers = words.filter((w) => /^\d{1,3}$/.test(w.text));
  if (numbers.length < MIN_NUMBERS) return new Set();
  const edge =
    side === 'left' ? Math.min(...words.map((w) => w.box.x0)) : Math.max(...words.map((w) => w.box.x1));
  const near = facts.bodySize * 2.5;
  const column = numbers
    .filter((w) => (side === 'left' ? w.box.x0 - edge < near : edge - w.box.x1 < near))
    .sort((a, b) => a.baseline - b.baseline);
  if (column.length < MIN_NUMBERS) return new Set();
  const x0 = Math.min(...column.map((w) => w.box.x0)) - facts.bodySize * MIN_GAP;
  const x1 = Math.max(...column.map((w) => w.box.x1)) + facts.bodySize * MIN_GAP;
  const own = new Set(column);
  const rest = words.filter((w) => !own.has(w));
  if (rest.length === 0 || rest.some((w) => w.box.x0 < x1 && w.box.x1 > x0)) return new Set();
  const steps = column.slice(1).map((w, i) => Number(w.text) - Number(column[i].text));
  const step = median(steps);
  if (step !== 1 && step !== 5) return new Set();
  if (steps.filter((s) => s === step).length < steps.length * REGULAR) return new Set();
  // Rules that part them as well as the text beside them are a table's, whose rows they count.
  const parting = rules.filter(
    ({ orientation, box }) =>
      orientation === 'horizontal' &&
      (side === 'left'
        ? box.x0 < column[0].box.x1 && box.x1 > x1
        : box.x1 > column[0].box.x0 && box.x0 < x0) &&
      box.y0 > column[0].baseline &&
      box.y1 < column[column.length - 1].baseline,
  );
  if (parting.length >= MIN_PARTING) return new Set();
  const tops = rest.map((w) => w.baseline);
  const span = column[column.length - 1].baseline - column[0].baseline;
  return span > (Math.max(...tops) - Math.min(...tops)) * MIN_SPAN ? own : new Set();
}
