import type { GrayImage } from './gray.js';

/** A copy of at most `side` pixels a side, each the mean of what it stands for; `factor` pixels of the image make one. */
export function reduce(image: GrayImage, side: number): GrayImage & { readonly factor: number } {
  const factor = Math.max(1, Math.ceil(Math.max(image.width, image.height) / side));
  const width = Math.max(1, Math.floor(image.width / factor));
  const height = Math.max(1, Math.floor(image.height / factor));
  const data = new Uint8Array(width * height);
  const sums = new Uint32Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let row = y * factor; row < (y + 1) * factor; row++) {
      let at = row * image.width;
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let i = 0; i < factor; i++) sum += image.data[at++];
        sums[x] += sum;
      }
    }
    for (let x = 0; x < width; x++) data[y * width + x] = sums[x] / (factor * factor);
  }
  return { data, width, height, factor };
}

/** Each pixel the highest (or lowest) of those at most `radius` away, across and along. */
export function extreme(image: GrayImage, radius: number, which: 'highest' | 'lowest'): GrayImage {
  const better = which === 'highest' ? Math.max : Math.min;
  const { width, height } = image;
  const pass = (from: Uint8Array, count: number, lines: number, step: number, lineStep: number) => {
    const to = new Uint8Array(from.length);
    for (let line = 0; line < lines; line++) {
      for (let i = 0; i < count; i++) {
        let value = from[line * lineStep + i * step];
        const last = Math.min(count - 1, i + radius);
        for (let j = Math.max(0, i - radius); j <= last; j++)
          value = better(value, from[line * lineStep + j * step]);
        to[line * lineStep + i * step] = value;
      }
    }
    return to;
  };
  const across = pass(image.data, width, height, 1, width);
  return { data: pass(across, height, width, width, 1), width, height };
}

/** The ground without the print on it: letters up to twice `radius` wide are filled with what is around them. */
export const closed = (image: GrayImage, radius: number): GrayImage =>
  extreme(extreme(image, radius, 'highest'), radius, 'lowest');
