import { describe, expect, it } from 'vitest';
import { isBlank, mayHoldText, measureInk } from '#legible/pipeline/render/ink.js';
import { placeOnPage } from '#legible/pipeline/render/place.js';
import { capDpi, imageDpi, renderDpi } from '#legible/pipeline/render/resolution.js';
import { cropRaster } from '#legible/pipeline/render/turn.js';

const LETTER = { width: 612, height: 792 };
const MANY = 100_000_000;

describe('resolution for rendering', () => {
  it('is 200 dpi for ordinary pages', () => {
    expect(renderDpi(LETTER, { textSize: 11, sourceDpi: 0 }, MANY)).toBe(200);
    expect(renderDpi(LETTER, { textSize: 0, sourceDpi: 150 }, MANY)).toBe(200);
  });
  it('rises for small print and for finer scans, within bounds', () => {
    expect(renderDpi(LETTER, { textSize: 6, sourceDpi: 0 }, MANY)).toBe(300);
    expect(renderDpi(LETTER, { textSize: 1, sourceDpi: 0 }, MANY)).toBe(400);
    expect(renderDpi(LETTER, { textSize: 0, sourceDpi: 1200 }, MANY)).toBe(300);
  });
  it('keeps the pixels of a page that was reduced in size', () => {
    expect(renderDpi({ width: 180, height: 300 }, { textSize: 0, sourceDpi: 600 }, MANY)).toBe(599);
    expect(renderDpi({ width: 180, height: 300 }, { textSize: 0, sourceDpi: 150 }, MANY)).toBe(200);
  });
  it('falls where the page would have too many pixels', () => {
    const dpi = renderDpi({ width: 14_400, height: 14_400 }, { textSize: 11, sourceDpi: 0 }, 10_000_000);
    expect((14_400 / 72) ** 2 * dpi ** 2).toBeLessThanOrEqual(14_400_000 * 4);
    expect(capDpi(LETTER, 600, 1_000_000)).toBe(103);
  });
});

describe('resolution of an image file', () => {
  it.each([
    ['a scan that states 300 dpi', 2550, 3300, 300, 300],
    ['a screenshot at 96 dpi', 1280, 900, 96, 96],
    ['a camera that writes 72', 3024, 4032, 72, 367],
    ['a scan that writes 72', 1700, 2200, 72, 200],
    ['nothing stated', 1654, 2339, undefined, 213],
    ['a long receipt', 630, 1800, undefined, 200],
    ['an absurd value', 2550, 3300, 1, 300],
  ])('%s', (_name, width, height, stated, dpi) => {
    expect(imageDpi(width, height, stated)).toBe(dpi);
  });
});

const raster = (paint: (x: number, y: number) => number, width = 400, height = 300) => {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[y * width + x] = paint(x, y);
  return { data, width, height, channels: 1 as const, dpi: 100 };
};

describe('ink', () => {
  it('finds white paper, gray paper and shaded paper blank', () => {
    expect(isBlank(measureInk(raster(() => 255)))).toBe(true);
    expect(isBlank(measureInk(raster((x, y) => 200 + ((x * 31 + y * 17) % 20))))).toBe(true);
    expect(isBlank(measureInk(raster((x) => 255 - Math.floor(x / 10))))).toBe(true);
  });
  it('sees a small word, also in pale print', () => {
    const word = (level: number) =>
      raster((x, y) => (x > 50 && x < 90 && y > 50 && y < 66 && x % 6 < 3 ? level : 250));
    expect(isBlank(measureInk(word(0)))).toBe(false);
    expect(isBlank(measureInk(word(190)))).toBe(false);
  });
  it('tells a photograph from a diagram', () => {
    const photo = raster((x, y) => (x * 5 + y * 3 + ((x * y) % 97) * 2) % 256);
    const diagram = raster((x, y) => (x % 80 === 0 || y % 60 === 0 ? 0 : 245));
    expect(mayHoldText(measureInk(photo))).toBe(false);
    expect(mayHoldText(measureInk(diagram))).toBe(true);
  });
});

describe('placeOnPage', () => {
  const style = { font: '', bold: false, italic: false, mono: false };
  const word = {
    text: 'a',
    box: { x0: 10, y0: 20, x1: 30, y1: 30 },
    baseline: 28,
    size: 10,
    confidence: 90,
    style,
  };
  const page = { width: 600, height: 800 };
  const area = { x0: 5, y0: 7, x1: 590, y1: 780 };

  it('moves words by the margin around the scan', () => {
    const placed = placeOnPage({ words: [word], width: 585, height: 773, rotation: 0 }, area, page);
    expect(placed).toMatchObject({ width: 600, height: 800 });
    expect(placed.words[0]).toMatchObject({ box: { x0: 15, y0: 27 }, baseline: 35 });
  });
  it('turns the margins with the page', () => {
    const placed = placeOnPage({ words: [word], width: 773, height: 585, rotation: 90 }, area, page);
    expect(placed).toMatchObject({ width: 800, height: 600 });
    expect(placed.words[0].box).toMatchObject({ x0: 30, y0: 25 });
  });
});

describe('cropRaster', () => {
  it('takes the part under a region in points and never nothing', () => {
    const whole = raster((x) => x % 256);
    const part = cropRaster(whole, { x0: 72, y0: 0, x1: 144, y1: 36 });
    expect([part.width, part.height, part.data[0]]).toEqual([100, 50, 100]);
    const outside = cropRaster(whole, { x0: 5000, y0: 5000, x1: 6000, y1: 6000 });
    expect([outside.width, outside.height]).toEqual([1, 1]);
  });
});
