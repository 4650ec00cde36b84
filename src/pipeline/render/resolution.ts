/** Pixels an inch at which Tesseract reads 10–12 point text best; more costs time and gains nothing. */
export const DEFAULT_DPI = 200;
/** Text under this size, in points, is small print and needs more pixels a letter. */
const SMALL_PRINT = 9;
const MAX_DPI = 400;
/** Finer scans gain nothing in recognition and cost the square in time. */
const MAX_SOURCE_DPI = 300;
/** Pixels of a Letter page at 200 dpi: a page or picture smaller than that was reduced, or is seen from close by. */
const ORDINARY_PIXELS = 3_740_000;
const MAX_REDUCED_DPI = 1_200;
/** Below this no ordinary text can be read. */
const MIN_DPI = 36;

/**
 * Resolution for rendering an area of `width` × `height` points for OCR. `textSize` is the smallest common
 * size known, in points, `sourceDpi` the resolution of the images on it; both may be 0 for unknown.
 */
export function renderDpi(
  area: { readonly width: number; readonly height: number },
  known: { readonly textSize: number; readonly sourceDpi: number },
  maxPixels: number,
): number {
  let dpi = DEFAULT_DPI;
  if (known.textSize > 0 && known.textSize < SMALL_PRINT) dpi *= SMALL_PRINT / known.textSize;
  dpi = Math.min(dpi, MAX_DPI);
  // A scan keeps its own pixels where they are of use: resampling blurs letters.
  const roomDpi = 72 * Math.sqrt(ORDINARY_PIXELS / Math.max(1, area.width * area.height));
  const usefulDpi = Math.min(known.sourceDpi, Math.max(MAX_SOURCE_DPI, roomDpi), MAX_REDUCED_DPI);
  return capDpi(area, Math.max(dpi, Math.round(usefulDpi)), maxPixels);
}

/** The resolution, lowered where the image would exceed `maxPixels`. */
export function capDpi(
  { width, height }: { readonly width: number; readonly height: number },
  dpi: number,
  maxPixels: number,
): number {
  const largest = 72 * Math.sqrt(maxPixels / Math.max(1, width * height));
  return Math.max(MIN_DPI, Math.floor(Math.min(dpi, largest)));
}

/** Cameras and screens write these for want of a better value. */
const SCREEN_DPI = [72, 96] as const;
/** Inches: a page is between a receipt's width and A2. */
const MIN_SHORT_SIDE = 2;
const MAX_SHORT_SIDE = 17;
const MAX_LONG_SIDE = 24;
/** Inches of the page that an image without resolution is taken for: Letter, the shorter and wider of the common two. */
const ASSUMED_SHORT_SIDE = 8.5;
const ASSUMED_LONG_SIDE = 11;
const ASSUMED_MIN_DPI = 72;
const ASSUMED_MAX_DPI = 600;
/** Strips such as receipts are taken by their short side only from this ratio on. */
const STRIP_RATIO = 2;
/** Inches: the width of a strip of paper. */
const STRIP_WIDTH = 3.15;

/**
 * Resolution of an image file. The one it states is believed when it makes a page of a plausible size;
 * else the page is taken for Letter-sized, or for a till roll's strip when it is long and narrow.
 */
export function imageDpi(width: number, height: number, stated: number | undefined): number {
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  if (stated !== undefined && isPlausible(short / stated, long / stated, stated)) return stated;
  const dpi =
    long / short >= STRIP_RATIO
      ? short / STRIP_WIDTH
      : Math.max(short / ASSUMED_SHORT_SIDE, long / ASSUMED_LONG_SIDE);
  return Math.min(ASSUMED_MAX_DPI, Math.max(ASSUMED_MIN_DPI, Math.round(dpi)));
}

function isPlausible(shortInches: number, longInches: number, dpi: number): boolean {
  const isScreen = (SCREEN_DPI as readonly number[]).includes(Math.round(dpi));
  const longest = isScreen ? ASSUMED_LONG_SIDE * 2 : MAX_LONG_SIDE;
  return (
    dpi >= SCREEN_DPI[0] &&
    shortInches >= MIN_SHORT_SIDE &&
    shortInches <= MAX_SHORT_SIDE &&
    longInches <= longest
  );
}
