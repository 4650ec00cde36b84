import type { Line } from '../../../document/block.js';
import type { Word } from '../../../document/word.js';
import type { DraftText } from '../draft.js';
import { lineSize, lineText, SCRIPT_SIZE } from '../lines.js';

/** Fonts that set nothing but mathematics. */
const MATH_FONT =
  /^(?:CM(?:MI|SY|EX|BSY|MIB)|MSAM|MSBM|EUFM|EUSM|MT(?:MI|SY|EX)|.*Math|Symbol|Euclid|LMMath)/u;
const RELATION = /[=<>≤≥≠≈≡∼≃≅∝→←↔⇒⇔↦∈∉⊂⊆⊃⊇≪≫≜]|:=/u;
const OPERATOR = /[+−×÷·±∓∑∏∫∮√∂∇∞∀∃∪∩⊕⊗∧∨¬^|‖⟨⟩⌊⌋⌈⌉]/u;
const FUNCTION =
  /^(?:sin|cos|tan|cot|sec|csc|arg|log|ln|exp|lim|max|min|sup|inf|det|dim|ker|mod|gcd|deg|Pr|Var|Cov|tr|rank|diag|argmax|argmin|softmax|const|where|if|for|and|or|otherwise)[,.:]?$/u;
const GREEK = /[\u0370-\u03ff\u{1d400}-\u{1d7ff}]/u;
/** The number of a displayed formula at its right end. */
const EQUATION_NUMBER = /^\(\d{1,3}(?:\.\d{1,3})*[a-z]?\)$/u;
/** A displayed formula has at most this share of ordinary words … */
const MAX_PROSE = 0.25;
/** … and at most this share of its characters is in them: symbols come in many small pieces. */
const MAX_PROSE_CHARACTERS = 0.4;
/** What is set in fixed pitch for more than this share is typed, whatever signs it has. */
const MAX_TYPED = 0.5;
/** A point of a list, however mathematical. */
const BULLET = /^[•◦▪‣●○■□]\s/u;
const MAX_LINES = 6;

const isProse = (w: Word): boolean =>
  /\p{L}{3,}/u.test(w.text) && !MATH_FONT.test(w.style.font) && !FUNCTION.test(w.text) && !GREEK.test(w.text);

/** Share of the characters that stand in such words. */
function characters(words: readonly Word[], holds: (word: Word) => boolean): number {
  const count = (all: readonly Word[]): number => all.reduce((sum, w) => sum + w.text.length, 0);
  return count(words.filter(holds)) / count(words);
}

/** No ordinary words at all: may be a part of a formula (a numerator, limits, a number). */
export const isMathPiece = (draft: DraftText): boolean =>
  draft.lines.length <= MAX_LINES && draft.lines.every((l) => !l.words.some(isProse));

/**
 * A displayed formula: set apart from its column's edge, with a relation or mathematical letters, and
 * hardly any ordinary words.
 */
export function isFormula(draft: DraftText): boolean {
  if (draft.lines.length > MAX_LINES) return false;
  const words = draft.lines.flatMap((l) => l.words);
  const text = words.map((w) => w.text).join(' ');
  if (!/\p{L}|\p{N}/u.test(text) || BULLET.test(text)) return false;
  if (words.filter(isProse).length > words.length * MAX_PROSE) return false;
  if (characters(words, isProse) > MAX_PROSE_CHARACTERS) return false;
  if (characters(words, (w) => w.style.mono) > MAX_TYPED) return false;
  const signs = RELATION.test(text) || words.some((w) => MATH_FONT.test(w.style.font));
  if (!signs || !(RELATION.test(text) || OPERATOR.test(text))) return false;
  const last = draft.lines[draft.lines.length - 1].words.at(-1)!;
  const apart = draft.box.x0 > draft.columnX0 + lineSize(draft.lines[0]);
  return (apart && words.length >= 3) || (EQUATION_NUMBER.test(last.text) && words.length >= 4);
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const LOWERED = '₀₁₂₃₄₅₆₇₈₉';
/** A script stands off its line's baseline by at least this share of the em. */
const SCRIPT_OFFSET = 0.12;

/** The line's text with figures that are set small above or below it in characters of their own. */
function scriptedText(line: Line): string {
  const size = lineSize(line);
  const words = line.words.map((w) => {
    const shift = (line.baseline - w.baseline) / size;
    if (w.size > size * SCRIPT_SIZE || Math.abs(shift) < SCRIPT_OFFSET || !/^\d+$/.test(w.text)) return w;
    const figures = shift > 0 ? RAISED : LOWERED;
    return { ...w, text: w.text.replace(/\d/g, (d) => figures[Number(d)]) };
  });
  return lineText({ ...line, words });
}

/** The rows of a formula in one line, top to bottom. */
export const formulaText = (lines: readonly Line[]): string => lines.map(scriptedText).join(' ');
