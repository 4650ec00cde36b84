import { afterAll, describe, expect, it } from 'vitest';
import { project, type Quad, rectangleToQuad } from '#legible/document/projection.js';
import { TesseractJs } from '#legible/engines/ocr/tesseract-js/engine.js';
import { inOwnFrame, inSpread } from '#legible/pipeline/own-frame.js';
import { pixelsHere } from '#legible/pipeline/pixels/work.js';
import { createRecognizer } from '#legible/pipeline/recognize/create-recognizer.js';
import { mayHoldFaintPrint } from '#legible/pipeline/recognize/faint-print.js';
import type { GrayImage } from '#legible/pipeline/recognize/prepare/gray.js';
import { evenGrounds } from '#legible/pipeline/recognize/prepare/grounds.js';
import { coverNeighbour } from '#legible/pipeline/recognize/prepare/neighbour.js';
import { preparePage } from '#legible/pipeline/recognize/prepare/page.js';
import { cutSheet } from '#legible/pipeline/recognize/prepare/rectify.js';
import { evenLight } from '#legible/pipeline/recognize/prepare/shading.js';
import { turn } from '#legible/pipeline/recognize/prepare/turn.js';
import { isBlank, measureInk } from '#legible/pipeline/render/ink.js';
import { grayRaster, PARAGRAPHS, PARAGRAPHS_TEXT } from '../../contract/ocr-engine.js';
import { cloth, photographed, random, shaded, speckled } from '../../support/page-faults.js';

const DPI = 200;
const page = await grayRaster(PARAGRAPHS);
const truth = PARAGRAPHS_TEXT.split(' ');
const engine = new TesseractJs({ threads: 1, timeoutMs: 60_000 });
const recognizer = createRecognizer({ engines: [engine], choice: 'auto' });
afterAll(() => recognizer.close());

const raster = (image: GrayImage) => ({ ...image, channels: 1 as const, dpi: DPI });
const points = (pixels: number) => (pixels * 72) / DPI;
const rightWords = (words: readonly { readonly text: string }[]): number => {
  const read = new Set(words.map(({ text }) => text));
  return truth.filter((word) => read.has(word)).length / truth.length;
};
/** As the recogniser alone reads it, and after the page was prepared. */
async function readBoth(image: GrayImage) {
  const area = { x0: 0, y0: 0, x1: points(image.width), y1: points(image.height) };
  const options = { area, kind: 'page', language: 'eng' } as const;
  const before = await engine.recognize(raster(image), { languages: ['eng'], segmentation: 'page' });
  const after = await recognizer.recognizeImage(raster(image), options);
  return { before: rightWords(before.words), after: rightWords(after.words), read: after };
}
const onTable: Quad = [
  [150, 110],
  [1060, 60],
  [1150, 520],
  [70, 470],
];

describe('a page with a fault', () => {
  it('under uneven light is read as if under even light', async () => {
    const { before, after, read } = await readBoth(shaded(page, 0.15));
    expect(read.preparation).toContain('light evened');
    expect(after).toBeGreaterThan(0.95);
    expect(after).toBeGreaterThan(before + 0.05);
  });

  it('with a hard shadow, and with a dark panel of light print, is read as if it had neither', async () => {
    // Between two lines of text.
    let row = page.height >> 1;
    const isPrinted = () => page.data.subarray(row * page.width, (row + 1) * page.width).some((v) => v < 128);
    while (isPrinted()) row++;
    const isBelow = (at: number) => at >= row * page.width;
    for (const spoil of [
      (level: number, at: number) => (isBelow(at) ? level * 0.35 : level),
      (level: number, at: number) => (isBelow(at) ? 240 - level * 0.9 : level),
    ]) {
      const { before, after, read } = await readBoth({ ...page, data: page.data.map(spoil) });
      expect(read.preparation).toContain('dark parts lightened');
      expect(after).toBeGreaterThan(0.94);
      expect(after).toBeGreaterThanOrEqual(before);
    }
  });

  it('of a few words on its head is turned', async () => {
    const few = { data: new Uint8Array(1000 * 700).fill(255), width: 1000, height: 700 };
    for (let y = 0; y < 130; y++)
      few.data.set(page.data.subarray(y * page.width, y * page.width + 420), (y + 200) * few.width + 200);
    const { read } = await readBoth(turn(few, 180));
    expect(read.rotation).toBe(180);
    expect(read.words.map(({ text }) => text)).toContain('harbour');
  });

  it('strewn with specks is read without them', async () => {
    const { before, after, read } = await readBoth(speckled(page, 0.02));
    expect(read.preparation).toContain('specks removed');
    expect(after).toBeGreaterThan(0.9);
    expect(after).toBeGreaterThan(before + 0.05);
  });

  it('seen from aside is read as if from above, and its words lie where they are in the picture', async () => {
    const { after, read } = await readBoth(photographed(page, 1220, 580, onTable));
    expect(read.preparation).toContain('perspective removed');
    expect(after).toBeGreaterThan(0.95);
    expect(read.skew).toBe(0);
    expect(read.own).toMatchObject({ width: points(1220), height: points(580) });
    const word = read.words.find(({ text }) => text === 'Invoice')!;
    const { box } = word;
    const [x, y] = project(read.own!.projection, [(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2]);
    // Where the word's middle lies on the sheet, found on the sheet itself.
    const flat = await engine.recognize(page, { languages: ['eng'], segmentation: 'page' });
    const { box: at } = flat.words.find(({ text }) => text === 'Invoice')!;
    const toPicture = rectangleToQuad(page.width, page.height, onTable);
    const expected = project(toPicture, [(at.x0 + at.x1) / 2, (at.y0 + at.y1) / 2]);
    expect(Math.abs(x - points(expected[0]))).toBeLessThan(points(8));
    expect(Math.abs(y - points(expected[1]))).toBeLessThan(points(8));
  });
});

const straight: Quad = [
  [100, 60],
  [1100, 60],
  [1100, 506],
  [100, 506],
];
/** A page, with the text twice, and the outer part of its neighbour to the left: cut lines, and the fold's shadow (0–1) between. */
function beside(depth: number): GrayImage {
  const strip = 160;
  const [width, height] = [page.width + strip, 2 * page.height];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y % page.height) * page.width;
    const row = page.data.subarray(from, from + page.width);
    data.set(row.subarray(page.width - strip - 60, page.width - 60), y * width);
    data.set(row, y * width + strip);
    for (let x = strip - 60; x < strip + 60; x++)
      data[y * width + x] *= 1 - depth * Math.exp(-(((x - strip) / 12) ** 2));
  }
  return { data, width, height };
}

describe('what lies around a page', () => {
  it('is covered where it is cloth, and the words stay in the frame of the picture', async () => {
    const picture = photographed(page, 1200, 570, straight, cloth);
    const { after, read } = await readBoth(picture);
    expect(read.preparation).toContain('surroundings covered');
    expect(read).toMatchObject({ width: points(1200), height: points(570) });
    expect(after).toBeGreaterThan(0.95);
    expect(read.words.length).toBeLessThanOrEqual(truth.length + 1);
    const least = Math.min(...read.words.map(({ box }) => box.x0));
    expect(least).toBeGreaterThan(points(100));
  });

  it('is covered where it is the edge of the page beside it, parted by the shadow of the fold', async () => {
    const { after, read } = await readBoth(beside(0.5));
    expect(read.preparation).toContain('neighbouring page covered');
    expect(after).toBeGreaterThan(0.95);
    expect(read.words.length).toBeLessThanOrEqual(2 * truth.length + 1);
    expect(coverNeighbour(beside(0))).toBeNull();
  });
});

describe('a page that seems blank', () => {
  it('may hold pale print, but neither grain nor what is too pale to be print', async () => {
    const pale = (contrast: number) => page.data.map((level) => 245 - ((255 - level) * contrast) / 255);
    const next = random(3);
    const grain = page.data.map(() => 215 + (next() + next() + next()) * 12);
    const held = [pale(36), pale(12), grain].map((data) =>
      mayHoldFaintPrint(raster({ ...page, data }), pixelsHere.for()),
    );
    expect(await Promise.all(held)).toEqual([true, false, false]);
    for (const data of [pale(36), grain]) expect(isBlank(measureInk(raster({ ...page, data })))).toBe(true);
  });
});

describe('what is no fault', () => {
  it('is left alone: a good page', async () => {
    const findOrientation = () => Promise.reject(new Error('not asked'));
    const size = { width: points(page.width), height: points(page.height) };
    const options = { findOrientation, run: pixelsHere.for(), maybePhoto: true };
    const prepared = await preparePage(page, size, options);
    expect(prepared.steps).toEqual([]);
    expect(prepared.image.data).toBe(page.data);
  });

  it('is left alone: a picture on the page is no shade, and light print on a coloured ground is no paper', () => {
    const pictured = Uint8Array.from(page.data);
    for (let y = 250; y < 430; y++) pictured.fill(60, y * page.width + 100, y * page.width + 500);
    expect(evenLight({ ...page, data: pictured })).toBeNull();
    expect(evenGrounds({ ...page, data: pictured })).toBeNull();
    const slide = page.data.map((level, at) => {
      const ground = 90 + (100 * (at % page.width)) / page.width;
      return level < 128 ? 255 : ground;
    });
    expect(evenLight({ ...page, data: slide })).toBeNull();
  });

  it('is left alone: a sheet that lies straight on a dark, grainy table', async () => {
    const picture = photographed(page, 1200, 570, straight);
    expect(cutSheet(picture)).toBeNull();
    const { after, read } = await readBoth(picture);
    expect(read.preparation).not.toContain('perspective removed');
    expect(after).toBeGreaterThan(0.95);
  });

  it('is left alone: a white box on a darker page that has print around it', () => {
    const framed = new Uint8Array(1400 * 800).fill(120);
    for (let y = 0; y < 800; y += 12)
      for (let x = 0; x < 1400; x += 9) framed.fill(10, y * 1400 + x, y * 1400 + x + 4);
    for (let y = 0; y < page.height; y++)
      framed.set(page.data.subarray(y * page.width, (y + 1) * page.width), (y + 170) * 1400 + 200);
    expect(cutSheet({ data: framed, width: 1400, height: 800 })).toBeNull();
  });
});

describe('inOwnFrame', () => {
  it('moves every box and baseline, and nothing else', () => {
    const box = { x0: 0, y0: 0, x1: 10, y1: 10 };
    const style = { font: '', bold: false, italic: false, mono: false };
    const word = { text: 'a', box, baseline: 8, size: 9, confidence: 90, style };
    const block = {
      type: 'paragraph' as const,
      box,
      lines: [{ box, baseline: 8, words: [word] }],
      inlines: [{ text: 'a' }],
    };
    const [moved] = inOwnFrame([block], [2, 0, 5, 0, 3, 1, 0, 0, 1]);
    const there = { x0: 5, y0: 1, x1: 25, y1: 31 };
    expect(moved).toEqual({
      ...block,
      box: there,
      lines: [{ box: there, baseline: 25, words: [{ ...word, box: there, baseline: 25 }] }],
    });
  });

  it('moves what stands on either of two pages with its page', () => {
    const at = (x0: number) => ({
      type: 'paragraph' as const,
      box: { x0, y0: 0, x1: x0 + 10, y1: 10 },
      lines: [],
      inlines: [],
    });
    const spread = {
      fold: 50,
      left: [1, 0, 0, 0, 1, 3, 0, 0, 1],
      right: [1, 0, 0, 0, 1, 7, 0, 0, 1],
    } as const;
    const boxes = inSpread([at(10), at(60)], spread).map(({ box }) => [box.x0, box.y0, box.y1]);
    expect(boxes).toEqual([
      [10, 3, 13],
      [60, 7, 17],
    ]);
  });
});
