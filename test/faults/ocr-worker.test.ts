import { afterAll, describe, expect, it } from 'vitest';
import type { Raster } from '#legible/document/raster.js';
import { TesseractJs } from '#legible/engines/ocr/tesseract-js/engine.js';
import { grayRaster, PARAGRAPHS, stack } from '../contract/ocr-engine.js';

const PAGE = { languages: ['eng'], segmentation: 'page' } as const;
const SCRIPT = new URL('./workers/faulty-ocr.mjs', import.meta.url);
const blank = (width: number): Raster => ({
  data: new Uint8Array(width * 50).fill(255),
  width,
  height: 50,
  channels: 1,
  dpi: 200,
});

describe('OCR threads that fail', () => {
  const engine = new TesseractJs({ threads: 1, timeoutMs: 60_000, workerScript: SCRIPT });
  afterAll(() => engine.close());
  const stillReads = async () => {
    const { words } = await engine.recognize(await grayRaster(PARAGRAPHS), PAGE);
    expect(words.map((word) => word.text).join(' ')).toContain('northern shore');
  };

  it.each([
    ['ends by itself', 101],
    ['throws outside of any promise', 102],
  ])('replaces a thread that %s and fails only that call', async (_, width) => {
    await expect(engine.recognize(blank(width), PAGE)).rejects.toMatchObject({ code: 'engine_failed' });
    await stillReads();
  });

  it('ends a thread that never answers when the page has had its time', async () => {
    const impatient = new TesseractJs({ threads: 1, timeoutMs: 3_000, workerScript: SCRIPT });
    try {
      await expect(impatient.recognize(blank(103), PAGE)).rejects.toMatchObject({ code: 'page_timeout' });
      // The thread is gone: the next call gets a new one, and fails in its own way.
      await expect(impatient.recognize(blank(101), PAGE)).rejects.toMatchObject({ code: 'engine_failed' });
    } finally {
      await impatient.close();
    }
  });

  it('ends a thread that never answers when the job is cancelled', async () => {
    const controller = new AbortController();
    const started = performance.now();
    setTimeout(() => controller.abort(), 100);
    await expect(engine.recognize(blank(103), PAGE, controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(performance.now() - started).toBeLessThan(2_000);
    await stillReads();
  });

  it('serves calls that waited behind a failing one', async () => {
    const page = await grayRaster(PARAGRAPHS);
    const outcomes = await Promise.allSettled([
      engine.recognize(blank(101), PAGE),
      engine.recognize(page, PAGE),
      engine.recognize(blank(102), PAGE),
      engine.recognize(stack(page, 2), PAGE),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });

  it('refuses data that is no language model instead of hanging', async () => {
    const broken = new TesseractJs({
      threads: 1,
      timeoutMs: 20_000,
      tessdata: new URL('./workers/tessdata', import.meta.url).pathname,
    });
    try {
      await expect(
        broken.recognize(await grayRaster(PARAGRAPHS), { ...PAGE, languages: ['bad'] }),
      ).rejects.toMatchObject({ code: 'engine_failed' });
    } finally {
      await broken.close();
    }
  });
});
