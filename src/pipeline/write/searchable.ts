import type { Page } from '../../document/block.js';
import type { Word } from '../../document/word.js';
import type { ImagePage, TextLayer } from '../../engines/pdf/port.js';
import { backToArea } from '../recognize/region-frame.js';
import { encodeImage } from '../render/sharp.js';
import type { PageSource } from '../source.js';

/** The picture of a scanned page in the new PDF; what scanners usually deliver. */
const IMAGE_DPI = 200;
/** Pages are JPEG when PNG would be larger than this. */
const MAX_PNG_BYTES = 300_000;

/** The recognised words of a page; those of the text layer are in the PDF already. */
const recognizedWords = (page: Page): Word[] =>
  page.blocks
    .flatMap((block) => block.lines.flatMap((line) => line.words))
    .filter((word) => page.source === 'ocr' || word.line !== undefined);

/**
 * Text layers for the pages of a PDF that were recognised, in the frame of the file: words of a page
 * that was turned or straightened for reading go back to where they are printed. `rotations` are the
 * pages' own /Rotate.
 */
export function textLayers(pages: readonly Page[], rotations: ReadonlyMap<number, number>): TextLayer[] {
  return pages
    .filter((page) => page.source === 'ocr' || page.source === 'mixed')
    .map((page) => {
      const turned = (page.rotation - (rotations.get(page.number) ?? 0) + 360) % 360;
      const rotation = turned as Page['rotation'];
      const { width, height, skew = 0 } = page;
      const isSideways = rotation === 90 || rotation === 270;
      const asFiled = { x0: 0, y0: 0, x1: isSideways ? height : width, y1: isSideways ? width : height };
      const words = recognizedWords(page);
      const asPrinted =
        rotation === 0 && skew === 0 ? words : backToArea(words, { width, height, rotation, skew }, asFiled);
      return { page: page.number, words: asPrinted };
    });
}

/** Upright, straightened pictures of an image file's pages with their words. */
export async function imagePages(
  pages: readonly Page[],
  view: PageSource['view'],
  signal?: AbortSignal,
): Promise<ImagePage[]> {
  const made: ImagePage[] = [];
  for (const page of pages) {
    const { rotation, skew, width, height } = page;
    const raster = await view(page.number, { dpi: IMAGE_DPI, rotation, skew }, signal);
    const { bytes, mediaType } = await encodeImage(raster, MAX_PNG_BYTES);
    made.push({
      bytes,
      format: mediaType === 'image/jpeg' ? 'jpeg' : 'png',
      width,
      height,
      words: recognizedWords(page),
    });
  }
  return made;
}
