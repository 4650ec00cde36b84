import { describe, expect, it } from 'vitest';
import type { Raster } from '#legible/document/raster.js';
import { PictureMemory } from '#legible/pipeline/recognize/picture-memory.js';
import type { RecognizedImage, Recognizer } from '#legible/pipeline/recognize/recognizer.js';

const style = { font: '', bold: false, italic: false, mono: false };
const answer: RecognizedImage = {
  words: [
    { text: 'ACME', box: { x0: 5, y0: 6, x1: 45, y1: 16 }, baseline: 15, size: 10, confidence: 90, style },
  ],
  width: 100,
  height: 50,
  confidence: 90,
  language: 'eng',
  engines: ['tesseract.js'],
  rotation: 0,
  skew: 0,
  preparation: [],
  warnings: [],
};

function counting(fails = 0): { recognizer: Recognizer; calls: () => number } {
  let calls = 0;
  const recognizer: Recognizer = {
    capacity: 1,
    async recognizeImage() {
      if (calls++ < fails) throw new Error('died');
      return answer;
    },
    warmUp: () => undefined,
    checkLanguage: async () => undefined,
    languages: async () => ['eng'],
    identity: async () => '',
    status: async () => [],
    close: async () => undefined,
  };
  return { recognizer, calls: () => calls };
}

const logo = (level: number): Raster => ({
  data: new Uint8Array(200).fill(level),
  width: 20,
  height: 10,
  channels: 1,
  dpi: 72,
});
const place = (x0: number, y0: number) => ({ x0, y0, x1: x0 + 100, y1: y0 + 50 });
const never = new AbortController().signal;

describe('PictureMemory', () => {
  it('recognises equal pictures once and puts their words where each picture stands', async () => {
    const { recognizer, calls } = counting();
    const memory = new PictureMemory(recognizer, 'auto');
    const first = await memory.read(logo(10), place(0, 0), never);
    const second = await memory.read(logo(10), place(300, 700), never);
    expect(calls()).toBe(1);
    expect(first.words[0].box).toEqual({ x0: 5, y0: 6, x1: 45, y1: 16 });
    expect(second.words[0]).toMatchObject({ box: { x0: 305, y0: 706, x1: 345, y1: 716 }, baseline: 715 });
  });

  it('shares a recognition that is still under way', async () => {
    const { recognizer, calls } = counting();
    const memory = new PictureMemory(recognizer, 'auto');
    await Promise.all([1, 2, 3].map((page) => memory.read(logo(10), place(0, page * 60), never)));
    expect(calls()).toBe(1);
  });

  it('recognises other pictures anew', async () => {
    const { recognizer, calls } = counting();
    const memory = new PictureMemory(recognizer, 'auto');
    await memory.read(logo(10), place(0, 0), never);
    await memory.read(logo(11), place(0, 0), never);
    expect(calls()).toBe(2);
  });

  it('does not pass the failure of one page on to the next', async () => {
    const { recognizer, calls } = counting(1);
    const memory = new PictureMemory(recognizer, 'auto');
    const [failed, read] = await Promise.allSettled([
      memory.read(logo(10), place(0, 0), never),
      memory.read(logo(10), place(0, 100), never),
    ]);
    expect([failed.status, read.status]).toEqual(['rejected', 'fulfilled']);
    expect(calls()).toBe(2);
  });
});
