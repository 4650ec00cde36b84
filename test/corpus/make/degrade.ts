import type { GrayImage } from './pdfium.js';

/** Seeded generator (mulberry32), uniform in [0, 1): the same damage on every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Each pixel's new value from its place and its old one. */
export function mapPixels(
  image: GrayImage,
  change: (value: number, x: number, y: number) => number,
): GrayImage {
  const pixels = new Uint8Array(image.pixels.length);
  for (let y = 0, i = 0; y < image.height; y++)
    for (let x = 0; x < image.width; x++, i++)
      pixels[i] = Math.max(0, Math.min(255, Math.round(change(image.pixels[i], x, y))));
  return { ...image, pixels };
}

/**
 * A new image whose pixel (x, y) shows the source at `from(x, y)`, bilinear; `ground` where that lies outside.
 */
export function warp(
  image: GrayImage,
  size: { width: number; height: number },
  from: (x: number, y: number) => readonly [number, number],
  ground: (x: number, y: number) => number = () => 255,
): GrayImage {
  const pixels = new Uint8Array(size.width * size.height);
  const at = (x: number, y: number) => image.pixels[y * image.width + x];
  for (let y = 0, i = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++, i++) {
      const [sx, sy] = from(x, y);
      const [left, top] = [Math.floor(sx), Math.floor(sy)];
      if (left < 0 || top < 0 || left >= image.width - 1 || top >= image.height - 1) {
        pixels[i] = ground(x, y);
        continue;
      }
      const [dx, dy] = [sx - left, sy - top];
      pixels[i] = Math.round(
        at(left, top) * (1 - dx) * (1 - dy) +
          at(left + 1, top) * dx * (1 - dy) +
          at(left, top + 1) * (1 - dx) * dy +
          at(left + 1, top + 1) * dx * dy,
      );
    }
  return { ...size, pixels };
}

/** Turns by a small angle about the middle, clockwise, keeping the size. */
export function skew(image: GrayImage, degrees: number): GrayImage {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [cx, cy] = [image.width / 2, image.height / 2];
  return warp(image, image, (x, y) => [
    cx + (x - cx) * cos + (y - cy) * sin,
    cy - (x - cx) * sin + (y - cy) * cos,
  ]);
}

/** Turns clockwise by quarter turns. */
export function turn(image: GrayImage, degrees: 90 | 180 | 270): GrayImage {
  const { width: w, height: h } = image;
  const size = degrees === 180 ? { width: w, height: h } : { width: h, height: w };
  const pixels = new Uint8Array(image.pixels.length);
  for (let y = 0, i = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++, i++) {
      const [sx, sy] =
        degrees === 90 ? [y, h - 1 - x] : degrees === 180 ? [w - 1 - x, h - 1 - y] : [w - 1 - y, x];
      pixels[i] = image.pixels[sy * w + sx];
    }
  return { ...size, pixels };
}

/** What a desk scanner adds: paper that is not quite white, ink that is not quite black, grain. `grain` in gray levels. */
export function scanned(image: GrayImage, seed: number, grain = 5): GrayImage {
  const random = seeded(seed);
  return mapPixels(
    image,
    (value) => 28 + (value * 218) / 255 + (random() + random() + random() - 1.5) * grain,
  );
}

export const invert = (image: GrayImage): GrayImage => mapPixels(image, (value) => 255 - value);
/** Black or white, split at the middle. */
export const bilevel = (image: GrayImage): GrayImage => mapPixels(image, (value) => (value < 128 ? 0 : 255));

/** A plane's projection: the photograph's corners (clockwise from the top left) of the page's corners. */
export function perspective(
  image: GrayImage,
  size: { width: number; height: number },
  corners: readonly (readonly [number, number])[],
  ground: (x: number, y: number) => number,
): GrayImage {
  // Square-to-quad mapping after Heckbert (1989), inverted pixel by pixel through its adjugate.
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners;
  const [dx1, dx2, dx3] = [x1 - x2, x3 - x2, x0 - x1 + x2 - x3];
  const [dy1, dy2, dy3] = [y1 - y2, y3 - y2, y0 - y1 + y2 - y3];
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / determinant;
  const h = (dx1 * dy3 - dx3 * dy1) / determinant;
  const [a, b, c] = [x1 - x0 + g * x1, x3 - x0 + h * x3, x0];
  const [d, e, f] = [y1 - y0 + g * y1, y3 - y0 + h * y3, y0];
  const inverse = [
    e - f * h,
    c * h - b,
    b * f - c * e,
    f * g - d,
    a - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
  return warp(
    image,
    size,
    (x, y) => {
      const w = inverse[6] * x + inverse[7] * y + inverse[8];
      const u = (inverse[0] * x + inverse[1] * y + inverse[2]) / w;
      const v = (inverse[3] * x + inverse[4] * y + inverse[5]) / w;
      return [u * image.width, v * image.height];
    },
    ground,
  );
}
