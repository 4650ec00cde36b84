import { LRUCache } from 'lru-cache';
import type { Raster } from '../../../document/raster.js';
import type {
  ExtractedImage,
  ImagePage,
  PdfFile,
  PdfInfo,
  PdfPage,
  RenderOptions,
  TextLayer,
} from '../port.js';
import { PdfiumDocument } from './document.js';
import { extractPdfImage } from './extract-image.js';
import { readInfo } from './info.js';
import type { Pdfium } from './library.js';
import { readPdfPage } from './page.js';
import { renderPage } from './render.js';
import { addTextLayers, imagesToPdf } from './searchable.js';

export interface SessionLimits {
  /** Pixels of one bitmap. */
  readonly maxPixels: number;
  /** Documents kept open in one thread. */
  readonly maxOpenDocuments: number;
}

/** The engine's calls on one PDFium instance, with recently used documents kept open. */
export class PdfiumSession {
  readonly #lib: Pdfium;
  readonly #limits: SessionLimits;
  readonly #documents: LRUCache<string, PdfiumDocument>;

  constructor(lib: Pdfium, limits: SessionLimits) {
    this.#lib = lib;
    this.#limits = limits;
    this.#documents = new LRUCache({
      max: limits.maxOpenDocuments,
      dispose: (document) => document.close(),
    });
  }

  open(file: PdfFile): PdfInfo {
    return readInfo(this.#document(file));
  }

  readPage(file: PdfFile, page: number): PdfPage {
    return this.#document(file).withPage(page, readPdfPage);
  }

  render(file: PdfFile, page: number, options: RenderOptions): Raster {
    return this.#document(file).withPage(page, (p) => renderPage(p, options, this.#limits.maxPixels));
  }

  extractImage(file: PdfFile, page: number, index: number): ExtractedImage {
    return this.#document(file).withPage(page, (p) => extractPdfImage(p, index, this.#limits.maxPixels));
  }

  addTextLayers(file: PdfFile, layers: readonly TextLayer[]): Uint8Array {
    return addTextLayers(this.#lib, file, layers);
  }

  imagesToPdf(pages: readonly ImagePage[]): Uint8Array {
    return imagesToPdf(this.#lib, pages);
  }

  close(): void {
    this.#documents.clear();
  }

  #document(file: PdfFile): PdfiumDocument {
    const key = `${file.id}\0${file.password ?? ''}`;
    const known = this.#documents.get(key);
    if (known) return known;
    const document = PdfiumDocument.open(this.#lib, file.bytes, file.password);
    this.#documents.set(key, document);
    return document;
  }
}
