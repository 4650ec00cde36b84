import { LRUCache } from 'lru-cache';
import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api.js';
import { LegibleError } from '../../../errors.js';
import { task, threadData } from '../../workers/outcome.js';
import type { ExtractedImage, PdfFile } from '../port.js';
import type { PdfTask } from '../threaded-engine.js';
import { loadPage, openPdfjs, type PdfjsPage } from './document.js';
import { extractPdfjsImage } from './images.js';
import { readInfo } from './info.js';
import { loadPdfjs } from './library.js';
import { readPdfjsPage } from './page.js';
import { renderPdfjs } from './render.js';

export interface PdfjsWorkerData {
  /** Pixels of one bitmap. */
  readonly maxPixels: number;
  readonly maxOpenDocuments: number;
}

const { maxPixels, maxOpenDocuments } = threadData<PdfjsWorkerData>();
const documents = new LRUCache<string, PDFDocumentProxy>({
  max: maxOpenDocuments,
  dispose: (document) => void document.loadingTask.destroy(),
});

async function openDocument(file: PdfFile): Promise<PDFDocumentProxy> {
  const key = `${file.id}\0${file.password ?? ''}`;
  const known = documents.get(key);
  if (known) return known;
  const document = await openPdfjs(file);
  documents.set(key, document);
  return document;
}

/** Runs `use` with the page; what pdf.js keeps for it is given back afterwards. */
async function withPage<T>({ file, page }: PdfTask, use: (page: PdfjsPage) => Promise<T>): Promise<T> {
  const loaded = await loadPage(await openDocument(file), page);
  try {
    return await use(loaded);
  } catch (cause) {
    if (cause instanceof LegibleError) throw cause;
    throw new LegibleError(
      'engine_failed',
      'The second PDF engine gave up on this page.',
      'Leave this page out, or save the file anew with a PDF program.',
      { cause },
    );
  } finally {
    loaded.proxy.cleanup();
  }
}

export const warm = task(async () => void (await loadPdfjs()));
export const open = task(async ({ file }: PdfTask) => readInfo(await openDocument(file)));
export const readPage = task((argument: PdfTask) => withPage(argument, readPdfjsPage));
export const render = task(
  (argument: PdfTask) =>
    withPage(argument, (page) =>
      renderPdfjs(page, argument.options ?? { dpi: 72, color: 'gray' }, maxPixels),
    ),
  (raster) => [raster.data.buffer],
);
export const extractImage = task(
  (argument: PdfTask) =>
    withPage(argument, (page) => extractPdfjsImage(page, argument.index ?? 0, maxPixels)),
  (image: ExtractedImage) => [(image.kind === 'encoded' ? image.bytes : image.raster.data).buffer],
);
