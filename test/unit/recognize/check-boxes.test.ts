import { describe, expect, it } from 'vitest';
import { findFrames } from '#legible/pipeline/recognize/check-boxes/find-frames.js';

const [WIDTH, HEIGHT] = [600, 300];
/** Height of small letters at ten points and 200 dpi. */
const TEXT_HEIGHT = 14;

type Dark = (x: number, y: number) => boolean;

/** A page with grain on which `parts` are dark. */
function page(...parts: readonly Dark[]) {
  const data = new Uint8Array(WIDTH * HEIGHT);
  let seed = 1;
  for (let i = 0; i < data.length; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    data[i] = (parts.some((isDark) => isDark(x, y)) ? 50 : 235) + (seed >>> 28);
  }
  return { data, width: WIDTH, height: HEIGHT };
}

const bar =
  (x0: number, y0: number, x1: number, y1: number): Dark =>
  (x, y) =>
    x >= x0 && x < x1 && y >= y0 && y < y1;
const frame =
  (left: number, top: number, side = 28, line = 2): Dark =>
  (x, y) =>
    bar(left, top, left + side, top + side)(x, y) &&
    !bar(left + line, top + line, left + side - line, top + side - line)(x, y);
const ring =
  (left: number, top: number, side: number, line: number): Dark =>
  (x, y) => {
    const distance = Math.hypot(x - left - side / 2, y - top - side / 2);
    return distance <= side / 2 && distance >= side / 2 - line;
  };
const stroke =
  (x0: number, y0: number, x1: number, y1: number, width = 3): Dark =>
  (x, y) => {
    const length = Math.hypot(x1 - x0, y1 - y0);
    const along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length;
    const across = Math.abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length;
    return along >= 0 && along <= length && across <= width / 2;
  };

const found = (...parts: readonly Dark[]) => findFrames(page(...parts), TEXT_HEIGHT);
const contents = (...parts: readonly Dark[]) =>
  found(...parts).frames.map(({ box, look }) => `${box.x0},${box.y0} ${look.content}`);

describe('frames of check boxes on a page image', () => {
  it('are empty or marked', () => {
    expect(contents(frame(100, 100))).toEqual(['100,100 empty']);
    const cross = [stroke(106, 106, 122, 122), stroke(122, 106, 106, 122)];
    expect(contents(frame(100, 100), ...cross)).toEqual(['100,100 marked']);
    expect(contents(frame(100, 100), bar(108, 108, 120, 120))).toEqual(['100,100 marked']);
  });

  it('are found where a tick runs over their edge', () => {
    const tick = [stroke(106, 114, 112, 122), stroke(112, 122, 138, 90)];
    expect(contents(frame(100, 100), ...tick)).toEqual(['100,100 marked']);
  });

  it('are taken out of the image, their letters are not', () => {
    const { image } = found(frame(100, 100), bar(150, 104, 153, 124));
    const darkIn = (x0: number, x1: number): number => {
      let dark = 0;
      for (let y = 90; y < 140; y++)
        for (let x = x0; x < x1; x++) if (image!.data[y * WIDTH + x] < 150) dark++;
      return dark;
    };
    expect(darkIn(95, 135)).toBe(0);
    expect(darkIn(148, 156)).toBe(60);
  });

  it('stand beside a rule of their table', () => {
    expect(contents(frame(100, 100), bar(95, 20, 97, 280))).toEqual(['100,100 empty']);
  });

  it('are no round letters, thin or bold', () => {
    expect(contents(ring(100, 100, 20, 3), ring(160, 100, 28, 5), ring(220, 100, 40, 4))).toEqual([]);
  });

  it('are no cells of a grid and no frames in a row', () => {
    const lines = [100, 140, 180].flatMap((at) => [bar(100, at, 182, at + 2), bar(at, 100, at + 2, 182)]);
    expect(contents(...lines)).toEqual([]);
    expect(contents(...[0, 1, 2, 3].map((index) => frame(100 + index * 34, 100)))).toEqual([]);
  });

  it('are no letters within a word', () => {
    expect(contents(bar(92, 100, 95, 128), frame(100, 108, 20), bar(124, 100, 127, 128))).toEqual([]);
  });

  it('are told from what is filled evenly, which is left as it is', () => {
    const { frames, image } = found(bar(100, 100, 128, 128));
    expect(frames.map(({ look }) => look.content)).toEqual(['solid']);
    expect(image).toBeUndefined();
  });
});
