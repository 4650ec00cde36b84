import type { Line } from '../../../document/block.js';
import type { Word } from '../../../document/word.js';
import { lineSize, SCRIPT_SIZE } from '../lines.js';

const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho . sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );
const SYMBOLS: Readonly<Record<string, string>> = {
  '−': '-', '×': '\\times ', '·': '\\cdot ', '±': '\\pm ', '≤': '\\leq ', '≥': '\\geq ', '≠': '\\neq ', '≈': '\\approx ',
  '≡': '\\equiv ', '∈': '\\in ', '→': '\\to ', '∞': '\\infty ', '∂': '\\partial ', '∇': '\\nabla ', '÷': '\\div ',
  '⇒': '\\Rightarrow ', '∪': '\\cup ', '∩': '\\cap ', '⊂': '\\subset ', '⊆': '\\subseteq ', '∀': '\\forall ', '∃': '\\exists ',
}; // biome-ignore format: a table
const FUNCTIONS = new Set('sin cos tan cot log ln exp lim max min det dim ker gcd'.split(' '));
const PLAIN = /^[0-9A-Za-z+=<>()[\],.;:!/|'-]$/;

/** One character in LaTeX, undefined where it is not certain. */
function character(c: string): string | undefined {
  if (PLAIN.test(c)) return c;
  const code = c.codePointAt(0)!;
  if (code >= 0x3b1 && code <= 0x3c9) {
    const name = GREEK[code - 0x3b1];
    return name === '.' ? '\\varsigma ' : `\\${name} `;
  }
  return SYMBOLS[c];
}

/**
 * A formula of one row in LaTeX, where every character has one meaning: letters, figures, plain
 * operators, one level of scripts. Undefined for anything else; stacked rows, roots and big operators
 * are never guessed.
 */
export function latexOf(lines: readonly Line[]): string | undefined {
  if (lines.length !== 1) return undefined;
  const [line] = lines;
  const size = lineSize(line);
  let out = '';
  let script: '^' | '_' | '' = '';
  let before = '';
  for (const word of line.words) {
    const level = levelOf(word, line, size);
    const text = wordLatex(word.text);
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
  }
  const latex = `${out.trimEnd()}${script ? '}' : ''}`
    .replace(/ {2,}/g, ' ')
    .replace(/\\cdot \\cdot \\cdot\b/g, '\\cdots')
    .replace(/\. ?\. ?\.(?! ?\.)/g, '\\ldots ');
  return /^[\^_]/.test(latex) || !balanced(latex) ? undefined : latex;
}

function levelOf(word: Word, line: Line, size: number): '^' | '_' | '' | undefined {
  const shift = (line.baseline - word.baseline) / size;
  if (word.size > size * SCRIPT_SIZE) return Math.abs(shift) < 0.1 ? '' : undefined;
  if (shift > 0.15) return '^';
  return shift < -0.05 ? '_' : undefined;
}

const isOperand = (text: string): boolean => /^[\p{L}\p{N}∞]+$/u.test(text);

function wordLatex(text: string): string | undefined {
  if (FUNCTIONS.has(text)) return `\\${text} `;
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
