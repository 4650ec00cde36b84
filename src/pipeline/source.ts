import type { DocumentInfo, Page } from '../document/block.js';
import type { OutlineItem, PageContent, PageRecord } from '../document/page.js';
import type { Raster } from '../document/raster.js';
import type { SearchablePdfWriter } from '../engines/pdf/port.js';
import type { ViewOptions } from './api.js';
import type { ExtractOptions } from './options.js';
import type { PixelWork } from './pixels/work.js';
import type { PictureMemory } from './recognize/picture-memory.js';
import type { Recognizer } from './recognize/recognizer.js';
import type { ImageLimits } from './render/page-image.js';

/** A page with its words found, and how they were found. */
export interface RecognizedPage {
  readonly content: PageContent;
  readonly evidence: Evidence;
}

/** The part of the page record that recognition knows. */
export type Evidence = Pick<
  PageRecord,
  | 'rotation'
  | 'skew'
  | 'source'
  | 'reason'
  | 'confidence'
  | 'language'
  | 'engines'
  | 'preparation'
  | 'warnings'
> &
  Partial<Pick<PageRecord, 'projection' | 'spread' | 'width' | 'height'>>;

/** What PDFs and image files have in common for the pipeline: pages from which words can be had. */
export interface PageSource {
  readonly info: DocumentInfo;
  readonly outline: readonly OutlineItem[];
  recognizePage(page: number, signal: AbortSignal): Promise<RecognizedPage>;
  view(page: number, options: ViewOptions, signal?: AbortSignal): Promise<Raster>;
  /** See `OpenDocument.searchablePdf`. */
  searchablePdf(pages: readonly Page[], signal?: AbortSignal): Promise<Uint8Array>;
}

export interface SourceParts {
  readonly recognizer: Recognizer;
  /** Reads pictures on pages, equal ones once. */
  readonly pictures: PictureMemory;
  readonly options: ExtractOptions;
  readonly limits: ImageLimits;
  /** Where images are measured and changed. */
  readonly pixels: PixelWork;
  readonly searchable: () => Promise<SearchablePdfWriter>;
}
