import { LegibleError } from '../../../errors.js';
import { task, threadData } from '../../workers/outcome.js';
import type { ExtractedImage } from '../port.js';
import type { PdfTask } from '../threaded-engine.js';
import { loadPdfium, type Pdfium } from './library.js';
import { PdfiumSession, type SessionLimits } from './session.js';

/** What each PDFium thread is given. */
export interface PdfiumWorkerData extends SessionLimits {
  readonly module: WebAssembly.Module;
  /** Bytes of memory that PDFium may use. */
  readonly maxMemoryBytes: number;
  /** PDFium is started anew before a call when its memory, which never shrinks, has grown beyond this. */
  readonly recycleBytes: number;
}

/** Its memory fragments slowly over thousands of pages; a fresh start costs a few milliseconds. */
const RECYCLE_AFTER_CALLS = 2000;

const data = threadData<PdfiumWorkerData>();
let current: { readonly lib: Pdfium; readonly session: PdfiumSession; calls: number } | undefined;

async function session(): Promise<PdfiumSession> {
  if (current && (current.lib.memoryBytes > data.recycleBytes || current.calls >= RECYCLE_AFTER_CALLS)) {
    current = undefined;
  }
  if (!current) {
    const lib = await loadPdfium(data.module, data.maxMemoryBytes);
    current = { lib, session: new PdfiumSession(lib, data), calls: 0 };
  }
  current.calls++;
  return current.session;
}

/** Runs `use`; a trap inside PDFium (out of memory, a failed assertion) ends the instance, not the thread. */
async function guarded<T>(use: (session: PdfiumSession) => T): Promise<T> {
  try {
    return use(await session());
  } catch (error) {
    if (error instanceof LegibleError) throw error;
    current = undefined;
    throw new LegibleError(
      'engine_failed',
      'The PDF engine gave up on this page.',
      'Leave this page out, or save the file anew with a PDF program.',
      { cause: error },
    );
  }
}

export const warm = task(async () => void (await session()));
export const open = task(({ file }: PdfTask) => guarded((s) => s.open(file)));
export const readPage = task(({ file, page }: PdfTask) => guarded((s) => s.readPage(file, page)));
export const render = task(
  ({ file, page, options }: PdfTask) =>
    guarded((s) => s.render(file, page, options ?? { dpi: 72, color: 'gray' })),
  (raster) => [raster.data.buffer],
);
export const extractImage = task(
  ({ file, page, index }: PdfTask) => guarded((s) => s.extractImage(file, page, index ?? 0)),
  (image: ExtractedImage) => [(image.kind === 'encoded' ? image.bytes : image.raster.data).buffer],
);
