import { createHash } from 'node:crypto';
import type { PageRecord, Warning } from '../document/page.js';
import { DOUBTFUL_BELOW } from '../document/word.js';
import type { SearchablePdfWriter } from '../engines/pdf/port.js';
import { LegibleError, toLegibleError } from '../errors.js';
import type { DocumentFile, Layout, OpenDocument, Pipeline } from './api.js';
import { failedPage } from './failed-page.js';
import { openImage } from './image-source.js';
import type { PdfEngines } from './inspect/inspect-page.js';
import type { ExtractOptions } from './options.js';
import { type PageSelection, selectPages } from './page-selection.js';
import { openPdf } from './pdf-source.js';
import { type PixelWork, pixelsHere } from './pixels/work.js';
import { PictureMemory } from './recognize/picture-memory.js';
import type { Recognizer } from './recognize/recognizer.js';
import { rememberLanguage } from './recognize/remember-language.js';
import type { PageSource, SourceParts } from './source.js';

/** 96 bits: no two sets of engines share them by chance. */
const IDENTITY_CHARACTERS = 16;

export interface PipelineParts {
  readonly pdf: PdfEngines;
  /** Called when the first document is opened. */
  readonly recognizer: (engine: ExtractOptions['engine']) => Promise<Recognizer>;
  /** Called when the first searchable PDF is asked for. */
  readonly searchable: () => Promise<SearchablePdfWriter>;
  readonly layout: Layout;
  /** Where images are measured; the caller's own thread when absent. */
  readonly pixels?: PixelWork;
  readonly limits: { readonly maxPages: number; readonly maxPixels: number };
  /** Ends what the parts have started. */
  readonly close: () => Promise<void>;
}

/** The way of a document: open → inspect → route → render → recognize → layout; writing is the reader's business. */
export function createPipeline(parts: PipelineParts): Pipeline {
  return {
    layout: parts.layout,
    async open(file, options, signal) {
      const source = await openSource(file, options, parts, signal);
      const selection = selectPages(options.pages, source.info.pageCount, parts.limits.maxPages);
      return openDocument(source, selection, parts.layout);
    },
    async recognizers({ engine }) {
      const identity = await (await parts.recognizer(engine)).identity();
      return createHash('sha256').update(identity).digest('base64url').slice(0, IDENTITY_CHARACTERS);
    },
    close: () => parts.close(),
  };
}

async function openSource(
  file: DocumentFile,
  options: ExtractOptions,
  { pdf, recognizer: choose, limits, searchable, pixels = pixelsHere }: PipelineParts,
  signal?: AbortSignal,
): Promise<PageSource> {
  signal?.throwIfAborted();
  const recognizer = rememberLanguage(await choose(options.engine));
  const isPdf = file.mediaType === 'application/pdf';
  if (options.ocr !== 'never') {
    await recognizer.checkLanguage(options.language).catch((error: unknown) => {
      // A PDF may need no OCR at all; where a page does, that page says what is missing.
      if (!isPdf || toLegibleError(error).code !== 'language_missing') throw error;
    });
  }
  const pictures = new PictureMemory(recognizer, options.language, pixels);
  const parts: SourceParts = { recognizer, pictures, options, limits, pixels, searchable };
  return isPdf ? openPdf(file, pdf, parts, signal) : openImage(file, parts);
}

function openDocument(source: PageSource, selection: PageSelection, layout: Layout): OpenDocument {
  const { info, outline } = source;
  const { pages } = selection;
  return {
    info,
    outline,
    pages,
    async processPage(page, signal) {
      const started = performance.now();
      const milliseconds = () => Math.round(performance.now() - started);
      try {
        const { content, evidence } = await source.recognizePage(page, signal);
        signal.throwIfAborted();
        const warnings = [...evidence.warnings, ...selectionWarnings(page, selection, info.pageCount)];
        const record: PageRecord = {
          number: page,
          width: content.width,
          height: content.height,
          ...evidence,
          words: content.words.length,
          doubtfulWords: content.words.filter((word) => word.confidence < DOUBTFUL_BELOW).length,
          warnings,
          milliseconds: 0,
        };
        const draft = layout.analyzePage(content);
        const all = [...warnings, ...layout.pageWarnings(draft)];
        return { record: { ...record, warnings: all, milliseconds: milliseconds() }, layout: draft };
      } catch (error) {
        if (signal.aborted) throw cancelled(signal);
        return failedPage(page, toLegibleError(error), milliseconds(), layout);
      }
    },
    async renderPage(page, options, signal) {
      if (page < 1 || page > info.pageCount) selectPages([{ start: page, end: page }], info.pageCount, 1);
      return source.view(page, options, signal);
    },
    searchablePdf: (read, signal) => source.searchablePdf(read, signal),
    close: async () => undefined,
  };
}

/** Why the signal fired is the caller's knowledge: a time limit stays one. */
const cancelled = (signal: AbortSignal): LegibleError =>
  signal.reason instanceof LegibleError
    ? signal.reason
    : new LegibleError('cancelled', 'The work was cancelled.', 'Submit the document again to restart it.');

/** Told once, on the last page: that is where the reader wonders. */
function selectionWarnings(page: number, { pages, cutFrom }: PageSelection, pageCount: number): Warning[] {
  if (!cutFrom || page !== pages[pages.length - 1]) return [];
  const message = `Pages up to ${cutFrom} were asked for; the document ends with page ${pageCount}.`;
  return [{ code: 'pages_cut', message }];
}
