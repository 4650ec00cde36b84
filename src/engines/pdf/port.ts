import type { Box } from '../../document/geometry.js';
import type { ImageArea, OutlineItem, Rule, Shape, TagElement } from '../../document/page.js';
import type { Raster } from '../../document/raster.js';
import type { Word } from '../../document/word.js';

/** A PDF's bytes, shared with the engine's threads without copying where `bytes` is backed by a SharedArrayBuffer. */
export interface PdfFile {
  /** SHA-256 of the bytes, hex; engines cache opened documents by it. */
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly password?: string;
}

export interface PdfInfo {
  readonly pageCount: number;
  readonly title?: string;
  readonly author?: string;
  readonly tagged: boolean;
  readonly outline: readonly OutlineItem[];
}

/** Why a person cannot see a word that the PDF contains; `covered` stands for cut off and switched off, too. */
export type HiddenReason = 'invisible' | 'off_page' | 'covered' | 'no_contrast' | 'tiny';

/** A word of the text layer. `font` in its style identifies the font for per-font checks. */
export interface NativeWord extends Word {
  readonly hidden?: HiddenReason;
  /** Characters of the word that have no reliable Unicode value (no map, private use, replacement character). */
  readonly unmapped?: number;
}

/**
 * `undecodable`: nothing of it is shown; `incomplete`: its data is shorter than its stated size asks for, is for a
 * larger image, or is damaged on the way, so that a part of it is missing.
 */
export type ImageFault = 'undecodable' | 'incomplete';

export interface PdfImage extends ImageArea {
  /** Pixels of the embedded image. */
  readonly width: number;
  readonly height: number;
  /** First filter of the stream: DCTDecode, CCITTFaxDecode, JBIG2Decode, JPXDecode, FlateDecode … */
  readonly filter: string;
  /** Placed upright: no rotation, mirroring or shear relative to the upright page, so the embedded pixels can stand for the area. */
  readonly upright: boolean;
  /** What is wrong with the stored image; absent when nothing is known to be. */
  readonly fault?: ImageFault;
  /** Bytes of the stored data where an empty picture takes next to none (fax and JBIG2 coding). */
  readonly storedBytes?: number;
  /** Another image or mask takes part in what is seen here, so the area must be rendered. */
  readonly masked: boolean;
}

/** A check box or radio button of an interactive form that a person can see. */
export interface FormButton {
  readonly box: Box;
  readonly checked: boolean;
}

/** Everything found on one page in one visit, in points on the upright page (PDF /Rotate applied). */
export interface PdfPage {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  /** The page's own /Rotate, already applied to all coordinates. */
  readonly rotation: 0 | 90 | 180 | 270;
  /** In content order, hidden ones included and marked. */
  readonly words: readonly NativeWord[];
  readonly rules: readonly Rule[];
  readonly shapes: readonly Shape[];
  /** Extents of the painted paths that are neither rules nor rectangles, bounded in number. */
  readonly drawings?: readonly Box[];
  /** Small outlines, about as wide as high, that stand alone: check boxes, if they look and stand like ones. */
  readonly squares?: readonly Box[];
  /** Check boxes and radio buttons of the file's form. */
  readonly buttons?: readonly FormButton[];
  readonly images: readonly PdfImage[];
  /** Places of images that state no possible size, so that nothing is shown. Absent for none. */
  readonly lostImages?: readonly Box[];
  readonly tags: readonly TagElement[];
  /** Path segments that are neither rules nor rectangles: a drawing or text turned to outlines. */
  readonly curves: number;
}

export interface RenderOptions {
  readonly dpi: number;
  /** Part of the upright page in points; the whole page when absent. */
  readonly region?: Box;
  readonly color: 'gray' | 'rgb';
  /** Leave the page's own text out, to look at what lies behind it. */
  readonly withoutText?: boolean;
}

/** An embedded image as it stands in the file, or decoded. */
export type ExtractedImage =
  | { readonly kind: 'encoded'; readonly format: 'jpeg'; readonly bytes: Uint8Array }
  | { readonly kind: 'raster'; readonly raster: Raster };

/**
 * What the pipeline needs from a PDF library. Adapters run in worker threads with a memory limit;
 * a call that exceeds its time or memory rejects with `page_timeout`, `page_out_of_memory` or `engine_failed` and costs
 * that call only. Errors: `encrypted_pdf`, `wrong_password`, `damaged_file`, `page_out_of_range`,
 * `page_too_large`, `page_timeout`, `engine_failed`, `cancelled`.
 */
export interface PdfEngine {
  readonly name: string;
  open(file: PdfFile, signal?: AbortSignal): Promise<PdfInfo>;
  readPage(file: PdfFile, page: number, signal?: AbortSignal): Promise<PdfPage>;
  render(file: PdfFile, page: number, options: RenderOptions, signal?: AbortSignal): Promise<Raster>;
  /** `index` is `PdfImage.index`. The image's own pixels, mask and placement ignored. */
  extractImage(file: PdfFile, page: number, index: number, signal?: AbortSignal): Promise<ExtractedImage>;
  close(): Promise<void>;
}

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
