import { type Box, boxHeight, boxWidth, median } from '../../document/geometry.js';
import type { Raster } from '../../document/raster.js';
import type { PdfEngine, PdfFile, PdfImage, PdfPage, RenderOptions } from '../../engines/pdf/port.js';
import { LegibleError } from '../../errors.js';
import type { PageFacts } from '../inspect/facts.js';
import type { ImageLimits, PageImage } from './page-image.js';
import { renderDpi } from './resolution.js';
import { loadSharp, toGray, toRaster } from './sharp.js';

/** Resolutions that differ by more than a rounding mean that the image is not placed as its box says. */
const DPI_TOLERANCE = 0.03;
/** A scan coarser than this is upscaled by the renderer no worse than by us, and with its page around it. */
const MIN_SCAN_DPI = 90;

export interface PdfPageSource {
  readonly engine: PdfEngine;
  /** Renders where `engine` fails to. */
  readonly second: () => Promise<PdfEngine>;
  readonly file: PdfFile;
  readonly page: PdfPage;
  readonly facts: PageFacts;
  readonly limits: ImageLimits;
}

/** The whole page as a gray image: the scan itself where one image is the page, else rendered. */
export async function pdfPageImage(
  source: PdfPageSource,
  signal: AbortSignal,
  withoutText = false,
): Promise<PageImage> {
  const { page, facts } = source;
  if (facts.scan) {
    const scan = await embeddedScan(source, facts.scan, signal);
    if (scan) return scan;
  }
  return renderArea(source, { x0: 0, y0: 0, x1: page.width, y1: page.height }, withoutText, signal);
}

/** A part of the page as a gray image. */
export async function renderArea(
  source: PdfPageSource,
  area: Box,
  withoutText: boolean,
  signal: AbortSignal,
): Promise<PageImage> {
  const { page, facts, limits } = source;
  const size = { width: boxWidth(area), height: boxHeight(area) };
  const textSize = median(page.words.map((word) => word.size));
  const sourceDpi = Math.max(
    0,
    ...facts.pictures.filter((picture) => covers(picture.box, area)).map(({ dpi }) => dpi),
  );
  const dpi = renderDpi(size, { textSize, sourceDpi }, limits.maxPixels);
  const isWhole = size.width >= page.width && size.height >= page.height;
  const options = { dpi, color: 'gray' as const, withoutText, ...(isWhole ? {} : { region: area }) };
  const { raster, by } = await renderWithEither(source, options, signal);
  const step = by === source.engine.name ? `rendered at ${dpi} dpi` : `rendered at ${dpi} dpi by ${by}`;
  return { raster: await toGray(raster), area, preparation: [step], rotation: 0 };
}

async function renderWithEither(
  { engine, second, file, page }: PdfPageSource,
  options: RenderOptions,
  signal: AbortSignal,
): Promise<{ raster: Raster; by: string }> {
  try {
    return { raster: await engine.render(file, page.number, options, signal), by: engine.name };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof LegibleError) || !error.retryable) throw error;
    const other = await second();
    return { raster: await other.render(file, page.number, options, signal), by: other.name };
  }
}

/** An image over most of an area settles its resolution. */
const covers = (image: Box, area: Box): boolean =>
  boxWidth(image) >= boxWidth(area) / 2 && boxHeight(image) >= boxHeight(area) / 2;

/** null where the embedded pixels cannot stand for the page after all. */
async function embeddedScan(
  { engine, file, page, limits }: PdfPageSource,
  image: PdfImage,
  signal: AbortSignal,
): Promise<PageImage | null> {
  const dpi = (image.width * 72) / boxWidth(image.box);
  if (dpi < MIN_SCAN_DPI || image.width * image.height > limits.maxPixels) return null;
  const raster = await extractGray(engine, file, page.number, image, dpi, limits, signal);
  if (!raster) return null;
  return {
    raster,
    area: image.box,
    preparation: [`embedded scan, ${Math.round(dpi)} dpi`],
    rotation: 0,
  };
}

async function extractGray(
  engine: PdfEngine,
  file: PdfFile,
  page: number,
  image: PdfImage,
  dpi: number,
  { maxPixels }: ImageLimits,
  signal: AbortSignal,
): Promise<Raster | null> {
  try {
    const extracted = await engine.extractImage(file, page, image.index, signal);
    if (extracted.kind === 'raster') {
      const off = Math.abs(extracted.raster.dpi / dpi - 1);
      return off > DPI_TOLERANCE ? null : { ...(await toGray(extracted.raster)), dpi };
    }
    // The JPEG's own EXIF orientation means nothing inside a PDF, so it is not applied.
    const sharp = await loadSharp();
    const decoded = sharp(extracted.bytes, { limitInputPixels: maxPixels, failOn: 'error' });
    const { width, height } = await decoded.metadata();
    return width === image.width && height === image.height ? await toRaster(decoded, 'gray', dpi) : null;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof LegibleError && error.code === 'cancelled') throw error;
    // A stream that only the renderer can decode, if anyone.
    return null;
  }
}
