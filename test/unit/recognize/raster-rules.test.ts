import { describe, expect, it } from 'vitest';
import type { Raster } from '#legible/document/raster.js';
import { findRasterRules } from '#legible/pipeline/recognize/raster-rules.js';

const DPI = 200;

/** A white gray page of 3 × 2 inches with black rectangles `[x0, y0, x1, y1]` in pixels, or of the given gray. */
function page(rectangles: readonly (readonly [number, number, number, number, number?])[]): Raster {
  const width = 600;
  const height = 400;
  const data = new Uint8Array(width * height).fill(250);
  for (const [x0, y0, x1, y1, gray = 20] of rectangles)
    for (let y = y0; y < y1; y++) data.fill(gray, y * width + x0, y * width + x1);
  return { data, width, height, channels: 1, dpi: DPI };
}

describe('ruling lines on a page image', () => {
  it('finds horizontal and vertical rules and gives them in points', () => {
    const rules = findRasterRules(
      page([
        [50, 100, 550, 102],
        [300, 40, 302, 300],
      ]),
    );
    expect(rules.map((r) => r.orientation).sort()).toEqual(['horizontal', 'vertical']);
    const horizontal = rules.find((r) => r.orientation === 'horizontal')!;
    expect(horizontal.box.x0).toBeCloseTo(18, 1);
    expect(horizontal.box.x1).toBeCloseTo(198, 1);
    expect(horizontal.box.y0).toBeCloseTo(36, 1);
    const vertical = rules.find((r) => r.orientation === 'vertical')!;
    expect(vertical.box.x0).toBeCloseTo(108, 1);
    expect(vertical.box.y1).toBeCloseTo(108, 1);
  });

  it('follows a rule that leans a little as one rule', () => {
    // Four pixels of rise over 500: under half a degree.
    const steps = Array.from(
      { length: 5 },
      (_, i) => [50 + i * 100, 100 + i, 150 + i * 100, 102 + i] as const,
    );
    const rules = findRasterRules(page(steps));
    expect(rules).toHaveLength(1);
    expect(rules[0].box.x1 - rules[0].box.x0).toBeCloseTo(180, 0);
    expect(rules[0].box.y1 - rules[0].box.y0).toBeLessThan(2);
  });

  it('sees a fine grey line and one with specks missing', () => {
    const broken = Array.from({ length: 12 }, (_, i) => [50 + i * 40, 200, 88 + i * 40, 202] as const);
    expect(findRasterRules(page([[50, 100, 550, 101, 130], ...broken]))).toHaveLength(2);
  });

  it('takes no letters, thick bars or slanted strokes for rules', () => {
    const letters = Array.from({ length: 20 }, (_, i) => [50 + i * 25, 100, 66 + i * 25, 124] as const);
    const bar = [50, 200, 550, 260] as const;
    const slant = Array.from(
      { length: 100 },
      (_, i) => [100 + i * 2, 280 + i, 104 + i * 2, 281 + i] as const,
    );
    expect(findRasterRules(page([...letters, bar, ...slant]))).toEqual([]);
  });

  it('finds nothing on a blank page', () => {
    expect(findRasterRules(page([]))).toEqual([]);
  });
});
