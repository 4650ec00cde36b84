import type { Raster } from '../../document/raster.js';

/** The raster as a binary PGM (gray) or PPM (RGB) file, in a buffer of its own that may be transferred. */
export function encodePnm(image: Raster): Uint8Array {
  const header = Buffer.from(`${image.channels === 1 ? 'P5' : 'P6'}\n${image.width} ${image.height}\n255\n`);
  const file = new Uint8Array(header.length + image.data.length);
  file.set(header);
  file.set(image.data, header.length);
  return file;
}
