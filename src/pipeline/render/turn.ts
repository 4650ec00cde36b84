import type { Box } from '../../document/geometry.js';
import { pointsToPixels, type Raster } from '../../document/raster.js';
import { fromRaster, toRaster } from './sharp.js';

/** How a page was turned for reading; see `PageRecord`. */
export interface Turn {
  /** Degrees clockwise, a multiple of 90. */
  readonly rotation: number;
  /** Degrees clockwise by which the page leaned after that, and is turned back. */
  readonly skew: number;
}

/** Turns an image as its page was turned for reading, and cuts `region` (points) out of the turned image. */
export async function turnRaster(raster: Raster, { rotation, skew }: Turn, region?: Box): Promise<Raster> {
  const color = raster.channels === 1 ? 'gray' : 'rgb';
  let turned = raster;
  if (rotation !== 0) turned = await toRaster((await fromRaster(raster)).rotate(rotation), color, raster.dpi);
  if (skew !== 0) turned = await straighten(turned, skew, color);
  return region ? cropRaster(turned, region) : turned;
}

/** Keeps the size and the centre: what leaned out of the corners is lost. */
async function straighten(raster: Raster, skew: number, color: 'gray' | 'rgb'): Promise<Raster> {
  const { width, height, dpi } = raster;
  const grown = await toRaster(
    (await fromRaster(raster)).rotate(-skew, { background: '#ffffff' }),
    color,
    dpi,
  );
  const left = (((grown.width - width) / 2) * 72) / dpi;
  const top = (((grown.height - height) / 2) * 72) / dpi;
  return cropRaster(grown, {
    x0: left,
    y0: top,
    x1: left + (width * 72) / dpi,
    y1: top + (height * 72) / dpi,
  });
}

/** The part of an image under `region` (points), at least one pixel. */
export function cropRaster(raster: Raster, region: Box): Raster {
  const { data, width, height, channels, dpi } = raster;
  const pixel = (points: number, limit: number): number =>
    Math.max(0, Math.min(limit, Math.round(pointsToPixels(points, dpi))));
  const left = Math.min(pixel(region.x0, width), width - 1);
  const top = Math.min(pixel(region.y0, height), height - 1);
  const right = Math.max(left + 1, pixel(region.x1, width));
  const bottom = Math.max(top + 1, pixel(region.y1, height));
  const rowBytes = (right - left) * channels;
  const cropped = new Uint8Array(rowBytes * (bottom - top));
  for (let y = top; y < bottom; y++) {
    const start = (y * width + left) * channels;
    cropped.set(data.subarray(start, start + rowBytes), (y - top) * rowBytes);
  }
  return { data: cropped, width: right - left, height: bottom - top, channels, dpi };
}
