import type { Word } from '../../document/word.js';
import type { PdfFile } from './port.js';

/** Words to lay invisibly over a page, in points on the upright page. */
export interface TextLayer {
  /** 1-based page of the file. */
  readonly page: number;
  readonly words: readonly LayerWord[];
}

export type LayerWord = Pick<Word, 'text' | 'box' | 'baseline' | 'size' | 'angle'>;

/** A picture that becomes a page. */
export interface ImagePage {
  /** JPEG, or PNG without transparency. */
  readonly bytes: Uint8Array;
  readonly format: 'jpeg' | 'png';
  /** Size of the page in points. */
  readonly width: number;
  readonly height: number;
  readonly words: readonly LayerWord[];
}

/** Makes PDFs that look like their source and can be searched and copied from. */
export interface SearchablePdfWriter {
  /**
   * The file with an invisible text layer on the given pages; all others, with their honest text,
   * stay as they are. Errors as in `PdfEngine`.
   */
  addTextLayers(file: PdfFile, layers: readonly TextLayer[], signal?: AbortSignal): Promise<Uint8Array>;
  /** A new PDF of pictures, each with its text layer. */
  imagesToPdf(pages: readonly ImagePage[], signal?: AbortSignal): Promise<Uint8Array>;
}
