import { type PageFrame, uprightMatrix } from '../matrix.js';
import { damagedFile, encryptedPdf, pageFailed, pageOutOfRange, wrongPassword } from '../pdf-errors.js';
import type { FormButton } from '../port.js';
import type { PageLink } from '../visibility.js';
import { flattenAnnotations } from './annotations.js';
import { readButtons } from './buttons.js';
import { type ImageDictionaries, scanImageDictionaries } from './image-dictionaries.js';
import type { Pdfium } from './library.js';
import { readLinks } from './links.js';

/** PDFium's FPDF_ERR_PASSWORD. */
const ERROR_PASSWORD = 4;

/** An opened PDF inside one PDFium instance: the pointer and the bytes it reads from. */
export class PdfiumDocument {
  readonly lib: Pdfium;
  readonly pointer: number;
  readonly pageCount: number;
  readonly #data: number;
  readonly #size: number;
  #dictionaries: ImageDictionaries | undefined;
  #appearancesNeeded: boolean | undefined;
  /** What is known of the pages visited so far, whose annotations have become content. */
  readonly #annotated = new Map<number, Annotated>();

  private constructor(lib: Pdfium, pointer: number, data: number, size: number) {
    this.lib = lib;
    this.pointer = pointer;
    this.#data = data;
    this.#size = size;
    this.pageCount = lib.api.FPDF_GetPageCount(pointer);
  }

  /** Throws `encrypted_pdf`, `wrong_password` or `damaged_file`. */
  static open(lib: Pdfium, bytes: Uint8Array, password: string | undefined): PdfiumDocument {
    const data = lib.copyIn(bytes);
    const load = (text: number) => lib.api.FPDF_LoadMemDocument64(data, bytes.length, text);
    const pointer = password === undefined ? load(0) : lib.withString(password, load);
    if (pointer !== 0) {
      const document = new PdfiumDocument(lib, pointer, data, bytes.length);
      if (document.pageCount > 0) return document;
      document.close();
      throw damagedFile('it has no pages');
    }
    const error = lib.api.FPDF_GetLastError();
    lib.api.free(data);
    if (error !== ERROR_PASSWORD) throw damagedFile('its structure cannot be read');
    throw password === undefined ? encryptedPdf() : wrongPassword();
  }

  /** Runs `use` with the page as it stands in the file, annotations and all, to be changed and saved. */
  withUntouchedPage(number: number, use: (page: Pick<PdfiumPage, 'pointer' | 'frame'>) => void): void {
    this.#checkNumber(number);
    const pointer = this.#loadPage(number);
    try {
      use({ pointer, frame: pageFrame(this.lib, pointer) });
    } finally {
      this.lib.api.FPDF_ClosePage(pointer);
    }
  }

  /** Runs `use` with the loaded page; the page is closed afterwards whatever happens. `number` is 1-based. */
  withPage<T>(number: number, use: (page: PdfiumPage) => T): T {
    this.#checkNumber(number);
    let pointer = this.#loadPage(number);
    try {
      const frame = pageFrame(this.lib, pointer);
      let annotated = this.#annotated.get(number);
      if (!annotated) {
        const upright = uprightMatrix(frame);
        annotated = {
          links: readLinks(this, pointer, upright),
          buttons: readButtons(this, pointer, upright),
        };
        this.#annotated.set(number, annotated);
        if (flattenAnnotations(this.lib, pointer, this.#needsAppearances)) {
          this.lib.api.FPDF_ClosePage(pointer);
          pointer = 0;
          pointer = this.#loadPage(number);
        }
      }
      return use({ document: this, number, pointer, frame, ...annotated });
    } finally {
      if (pointer) this.lib.api.FPDF_ClosePage(pointer);
    }
  }

  /** Masks and remappings of the file's images; looked up once. */
  get imageDictionaries(): ImageDictionaries {
    this.#dictionaries ??= scanImageDictionaries(
      this.lib.bytes.subarray(this.#data, this.#data + this.#size),
    );
    return this.#dictionaries;
  }

  /** The form asks viewers to draw its fields (where that flag is not hidden in a compressed object). */
  get #needsAppearances(): boolean {
    this.#appearancesNeeded ??= bufferOf(this.#fileBytes).includes('/NeedAppearances true');
    return this.#appearancesNeeded;
  }

  get #fileBytes(): Uint8Array {
    return this.lib.bytes.subarray(this.#data, this.#data + this.#size);
  }

  #checkNumber(number: number): void {
    if (!Number.isInteger(number) || number < 1 || number > this.pageCount) {
      throw pageOutOfRange(number, this.pageCount);
    }
  }

  #loadPage(number: number): number {
    const pointer = this.lib.api.FPDF_LoadPage(this.pointer, number - 1);
    if (pointer !== 0) return pointer;
    throw pageFailed(number);
  }

  close(): void {
    this.lib.api.FPDF_CloseDocument(this.pointer);
    this.lib.api.free(this.#data);
  }
}

/** What a page's annotations say beside what they show. */
interface Annotated {
  readonly links: readonly PageLink[];
  readonly buttons: readonly FormButton[];
}

/** A loaded page; valid inside `withPage` only. */
export interface PdfiumPage extends Annotated {
  readonly document: PdfiumDocument;
  /** 1-based. */
  readonly number: number;
  readonly pointer: number;
  readonly frame: PageFrame;
}

function pageFrame(lib: Pdfium, page: number): PageFrame {
  const rect = lib.scratch;
  // FS_RECTF: left, top, right, bottom of the crop box cut to the media box.
  lib.api.FPDF_GetPageBoundingBox(page, rect);
  const rotation = ([0, 90, 180, 270] as const)[lib.api.FPDFPage_GetRotation(page) & 3];
  return {
    left: lib.float(rect),
    top: lib.float(rect + 4),
    right: lib.float(rect + 8),
    bottom: lib.float(rect + 12),
    rotation,
    unit: 1,
  };
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
