import { describe, expect, it } from 'vitest';
import { pixelsHere } from '#legible/pipeline/pixels/work.js';
import { connectedComponents } from '#legible/pipeline/recognize/prepare/components.js';
import { histogram, invert, otsuThreshold } from '#legible/pipeline/recognize/prepare/gray.js';
import { measureText } from '#legible/pipeline/recognize/prepare/measure.js';
import { preparePage } from '#legible/pipeline/recognize/prepare/page.js';
import { lean, resize, scaleForText } from '#legible/pipeline/recognize/prepare/scale.js';
import { turn } from '#legible/pipeline/recognize/prepare/turn.js';
import { grayRaster, PARAGRAPHS } from '../../contract/ocr-engine.js';

const page = await grayRaster(PARAGRAPHS);
const size = { width: page.width * 0.36, height: page.height * 0.36 };
const run = pixelsHere.for();
const neverAsked = () => Promise.reject(new Error('an upright page needs no orientation detection'));

describe('connectedComponents', () => {
  it('joins what touches, diagonals included, and keeps apart what does not', () => {
    const rows = ['#..##', '.#...', '..#.#', '....#', '#.#.#', '#.#..', '###..'];
    const data = Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 0 : 255));
    const components = connectedComponents({ data, width: 5, height: rows.length }, 100);
    expect(components.map(({ x0, y0, x1, y1, ink }) => [x0, y0, x1, y1, ink])).toEqual([
      [0, 0, 3, 3, 3],
      [3, 0, 5, 1, 2],
      [4, 2, 5, 5, 3],
      [0, 4, 3, 7, 7],
    ]);
  });
});

describe('otsuThreshold', () => {
  it('separates ink from paper', () => {
    const data = Uint8Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? 40 + (i % 7) : 200 + (i % 9)));
    const threshold = otsuThreshold(histogram({ data, width: 100, height: 10 }));
    expect(threshold).toBeGreaterThanOrEqual(46);
    expect(threshold).toBeLessThan(200);
  });
});

describe('measureText', () => {
  it('finds the height of letters at different resolutions', async () => {
    expect(measureText(page).textHeight).toBeCloseTo(17.5, -0.5);
    const half = measureText(await resize(page, 0.5)).textHeight;
    expect(half).toBeGreaterThan(7);
    expect(half).toBeLessThan(13);
  });

  it.each([-6, -2.5, -0.4, 0, 0.7, 3, 7])('finds a lean of %d°', async (degrees) => {
    const { direction } = measureText(await lean(page, degrees));
    expect(direction?.sideways).toBe(false);
    expect(Math.abs(direction!.skew - degrees)).toBeLessThan(0.3);
  });

  it.each([90, 270] as const)('sees that lines run up or down after a turn by %d°', (degrees) => {
    expect(measureText(turn(page, degrees)).direction?.sideways).toBe(true);
  });

  it('sees that the page may stand on its head, and that an upright one does not', () => {
    expect(measureText(turn(page, 180)).direction?.maybeUpsideDown).toBe(true);
    expect(measureText(page).direction?.maybeUpsideDown).toBe(false);
  });

  it('tells light text on a dark page from dark text on a page that lies on a dark table', () => {
    expect(measureText(invert(page)).inverted).toBe(true);
    const [width, height] = [page.width * 2, page.height * 2];
    const table = new Uint8Array(width * height).fill(20);
    for (let y = 0; y < page.height; y++) {
      table.set(page.data.subarray(y * page.width, (y + 1) * page.width), (y + 100) * width + 200);
    }
    expect(measureText({ data: table, width, height }).inverted).toBe(false);
  });

  it('gives no direction for an empty page', () => {
    const blank = { data: new Uint8Array(10_000).fill(255), width: 100, height: 100 };
    expect(measureText(blank)).toEqual({
      textHeight: 0,
      inverted: false,
      speckled: false,
      direction: null,
    });
  });
});

describe('preparePage', () => {
  it('leaves a good page alone', async () => {
    const prepared = await preparePage(page, size, { findOrientation: neverAsked, run });
    expect(prepared).toMatchObject({ ...size, rotation: 0, skew: 0, steps: [] });
    expect(prepared.image.data).toBe(page.data);
  });

  it('turns, straightens and inverts, and says so', async () => {
    const odd = invert(turn(await lean(page, 2), 90));
    const asked: number[][] = [];
    const prepared = await preparePage(
      odd,
      { width: 200, height: (200 * odd.height) / odd.width },
      {
        findOrientation: (_, candidates) => {
          asked.push([...candidates]);
          return Promise.resolve(270);
        },
        run,
      },
    );
    expect(asked).toEqual([[90, 270]]);
    expect(prepared.rotation).toBe(270);
    expect(prepared.skew).toBeCloseTo(2, 0);
    expect(prepared.steps).toEqual([
      'inverted',
      'turned by 270°',
      expect.stringMatching(/^deskewed by [12]\.\d°$/),
    ]);
    expect(prepared.height).toBeCloseTo(200, 5);
  });

  it('makes the pixels of a fax square', async () => {
    const fax = await resize(page, 1, 0.5);
    const prepared = await preparePage(fax, size, { findOrientation: neverAsked, run });
    expect(prepared.steps).toEqual(['pixels made square']);
    expect(prepared.image.height).toBeCloseTo(page.height, -1);
  });
});

describe('scaleForText', () => {
  it('leaves good sizes alone, brings others to the target and never exceeds the pixel limit', () => {
    expect(scaleForText(0, page)).toBe(1);
    expect(scaleForText(18, page)).toBe(1);
    expect(scaleForText(10, page)).toBeCloseTo(2);
    expect(scaleForText(60, page)).toBeCloseTo(1 / 3);
    const huge = { data: new Uint8Array(), width: 10_000, height: 10_000 };
    expect(scaleForText(6, huge)).toBeLessThan(0.64);
  });
});
