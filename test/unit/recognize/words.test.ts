import { describe, expect, it } from 'vitest';
import type { Word } from '#legible/document/word.js';
import { wordsFromHocr } from '#legible/engines/ocr/hocr.js';
import { decodeLine } from '#legible/engines/ocr/paddle/ctc.js';
import { textBoxes } from '#legible/engines/ocr/paddle/text-boxes.js';
import type { OcrWord } from '#legible/engines/ocr/port.js';
import { calibrate, expectedShare } from '#legible/pipeline/recognize/confidence.js';
import { mergeReadings } from '#legible/pipeline/recognize/merge.js';
import { backToArea } from '#legible/pipeline/recognize/region-frame.js';
import { repairQuotes, tidyWords } from '#legible/pipeline/recognize/tidy.js';
import { toPageWords } from '#legible/pipeline/recognize/words.js';

const style = { font: '', bold: false, italic: false, mono: false };
const word = (text: string, x: number, y: number, confidence: number, line: number): Word => ({
  text,
  box: { x0: x, y0: y, x1: x + 6 * text.length, y1: y + 10 },
  baseline: y + 8,
  size: 10,
  confidence,
  style,
  line,
});
const ocrWord = (
  text: string,
  box: [number, number, number, number],
  more: Partial<OcrWord> = {},
): OcrWord => {
  const [x0, y0, x1, y1] = box;
  return {
    text,
    box: { x0, y0, x1, y1 },
    confidence: 90,
    baseline: 20,
    xHeight: 10,
    line: 0,
    block: 0,
    ...more,
  };
};
const texts = (words: readonly { text: string }[]): string => words.map((w) => w.text).join(' ');

describe('toPageWords', () => {
  const frame = { columns: 600, rows: 800, width: 600, height: 800, scale: 1 };

  it('measures a line of capitals by its capitals, whatever x-height the engine guessed', () => {
    const words = [
      ocrWord('THE', [10, 10, 40, 23], { xHeight: 8 }),
      ocrWord('VISION,', [45, 10, 90, 26], { xHeight: 8 }),
      ocrWord('Text', [10, 40, 40, 53], { line: 1, xHeight: 9 }),
    ];
    const [the, vision, text] = toPageWords(words, frame);
    expect(the.size).toBeCloseTo(20, 0);
    expect(vision.size).toBe(the.size);
    expect(text.size).toBeCloseTo(18.75, 1);
  });
});

describe('mergeReadings', () => {
  const first = [word('TOTAI', 0, 0, 60, 0), word('12.50', 50, 0, 55, 0), word('CASH', 0, 20, 90, 1)];
  const second = [word('TOTAL', 1, 1, 90, 7), word('12.50', 51, 1, 92, 7), word('CA5H', 0, 20, 70, 8)];

  it('keeps the surest reading of each line', () => {
    expect(texts(mergeReadings([first, second]))).toBe('TOTAL 12.50 CASH');
  });

  it('adds lines that only the other reading found, in their place, when it is sure of them', () => {
    const more = [...second, word('RM', 0, 10, 90, 9), word('xx', 0, 60, 30, 10)];
    const merged = mergeReadings([
      first,
      more.map((w) => (w.text === 'RM' ? { ...w, box: { x0: 200, y0: 11, x1: 220, y1: 19 } } : w)),
    ]);
    expect(texts(merged)).toBe('TOTAL 12.50 RM CASH');
    expect(new Set(merged.map((w) => w.line)).size).toBe(3);
  });

  it('does not take a surer reading that lost half of the line', () => {
    expect(texts(mergeReadings([first, [word('12.50', 50, 0, 95, 3)]]))).toBe('TOTAI 12.50 CASH');
  });
});

describe('tidyWords', () => {
  it.each([
    ["''Tell", '“Tell'],
    ['‘‘Tell', '“Tell'],
    ['‘*Tell', '“Tell'],
    ["me.''", 'me.”'],
    ["''", '“'],
    ["don't", "don't"],
    ["'tis", "'tis"],
  ])('writes %s as %s', (read, written) => {
    expect(repairQuotes(read)).toBe(written);
  });

  it('drops specks, keeps sure marks, joins marks to their word', () => {
    const words = [
      ocrWord('.', [0, 18, 2, 20], { confidence: 20 }),
      ocrWord('word', [10, 5, 50, 20]),
      ocrWord(';', [54, 10, 57, 22]),
      ocrWord('—', [70, 13, 90, 15]),
    ];
    expect(tidyWords(words, ['eng']).map((w) => [w.text, w.glued])).toEqual([
      ['word', undefined],
      [';', true],
      ['—', undefined],
    ]);
    expect(tidyWords(words, ['fra']).every((w) => !w.glued)).toBe(true);
  });

  it('knows bullets by their ink, not by the sign they were read as', () => {
    const square: [number, number, number, number] = [0, 9, 10, 19];
    expect(texts(tidyWords([ocrWord('=', square), ocrWord('Raw', [20, 5, 50, 20])], ['eng']))).toBe('• Raw');
    expect(texts(tidyWords([ocrWord('=', [0, 10, 14, 16]), ocrWord('4', [20, 5, 27, 20])], ['eng']))).toBe(
      '= 4',
    );
    expect(texts(tidyWords([ocrWord('-', [0, 13, 8, 15]), ocrWord('a', [20, 10, 29, 20])], ['eng']))).toBe(
      '- a',
    );
    expect(texts(tidyWords([ocrWord('|', [0, 0, 2, 24]), ocrWord('a', [20, 10, 29, 20])], ['eng']))).toBe(
      'a',
    );
  });
});

describe('debris', () => {
  const text = 'the quick brown fox jumps over the lazy dog again and again'.split(' ');
  const page = text.map((t, i) => ocrWord(t, [20 * i, 5, 20 * i + 15, 20], { confidence: 95 }));
  const scraps = (confidence: number, ...read: string[]) =>
    read.map((t, i) => ocrWord(t, [20 * i, 105, 20 * i + 15, 120], { confidence, line: 1 }));

  it('leaves out unreadable scraps of a good page, and only those', () => {
    const last = (words: OcrWord[]) => texts(tidyWords(words, ['eng'])).replace(/^.* again ?/, '');
    expect(last([...page, ...scraps(30, 'a_i', 'ee')])).toBe('');
    expect(last([...page, ...scraps(30, '36')])).toBe('36');
    expect(last([...page, ...scraps(30, 'simple')])).toBe('simple');
    expect(last([...page, ...scraps(70, 'RM')])).toBe('RM');
  });

  it('keeps everything on a page that is hard to read anyway', () => {
    const poor = page.map((w) => ({ ...w, confidence: 70 }));
    expect(tidyWords([...poor, ...scraps(30, 'ee')], ['eng'])).toHaveLength(poor.length + 1);
  });
});

describe('calibrate', () => {
  it('is monotone in the word and in the page, and stays within 0–100', () => {
    const figures = [0, 10, 30, 50, 70, 85, 93, 97, 100];
    const line = (mean: number) =>
      figures.map(
        (figure) =>
          calibrate(
            [word('a', 0, 0, figure, 0), word('bbbbbbbbbbbbbbbbbbbbbbbb', 0, 0, mean, 0)],
            'tesseract.js',
          )[0].confidence,
      );
    const [good, bad] = [line(95), line(60)];
    for (let i = 0; i < figures.length; i++) {
      if (i > 0) expect(good[i]).toBeGreaterThanOrEqual(good[i - 1]);
      expect(bad[i]).toBeLessThan(good[i]);
      expect(good[i]).toBeLessThanOrEqual(100);
      expect(bad[i]).toBeGreaterThan(0);
    }
  });

  it('counts each word once for the page', () => {
    expect(expectedShare([word('a', 0, 0, 100, 0), word('incomprehensible', 0, 0, 50, 0)])).toBe(75);
    expect(expectedShare([])).toBe(0);
  });
});

describe('backToArea', () => {
  const area = { x0: 100, y0: 200, x1: 160, y1: 240 };
  it('moves words of an upright region to its place', () => {
    const [moved] = backToArea(
      [word('ab', 5, 6, 90, 0)],
      { width: 60, height: 40, rotation: 0, skew: 0 },
      area,
    );
    expect(moved).toMatchObject({ box: { x0: 105, y0: 206, x1: 117, y1: 216 }, baseline: 214 });
    expect(moved.angle).toBeUndefined();
  });

  it.each([
    [90, { x0: 106, y0: 223, x1: 116, y1: 235 }, 270],
    [180, { x0: 143, y0: 224, x1: 155, y1: 234 }, 180],
    [270, { x0: 144, y0: 205, x1: 154, y1: 217 }, 90],
  ] as const)('turns words of a region that was read after a turn by %d° back', (rotation, box, angle) => {
    const upright = rotation === 180 ? { width: 60, height: 40 } : { width: 40, height: 60 };
    const [turned] = backToArea([word('ab', 5, 6, 90, 0)], { ...upright, rotation, skew: 0 }, area);
    expect(turned).toMatchObject({ box, angle });
  });
});

describe('hOCR', () => {
  it('gives words with the baseline of their line, its letter height and unescaped text', () => {
    const hocr = `<div class='ocr_carea' id='b' title="bbox 0 0 200 50">
      <span class='ocr_line' id='l' title="bbox 10 10 110 40; baseline 0.1 -8; x_size 30; x_descenders 7; x_ascenders 8">
      <span class='ocrx_word' id='w1' title='bbox 10 10 50 32; x_wconf 91'>R&amp;D</span>
      <span class='ocrx_word' id='w2' title='bbox 60 12 110 40; x_wconf 42'><strong>x</strong></span></span>
      <span class='ocr_header' id='l2' title="bbox 10 60 110 90; baseline 0 0; x_size 30; x_descenders 7; x_ascenders 8">
      <span class='ocrx_word' id='w3' title='bbox 10 60 50 90; x_wconf 80'> </span></span></div>`;
    const words = wordsFromHocr(hocr);
    expect(words).toHaveLength(2);
    expect(words[0]).toMatchObject({ text: 'R&D', confidence: 91, xHeight: 15, line: 0, block: 0 });
    expect(words[0].baseline).toBeCloseTo(40 - 8 + 0.1 * 20);
    expect(words[1]).toMatchObject({ text: 'x', confidence: 42 });
  });
});

describe('PP-OCR decoding', () => {
  const characters = ['', 'a', 'b', '中', ' '];
  const steps = (rows: number[][]) => Float32Array.from(rows.flat());
  const blank = [0.9, 0, 0, 0, 0];

  it('collapses repeats, splits at spaces that were all but certain, and places words by their steps', () => {
    const words = decodeLine(
      steps([
        [0, 1, 0, 0, 0],
        [0, 1, 0, 0, 0],
        blank,
        [0, 1, 0, 0, 0],
        [0.85, 0, 0, 0, 0.1],
        [0, 0, 0.8, 0, 0],
        blank,
        blank,
      ]),
      8,
      characters,
    );
    expect(words.map((w) => w.text)).toEqual(['aa', 'b']);
    expect(words[1].probability).toBeCloseTo(0.8);
    expect(words[0].end).toBeLessThanOrEqual(words[1].start);
    expect(words[1].start).toBeGreaterThan(0.5);
    expect(words[1].end).toBeLessThan(0.9);
  });

  it('does not split before or after Chinese characters', () => {
    const words = decodeLine(
      steps([
        [0, 1, 0, 0, 0],
        [0.8, 0, 0, 0, 0.15],
        [0, 0, 0, 1, 0],
      ]),
      3,
      characters,
    );
    expect(words.map((w) => w.text)).toEqual(['a中']);
  });

  it('finds text regions with their direction and grows them to the letters', () => {
    const [width, height] = [120, 60];
    const map = new Float32Array(width * height);
    for (let x = 20; x < 100; x++)
      for (let y = 0; y < 6; y++) map[(20 + Math.round(x * 0.1) + y) * width + x] = 0.9;
    for (let y = 50; y < 53; y++) for (let x = 5; x < 9; x++) map[y * width + x] = 0.35;
    const boxes = textBoxes(map, width, height);
    expect(boxes).toHaveLength(1);
    expect(boxes[0].angle).toBeCloseTo(Math.atan(0.1), 1);
    expect(boxes[0].width).toBeGreaterThan(80);
    expect(boxes[0].height).toBeGreaterThan(8);
    expect(boxes[0].centerX).toBeCloseTo(60, -0.5);
  });
});
