import { describe, expect, it } from 'vitest';
import type { OcrWord } from '#legible/engines/ocr/port.js';
import { restoreBullets } from '#legible/pipeline/recognize/bullets.js';

const X_HEIGHT = 15;

/** Lines of words from x = 100, each word as wide as its letters; `gap` follows the first word. */
function page(lines: readonly string[], gap = 30): OcrWord[] {
  return lines.flatMap((text, line) => {
    let x = 100;
    return text.split(' ').map((word, index) => {
      const box = { x0: x, y0: line * 40, x1: x + word.length * 12, y1: line * 40 + 20 };
      x = box.x1 + (index === 0 ? gap : 8);
      return { text: word, box, confidence: 60, line, baseline: box.y1, xHeight: X_HEIGHT } as OcrWord;
    });
  });
}
const firstWords = (words: readonly OcrWord[]): string[] =>
  words.filter((word, index) => words[index - 1]?.line !== word.line).map((word) => word.text);

describe('bullets that a recogniser reads as other signs', () => {
  it('come back where several stand below each other', () => {
    expect(firstWords(restoreBullets(page(['e One step', '« Four windows', '. A shelf'])))).toEqual([
      '•',
      '•',
      '•',
    ]);
  });

  it('come back for a lone cent sign before a word, which is no price', () => {
    expect(firstWords(restoreBullets(page(['¢ One step', 'and more'])))).toEqual(['•', 'and']);
    expect(firstWords(restoreBullets(page(['¢ 50 each', 'and more'])))).toEqual(['¢', 'and']);
  });

  it('do not come from words: Italian "e" at the start of two lines', () => {
    expect(firstWords(restoreBullets(page(['e poi venne', 'e disse'], 8)))).toEqual(['e', 'e']);
  });

  it('do not come from specks in the margin, which confirm nothing', () => {
    expect(firstWords(restoreBullets(page(['. One step', ', Four windows'])))).toEqual(['.', ',']);
  });
});
