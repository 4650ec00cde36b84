import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createApp } from '#legible/app.js';
import { loadConfig } from '#legible/config.js';
import type { PageRecord } from '#legible/document/page.js';
import type { DocumentFile } from '#legible/pipeline/api.js';
import type { ExtractOptions } from '#legible/pipeline/options.js';
import { documentFile } from '../support/image-files.js';
import { buildPdf, type PdfWriter, textAt } from '../support/pdf-writer.js';

const app = await createApp(loadConfig(['--threads', '2', '--ephemeral'], {}).config);
afterAll(() => app.close());

const OPTIONS: ExtractOptions = { language: 'eng', ocr: 'auto', engine: 'auto' };
const never = new AbortController().signal;

async function corpus(name: string, mediaType: DocumentFile['mediaType'] = 'application/pdf') {
  return documentFile(await readFile(new URL(name, import.meta.url)), mediaType, name);
}

async function records(
  file: DocumentFile,
  options: Partial<ExtractOptions> = {},
): Promise<{ records: PageRecord[]; text: string }> {
  const document = await app.pipeline.open(file, { ...OPTIONS, ...options });
  try {
    const drafts = await Promise.all(document.pages.map((page) => document.processPage(page, never)));
    return {
      records: drafts.map(({ record }) => record),
      text: JSON.stringify(drafts.map(({ layout }) => layout)),
    };
  } finally {
    await document.close();
  }
}

describe('the way of a page', () => {
  it.each([
    ['report.pdf', 'text_layer', 'text layer is sound'],
    ['scan.pdf', 'ocr', 'no text'],
    ['hidden-layer.pdf', 'ocr', 'invisible text over a scan'],
    ['broken-font.pdf', 'ocr', 'garbled text in Helvetica-Bold, Helvetica'],
    ['mixed.pdf', 'mixed', 'text layer is sound, images may hold text'],
    ['blank.pdf', 'blank', 'blank page'],
  ])('%s: %s, %s', async (name, source, reason) => {
    const { records: pages } = await records(await corpus(name));
    for (const page of pages) expect(page).toMatchObject({ source, reason });
  });

  it('keeps hidden instructions out of the text and counts them', async () => {
    const {
      records: [page],
      text,
    } = await records(await corpus('injection.pdf'));
    expect(page.warnings.map(({ code }) => code)).toEqual(['hidden_text']);
    expect(page.warnings[0].message).toMatch(/^75 words that a person cannot see/);
    expect(text).toContain('gutter');
    expect(text.toLowerCase()).not.toContain('mallory');
  });

  it('takes the embedded scan instead of rendering it, and says which engines worked', async () => {
    const {
      records: [page],
    } = await records(await corpus('scan.pdf'), { pages: [{ start: 1, end: 1 }] });
    expect(page.preparation).toContain('embedded scan, 200 dpi');
    expect(page.engines[0]).toBe('pdfium');
    expect(page.engines).toHaveLength(2);
    expect(page).toMatchObject({ language: 'eng', rotation: 0 });
    expect(page.confidence).toBeGreaterThan(85);
    expect(page.words).toBeGreaterThan(100);
  });

  it('obeys `ocr`: never leaves a scan unread with a warning, always reads text as an image', async () => {
    const scan = await records(await corpus('scan.pdf'), { ocr: 'never' });
    expect(scan.records[0]).toMatchObject({ source: 'blank', reason: 'OCR switched off', words: 0 });
    expect(scan.records[0].warnings.map(({ code }) => code)).toEqual(['ocr_needed']);
    const layer = await records(await corpus('hidden-layer.pdf'), { ocr: 'never' });
    expect(layer.records[0].source).toBe('text_layer');
    expect(layer.records[0].warnings.map(({ code }) => code)).toEqual(['unseen_text']);
    const report = await records(await corpus('report.pdf'), {
      ocr: 'always',
      pages: [{ start: 2, end: 2 }],
    });
    expect(report.records[0]).toMatchObject({ source: 'ocr', reason: 'OCR asked for' });
    expect(report.records[0].words).toBeGreaterThan(100);
  });

  it('reads the prices of a photographed receipt, which stand apart from its items', async () => {
    const { text, records: pages } = await records(await corpus('receipt.jpg', 'image/jpeg'));
    const missing = ['24.90', '2.70', '4.50', '1.00', '33.10', '40.00', '6.90'].filter(
      (price) => !text.includes(price),
    );
    expect(missing).toEqual([]);
    expect(pages[0].warnings).toEqual([]);
  });

  it('reads every page of a TIFF', async () => {
    const { records: pages } = await records(await corpus('fax.tiff', 'image/tiff'));
    expect(pages.map(({ source, reason }) => [source, reason])).toEqual(
      Array.from({ length: 3 }, () => ['ocr', 'image file']),
    );
    for (const page of pages) expect(page.words).toBeGreaterThan(30);
  });

  it('works on the selected pages only, in their order', async () => {
    const document = await app.pipeline.open(await corpus('report.pdf'), {
      ...OPTIONS,
      pages: [{ start: 2, end: 7 }],
    });
    expect(document.pages).toEqual([2]);
    expect(document.info.pageCount).toBe(2);
    const { record } = await document.processPage(2, never);
    expect(record.number).toBe(2);
    expect(record.warnings.map(({ code }) => code)).toEqual(['pages_cut']);
  });

  it('asks for the password and takes it', async () => {
    const file = await corpus('encrypted-aes.pdf');
    await expect(app.pipeline.open(file, OPTIONS)).rejects.toMatchObject({ code: 'encrypted_pdf' });
    await expect(app.pipeline.open(file, { ...OPTIONS, password: 'no' })).rejects.toMatchObject({
      code: 'wrong_password',
    });
    const document = await app.pipeline.open(file, { ...OPTIONS, password: 'open sesame' });
    expect(document.info.pageCount).toBeGreaterThan(0);
  });

  it('refuses a language without data before any work', async () => {
    await expect(
      app.pipeline.open(await corpus('scan.pdf'), { ...OPTIONS, language: 'Klingon' }),
    ).rejects.toMatchObject({ code: 'invalid_argument' });
  });

  it('reads by OCR only the words whose font is broken', async () => {
    const brokenHeading = (writer: PdfWriter): string => {
      const map =
        '/CIDInit /ProcSet findresource begin begincmap /CMapType 2 def 1 begincodespacerange <00> <FF> endcodespacerange ' +
        '1 beginbfrange <20> <7E> <E020> endbfrange endcmap end';
      const font = writer.add(
        `<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding /WinAnsiEncoding /ToUnicode ${writer.stream('', map)} 0 R >>`,
      );
      const form = writer.stream(
        `/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /Font << /B1 ${font} 0 R >> >>`,
        textAt(72, 700, 'Annual Harbour Report', { font: 'B1', size: 24 }),
      );
      return `/XObject << /Fm ${form} 0 R >>`;
    };
    const lines = Array.from({ length: 12 }, (_, i) =>
      textAt(72, 640 - i * 18, 'The ferry moved between the two wooden piers and nobody spoke.'),
    );
    const pdf = buildPdf({ pages: [{ content: `/Fm Do ${lines.join('')}` }], resources: brokenHeading });
    const {
      records: [page],
      text,
    } = await records(documentFile(pdf, 'application/pdf'));
    expect(page).toMatchObject({ source: 'mixed', reason: 'garbled text in Times-Bold' });
    expect(text).toContain('"text":"Harbour"');
    expect(text).toContain('"text":"piers"');
    expect(text).not.toMatch(/[\uE000-\uF8FF]/);
    expect(page.words).toBe(12 * 11 + 3);
  });

  it('shows the page, a region, and the page turned as it was read', async () => {
    const document = await app.pipeline.open(await corpus('report.pdf'), OPTIONS);
    const whole = await document.renderPage(1, { dpi: 36 });
    expect([whole.width, whole.height, whole.channels]).toEqual([298, 421, 3]);
    const region = { x0: 72, y0: 72, x1: 216, y1: 144 };
    const part = await document.renderPage(1, { dpi: 72, region });
    expect([part.width, part.height]).toEqual([144, 72]);
    const turned = await document.renderPage(1, { dpi: 36, rotation: 90 });
    expect([turned.width, turned.height]).toEqual([421, 298]);
    await expect(document.renderPage(9, { dpi: 36 })).rejects.toEqual(
      expect.objectContaining({ code: 'page_out_of_range' }),
    );
  });
});
