import type { GrayImage } from './gray.js';

export type QuarterTurn = 0 | 90 | 180 | 270;

/** The image turned clockwise by a multiple of 90 degrees; no pixel is resampled. */
export function turn(image: GrayImage, degrees: QuarterTurn): GrayImage {
  const { data, width, height } = image;
  if (degrees === 0) return image;
  const turned = new Uint8Array(data.length);
  if (degrees === 180) {
    for (let i = 0, j = data.length - 1; i < data.length; i++, j--) turned[j] = data[i];
    return { data: turned, width, height };
  }
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const to = degrees === 90 ? x * height + (height - 1 - y) : (width - 1 - x) * height + y;
      turned[to] = data[row + x];
    }
  }
  return { data: turned, width: height, height: width };
}

/** The part of an image; clipped to it. */
export function crop(image: GrayImage, left: number, top: number, right: number, bottom: number): GrayImage {
  const x0 = Math.max(0, Math.floor(left));
  const y0 = Math.max(0, Math.floor(top));
  const x1 = Math.min(image.width, Math.ceil(right));
  const y1 = Math.min(image.height, Math.ceil(bottom));
  const data = new Uint8Array((x1 - x0) * (y1 - y0));
  for (let y = y0; y < y1; y++) {
    data.set(image.data.subarray(y * image.width + x0, y * image.width + x1), (y - y0) * (x1 - x0));
  }
  return { data, width: x1 - x0, height: y1 - y0 };
}

/** Share of the image's longer side that a strip is high. */
const STRIP = 0.25;

/** A strip across the middle of the image turned clockwise by a multiple of 90 degrees. */
export function turnedStrip(image: GrayImage, degrees: QuarterTurn): GrayImage {
  const turned = turn(image, degrees);
  const height = Math.max(turned.height, turned.width) * STRIP;
  const top = (turned.height - height) / 2;
  return crop(turned, 0, top, turned.width, top + height);
}
