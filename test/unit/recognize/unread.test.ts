import { describe, expect, it } from 'vitest';
import type { Box } from '#legible/document/geometry.js';
import type { OcrEngine, OcrWord, RecognizeOptions } from '#legible/engines/ocr/port.js';
import { createRecognizer } from '#legible/pipeline/recognize/create-recognizer.js';
import { findUnread } from '#legible/pipeline/recognize/unread.js';

const WIDTH = 800;
const HEIGHT = 600;
/** Height of the letters that the pages below are set in, pixels. */
const X_HEIGHT = 16;
/** White below each row of the sheet, pixels. */
const SHEET_GAP = 19;
/** 100 pixels an inch. */
const SCALE = 0.72;

type Rectangle = readonly [x0: number, y0: number, x1: number, y1: number, level?: number];

function page(rectangles: readonly Rectangle[]): { data: Uint8Array; width: number; height: number } {
  const data = new Uint8Array(WIDTH * HEIGHT).fill(245);
  for (const [x0, y0, x1, y1, level = 20] of rectangles)
    for (let y = y0; y < y1; y++) data.fill(level, y * WIDTH + x0, y * WIDTH + x1);
  return { data, width: WIDTH, height: HEIGHT };
}

/** A sign of the width of a letter: an upright stroke with a foot. */
const letter = (x: number, y: number): Rectangle[] => [
  [x, y, x + 4, y + X_HEIGHT],
  [x, y + X_HEIGHT - 4, x + 11, y + X_HEIGHT],
];
const text = (x: number, y: number, letters: number): Rectangle[] =>
  Array.from({ length: letters }, (_, i) => letter(x + 14 * i, y)).flat();
const boxOf = (x: number, y: number, letters: number): Box => ({
  x0: x,
  y0: y,
  x1: x + 14 * letters - 3,
  y1: y + X_HEIGHT,
});

/** Ten lines of text on the left that were read. */
const lines = Array.from({ length: 10 }, (_, i) => 40 + 50 * i);
const left = lines.flatMap((y) => text(50, y, 12));
const words = lines.map((y) => boxOf(50, y, 12));
const find = (rectangles: readonly Rectangle[]) =>
  findUnread(page(rectangles), { words, textHeight: X_HEIGHT, scale: SCALE });

describe('letters that no word covers', () => {
  it('are none on a page that was read whole', () => {
    expect(find(left)).toEqual({ marks: [] });
  });

  it('are found in a column that segmentation passed over', () => {
    const { marks } = find([...left, ...lines.flatMap((y) => text(650, y, 4))]);
    expect(marks).toHaveLength(10);
    expect(marks.map(({ letters }) => letters)).toEqual(new Array(10).fill(4));
    expect(marks.map(({ box }) => box)).toContainEqual(boxOf(650, 40, 4));
  });

  it('are no specks, no rules and no single sign in the open', () => {
    const speck: Rectangle = [600, 100, 603, 103];
    const rule: Rectangle = [400, 300, 780, 303];
    expect(find([...left, speck, rule, ...letter(650, 200)]).marks).toEqual([]);
  });

  it('may stand alone in a cell of a ruled table', () => {
    const cell: Rectangle[] = [
      [600, 180, 740, 182],
      [600, 240, 740, 242],
      [600, 180, 602, 242],
      [738, 180, 740, 242],
    ];
    expect(find([...left, ...cell, ...letter(660, 202)]).marks).toHaveLength(1);
  });

  it('may stand alone below each other', () => {
    expect(find([...left, ...letter(650, 140), ...letter(650, 190)]).marks).toHaveLength(2);
  });

  it('share a row of the sheet, however few stand in each row of the page', () => {
    const column = (x: number): Rectangle[] => [0, 1, 2, 3, 4].flatMap((i) => letter(x, 100 + i * 50));
    const { marks, sheet } = find([...left, ...column(500), ...column(650)]);
    expect(marks).toHaveLength(10);
    expect(new Set(sheet?.pieces.map((piece) => piece.y)).size).toBe(1);
  });

  it('are not the dark shapes of a picture', () => {
    const shade: Rectangle = [380, 60, 780, 560, 60];
    const shapes = Array.from({ length: 40 }, (_, i): Rectangle => {
      const [x, y] = [400 + 40 * (i % 8), 100 + 80 * Math.floor(i / 8)];
      return [x, y, x + 14, y + 18, 130];
    });
    expect(find([...left, shade, ...shapes]).marks).toEqual([]);
  });

  it('are found where the few lines of a page are less than the noise of its paper', () => {
    const noisy = page([...text(50, 40, 12), ...text(650, 40, 4)]);
    let seed = 7;
    noisy.data.forEach((level, i) => {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
      noisy.data[i] = level - ((seed >> 16) % 20);
    });
    const { marks } = findUnread(noisy, { words: words.slice(0, 1), textHeight: X_HEIGHT, scale: SCALE });
    expect(marks.map(({ letters }) => letters)).toEqual([4]);
  });

  it('are left as they are in the page image', () => {
    const image = page([...left, ...text(650, 40, 4)]);
    const before = Buffer.from(image.data);
    // Pixels often come in a Buffer, whose `slice` shares its memory.
    findUnread(
      { ...image, data: Buffer.from(image.data.buffer) },
      { words, textHeight: X_HEIGHT, scale: SCALE },
    );
    expect(before.equals(Buffer.from(image.data))).toBe(true);
  });
});

const ocrWord = (text: string, box: Box, line: number, confidence = 95): OcrWord => ({
  text,
  box,
  confidence,
  baseline: box.y1,
  xHeight: X_HEIGHT,
  line,
  block: 0,
});

/** Reads the left lines of a page, and of a block whatever `second` says. */
function engineWith(second: (image: { width: number; height: number }) => OcrWord[]) {
  const asked: string[] = [];
  const engine: OcrEngine = {
    name: 'tesseract.js',
    capacity: 1,
    status: async () => ({ name: 'tesseract.js', found: true, detail: '' }),
    languages: async () => ['eng'],
    recognize: async (image, { segmentation }: RecognizeOptions) => {
      asked.push(segmentation);
      const found =
        segmentation === 'page' ? words.map((box, i) => ocrWord('abcdefghijkl', box, i)) : second(image);
      return { words: found, confidence: 95 };
    },
    detectOrientation: async () => null,
    close: async () => {},
  };
  return { engine, asked };
}

const prices = [...left, ...lines.flatMap((y) => text(650, y, 4))];
const read = (engine: OcrEngine, rectangles: readonly Rectangle[]) =>
  createRecognizer({ engines: [engine], choice: 'auto' }).recognizeImage(
    { ...page(rectangles), channels: 1, dpi: 100 },
    { area: { x0: 0, y0: 0, x1: WIDTH * SCALE, y1: HEIGHT * SCALE }, kind: 'page', language: 'eng' },
  );

describe('the second look', () => {
  it('is not taken where everything was read', async () => {
    const { engine, asked } = engineWith(() => []);
    const { warnings, words: found } = await read(engine, left);
    expect(asked).toEqual(['page']);
    expect(found).toHaveLength(10);
    expect(warnings).toEqual([]);
  });

  it('adds the words it is sure of where they stand on the page', async () => {
    // Rows of the sheet are as far apart as its margins make them: the words fill it from top to bottom.
    const { engine, asked } = engineWith(({ height }) =>
      Array.from({ length: 10 }, (_, i) => {
        const y = 40 + ((height - 80) * (i + 0.5)) / 10 - X_HEIGHT / 2 - SHEET_GAP / 2;
        return ocrWord('9.90', { x0: 52, y0: y, x1: 100, y1: y + X_HEIGHT }, i);
      }),
    );
    const { words: found, warnings } = await read(engine, prices);
    expect(asked).toEqual(['page', 'block']);
    const added = found.filter((word) => word.text === '9.90');
    expect(added).toHaveLength(10);
    added.forEach((word, i) => {
      expect(word.box.x0).toBeGreaterThan(640 * SCALE);
      expect(Math.abs(word.baseline - (lines[i] + X_HEIGHT) * SCALE)).toBeLessThan(X_HEIGHT * SCALE);
    });
    expect(warnings).toEqual([]);
  });

  it('tells where letters stay unread, and expects less of the page', async () => {
    const { engine } = engineWith(() => [ocrWord('?', { x0: 50, y0: 40, x1: 60, y1: 56 }, 0, 20)]);
    const whole = await read(engineWith(() => []).engine, left);
    const { warnings, confidence } = await read(engine, prices);
    expect(confidence!).toBeLessThan(whole.confidence! - 20);
    expect(warnings.map(({ code }) => code)).toEqual(['unread_marks']);
    const [place] = warnings[0].boxes!;
    expect(place.x0).toBeGreaterThan(600 * SCALE);
    expect(warnings[0].message).toContain(`[${place.x0}, ${place.y0}, ${place.x1}, ${place.y1}]`);
  });
});
