import { createHash } from 'node:crypto';
import type { Raster } from '../../../document/raster.js';

/** The same for images of equal size, resolution and pixels only. */
export function fingerprint({ width, height, channels, dpi, data }: Raster): string {
  return createHash('sha256').update(`${width} ${height} ${channels} ${dpi} `).update(data).digest('base64');
}
