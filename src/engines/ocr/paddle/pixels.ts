/** One channel, 8 bits, rows top to bottom. */
export interface Gray {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Resampled by the mean of the covered pixels where it shrinks, bilinear where it grows. */
export function resample(image: Gray, width: number, height: number): Gray {
  if (width === image.width && height === image.height) return image;
  const data = new Uint8Array(width * height);
  const columns = spans(image.width, width);
  const rows = spans(image.height, height);
  const line = new Float32Array(image.width);
  for (let y = 0; y < height; y++) {
    line.fill(0);
    for (const [row, weight] of rows[y]) {
      const offset = row * image.width;
      for (let x = 0; x < image.width; x++) line[x] += image.data[offset + x] * weight;
    }
    for (let x = 0; x < width; x++) {
      let value = 0;
      for (const [column, weight] of columns[x]) value += line[column] * weight;
      data[y * width + x] = value + 0.5;
    }
  }
  return { data, width, height };
}

/** For each target pixel the source pixels it is made of, with weights that sum to 1. */
function spans(from: number, to: number): [index: number, weight: number][][] {
  const factor = from / to;
  return Array.from({ length: to }, (_, target): [number, number][] => {
    if (factor <= 1) {
      const position = Math.min(Math.max((target + 0.5) * factor - 0.5, 0), from - 1);
      const left = Math.min(Math.floor(position), Math.max(0, from - 2));
      return from === 1
        ? [[0, 1]]
        : [
            [left, 1 - (position - left)],
            [left + 1, position - left],
          ];
    }
    const start = target * factor;
    const end = start + factor;
    const parts: [number, number][] = [];
    for (let i = Math.floor(start); i < Math.min(Math.ceil(end), from); i++) {
      parts.push([i, (Math.min(i + 1, end) - Math.max(i, start)) / factor]);
    }
    return parts;
  });
}

/** Bilinear value at a position; outside the image its border. */
export function sample({ data, width, height }: Gray, x: number, y: number): number {
  const clampedX = Math.min(Math.max(x, 0), width - 1);
  const clampedY = Math.min(Math.max(y, 0), height - 1);
  const left = Math.min(Math.floor(clampedX), Math.max(0, width - 2));
  const top = Math.min(Math.floor(clampedY), Math.max(0, height - 2));
  const right = Math.min(left + 1, width - 1);
  const bottom = Math.min(top + 1, height - 1);
  const ax = clampedX - left;
  const ay = clampedY - top;
  const upper = data[top * width + left] * (1 - ax) + data[top * width + right] * ax;
  const lower = data[bottom * width + left] * (1 - ax) + data[bottom * width + right] * ax;
  return upper * (1 - ay) + lower * ay;
}
