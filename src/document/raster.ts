/** An uncompressed image: 8 bits a channel, rows top to bottom without padding. */
export interface Raster {
  readonly data: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** 1 gray (0 black, 255 white) or 3 RGB. */
  readonly channels: 1 | 3;
  /** Pixels an inch of the page as printed; the scale between pixels and points is `72 / dpi`. */
  readonly dpi: number;
}

export const pixelsToPoints = (pixels: number, dpi: number): number => (pixels * 72) / dpi;
export const pointsToPixels = (points: number, dpi: number): number => (points * dpi) / 72;
