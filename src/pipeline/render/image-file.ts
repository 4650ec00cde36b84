import type { Metadata, SharpOptions } from 'sharp';
import type { Box } from '../../document/geometry.js';
import type { Warning } from '../../document/page.js';
import type { Raster } from '../../document/raster.js';
import { LegibleError } from '../../errors.js';
import type { DocumentFile } from '../api.js';
import { type PixelWork, pixelsHere } from '../pixels/work.js';
import { readBmpHeader } from './bmp.js';
import type { ImageLimits } from './page-image.js';
import { imageDpi } from './resolution.js';
import { fromRaster, isLightOnNothing, loadSharp, toRaster } from './sharp.js';
import { unequalResolution } from './tiff-resolution.js';
import { cropRaster } from './turn.js';

/** What one page of an image file is, before its pixels are read. Pixels are those of the upright page. */
export interface ImageInfo {
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  /** Degrees clockwise by which EXIF says that the stored pixels must be turned. */
  readonly rotation: 0 | 90 | 180 | 270;
}

/** Formats whose pages are pages; in the others they are the frames of an animation. */
const PAGED_TYPES: readonly string[] = ['image/tiff'];
const BMP_TYPES: readonly string[] = ['image/bmp', 'image/x-ms-bmp'];
/** EXIF orientation to degrees clockwise; mirrored ones (2, 4, 5, 7) turn like their unmirrored neighbours. */
const EXIF_ROTATION = [0, 0, 0, 180, 180, 90, 90, 270, 270] as const;

/**
 * A standalone image: JPEG, PNG, WebP, GIF, AVIF, BMP or (all pages of a) TIFF. Decodes one page at a
 * time and keeps none. Errors: `damaged_file`, `page_too_large`.
 */
export class ImageFile {
  readonly pageCount: number;
  readonly warnings: readonly Warning[];
  readonly #file: DocumentFile;
  readonly #limits: ImageLimits;
  readonly #pixels: PixelWork;

  private constructor(file: DocumentFile, limits: ImageLimits, pixels: PixelWork, frames: number) {
    const isPaged = PAGED_TYPES.includes(file.mediaType);
    this.#file = file;
    this.#limits = limits;
    this.#pixels = pixels;
    this.pageCount = isPaged ? frames : 1;
    this.warnings =
      frames > 1 && !isPaged
        ? [{ code: 'animation', message: `The image has ${frames} frames; only the first was read.` }]
        : [];
  }

  static async open(file: DocumentFile, limits: ImageLimits, pixels = pixelsHere): Promise<ImageFile> {
    const frames = isBmp(file) ? 1 : ((await readMetadata(file, 0)).pages ?? 1);
    const image = new ImageFile(file, limits, pixels, frames);
    if (image.pageCount === 1) await image.info(1);
    return image;
  }

  async info(page: number): Promise<ImageInfo> {
    if (isBmp(this.#file)) {
      const { width, height, dpi } = readBmpHeader(this.#file.bytes);
      assertSize(page, width, Math.abs(height), this.#limits);
      return { width, height: Math.abs(height), dpi: imageDpi(width, height, dpi), rotation: 0 };
    }
    const metadata = await readMetadata(this.#file, page - 1);
    assertSize(page, metadata.width, metadata.height, this.#limits);
    const orientation = metadata.orientation ?? 1;
    const isTurned = orientation >= 5;
    const { x, y, finer } = this.#resolution(page) ?? { x: 1, y: 1, finer: metadata.density };
    // Pixels that are not square are made so, as fine as the finer side is.
    const [columns, rows] = [metadata.width * Math.max(1, y / x), metadata.height * Math.max(1, x / y)];
    const [width, height] = (isTurned ? [rows, columns] : [columns, rows]).map(Math.round);
    assertSize(page, width, height, this.#limits);
    const dpi = imageDpi(width, height, finer);
    return { width, height, dpi, rotation: EXIF_ROTATION[orientation] ?? 0 };
  }

  /** Pixels an inch across and down where they differ, and the higher of the two. */
  #resolution(page: number): { x: number; y: number; finer: number } | null {
    if (this.#file.mediaType !== 'image/tiff') return null;
    const found = unequalResolution(this.#file.bytes, page - 1);
    return found && { ...found, finer: Math.max(found.x, found.y) };
  }

  /** The page's pixels, upright by EXIF. `damaged` tells that part of the image is missing. */
  async read(
    page: number,
    color: 'gray' | 'rgb',
    signal?: AbortSignal,
  ): Promise<{ raster: Raster; damaged: boolean }> {
    const { dpi, width, height } = await this.info(page);
    if (isBmp(this.#file)) {
      const raster = await this.#pixels.for(signal)('decodeBmp', this.#file.bytes, dpi);
      if (color === 'rgb') return { raster, damaged: false };
      return { raster: await toRaster(await fromRaster(raster), 'gray', dpi), damaged: false };
    }
    const sharp = await loadSharp();
    const paper = await paperUnder(this.#file, page - 1);
    const decode = (failOn: SharpOptions['failOn']): Promise<Raster> => {
      const options = { limitInputPixels: this.#limits.maxPixels, page: page - 1, failOn };
      const upright = sharp(this.#file.bytes, options).autoOrient();
      const square = this.#resolution(page) ? upright.resize(width, height, { fit: 'fill' }) : upright;
      return toRaster(square, color, dpi, paper);
    };
    try {
      return { raster: await decode('error'), damaged: false };
    } catch {
      // What can still be decoded of a cut-off image is worth reading.
      try {
        return { raster: await decode('none'), damaged: true };
      } catch (error) {
        throw damagedImage(error);
      }
    }
  }

  /** The page or a region of it (points) at about `dpi`, for looking at. */
  async view(page: number, options: { dpi: number; region?: Box }): Promise<Raster> {
    const { raster } = await this.read(page, 'rgb');
    const part = options.region ? cropRaster(raster, options.region) : raster;
    const width = Math.max(1, Math.round((part.width * options.dpi) / raster.dpi));
    return toRaster((await fromRaster(part)).resize({ width }), 'rgb', options.dpi);
  }
}

const isBmp = (file: DocumentFile): boolean => BMP_TYPES.includes(file.mediaType);

/** Reads the header only; whoever decodes pixels afterwards has looked at the size in it. */
async function readMetadata(file: DocumentFile, page: number): Promise<Metadata> {
  const sharp = await loadSharp();
  try {
    return await sharp(file.bytes, { limitInputPixels: false, page, failOn: 'none' }).metadata();
  } catch (error) {
    throw damagedImage(error);
  }
}

/** What transparent parts of an image are laid on: white, but black where the print itself is light. */
async function paperUnder(file: DocumentFile, page: number): Promise<'#000000' | undefined> {
  const { hasAlpha } = await readMetadata(file, page);
  if (!hasAlpha) return undefined;
  const sharp = await loadSharp();
  return (await isLightOnNothing(sharp(file.bytes, { limitInputPixels: false, page, failOn: 'none' })))
    ? '#000000'
    : undefined;
}

function assertSize(page: number, width: number, height: number, { maxPixels }: ImageLimits): void {
  if (width < 1 || height < 1) throw damagedImage();
  if (width * height <= maxPixels) return;
  throw new LegibleError(
    'page_too_large',
    `Page ${page} has ${Math.round((width * height) / 1e6)} megapixels (${width} × ${height}); the limit is ${Math.round(maxPixels / 1e6)}.`,
    'Scale the image down, or raise --max-megapixels.',
  );
}

const damagedImage = (cause?: unknown): LegibleError =>
  new LegibleError(
    'damaged_file',
    'The image cannot be decoded: it is damaged or cut off.',
    'Open it in an image viewer; if it shows there, save it as PNG and submit that.',
    { cause },
  );
