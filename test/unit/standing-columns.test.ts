import { describe, expect, it } from 'vitest';
import type { NativeWord } from '#legible/engines/pdf/port.js';
import { joinStandingColumns } from '#legible/engines/pdf/standing-columns.js';

const EM = 10;
const style = { font: 'Serif', bold: false, italic: false, mono: false };
const sign = (text: string, x: number, y: number): NativeWord => ({
  text,
  box: { x0: x, y0: y, x1: x + EM * text.length, y1: y + EM },
  baseline: y + EM * 0.9,
  size: EM,
  confidence: 100,
  style,
});
/** Signs below each other, the first at (x, y). */
const down = (text: string, x: number, y: number): NativeWord[] =>
  [...text].map((one, i) => sign(one, x, y + i * EM));

describe('vertical writing that was placed sign by sign', () => {
  it('becomes one word a column, which reads downwards', () => {
    const words = joinStandingColumns([...down('春の朝に、', 200, 50), ...down('川が流れる。', 180, 50)]);
    expect(words.map(({ text, angle }) => [text, angle])).toEqual([
      ['春の朝に、', 90],
      ['川が流れる。', 90],
    ]);
    expect(words[1].box).toEqual({ x0: 180, y0: 50, x1: 190, y1: 110 });
  });

  it('is not seen in signs that follow each other along a line, nor in the cells of a column beside text', () => {
    const along = [...'春の朝に川が'].map((one, i) => sign(one, 50 + i * EM * 1.5, 50));
    expect(joinStandingColumns(along)).toEqual(along);
    const cells = [...down('男女男女', 50, 100), sign('村の人々は早くから畑に出て働いた', 50, 50)];
    expect(joinStandingColumns(cells)).toEqual(cells);
  });
});
