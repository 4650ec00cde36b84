import { ThreadPool } from '../../workers/thread-pool.js';
import type { PdfEngine } from '../port.js';
import { threadedPdfEngine } from '../threaded-engine.js';
import type { PdfjsWorkerData } from './worker.js';

export interface PdfjsEngineOptions {
  readonly threads?: number;
  /** Milliseconds for one call. */
  readonly timeout?: number;
  /** Pixels of one bitmap. */
  readonly maxPixels?: number;
  /** Megabytes of JavaScript heap in one thread. */
  readonly memoryMb?: number;
}

/** Small files exist that make pdf.js fill any heap: the limit is what a full ordinary page needs, several times over. */
const DEFAULT_MEMORY_MB = 512;
/** Decoded streams and images lie outside the heap; a 100-megapixel page takes 400 MB. */
const GROWTH_MB = 1200;
const DEFAULT_TIMEOUT = 60_000;
const DEFAULT_MAX_PIXELS = 100_000_000;
const OPEN_DOCUMENTS = 2;

/**
 * pdf.js behind the port: the second opinion for files that PDFium refuses and text that it garbles.
 * It parses on the thread it is called from, so it runs in threads only. Nothing is loaded before
 * the first call.
 */
export function createPdfjsEngine(options: PdfjsEngineOptions = {}): PdfEngine {
  const pool = new ThreadPool({
    name: 'second PDF engine',
    module: new URL('./worker.js', import.meta.url),
    threads: options.threads ?? 1,
    heapMb: options.memoryMb ?? DEFAULT_MEMORY_MB,
    growthMb: GROWTH_MB,
    workerData: async (): Promise<PdfjsWorkerData> => ({
      maxPixels: options.maxPixels ?? DEFAULT_MAX_PIXELS,
      maxOpenDocuments: OPEN_DOCUMENTS,
    }),
  });
  return threadedPdfEngine('pdfjs', pool, options.timeout ?? DEFAULT_TIMEOUT);
}
