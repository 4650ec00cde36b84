import type { TextStyle, Word } from '../../document/word.js';

/** Widths a character of a font of fixed pitch vary by no more than this share (kerning and rounding included). */
const MAX_VARIATION = 0.08;
/** Shorter words measure the glyphs, not the pitch. */
const MIN_LENGTH = 3;

/** Takes the fixed pitch from styles whose words are not set in it: fonts state it wrongly. */
export function settleMono(words: readonly Word[]): Word[] {
  const pitches = new Map<TextStyle, number[]>();
  for (const { style, text, box, size } of words) {
    if (!style.mono || text.length < MIN_LENGTH) continue;
    const list = pitches.get(style) ?? [];
    list.push((box.x1 - box.x0) / [...text].length / size);
    pitches.set(style, list);
  }
  const corrected = new Map<TextStyle, TextStyle>();
  for (const [style, list] of pitches) {
    if (list.length > 1 && variation(list) > MAX_VARIATION) corrected.set(style, { ...style, mono: false });
  }
  if (corrected.size === 0) return [...words];
  return words.map((w) => {
    const style = corrected.get(w.style);
    return style ? { ...w, style } : w;
  });
}

/** Standard deviation as a share of the mean. */
function variation(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length) / mean;
}
