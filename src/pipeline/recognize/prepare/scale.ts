import type { GrayImage } from './gray.js';

/**
 * The letter heights (pixels) between which the recogniser is at its best; an image outside is brought to `target`.
 * Measured: 10–12 pt text at 200 dpi (x-height about 15) reads as well as at 300 dpi and costs less; below 12 accuracy falls.
 */
export const TEXT_HEIGHT = { min: 13, target: 20, max: 32 };
/** Enlarging more invents nothing. */
const MAX_ENLARGEMENT = 4;
/** Pixels of the image handed to the recogniser: bounds time and memory. */
const MAX_PIXELS = 40_000_000;

/** Factor that brings text of this height (0: unknown) to a good size; 1 leaves the image alone. */
export function scaleForText(textHeight: number, { width, height }: GrayImage): number {
  let factor = 1;
  if (textHeight > 0 && (textHeight < TEXT_HEIGHT.min || textHeight > TEXT_HEIGHT.max)) {
    factor = Math.min(MAX_ENLARGEMENT, TEXT_HEIGHT.target / textHeight);
  }
  const pixels = width * height * factor * factor;
  return pixels > MAX_PIXELS ? factor * Math.sqrt(MAX_PIXELS / pixels) : factor;
}

/** Resampled (Lanczos down, bicubic up) in sharp's own threads. */
export async function resize(image: GrayImage, factor: number): Promise<GrayImage> {
  if (factor === 1) return image;
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: 1 },
    limitInputPixels: false,
  })
    .resize(Math.max(1, Math.round(image.width * factor)), Math.max(1, Math.round(image.height * factor)), {
      fit: 'fill',
    })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
