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
  if (which === 'highest') return highest(image, radius);
  // One function for both: it is the inner loop of much, and stays fast as long as it does one thing.
  return inverse(highest(inverse(image), radius));
}

const inverse = (image: GrayImage): GrayImage => ({ ...image, data: image.data.map((level) => 255 - level) });

function highest({ data, width, height }: GrayImage, radius: number): GrayImage {
  const across = Uint8Array.from(data);
  for (let row = 0; row < data.length; row += width) {
    for (let x = 0; x < width; x++) {
      let level = data[row + x];
      const last = row + Math.min(width - 1, x + radius);
      for (let at = row + Math.max(0, x - radius); at <= last; at++) if (data[at] > level) level = data[at];
      across[row + x] = level;
    }
  }
  const along = Uint8Array.from(across);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const last = Math.min(height - 1, y + radius);
    for (let other = Math.max(0, y - radius); other <= last; other++) {
      for (let x = 0, from = other * width; x < width; x++, from++)
        if (across[from] > along[row + x]) along[row + x] = across[from];
    }
  }
  return { data: along, width, height };
}

/** The ground without the print on it: letters up to twice `radius` wide are filled with what is around them. */
export const closed = (image: GrayImage, radius: number): GrayImage =>
  extreme(extreme(image, radius, 'highest'), radius, 'lowest');
