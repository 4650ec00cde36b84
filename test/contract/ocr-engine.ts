import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import type { Raster } from '#legible/document/raster.js';
import type { OcrEngine } from '#legible/engines/ocr/port.js';
import { cpuSecondsOfTree, treeIsVisible } from './process-tree.js';

export const PARAGRAPHS = new URL('../corpus/ocr/paragraphs.png', import.meta.url);
/** What `paragraphs.png` says; set in 31 px DejaVu Serif, first baseline at y = 80, left edge at x = 60. */
export const PARAGRAPHS_TEXT =
  'The harbour was quiet before sunrise, and only the ferry moved between the two wooden piers. Nobody spoke. ' +
  'At 6:45 the first fishermen came down the hill with their nets, counted the boats, and waited for the fog to ' +
  'lift from the northern shore. Invoice 20417 was paid on 12 March 1998 by the company of Miller and Sons, ' +
  'total 1,284.50.';

export async function grayRaster(file: URL | Uint8Array, turn = 0): Promise<Raster> {
  const input = file instanceof URL ? await readFile(file) : file;
  const { data, info } = await sharp(input)
    .flatten({ background: '#fff' })
    .rotate(turn)
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 1, dpi: 200 };
}

const PAGE = { languages: ['eng'], segmentation: 'page' } as const;

export interface EngineFeatures {
  /** The engine can tell orientation and script. */
  readonly orientation: boolean;
}

/** What every recogniser must do, whatever it is made of. */
export function ocrEngineContract(
  name: string,
  create: () => OcrEngine,
  features: EngineFeatures = { orientation: true },
): void {
  describe(`OcrEngine: ${name}`, () => {
    const engine = create();
    afterAll(() => engine.close());

    it('says that it is there and which languages it has', async () => {
      expect(await engine.status()).toMatchObject({ name: engine.name, found: true });
      expect(await engine.languages()).toContain('eng');
      expect(engine.capacity).toBeGreaterThanOrEqual(1);
    });

    it('reads words in reading order with plausible boxes, baselines and confidence', async () => {
      const image = await grayRaster(PARAGRAPHS);
      const { words, confidence } = await engine.recognize(image, PAGE);
      const expected = PARAGRAPHS_TEXT.split(' ');
      const right = words.filter((word, i) => word.text === expected[i]).length;
      expect(right / expected.length).toBeGreaterThan(0.95);
      expect(confidence).toBeGreaterThan(80);
      expect(confidence).toBeLessThanOrEqual(100);
      const first = words[0];
      expect(first.box.x0).toBeGreaterThan(50);
      expect(first.box.x0).toBeLessThan(70);
      expect(first.baseline).toBeGreaterThan(74);
      expect(first.baseline).toBeLessThan(86);
      for (const { box, line, xHeight } of words) {
        expect(box.x1).toBeGreaterThan(box.x0);
        expect(box.y1).toBeGreaterThan(box.y0);
        expect(box.x1).toBeLessThanOrEqual(image.width);
        expect(box.y1).toBeLessThanOrEqual(image.height);
        expect(line).toBeGreaterThanOrEqual(0);
        expect(xHeight).toBeLessThan(40);
      }
      expect(new Set(words.map((word) => word.line)).size).toBe(7);
    });

    it('finds nothing on an empty image and reports no confidence', async () => {
      const blank: Raster = {
        data: new Uint8Array(300 * 200).fill(255),
        width: 300,
        height: 200,
        channels: 1,
        dpi: 200,
      };
      expect(await engine.recognize(blank, PAGE)).toEqual({ words: [], confidence: 0 });
    });

    it('takes colour images', async () => {
      const gray = await grayRaster(PARAGRAPHS);
      const data = new Uint8Array(gray.data.length * 3);
      for (let i = 0; i < gray.data.length; i++) data.fill(gray.data[i], 3 * i, 3 * i + 3);
      const { words } = await engine.recognize({ ...gray, data, channels: 3 }, PAGE);
      expect(words.map((word) => word.text).join(' ')).toContain('wooden piers');
    });

    it('does not change the image it is given', async () => {
      const image = await grayRaster(PARAGRAPHS);
      const before = Buffer.from(image.data);
      await engine.recognize(image, PAGE);
      expect(Buffer.compare(before, image.data)).toBe(0);
    });

    it('names a language without data and how to install it', async () => {
      const image = await grayRaster(PARAGRAPHS);
      await expect(engine.recognize(image, { ...PAGE, languages: ['tlh'] })).rejects.toMatchObject({
        code: 'language_missing',
      });
    });

    it('stops within two seconds when it is aborted, and goes on with the next call', async () => {
      const page = await grayRaster(PARAGRAPHS);
      const tall = stack(page, 12);
      const controller = new AbortController();
      const work = engine.recognize(tall, PAGE, controller.signal);
      const outcome = work.then(
        () => 'finished',
        (error) => error.code,
      );
      await new Promise((resolve) => setTimeout(resolve, 150));
      const aborted = performance.now();
      controller.abort();
      expect(await outcome).toBe('cancelled');
      expect(performance.now() - aborted).toBeLessThan(2_000);
      expect((await engine.recognize(page, PAGE)).words.length).toBeGreaterThan(40);
    });

    it.runIf(treeIsVisible)('costs nothing any more once it is aborted', { timeout: 60_000 }, async () => {
      const page = await grayRaster(PARAGRAPHS);
      const controller = new AbortController();
      const before = cpuSecondsOfTree();
      const outcome = engine.recognize(stack(page, 30), PAGE, controller.signal).catch((error) => error.code);
      await expect.poll(() => cpuSecondsOfTree() - before, { timeout: 20_000 }).toBeGreaterThan(0.5);
      controller.abort();
      expect(await outcome).toBe('cancelled');
      // Work that went on would need many more seconds of a core.
      const stillUsed = async () => {
        const start = cpuSecondsOfTree();
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        return cpuSecondsOfTree() - start;
      };
      await expect.poll(stillUsed, { timeout: 4_000 }).toBeLessThan(0.05);
    });

    it('rejects at once when the signal has fired already', async () => {
      await expect(
        engine.recognize(await grayRaster(PARAGRAPHS), PAGE, AbortSignal.abort()),
      ).rejects.toMatchObject({ code: 'cancelled' });
    });

    it.runIf(features.orientation)('tells how a page must be turned to stand upright', async () => {
      for (const turn of [0, 90, 180, 270] as const) {
        const orientation = await engine.detectOrientation(await grayRaster(PARAGRAPHS, turn));
        expect(orientation).toMatchObject({ rotation: (360 - turn) % 360, script: 'Latin' });
      }
    });
  });
}

/** The image `times` times below itself. */
export function stack(image: Raster, times: number): Raster {
  const data = new Uint8Array(image.data.length * times);
  for (let i = 0; i < times; i++) data.set(image.data, i * image.data.length);
  return { ...image, data, height: image.height * times };
}
