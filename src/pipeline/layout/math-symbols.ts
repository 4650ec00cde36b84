import type { Word } from '../../document/word.js';

/** TeX's font of large symbols; most files do not say what its characters mean, so they come as their codes. */
const LARGE_SYMBOLS = /^CMEX\d/;

/** What a code of that font means, and how far its sign hangs below its origin, in em. */
interface BigOperator {
  readonly sign: string;
  readonly depth: number;
}

/** Codes in text and in display size, as in TeX's `cmex10.tfm`. */
const OPERATORS: ReadonlyMap<string, BigOperator> = new Map(
  (
    [
      ['P', 'X', '∑'],
      ['Q', 'Y', '∏'],
      ['`', 'a', '∐'],
      ['S', '[', '⋃'],
      ['T', '\\', '⋂'],
      ['V', '^', '⋀'],
      ['W', '_', '⋁'],
      ['L', 'M', '⊕'],
      ['N', 'O', '⊗'],
    ] as const
  )
    .flatMap(([text, display, sign]): [string, BigOperator][] => [
      [text, { sign, depth: 1 }],
      [display, { sign, depth: 1.4 }],
    ])
    .concat([
      ['R', { sign: '∫', depth: 1.11 }],
      ['Z', { sign: '∫', depth: 2.22 }],
      ['H', { sign: '∮', depth: 1.11 }],
      ['I', { sign: '∮', depth: 2.22 }],
    ]),
);
/** TeX centres big operators on the axis of fractions and minus signs, this share of the em above the baseline. */
const AXIS = 0.25;

/**
 * Gives sums, products and integrals of TeX's symbol font their own characters, and the baseline of the line
 * they stand on: they hang from their origin, which is the top of the line. Other words come back unchanged.
 */
export function settleMathSymbols(words: readonly Word[]): Word[] {
  return words.map((word) => {
    const operator = LARGE_SYMBOLS.test(word.style.font) ? OPERATORS.get(word.text) : undefined;
    if (!operator || word.angle !== undefined) return word;
    const { sign, depth } = operator;
    const { size, baseline, box } = word;
    return {
      ...word,
      text: sign,
      baseline: baseline + (depth / 2 + AXIS) * size,
      box: { ...box, y0: baseline, y1: baseline + depth * size },
    };
  });
}
