import type { Box } from '../../document/geometry.js';
import { pointsToPixels, type Raster } from '../../document/raster.js';
import { fromRaster, toRaster } from './sharp.js';

/** Turns an image by `degrees` clockwise, a multiple of 90, and cuts `region` (points) out of the turned image. */
export async function turnRaster(raster: Raster, degrees: number, region?: Box): Promise<Raster> {
  const color = raster.channels === 1 ? 'gray' : 'rgb';
  const turned = await toRaster((await fromRaster(raster)).rotate(degrees), color, raster.dpi);
  return region ? cropRaster(turned, region) : turned;
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
