import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js';
import type { Raster } from '../../../document/raster.js';
import { uprightMatrix } from '../matrix.js';
import { noSuchImage, pageTooLarge, undecodableImage } from '../pdf-errors.js';
import { type ImageCandidate, placedDpi } from '../placed-images.js';
import type { ExtractedImage } from '../port.js';
import { readContent } from './content.js';
import type { PdfjsPage } from './document.js';
import type { DecodedImage, PaintedImage } from './painter.js';

/** pdf.js's ImageKind. */
const KIND_BILEVEL = 1;
const KIND_RGB = 2;
const KIND_RGBA = 3;
/** Pixels looked at to tell whether an image is solid, and the alpha (of 255) that counts as solid. */
const SAMPLES = 100_000;
const SOLID = 250;
/** Milliseconds after which an image that was announced will not come any more. */
const OBJECT_TIMEOUT = 10_000;

export async function imageCandidates(
  page: PDFPageProxy,
  images: readonly PaintedImage[],
): Promise<ImageCandidate[]> {
  return Promise.all(
    images.map(async (image, index) => {
      const decoded = image.stencil
        ? undefined
        : await decodedImage(page, image.source).catch(() => undefined);
      return {
        index,
        matrix: image.matrix,
        clip: image.clip,
        width: decoded?.width ?? image.width,
        height: decoded?.height ?? image.height,
        // pdf.js decodes before it tells of an image, and keeps no word of how it was stored.
        filter: '',
        order: image.order,
        transparent: image.transparent || (decoded !== undefined && isSeeThrough(decoded)),
        stencil: image.stencil,
      };
    }),
  );
}

/** The decoded pixels; pdf.js does not give the stored bytes. */
export async function extractPdfjsImage(
  page: PdfjsPage,
  index: number,
  maxPixels: number,
): Promise<ExtractedImage> {
  const { proxy, number, frame } = page;
  const noTags = { tagOf: () => undefined, artifact: () => undefined };
  const { images } = await readContent(proxy, uprightMatrix(frame), noTags);
  const image = images[index];
  if (!image) throw noSuchImage(number, index);
  if (image.width * image.height > maxPixels) {
    throw pageTooLarge(number, image.width, image.height, maxPixels);
  }
  const decoded = await decodedImage(proxy, image.source).catch((cause) => {
    throw undecodableImage(number, index, cause);
  });
  const data = decoded && toPixels(decoded);
  if (!decoded || !data) throw undecodableImage(number, index);
  const { width, height } = decoded;
  const dpi = placedDpi(image.matrix, width);
  return { kind: 'raster', raster: { ...data, width, height, dpi } };
}

/** Some of a sample of its pixels let the page through. */
function isSeeThrough({ kind, data }: DecodedImage): boolean {
  if (kind !== KIND_RGBA || !data) return false;
  const step = 4 * Math.max(1, Math.floor(data.length / 4 / SAMPLES));
  for (let i = 3; i < data.length; i += step) if (data[i] < SOLID) return true;
  return false;
}

/** Waits for the page object of that name. */
function decodedImage(page: PDFPageProxy, source: string | DecodedImage): Promise<DecodedImage | undefined> {
  if (typeof source !== 'string') return Promise.resolve(source);
  const objects = source.startsWith('g_') ? page.commonObjs : page.objs;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the image did not come')), OBJECT_TIMEOUT);
    objects.get(source, (image: unknown) => {
      clearTimeout(timer);
      resolve((image as DecodedImage | null) ?? undefined);
    });
  });
}

function toPixels({
  kind,
  data,
  width,
  height,
}: DecodedImage): Pick<Raster, 'data' | 'channels'> | undefined {
  if (!data) return undefined;
  if (kind === KIND_RGB) return { data: Uint8Array.from(data), channels: 3 };
  if (kind === KIND_RGBA) {
    const rgb = new Uint8Array(width * height * 3);
    for (let i = 0, j = 0; j < rgb.length; i += 4) {
      rgb[j++] = data[i];
      rgb[j++] = data[i + 1];
      rgb[j++] = data[i + 2];
    }
    return { data: rgb, channels: 3 };
  }
  if (kind !== KIND_BILEVEL) return undefined;
  const gray = new Uint8Array(width * height);
  const stride = (width + 7) >> 3;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      gray[y * width + x] = data[y * stride + (x >> 3)] & (0x80 >> (x & 7)) ? 255 : 0;
    }
  }
  return { data: gray, channels: 1 };
}
