import { type Box, boxWidth, centerX, unionBoxes } from '../../document/geometry.js';
import type { Rule } from '../../document/page.js';
import type { Word } from '../../document/word.js';
import { lineSize, makeRows } from './lines.js';

/** What belongs to a fraction has its baseline within this many of its ems of the bar. */
const REACH = 2.5;
/** Bars longer than this many ems are rules of the page. */
const MAX_LENGTH = 22;
/** What stands over a bar has its baseline within this many ems of it, what stands under it further down. */
const OVER = { min: 0.02, max: 0.75 };
const UNDER = { min: 0.55, max: 1.45 };
/** Both reach past the bar by no more than this many ems … */
const OVERHANG = 0.25;
/** … have their middle within this many ems of the bar's, or this share of its length … */
const CENTRED = { ems: 0.3, share: 0.06 };
/** … and the wider one takes up at least this share of it. */
const FILL = 0.45;
/** The bar lies on the axis of the line it stands in: so many ems above its baseline. */
const AXIS = { min: 0.1, max: 0.45 };
/** What a fraction stands beside: signs, brackets, variables. */
const MATHEMATICAL =
  /^(?:.*[=+−×÷·∗<>≤≥≈≡∼∝±∓∑∏∫√∂∇([{|-]|[)\]},.;:]+|[)\]}|=+−×÷·].*|\p{L}|[\u0370-\u03ff\u{1d400}-\u{1d7ff}]+)$/u;
/** A fraction of figures within a line of text is this short and this close to its neighbour, in ems. */
const MIXED = { gap: 0.5, width: 2, part: /^\d{1,3}$/ };
/** The rest of that line begins or ends within this many ems of the bar. */
const NEIGHBOUR = 1.3;

/**
 * Puts fractions on their line: a bar with text centred right above and below it, beside words whose axis it
 * lies on, becomes one word (`(a+b)/2`) that remembers its parts. Underlined words and the rules of tables have
 * no such words beside them.
 */
export function settleFractions(words: readonly Word[], rules: readonly Rule[]): Word[] {
  let out = [...words];
  const bars = rules
    .filter((r) => r.orientation === 'horizontal' && r.box.y1 - r.box.y0 < 2)
    .map((r) => r.box)
    .sort((a, b) => boxWidth(a) - boxWidth(b));
  if (bars.length === 0) return out;
  let around = byBaseline(out);
  // Inner fractions have the shorter bars; one beside another is found once that one is known.
  for (const bar of [...bars, ...bars]) {
    const fraction = fractionAt(bar, around(bar.y0));
    if (!fraction) continue;
    const parts = new Set([...fraction.fraction!.over, ...fraction.fraction!.under]);
    const at = out.findIndex((w) => parts.has(w));
    const rest = (part: readonly Word[]): Word[] => part.filter((w) => !parts.has(w));
    out = [...rest(out.slice(0, at)), fraction, ...rest(out.slice(at))];
    around = byBaseline(out);
  }
  return out;
}

/** Finds the words, in their order, whose baseline may be within `REACH` of their ems of a height. */
function byBaseline(words: readonly Word[]): (y: number) => readonly Word[] {
  const sorted = words.map((word, at) => ({ word, at })).sort((a, b) => a.word.baseline - b.word.baseline);
  const reach = words.reduce((most, w) => Math.max(most, w.size), 0) * REACH;
  const firstFrom = (y: number): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle].word.baseline < y) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return (y) => {
    const found: typeof sorted = [];
    for (let i = firstFrom(y - reach); i < sorted.length && sorted[i].word.baseline <= y + reach; i++)
      found.push(sorted[i]);
    return found.sort((a, b) => a.at - b.at).map(({ word }) => word);
  };
}

function fractionAt(bar: Box, words: readonly Word[]): Word | undefined {
  const near = words.filter(
    (w) =>
      w.angle === undefined &&
      boxWidth(bar) < w.size * MAX_LENGTH &&
      Math.abs(w.baseline - bar.y0) < w.size * REACH &&
      w.box.x1 > bar.x0 - w.size * 3 &&
      w.box.x0 < bar.x1 + w.size * 3,
  );
  const on = (w: Word): boolean =>
    w.box.x0 > bar.x0 - w.size * OVERHANG && w.box.x1 < bar.x1 + w.size * OVERHANG;
  const within = (value: number, { min, max }: { min: number; max: number }): boolean =>
    value >= min && value <= max;
  const beside = near.filter((w) => {
    if (!within((w.baseline - bar.y1) / w.size, AXIS)) return false;
    const gap = w.box.x1 <= bar.x0 + w.size * OVERHANG ? bar.x0 - w.box.x1 : w.box.x0 - bar.x1;
    return gap > -w.size * OVERHANG && gap < w.size * NEIGHBOUR;
  });
  const base = beside.find(isMathematical) ?? beside[0];
  if (!base) return undefined;
  const gap = Math.max(bar.x0 - base.box.x1, base.box.x0 - bar.x1);
  const over = near.filter((w) => on(w) && within((bar.y0 - depthOf(w)) / w.size, OVER));
  const under = near.filter((w) => on(w) && within((w.baseline - bar.y1) / w.size, UNDER));
  const figures = [...over, ...under].every((w) => MIXED.part.test(w.text));
  const mixed = figures && gap < base.size * MIXED.gap && boxWidth(bar) < base.size * MIXED.width;
  if (!isMathematical(base) && !mixed) return undefined;
  if (!isPart(over, bar) || !isPart(under, bar)) return undefined;
  if (Math.max(widthOf(over), widthOf(under)) < boxWidth(bar) * FILL) return undefined;
  const parts = [...over, ...under];
  return {
    text: `${inBrackets(over)}/${inBrackets(under)}`,
    box: unionBoxes([bar, ...parts.map((w) => w.box)]),
    baseline: base.baseline,
    size: base.size,
    confidence: Math.min(...parts.map((w) => w.confidence)),
    style: over[0].style,
    fraction: { over: inRow(over), under: inRow(under) },
  };
}

const isMathematical = (word: Word): boolean => word.fraction !== undefined || MATHEMATICAL.test(word.text);

/** Where a word of a numerator stands on: that of a fraction within one is its denominator. */
const depthOf = (word: Word): number =>
  word.fraction ? Math.max(...word.fraction.under.map((w) => w.baseline)) : word.baseline;

const widthOf = (words: readonly Word[]): number => boxWidth(unionBoxes(words.map((w) => w.box)));

/** One row of words whose middle is the bar's. */
function isPart(words: readonly Word[], bar: Box): boolean {
  if (words.length === 0 || makeRows(words).length !== 1) return false;
  const off = Math.abs(centerX(unionBoxes(words.map((w) => w.box))) - centerX(bar));
  return off < Math.max(words[0].size * CENTRED.ems, boxWidth(bar) * CENTRED.share);
}

const inRow = (words: readonly Word[]): readonly Word[] => makeRows(words)[0].words;

/** The part as it is typed in one line: in brackets unless it is a single number, letter or word. */
function inBrackets(words: readonly Word[]): string {
  const row = makeRows(words)[0];
  const text = row.words
    .map(
      (w) => (w.size < lineSize(row) && w.baseline < row.baseline - lineSize(row) * 0.15 ? '^' : '') + w.text,
    )
    .join('');
  return /^(?:\p{L}+|[\p{N}.,]+|\([^()]*\))$/u.test(text) ? text : `(${text})`;
}
