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
  /** Megabytes that one thread may use. */
  readonly memoryMb?: number;
}

const DEFAULT_MEMORY_MB = 768;
/** Small files exist that make pdf.js fill any heap: the limit is what a full ordinary page needs, several times over. */
const MOST_HEAP_MB = 512;
/**
 * Decoded streams and images lie outside the heap, where only the growth of the whole process can be
 * seen: the share above the limit is for what other threads do meanwhile.
 */
const GROWTH_SHARE = 1.5;
const DEFAULT_TIMEOUT = 60_000;
const DEFAULT_MAX_PIXELS = 100_000_000;
const OPEN_DOCUMENTS = 2;

/**
 * pdf.js behind the port: the second opinion for files that PDFium refuses and text that it garbles.
 * It parses on the thread it is called from, so it runs in threads only. Nothing is loaded before
 * the first call.
 */
export function createPdfjsEngine(options: PdfjsEngineOptions = {}): PdfEngine {
  const memoryMb = options.memoryMb ?? DEFAULT_MEMORY_MB;
  const pool = new ThreadPool({
    name: 'second PDF engine',
    module: new URL('./worker.js', import.meta.url),
    threads: options.threads ?? 1,
    heapMb: Math.min(memoryMb, MOST_HEAP_MB),
    growthMb: Math.round(memoryMb * GROWTH_SHARE),
    workerData: async (): Promise<PdfjsWorkerData> => ({
      maxPixels: options.maxPixels ?? DEFAULT_MAX_PIXELS,
      maxOpenDocuments: OPEN_DOCUMENTS,
    }),
  });
  return threadedPdfEngine('pdfjs', pool, options.timeout ?? DEFAULT_TIMEOUT);
}
