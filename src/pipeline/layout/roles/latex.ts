import type { Line } from '../../../document/block.js';
import type { Word } from '../../../document/word.js';
import { lineSize, makeLine, SCRIPT_SIZE } from '../lines.js';
import { type Limits, readLimits } from './limits.js';

const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho . sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );
const CAPITALS: Readonly<Record<string, string>> = {
  Γ: 'Gamma', Δ: 'Delta', Θ: 'Theta', Λ: 'Lambda', Ξ: 'Xi', Π: 'Pi', Σ: 'Sigma', Φ: 'Phi', Ψ: 'Psi', Ω: 'Omega',
  ϕ: 'phi', ϵ: 'epsilon', ϑ: 'vartheta', ℓ: 'ell',
}; // biome-ignore format: a table
const SYMBOLS: Readonly<Record<string, string>> = {
  '−': '-', '×': '\\times ', '·': '\\cdot ', '±': '\\pm ', '≤': '\\leq ', '≥': '\\geq ', '≠': '\\neq ', '≈': '\\approx ',
  '≡': '\\equiv ', '∈': '\\in ', '→': '\\to ', '∞': '\\infty ', '∂': '\\partial ', '∇': '\\nabla ', '÷': '\\div ',
  '⇒': '\\Rightarrow ', '∪': '\\cup ', '∩': '\\cap ', '⊂': '\\subset ', '⊆': '\\subseteq ', '∀': '\\forall ', '∃': '\\exists ',
  '∑': '\\sum ', '∏': '\\prod ', '∫': '\\int ', '∮': '\\oint ', '⋃': '\\bigcup ', '⋂': '\\bigcap ', '…': '\\ldots ', '⋯': '\\cdots ',
  '∗': '*', '∼': '\\sim ', '≅': '\\cong ', '∝': '\\propto ', '∉': '\\notin ', '↦': '\\mapsto ', '′': "'",
}; // biome-ignore format: a table
const FUNCTIONS = new Set('sin cos tan cot log ln exp lim max min det dim ker gcd'.split(' '));
const PLAIN = /^[0-9A-Za-z+=<>()[\],.;:!/|'-]$/;

/** Letters of the mathematical alphabets that are only slanted: their shape says nothing that LaTeX does not say itself. */
const SLANTED = /[\u{1d434}-\u{1d467}\u{1d6e2}-\u{1d71b}\u210e]/u;

/** One character in LaTeX, undefined where it is not certain. */
function character(slanted: string): string | undefined {
  const c = SLANTED.test(slanted) ? slanted.normalize('NFKC') : slanted;
  if (PLAIN.test(c)) return c;
  if (c in CAPITALS) return `\\${CAPITALS[c]} `;
  const code = c.codePointAt(0)!;
  if (code >= 0x3b1 && code <= 0x3c9) {
    const name = GREEK[code - 0x3b1];
    return name === '.' ? '\\varsigma ' : `\\${name} `;
  }
  return SYMBOLS[c];
}

/**
 * A formula in LaTeX, where every character has one meaning: letters, figures, plain operators, one level of
 * scripts, limits of sums, products and integrals, fractions whose bar is drawn. Undefined for anything else;
 * roots and matrices are never guessed.
 */
export function latexOf(lines: readonly Line[]): string | undefined {
  const formula = readLimits(lines);
  if (!formula) return undefined;
  const { row, limits } = formula;
  const latex = rowLatex(row.words, (word) => levelOf(word, row, lineSize(row)), limits);
  if (latex === undefined) return undefined;
  const tidy = latex
    .replace(/ {2,}/g, ' ')
    .replace(/\^\{('+)\}/g, '$1')
    .replace(/\\cdot \\cdot \\cdot\b/g, '\\cdots')
    .replace(/\. ?\. ?\.(?! ?\.)/g, '\\ldots ')
    .trim();
  return /^[\^_]/.test(tidy) || !balanced(tidy) ? undefined : tidy;
}

type Level = '^' | '_' | '';

function rowLatex(
  words: readonly Word[],
  levelOf: (word: Word) => Level | undefined,
  limits: ReadonlyMap<Word, Limits>,
): string | undefined {
  let out = '';
  let script: Level = '';
  let before = '';
  for (const word of words) {
    const level = levelOf(word);
    const text = word.fraction ? fractionLatex(word.fraction) : wordLatex(word.text);
    if (text === undefined || level === undefined) return undefined;
    // Two operands side by side in a script are two scripts, or a limit of something else.
    if (level && level === script && !word.glued && isOperand(word.text) && isOperand(before))
      return undefined;
    before = word.text;
    if (level !== script) {
      if (script) out = `${out.trimEnd()}}`;
      if (level) out = `${out.trimEnd()}${level}{`;
      script = level;
    } else if (out && !word.glued && !level) out += ' ';
    out += text;
    const own = limits.get(word);
    if (own) {
      for (const [mark, side] of [
        ['_', own.lower],
        ['^', own.upper],
      ] as const) {
        if (side.length === 0) continue;
        const limit = rowLatex(side, () => '', new Map());
        if (limit === undefined) return undefined;
        out = `${out.trimEnd()}${mark}{${limit.trim()}}`;
      }
      out += ' ';
    }
  }
  return `${out.trimEnd()}${script ? '}' : ''}`;
}

/** Numerator and denominator are rows of their own. */
function fractionLatex({ over, under }: NonNullable<Word['fraction']>): string | undefined {
  const [above, below] = [over, under].map((words) => {
    const line = makeLine(words);
    return rowLatex(line.words, (word) => levelOf(word, line, lineSize(line)), new Map());
  });
  if (above === undefined || below === undefined || !balanced(above) || !balanced(below)) return undefined;
  return `\\frac{${above.trim()}}{${below.trim()}} `;
}

function levelOf(word: Word, line: Line, size: number): Level | undefined {
  const shift = (line.baseline - word.baseline) / size;
  if (word.size > size * SCRIPT_SIZE) return Math.abs(shift) < 0.1 ? '' : undefined;
  if (shift > 0.15) return '^';
  return shift < -0.05 ? '_' : undefined;
}

const isOperand = (text: string): boolean => /^[\p{L}\p{N}∞]+$/u.test(text);

function wordLatex(text: string): string | undefined {
  if (FUNCTIONS.has(text)) return `\\${text} `;
  const [, name, argument] = /^([a-z]+)(\(.*)$/u.exec(text) ?? [];
  if (FUNCTIONS.has(name)) {
    const rest = wordLatex(argument);
    return rest === undefined ? undefined : `\\${name}${rest}`;
  }
  if (/[A-Za-z]{3,}/.test(text)) return undefined;
  let out = '';
  for (const c of text) {
    const latex = character(c);
    if (latex === undefined) return undefined;
    out += latex;
  }
  return out;
}

function balanced(latex: string): boolean {
  let depth = 0;
  for (const c of latex) {
    if (c === '(' || c === '[') depth++;
    if (c === ')' || c === ']') depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}
