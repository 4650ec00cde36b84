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
/**
 * Codes of TeX's small symbols whose names the usual lists of glyphs do not have. Neither font has figures or
 * small letters of its own (`CMSY`), or a grave accent (`CMMI`), so these characters can mean nothing else.
 */
const SMALL_SYMBOLS: readonly { readonly font: RegExp; readonly signs: Readonly<Record<string, string>> }[] =
  [
    {
      font: /^CMB?SY\d/,
      signs: {
        ...{ '0': '′', '1': '∞', '2': '∈', '3': '∋', '7': '↦', '8': '∀', '9': '∃' },
        ...{ b: '⌊', c: '⌋', d: '⌈', e: '⌉', f: '{', g: '}', h: '⟨', i: '⟩', j: '|', k: '‖', r: '∇' },
      },
    },
    { font: /^CMMI\d/, signs: { '`': 'ℓ' } },
  ];

/** TeX centres big operators on the axis of fractions and minus signs, this share of the em above the baseline. */
const AXIS = 0.25;

/** The word with the characters that its font of symbols means by its codes; other words come back as they are. */
function withOwnSigns(word: Word): Word {
  const signs = SMALL_SYMBOLS.find(({ font }) => font.test(word.style.font))?.signs;
  const text = signs && [...word.text].map((code) => signs[code] ?? code).join('');
  return text === undefined || text === word.text ? word : { ...word, text };
}

/**
 * Gives the symbols of TeX's fonts their own characters, and to sums, products and integrals the baseline of
 * the line they stand on: they hang from their origin, which is the top of the line.
 */
export function settleMathSymbols(words: readonly Word[]): Word[] {
  return words.map((word) => {
    const operator = LARGE_SYMBOLS.test(word.style.font) ? OPERATORS.get(word.text) : undefined;
    if (!operator || word.angle !== undefined) return withOwnSigns(word);
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
