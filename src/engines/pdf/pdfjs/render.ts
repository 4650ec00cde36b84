import type { Raster } from '../../../document/raster.js';
import { LegibleError } from '../../../errors.js';
import { uprightSize } from '../matrix.js';
import { pageTooLarge } from '../pdf-errors.js';
import type { RenderOptions } from '../port.js';
import type { PdfjsPage } from './document.js';
import { loadPdfjs } from './library.js';

const POINTS_PER_INCH = 72;

/** Draws the page, or a region of it, on white. Needs the optional package @napi-rs/canvas. */
export async function renderPdfjs(
  { proxy, number, frame }: PdfjsPage,
  options: RenderOptions,
  maxPixels: number,
): Promise<Raster> {
  const { width: pageWidth, height: pageHeight } = uprightSize(frame);
  const scale = options.dpi / POINTS_PER_INCH;
  const region = options.region ?? { x0: 0, y0: 0, x1: pageWidth, y1: pageHeight };
  const width = Math.max(1, Math.round((region.x1 - region.x0) * scale));
  const height = Math.max(1, Math.round((region.y1 - region.y0) * scale));
  if (!(width * height <= maxPixels)) throw pageTooLarge(number, width, height, maxPixels);
  const { createCanvas } = await loadCanvas();
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  const viewport = proxy.getViewport({
    scale,
    offsetX: -Math.round(region.x0 * scale),
    offsetY: -Math.round(region.y0 * scale),
  });
  const operationsFilter = options.withoutText ? await textFilter(proxy) : undefined;
  await proxy.render({
    canvas: null,
    canvasContext: context,
    viewport,
    background: '#ffffff',
    ...(operationsFilter ? { operationsFilter } : {}),
  } as unknown as Parameters<typeof proxy.render>[0]).promise;
  const rgba = context.getImageData(0, 0, width, height).data;
  return { ...fromRgba(rgba, options.color), width, height, dpi: options.dpi };
}

/** Lets every operator through but those that show text. */
async function textFilter(proxy: PdfjsPage['proxy']): Promise<(index: number) => boolean> {
  const { OPS } = await loadPdfjs();
  const list = await proxy.getOperatorList();
  return (index) => list.fnArray[index] !== OPS.showText;
}

async function loadCanvas(): Promise<typeof import('@napi-rs/canvas')> {
  try {
    return await import('@napi-rs/canvas');
  } catch (cause) {
    throw new LegibleError(
      'engine_failed',
      'The second PDF engine cannot draw pages on this machine.',
      'Install the package @napi-rs/canvas beside Legible.',
      { cause },
    );
  }
}

function fromRgba(rgba: Uint8ClampedArray, color: 'gray' | 'rgb'): Pick<Raster, 'data' | 'channels'> {
  const pixels = rgba.length / 4;
  if (color === 'gray') {
    const data = new Uint8Array(pixels);
    for (let i = 0, j = 0; i < pixels; i++, j += 4) {
      data[i] = (rgba[j] * 77 + rgba[j + 1] * 150 + rgba[j + 2] * 29) >> 8;
    }
    return { data, channels: 1 };
  }
  const data = new Uint8Array(pixels * 3);
  for (let i = 0, j = 0; i < data.length; i += 3, j += 4) {
    data[i] = rgba[j];
    data[i + 1] = rgba[j + 1];
    data[i + 2] = rgba[j + 2];
  }
  return { data, channels: 3 };
}
