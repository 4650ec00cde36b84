import { afterAll, describe, expect, it } from 'vitest';
import { createPdfiumEngine } from '#legible/engines/pdf/pdfium/engine.js';
import { createPdfjsEngine } from '#legible/engines/pdf/pdfjs/engine.js';
import type { PdfPage } from '#legible/engines/pdf/port.js';
import { corpusFile } from '../support/pdf-file.js';

/** Share of the em by which a word's sides may lie apart: single widths of stand-in fonts differ. */
const WIDTH_TOLERANCE = 0.25;
/** Points by which baselines may differ. */
const BASELINE_TOLERANCE = 0.3;
/** Share of the em by which heights may differ: fonts that are not embedded have those of a stand-in. */
const HEIGHT_TOLERANCE = 0.15;

describe('the two PDF engines', () => {
  const first = createPdfiumEngine({ threads: 1 });
  const second = createPdfjsEngine();
  afterAll(() => Promise.all([first.close(), second.close()]));

  it.each(['report.pdf', 'tables.pdf', 'two-columns.pdf', 'mixed.pdf', 'injection.pdf', 'rotated.pdf'])(
    'read the same words at the same places in %s',
    async (name) => {
      const file = await corpusFile(name);
      const { pageCount } = await first.open(file);
      for (let page = 1; page <= pageCount; page++) {
        const a = await first.readPage(file, page);
        const b = await second.readPage(file, page);
        expect(b.words.map(summary)).toEqual(a.words.map(summary));
        for (const [i, word] of a.words.entries()) {
          const other = b.words[i];
          const apart = (side: keyof typeof word.box) => Math.abs(word.box[side] - other.box[side]);
          expect(Math.max(apart('x0'), apart('x1')), word.text).toBeLessThan(word.size * WIDTH_TOLERANCE);
          expect(Math.max(apart('y0'), apart('y1')), word.text).toBeLessThan(word.size * HEIGHT_TOLERANCE);
          expect(Math.abs(word.size - other.size), word.text).toBeLessThan(0.1);
          expect(Math.abs(word.baseline - other.baseline)).toBeLessThan(BASELINE_TOLERANCE);
        }
        expect(b.images.length).toBe(a.images.length);
        expect(vectors(b)).toEqual(vectors(a));
      }
    },
  );
});

const summary = ({ text, glued, hidden, angle, style }: PdfPage['words'][number]) =>
  [text, glued, hidden, angle, style.bold, style.italic, style.mono, style.font].join(' ');

const vectors = (page: PdfPage) => ({
  rules: page.rules.length,
  shapes: page.shapes.length,
  tags: page.tags.length,
});
