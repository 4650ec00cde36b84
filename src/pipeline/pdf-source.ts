import type { Page } from '../document/block.js';
import type { Raster } from '../document/raster.js';
import type { PdfEngine, PdfFile, PdfInfo } from '../engines/pdf/port.js';
import { LegibleError } from '../errors.js';
import type { DocumentFile, ViewOptions } from './api.js';
import { imageFaultWarnings } from './evidence.js';
import { inspectPage, type PdfEngines } from './inspect/inspect-page.js';
import { chooseRoute } from './inspect/route.js';
import { mixedPage } from './recognize/mixed-page.js';
import { blankPage, nativePage } from './recognize/native-page.js';
import { ocrPage } from './recognize/ocr-page.js';
import type { PdfPageWork } from './recognize/page-work.js';
import { capDpi } from './render/resolution.js';
import { turnRaster } from './render/turn.js';
import type { PageSource, RecognizedPage, SourceParts } from './source.js';
import { textLayers } from './write/searchable.js';

/** What may be one library's weakness rather than the file's fault. */
const MAY_OPEN_ELSEWHERE: readonly string[] = [
  'damaged_file',
  'engine_failed',
  'page_out_of_memory',
  'page_timeout',
];

/** Opens a PDF, with the second engine where the first one cannot make sense of the file. */
export async function openPdf(
  file: DocumentFile,
  engines: PdfEngines,
  parts: SourceParts,
  signal?: AbortSignal,
): Promise<PageSource> {
  const pdf: PdfFile = { id: file.sha256, bytes: file.bytes, password: parts.options.password };
  const { info, inUse } = await openWithEither(pdf, engines, signal);
  const { pageCount, title, author, outline } = info;
  return {
    info: { pageCount, ...(title ? { title } : {}), ...(author ? { author } : {}) },
    outline,
    recognizePage: (page, pageSignal) => recognizePage(pdf, page, inUse, parts, pageSignal),
    view: (page, options, viewSignal) => viewPage(pdf, page, options, inUse.first, parts, viewSignal),
    searchablePdf: (pages, writeSignal) => searchablePdf(pdf, pages, inUse.first, parts, writeSignal),
  };
}

async function openWithEither(
  pdf: PdfFile,
  engines: PdfEngines,
  signal?: AbortSignal,
): Promise<{ info: PdfInfo; inUse: PdfEngines }> {
  try {
    return { info: await engines.first.open(pdf, signal), inUse: engines };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof LegibleError) || !MAY_OPEN_ELSEWHERE.includes(error.code)) throw error;
    try {
      const second = await engines.second();
      const info = await second.open(pdf, signal);
      return { info, inUse: { first: second, second: async () => second } };
    } catch {
      signal?.throwIfAborted();
      // The first engine's message is the better one: the second was only a hope.
      throw error;
    }
  }
}

/** inspect → route → render → recognize, for one page. */
async function recognizePage(
  file: PdfFile,
  number: number,
  engines: PdfEngines,
  parts: SourceParts,
  signal: AbortSignal,
): Promise<RecognizedPage> {
  const inspected = await inspectPage(engines, file, number, signal);
  const route = chooseRoute(inspected.facts, parts.options.ocr);
  const work: PdfPageWork = { ...inspected, second: engines.second, file, route, parts };
  const read = await takeRoute(work, signal);
  const { evidence } = read;
  const warnings = [...evidence.warnings, ...imageFaultWarnings(work.page)];
  return { ...read, evidence: { ...evidence, warnings } };
}

async function takeRoute(work: PdfPageWork, signal: AbortSignal): Promise<RecognizedPage> {
  switch (work.route.route) {
    case 'blank':
      return blankPage(work);
    case 'native':
      return nativePage(work, signal);
    case 'ocr':
      return ocrPage(work, signal);
    case 'mixed':
      return mixedPage(work, signal);
  }
}

async function searchablePdf(
  file: PdfFile,
  pages: readonly Page[],
  engine: PdfEngine,
  { searchable }: SourceParts,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const rotations = new Map<number, number>();
  for (const page of pages) {
    if (page.rotation === 0) continue;
    rotations.set(page.number, (await engine.readPage(file, page.number, signal)).rotation);
  }
  return (await searchable()).addTextLayers(file, textLayers(pages, rotations), signal);
}

async function viewPage(
  file: PdfFile,
  number: number,
  { dpi, region, rotation, skew = 0 }: ViewOptions,
  engine: PdfEngine,
  { limits }: SourceParts,
  signal?: AbortSignal,
): Promise<Raster> {
  const { width, height, rotation: own } = await engine.readPage(file, number, signal);
  const turn = rotation === undefined ? 0 : (rotation - own + 360) % 360;
  const isAsIs = turn === 0 && skew === 0;
  const rendered = isAsIs ? region : undefined;
  const size = rendered
    ? { width: rendered.x1 - rendered.x0, height: rendered.y1 - rendered.y0 }
    : { width, height };
  const options = { dpi: capDpi(size, dpi, limits.maxPixels), color: 'rgb' as const };
  const raster = await engine.render(file, number, { ...options, ...(rendered ? { region } : {}) }, signal);
  return isAsIs ? raster : turnRaster(raster, { rotation: turn, skew }, region);
}
