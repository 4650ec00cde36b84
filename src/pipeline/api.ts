import type { Block, DocumentInfo, Page } from '../document/block.js';
import type { Box } from '../document/geometry.js';
import type { OutlineItem, PageContent, PageRecord, Warning } from '../document/page.js';
import type { Raster } from '../document/raster.js';
import type { ExtractOptions } from './options.js';

/** A checked file, as intake leaves it: within the limits, of a kind that can be read. */
export interface DocumentFile {
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
  /** Display name without folders, e.g. `invoice.pdf`; never used as a path. */
  readonly name: string;
  readonly mediaType: 'application/pdf' | `image/${string}`;
  /** Backed by a SharedArrayBuffer, so that worker threads read it without a copy. */
  readonly bytes: Uint8Array;
}

/**
 * A page after recognition and page-level layout: plain JSON, written to the store as one unit.
 * What depends on the rest of the document (heading levels, running heads, joined paragraphs) is
 * settled by `resolvePage` when it is read, with the context of all pages finished by then.
 */
export interface PageDraft {
  readonly record: PageRecord;
  readonly layout: PageLayout;
}

/** Page-level layout: defined by `layout/`, opaque to everyone else. JSON-able. */
export type PageLayout = unknown;
/** The little that the document-level decisions need of a page; a few kilobytes. JSON-able. */
export type PageSummary = unknown;
/** Document-level decisions, made from all summaries. JSON-able. */
export type DocumentContext = unknown;

/** The steps of `layout/` in the order of their use. All are synchronous and pure. */
export interface Layout {
  analyzePage(content: PageContent): PageLayout;
  /** What a reader should know about the order and structure found; added to the page's record. */
  pageWarnings(layout: PageLayout): readonly Warning[];
  summarizePage(layout: PageLayout): PageSummary;
  documentContext(summaries: readonly PageSummary[], outline: readonly OutlineItem[]): DocumentContext;
  resolvePage(layout: PageLayout, context: DocumentContext): readonly Block[];
}

export interface ViewOptions {
  readonly dpi: number;
  readonly region?: Box;
  readonly rotation?: PageRecord['rotation'];
  readonly skew?: PageRecord['skew'];
}

/** A document whose pages can be worked on, in any order and side by side. */
export interface OpenDocument {
  readonly info: DocumentInfo;
  readonly outline: readonly OutlineItem[];
  /** The selected pages, ascending 1-based numbers. */
  readonly pages: readonly number[];
  /**
   * Never rejects for a fault of the page: such a page comes back with source `failed` and its error.
   * Rejects with `cancelled` when the signal fires; the work has stopped by then.
   */
  processPage(page: number, signal: AbortSignal): Promise<PageDraft>;
  /**
   * The upright page, or a region of it in points, as an image; for `view_page`. `rotation` and `skew` are
   * those of the page's record, so that the picture stands as its boxes do; without them as the file has it.
   */
  renderPage(page: number, options: ViewOptions, signal?: AbortSignal): Promise<Raster>;
  /**
   * The document as a PDF that can be searched: recognised words lie invisibly where they are printed,
   * pages with honest text stay as they are. `pages` are those of this document that were read.
   */
  searchablePdf(pages: readonly Page[], signal?: AbortSignal): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface Pipeline {
  /** Errors: `encrypted_pdf`, `wrong_password`, `damaged_file`, `too_many_pages`, `page_out_of_range`, `language_missing`. */
  open(file: DocumentFile, options: ExtractOptions, signal?: AbortSignal): Promise<OpenDocument>;
  /**
   * Identifies what recognises here with these options, to tell whether an earlier reading would be the same now.
   * Looks for engines and language data, loads none.
   */
  recognizers(options: Pick<ExtractOptions, 'engine'>): Promise<string>;
  readonly layout: Layout;
  close(): Promise<void>;
}

/** Turns a reference into a checked file; implemented by `pipeline/intake`. */
export interface Intake {
  fromReference(reference: string, signal?: AbortSignal): Promise<DocumentFile>;
  fromBytes(bytes: Uint8Array, name: string): Promise<DocumentFile>;
}
