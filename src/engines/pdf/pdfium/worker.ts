import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LegibleError } from '../../../errors.js';
import { pageOutOfMemory } from '../../workers/out-of-memory.js';
import { task, threadData } from '../../workers/outcome.js';
import type { ExtractedImage, ImagePage, PdfFile, TextLayer } from '../port.js';
import type { PdfTask } from '../threaded-engine.js';
import { loadPdfium, type Pdfium } from './library.js';
import { PdfiumSession, type SessionLimits } from './session.js';

/** What each PDFium thread is given. */
export interface PdfiumWorkerData extends SessionLimits {
  readonly module: WebAssembly.Module;
  /** Bytes of memory that PDFium may use. */
  readonly maxMemoryBytes: number;
  /** PDFium is started anew after a call that let its memory, which never shrinks, grow beyond this. */
  readonly recycleBytes: number;
}

/** Its memory fragments slowly over thousands of pages; a fresh start costs a few milliseconds. */
const RECYCLE_AFTER_CALLS = 2000;

const data = threadData<PdfiumWorkerData>();
interface Instance {
  readonly lib: Pdfium;
  readonly session: PdfiumSession;
  calls: number;
}

let current: Promise<Instance> | undefined;
let placeholder: Promise<unknown> | undefined;

async function start(): Promise<Instance> {
  // V8 keeps the first instance that the glue code makes in a thread for good. This one stays small.
  placeholder ??= loadPdfium(data.module, 0);
  await placeholder;
  const lib = await loadPdfium(data.module, data.maxMemoryBytes);
  return { lib, session: new PdfiumSession(lib, data), calls: 0 };
}

/** Runs `use`; a trap inside PDFium (out of memory, a failed assertion) ends the instance, not the thread. */
async function guarded<T>(use: (session: PdfiumSession) => T): Promise<T> {
  current ??= start();
  const instance = await current;
  instance.calls++;
  instance.lib.refusedMemory = false;
  try {
    const result = use(instance.session);
    // PDFium leaves out what it has no memory for and reports success.
    if (instance.lib.refusedMemory) throw pageOutOfMemory('PDF engine');
    return result;
  } catch (error) {
    if (error instanceof LegibleError && !instance.lib.refusedMemory) throw error;
    instance.calls = RECYCLE_AFTER_CALLS;
    if (instance.lib.refusedMemory) throw pageOutOfMemory('PDF engine', error);
    throw new LegibleError(
      'engine_failed',
      'The PDF engine gave up on this page.',
      'Leave this page out, or save the file anew with a PDF program.',
      { cause: error },
    );
  } finally {
    const worn = instance.calls >= RECYCLE_AFTER_CALLS || instance.lib.memoryBytes > data.recycleBytes;
    if (worn) replaceInstance();
  }
}

/**
 * Replaces the instance and collects its memory, once the call that used it has let it go. Left to
 * itself V8 collects gigabytes late.
 */
function replaceInstance(): void {
  current = undefined;
  setImmediate(() => {
    current ??= start();
    current.then(
      () => collectGarbage?.(),
      () => (current = undefined),
    );
  });
}

/** V8's `gc`, which is hidden behind a flag. */
const collectGarbage = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('typeof gc === "function" ? gc : undefined') as (() => void) | undefined;
})();

export const warm = task(() => guarded(() => undefined));
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

/** Arguments of the writing tasks. */
export interface TextLayerTask {
  readonly file: PdfFile;
  readonly layers: readonly TextLayer[];
}

export const addTextLayers = task(
  ({ file, layers }: TextLayerTask) => guarded((s) => s.addTextLayers(file, layers)),
  (bytes) => [bytes.buffer],
);
export const imagesToPdf = task(
  (pages: readonly ImagePage[]) => guarded((s) => s.imagesToPdf(pages)),
  (bytes) => [bytes.buffer],
);
