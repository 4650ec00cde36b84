import { describe, expect, it } from 'vitest';
import { TesseractNative } from '#legible/engines/ocr/tesseract-native/engine.js';
import { grayRaster, ocrEngineContract, PARAGRAPHS } from './ocr-engine.js';

const { found, detail } = await new TesseractNative().status();
if (found) ocrEngineContract('tesseract-native', () => new TesseractNative({ threads: 1 }));

describe.skipIf(!found)('OcrEngine: tesseract-native, one block', () => {
  it('is read where the page around it looks empty: lone figures in a row', async () => {
    const engine = new TesseractNative({ threads: 1 });
    const page = await grayRaster(PARAGRAPHS);
    const { words } = await engine.recognize(page, { languages: ['eng'], segmentation: 'page' });
    const { box } = words.find((w) => w.text === '20417')!;
    const [left, top, height] = [Math.floor(box.x0) - 2, Math.floor(box.y0) - 4, 32];
    const digit = Math.round((box.x1 - box.x0) / 5) + 2;
    const [width, copies, step] = [1000, 9, 105];
    const data = new Uint8Array(width * 150).fill(255);
    for (let copy = 0; copy < copies; copy++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < digit; x++)
          data[(55 + y) * width + 50 + copy * step + x] = page.data[(top + y) * page.width + left + x];
    const figures = { data, width, height: 150, channels: 1, dpi: 200 } as const;
    const block = await engine.recognize(figures, { languages: ['eng'], segmentation: 'block' });
    expect(block.words.map((w) => w.text)).toEqual(new Array(copies).fill('2'));
    await engine.close();
  });
});
describe.skipIf(found)('OcrEngine: tesseract-native', () => {
  it.skipIf(!found)(`is not installed: ${detail}`, () => undefined);
});
