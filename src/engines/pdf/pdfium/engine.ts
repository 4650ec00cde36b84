import type { PdfEngine, PdfFile, RenderOptions } from '../port.js';
import type { PdfiumSession } from './session.js';

export interface PdfiumEngineOptions {
  /** Pixels of one bitmap. */
  readonly maxPixels?: number;
  /** Bytes of memory one PDFium instance may use. */
  readonly maxMemoryBytes?: number;
}

const DEFAULTS = { maxPixels: 100_000_000, maxMemoryBytes: 1 << 30 };

/** PDFium behind the port. Loads nothing before the first call. */
export function createPdfiumEngine(options: PdfiumEngineOptions = {}): PdfEngine {
  const { maxPixels, maxMemoryBytes } = { ...DEFAULTS, ...options };
  let session: Promise<PdfiumSession> | undefined;
  const start = async () => {
    const { compilePdfium, loadPdfium } = await import('./library.js');
    const { PdfiumSession: Session } = await import('./session.js');
    const lib = await loadPdfium(await compilePdfium(), maxMemoryBytes);
    return new Session(lib, { maxPixels, maxOpenDocuments: 4 });
  };
  const run = async <T>(signal: AbortSignal | undefined, use: (session: PdfiumSession) => T): Promise<T> => {
    signal?.throwIfAborted();
    session ??= start();
    return use(await session);
  };
  return {
    name: 'pdfium',
    open: (file: PdfFile, signal) => run(signal, (s) => s.open(file)),
    readPage: (file, page, signal) => run(signal, (s) => s.readPage(file, page)),
    render: (file, page, render: RenderOptions, signal) => run(signal, (s) => s.render(file, page, render)),
    extractImage: (file, page, index, signal) => run(signal, (s) => s.extractImage(file, page, index)),
    close: async () => (await session)?.close(),
  };
}
