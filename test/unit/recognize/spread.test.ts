import { afterAll, describe, expect, it } from 'vitest';
import { project } from '#legible/document/projection.js';
import { TesseractJs } from '#legible/engines/ocr/tesseract-js/engine.js';
import { createRecognizer } from '#legible/pipeline/recognize/create-recognizer.js';
import { findFold } from '#legible/pipeline/recognize/prepare/fold.js';
import type { GrayImage } from '#legible/pipeline/recognize/prepare/gray.js';
import { measureText } from '#legible/pipeline/recognize/prepare/measure.js';
import { lean } from '#legible/pipeline/recognize/prepare/scale.js';
import { crop } from '#legible/pipeline/recognize/prepare/turn.js';
import { grayRaster, PARAGRAPHS, PARAGRAPHS_TEXT } from '../../contract/ocr-engine.js';

const DPI = 200;
const print = await grayRaster(PARAGRAPHS);
const truth = [1, 2, 3, 4]
  .map(() => PARAGRAPHS_TEXT)
  .join(' ')
  .split(' ');
const engine = new TesseractJs({ threads: 1, timeoutMs: 60_000 });
const recognizer = createRecognizer({ engines: [engine], choice: 'auto' });
afterAll(() => recognizer.close());

const points = (pixels: number) => (pixels * 72) / DPI;
const paper = (width: number, height: number): GrayImage => ({
  data: new Uint8Array(width * height).fill(255),
  width,
  height,
});
function put(on: GrayImage, image: GrayImage, left: number, top: number): void {
  for (let y = 0; y < image.height; y++)
    on.data.set(image.data.subarray(y * image.width, (y + 1) * image.width), (top + y) * on.width + left);
}

const [WIDTH, HEIGHT] = [print.width + 80, 1300];
/** A page with the text twice, which leans clockwise by some degrees about its middle. */
async function bookPage(degrees: number): Promise<GrayImage> {
  const flat = paper(WIDTH, HEIGHT);
  put(flat, print, 40, 150);
  put(flat, print, 40, 150 + print.height);
  const leaning = degrees === 0 ? flat : await lean(flat, degrees);
  const [left, top] = [(leaning.width - WIDTH) >> 1, (leaning.height - HEIGHT) >> 1];
  const page = paper(WIDTH, HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    const from = (y + top) * leaning.width + left;
    page.data.set(leaning.data.subarray(from, from + WIDTH), y * WIDTH);
  }
  return page;
}
async function opened(left: number, right: number): Promise<GrayImage> {
  const both = paper(2 * WIDTH, HEIGHT);
  put(both, await bookPage(left), 0, 0);
  put(both, await bookPage(right), WIDTH, 0);
  return both;
}
const foldOf = (image: GrayImage) => findFold(image, measureText(image).textHeight);
/** Share of the places in the text at which the right word was read. */
const inOrder = (words: readonly { readonly text: string }[]): number =>
  truth.filter((word, at) => words[at]?.text === word).length / truth.length;

describe('an image of two pages side by side', () => {
  it('is read page by page, each straightened by itself, and boxes go back to the image', async () => {
    const image = await opened(2.5, -1.5);
    const area = { x0: 0, y0: 0, x1: points(image.width), y1: points(image.height) };
    const raster = { ...image, channels: 1 as const, dpi: DPI };
    const before = await engine.recognize(raster, { languages: ['eng'], segmentation: 'page' });
    const read = await recognizer.recognizeImage(raster, { area, kind: 'page', language: 'eng' });
    expect(read.preparation).toContain('two pages side by side');
    expect(read.preparation).toContainEqual(expect.stringMatching(/^left page deskewed by 2\.\d°$/));
    expect(read).toMatchObject({ skew: 0, width: area.x1, height: area.y1 });
    expect(inOrder(read.words)).toBeGreaterThan(0.95);
    expect(inOrder(read.words)).toBeGreaterThan(inOrder(before.words) + 0.05);
    const { fold, left, right } = read.spread!;
    expect(Math.abs(fold - points(WIDTH))).toBeLessThan(points(40));
    const lines = read.words.map(({ line }) => line!);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));

    const flat = await engine.recognize(print, { languages: ['eng'], segmentation: 'page' });
    const { box: at } = flat.words.find(({ text }) => text === 'Invoice')!;
    const found = read.words.filter(({ text }) => text === 'Invoice');
    expect(found).toHaveLength(4);
    for (const [word, start, degrees, toImage] of [
      [found[0], 0, 2.5, left],
      [found[2], WIDTH, -1.5, right],
    ] as const) {
      const angle = (degrees * Math.PI) / 180;
      const dx = (at.x0 + at.x1) / 2 + 40 - WIDTH / 2;
      const dy = (at.y0 + at.y1) / 2 + 150 - HEIGHT / 2;
      const x = start + WIDTH / 2 + dx * Math.cos(angle) - dy * Math.sin(angle);
      const y = HEIGHT / 2 + dx * Math.sin(angle) + dy * Math.cos(angle);
      const [u, v] = project(toImage, [(word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2]);
      expect(Math.hypot(u - points(x), v - points(y))).toBeLessThan(points(8));
    }
  });

  it('is known by its fold, in shadow or not', async () => {
    const image = await opened(0, 0);
    expect(Math.abs(foldOf(image)! - WIDTH)).toBeLessThan(40);
    for (let y = 0; y < HEIGHT; y++)
      image.data.fill(40, y * 2 * WIDTH + WIDTH - 12, y * 2 * WIDTH + WIDTH + 12);
    expect(Math.abs(foldOf(image)! - WIDTH)).toBeLessThan(40);
    const stitched = await opened(0, 0);
    for (const top of [200, 600, 1000])
      for (let y = top; y < top + 26; y++)
        stitched.data.fill(20, y * 2 * WIDTH + WIDTH - 9, y * 2 * WIDTH + WIDTH + 9);
    expect(Math.abs(foldOf(stitched)! - WIDTH)).toBeLessThan(40);
  });
});

describe('one page', () => {
  it('has no fold: text without a gap, a title or a rule across the gap, gaps of the same width beside it', async () => {
    expect(foldOf(await bookPage(0))).toBeNull();
    const leaflet = paper(2 * WIDTH, HEIGHT);
    const text = crop(print, 50, 0, 950, print.height);
    for (const left of [190, 1120])
      for (const top of [150, 150 + print.height]) put(leaflet, text, left, top);
    expect(foldOf(leaflet)).toBeNull();
    const table = paper(2 * WIDTH, HEIGHT);
    for (const [left, width] of [
      [100, 620],
      [WIDTH + 100, 300],
      [WIDTH + 470, 150],
      [WIDTH + 690, 300],
    ])
      for (const top of [150, 150 + print.height])
        put(table, crop(print, 60, 0, 60 + width, print.height), left, top);
    expect(foldOf(table)).toBeNull();
    const titled = await opened(0, 0);
    put(titled, print, WIDTH - (print.width >> 1), 1300 - print.height);
    expect(foldOf(titled)).toBeNull();
    const ruled = await opened(0, 0);
    ruled.data.fill(0, 100 * 2 * WIDTH + 60, 100 * 2 * WIDTH + 2 * WIDTH - 60);
    ruled.data.fill(0, 101 * 2 * WIDTH + 60, 101 * 2 * WIDTH + 2 * WIDTH - 60);
    expect(foldOf(ruled)).toBeNull();
    const columns = paper(4 * WIDTH, HEIGHT);
    const page = await bookPage(0);
    for (let i = 0; i < 4; i++) put(columns, page, i * WIDTH, 0);
    expect(foldOf(columns)).toBeNull();
  });
});
