import { afterAll, describe, expect, it, vi } from 'vitest';
import { createPdfiumEngine } from '#legible/engines/pdf/pdfium/engine.js';
import { createPdfjsEngine } from '#legible/engines/pdf/pdfjs/engine.js';
import type { PdfEngine, PdfFile } from '#legible/engines/pdf/port.js';
import { LegibleError } from '#legible/errors.js';
import { HOSTILE } from '../support/hostile-pdfs.js';
import { pdfFile } from '../support/pdf-file.js';
import { buildPdf, textAt } from '../support/pdf-writer.js';

/** Each call answers or is refused with a reason that is the document's fault, not the program's. */
async function survey(engine: PdfEngine, file: PdfFile): Promise<void> {
  const calls = [() => engine.readPage(file, 1), () => engine.render(file, 1, { dpi: 50, color: 'gray' })];
  for (const call of calls) {
    const fault = await call().then(
      () => undefined,
      (error) => error,
    );
    if (fault === undefined) continue;
    expect(fault).toBeInstanceOf(LegibleError);
    expect(fault.code).not.toBe('internal');
  }
}

/** A new thread may take longer than one call on a busy machine. */
async function expectHealthy(engine: PdfEngine): Promise<void> {
  const file = pdfFile(buildPdf({ pages: [{ content: textAt(72, 700, 'healthy') }] }));
  await vi.waitFor(
    async () => {
      const page = await engine.readPage(file, 1);
      expect(page.words.map((word) => word.text)).toEqual(['healthy']);
    },
    { timeout: 40_000, interval: 200 },
  );
}

describe('hostile PDFs', () => {
  describe('PDFium', () => {
    const engine = createPdfiumEngine({ threads: 1, timeout: 2000, memoryMb: 160 });
    afterAll(() => engine.close());
    it.each(Object.keys(HOSTILE))('costs no more than its own call: %s', async (name) => {
      await survey(engine, pdfFile(HOSTILE[name]()));
      await expectHealthy(engine);
    });
  });

  describe('pdf.js', () => {
    const engine = createPdfjsEngine({ timeout: 2500, memoryMb: 96 });
    afterAll(() => engine.close());
    it.each([
      'forms that double at each of 30 levels',
      'a form that draws itself',
      'content deflated twice',
      'an image of 60 000 × 60 000 pixels without data',
      'a page tree that contains itself',
      'bookmarks in a circle',
    ])('costs no more than its own call: %s', async (name) => {
      await survey(engine, pdfFile(HOSTILE[name]()));
      await expectHealthy(engine);
    });
  });
});
