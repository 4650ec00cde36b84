import type { NativeWord, PdfPage } from '#legible/engines/pdf/port.js';
import { pdfFile } from '../support/pdf-file.js';
import { buildPdf, type PdfSpec } from '../support/pdf-writer.js';

/** A document of one page with this content stream. */
export const onePage = (content: string, more: Partial<PdfSpec> & { entries?: string } = {}) =>
  pdfFile(buildPdf({ ...more, pages: [{ content, ...(more.entries ? { entries: more.entries } : {}) }] }));

export const texts = (page: PdfPage): string[] => page.words.map((word) => word.text);

/** The word on the page that reads so; throws with what is there instead. */
export function wordOf(page: PdfPage, text: string): NativeWord {
  const word = page.words.find((candidate) => candidate.text === text);
  if (!word) throw new Error(`no word "${text}" among: ${texts(page).join(' ')}`);
  return word;
}
