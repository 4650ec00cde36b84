import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js';
import type { PageFrame } from '../matrix.js';
import { damagedFile, encryptedPdf, pageFailed, pageOutOfRange, wrongPassword } from '../pdf-errors.js';
import type { PdfFile } from '../port.js';
import { documentOptions, loadPdfjs, workerSource } from './library.js';

/** Values of pdf.js's PasswordResponses. */
const INCORRECT_PASSWORD = 2;

/** Errors: `encrypted_pdf`, `wrong_password`, `damaged_file`. */
export async function openPdfjs(file: PdfFile): Promise<PDFDocumentProxy> {
  const pdfjs = await loadPdfjs();
  pdfjs.GlobalWorkerOptions.workerSrc = workerSource();
  const task = pdfjs.getDocument(documentOptions(file.bytes, file.password));
  try {
    const document = await task.promise;
    if (document.numPages > 0) return document;
  } catch (error) {
    await task.destroy();
    const { name, code } = error as { name?: string; code?: number };
    if (name === 'PasswordException') throw code === INCORRECT_PASSWORD ? wrongPassword() : encryptedPdf();
    throw damagedFile('its structure cannot be read', error);
  }
  await task.destroy();
  throw damagedFile('it has no pages');
}

/** A loaded page with its frame. */
export interface PdfjsPage {
  readonly document: PDFDocumentProxy;
  readonly proxy: PDFPageProxy;
  /** 1-based. */
  readonly number: number;
  readonly frame: PageFrame;
}

/** Errors: `page_out_of_range`, `page_failed`. */
export async function loadPage(document: PDFDocumentProxy, number: number): Promise<PdfjsPage> {
  if (!Number.isInteger(number) || number < 1 || number > document.numPages) {
    throw pageOutOfRange(number, document.numPages);
  }
  let proxy: PDFPageProxy;
  try {
    proxy = await document.getPage(number);
  } catch (cause) {
    throw pageFailed(number, cause);
  }
  const [left, bottom, right, top] = proxy.view;
  const rotation = ([0, 90, 180, 270] as const)[Math.round((((proxy.rotate % 360) + 360) % 360) / 90) % 4];
  return { document, proxy, number, frame: { left, bottom, right, top, rotation, unit: 1 } };
}
