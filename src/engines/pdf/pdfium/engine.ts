import { availableParallelism } from 'node:os';
import { shareBytes } from '../../workers/shared-bytes.js';
import { ThreadPool } from '../../workers/thread-pool.js';
import type { PdfEngine, SearchablePdfWriter } from '../port.js';
import { callTimedOut, threadedPdfEngine } from '../threaded-engine.js';
import type { PdfiumWorkerData } from './worker.js';

export interface PdfiumEngineOptions {
  readonly threads?: number;
  /** Milliseconds for one call. */
  readonly timeout?: number;
  /** Pixels of one bitmap. */
  readonly maxPixels?: number;
  /** Megabytes that PDFium may use in one thread. */
  readonly memoryMb?: number;
}

const MEGABYTE = 1 << 20;
/** PDFium's own ceiling is 2 GiB; a 100-megapixel colour bitmap takes 300 MB. */
const DEFAULT_MEMORY_MB = 768;
/** An ordinary page needs 20–100 MB. */
const RECYCLE_MB = 256;
const DEFAULT_TIMEOUT = 120_000;
const DEFAULT_MAX_PIXELS = 100_000_000;
const OPEN_DOCUMENTS = 4;
/** JavaScript heap of a thread: the words of the fullest pages; PDFium's memory lies outside. */
const HEAP_MB = 512;

/** PDFium behind the port, in threads. Nothing is loaded before the first call. */
export function createPdfiumEngine(options: PdfiumEngineOptions = {}): PdfEngine & SearchablePdfWriter {
  const pool = new ThreadPool({
    name: 'PDF engine',
    module: new URL('./worker.js', import.meta.url),
    threads: options.threads ?? availableParallelism(),
    heapMb: HEAP_MB,
    workerData: async (): Promise<PdfiumWorkerData> => {
      const { compilePdfium } = await import('./library.js');
      return {
        module: await compilePdfium(),
        maxPixels: options.maxPixels ?? DEFAULT_MAX_PIXELS,
        maxOpenDocuments: OPEN_DOCUMENTS,
        maxMemoryBytes: (options.memoryMb ?? DEFAULT_MEMORY_MB) * MEGABYTE,
        recycleBytes: RECYCLE_MB * MEGABYTE,
      };
    },
  });
  const timeout = options.timeout ?? DEFAULT_TIMEOUT;
  const write = (task: string, argument: unknown, signal: AbortSignal | undefined) =>
    pool.run<Uint8Array>(task, argument, {
      signal,
      timeout,
      onTimeout: () => callTimedOut('Writing the PDF', timeout),
    });
  return {
    ...threadedPdfEngine('pdfium', pool, timeout),
    addTextLayers: (file, layers, signal) =>
      write('addTextLayers', { file: { ...file, bytes: shareBytes(file.bytes) }, layers }, signal),
    imagesToPdf: (pages, signal) => write('imagesToPdf', pages, signal),
  };
}
