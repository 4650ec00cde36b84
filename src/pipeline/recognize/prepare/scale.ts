import type { Sharp } from 'sharp';
import type { GrayImage } from './gray.js';

/**
 * The letter heights (pixels) between which the recogniser is at its best; an image outside is brought to `target`.
 * Measured: 10–12 pt text at 200 dpi (x-height about 15) reads as well as at 300 dpi and costs less; below 12 accuracy falls.
 */
export const TEXT_HEIGHT = { min: 13, target: 20, max: 34 };
/** Enlarging more invents nothing. */
const MAX_ENLARGEMENT = 4;
/** Pixels of the image handed to the recogniser: bounds time and memory. */
const MAX_PIXELS = 40_000_000;
/** Pixels that an image may be enlarged to: A4 at 400 dpi, where 5-point print has letters of 13 pixels. */
const MAX_ENLARGED_PIXELS = 16_000_000;
/** A factor this close to 1 is not worth a resampling. */
const SAME_SIZE = 0.03;
const PAPER = { r: 255, g: 255, b: 255 };

/** Factor that brings text of this height (0: unknown) to a good size; 1 leaves the image alone. */
export function scaleForText(
  textHeight: number,
  { width, height }: GrayImage,
  target: { readonly min: number; readonly target: number; readonly max: number } = TEXT_HEIGHT,
): number {
  let factor = 1;
  if (textHeight > 0 && (textHeight < target.min || textHeight > target.max)) {
    factor = Math.min(MAX_ENLARGEMENT, target.target / textHeight);
    const largest = Math.sqrt(MAX_ENLARGED_PIXELS / (width * height));
    if (factor > 1) factor = Math.max(1, Math.min(factor, largest));
  }
  const pixels = width * height * factor * factor;
  if (pixels > MAX_PIXELS) factor *= Math.sqrt(MAX_PIXELS / pixels);
  return Math.abs(factor - 1) < SAME_SIZE ? 1 : factor;
}

/** Resampled (Lanczos down, bicubic up) in sharp's own threads. */
export async function resize(image: GrayImage, factorX: number, factorY = factorX): Promise<GrayImage> {
  if (factorX === 1 && factorY === 1) return image;
  const width = Math.max(1, Math.round(image.width * factorX));
  const height = Math.max(1, Math.round(image.height * factorY));
  return pixels((await open(image)).resize(width, height, { fit: 'fill' }));
}

/** Turned clockwise by a small angle about its centre on white paper; the result is larger, its centre the same. */
export async function lean(image: GrayImage, degrees: number): Promise<GrayImage> {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turned = (await open(image)).affine([cos, -sin, sin, cos], {
    background: PAPER,
    interpolator: 'bicubic',
  });
  return pixels(turned);
}

/** Smoothed by a Gaussian; joins the dots of matrix printers and the breaks of faint print. */
export async function soften(image: GrayImage, sigma: number): Promise<GrayImage> {
  return pixels((await open(image)).blur(sigma));
}

async function open({ data, width, height }: GrayImage): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  return sharp(data, { raw: { width, height, channels: 1 }, limitInputPixels: false });
}

async function pixels(image: Sharp): Promise<GrayImage> {
  const { data, info } = await image.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
