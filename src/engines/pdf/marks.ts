import type { Glyph } from './glyph.js';
import { OVERPRINT } from './overprint.js';
import { combiningAccent, isCombiningMark } from './word-text.js';

/**
 * Joins combining marks, and spacing accents printed over a letter (as TeX does), to their letter;
 * drops a letter printed twice at almost the same place.
 */
export function mergeMarks(glyphs: readonly Glyph[]): Glyph[] {
  const merged: Glyph[] = [];
  let accent: { glyph: Glyph; mark: string } | undefined;
  for (const glyph of glyphs) {
    const last = merged.at(-1);
    if (last && SURROGATE_PAIR.test(last.text.slice(-1) + glyph.text)) {
      // A character beyond U+FFFF that the file shows as two halves.
      const { dx, dy } = last.run;
      const advance = (glyph.x - last.x) * dx + (glyph.y - last.y) * dy + glyph.advance;
      merged[merged.length - 1] = { ...last, text: last.text + glyph.text, advance };
      continue;
    }
    if (accent) {
      const { glyph: under, mark } = accent;
      accent = undefined;
      if (covers(glyph, under) && /\p{L}/u.test(glyph.text)) {
        merged.pop();
        merged.push({ ...glyph, text: glyph.text + mark });
        continue;
      }
    }
    if (last && isCombiningMark(glyph.text) && near(last, glyph)) {
      merged[merged.length - 1] = { ...last, text: last.text + glyph.text };
      continue;
    }
    const mark = combiningAccent(glyph.text);
    if (mark !== undefined) {
      if (last && /\p{L}$/u.test(last.text) && covers(last, glyph)) {
        merged[merged.length - 1] = { ...last, text: last.text + mark };
        continue;
      }
      accent = { glyph, mark };
    }
    if (last && last.text === glyph.text && printedTwice(last, glyph)) continue;
    merged.push(glyph);
  }
  return merged;
}

const SURROGATE_PAIR = /^[\ud800-\udbff][\udc00-\udfff]$/;

/** The middle of `accent` lies over the letter. */
function covers(letter: Glyph, accent: Glyph): boolean {
  const { dx, dy, size } = letter.run;
  const x = accent.x - letter.x;
  const y = accent.y - letter.y;
  const middle = x * dx + y * dy + accent.advance / 2;
  return (
    middle > letter.advance * 0.15 && middle < letter.advance * 0.85 && Math.abs(y * dx - x * dy) < size * 0.5
  );
}

const near = (a: Glyph, b: Glyph): boolean => Math.hypot(a.x - b.x, a.y - b.y) < a.run.size * 1.5;

const printedTwice = (a: Glyph, b: Glyph): boolean =>
  a.run.order !== b.run.order && Math.hypot(a.x - b.x, a.y - b.y) < a.run.size * OVERPRINT;
