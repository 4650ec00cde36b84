import type { Inline } from '../../document/block.js';

const SUPERSCRIPT: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-=()n'].map((character, i) => [character, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ'][i]]),
);
const SUBSCRIPT: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-=()'].map((character, i) => [character, [...'₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎'][i]]),
);
/** Letters that are printed raised but typed on the line. */
const ORDINAL = /^(?:st|nd|rd|th|er|re|e|o|a|º|ª)$/i;
/** Marks that look raised by themselves. */
const MARK = /^[*∗⋆†‡§¶#™®©°'"′″]+$/u;

/**
 * A superscript or subscript the way a typist would set it: Unicode's own raised digits (they search
 * and normalise, NFKC, to plain digits), ordinals on the line, anything else as `<sup>`/`<sub>`.
 * Answers undefined for text on the line.
 */
export function raised(inline: Inline): { text: string; html?: string } | undefined {
  if (!inline.superscript && !inline.subscript) return undefined;
  const text = inline.text;
  const core = text.trim().replaceAll('−', '-').replaceAll('–', '-');
  if (core === '') return { text };
  const table = inline.superscript ? SUPERSCRIPT : SUBSCRIPT;
  if ([...core].every((character) => table[character]))
    return { text: text.replace(text.trim(), [...core].map((character) => table[character]).join('')) };
  if (ORDINAL.test(core) && inline.superscript && core.length > 1) return { text };
  if (MARK.test(core) || /\s/.test(core)) return { text };
  const tag = inline.superscript ? 'sup' : 'sub';
  return { text, html: `<${tag}>${escapeHtml(core)}</${tag}>` };
}

/** Text as HTML content: only what could be read as markup is replaced. */
export const escapeHtml = (text: string): string =>
  text
    .replace(/&(?=#?[0-9A-Za-z]+;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
