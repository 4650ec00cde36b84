import type { Box } from '../../document/geometry.js';
import type { Raster } from '../../document/raster.js';

/** A page, or a part of it, as an image for OCR, with the evidence of how it came about. */
export interface PageImage {
  readonly raster: Raster;
  /** The part of the upright page, in points, that the image shows. */
  readonly area: Box;
  /** For people, e.g. `embedded scan, 300 dpi`. */
  readonly preparation: readonly string[];
  /** EXIF and the like: degrees clockwise by which the source was turned for this image. */
  readonly rotation: 0 | 90 | 180 | 270;
}

/** Limits on one page image. */
export interface ImageLimits {
  /** Pixels of one image; larger pages are rendered more coarsely, larger files refused. */
  readonly maxPixels: number;
}
