import { afterAll, describe, expect, it } from 'vitest';
import type { Word } from '#legible/document/word.js';
import { createPdfiumEngine } from '#legible/engines/pdf/pdfium/engine.js';
import { markBold, strokeWeights } from '#legible/pipeline/recognize/stroke-weight.js';
import { bilevel, invert, scanned } from '../../corpus/make/degrade.js';
import { blur } from '../../corpus/make/images.js';
import type { GrayImage } from '../../corpus/make/pdfium.js';
import { pdfFile } from '../../support/pdf-file.js';
import { buildPdf, textAt } from '../../support/pdf-writer.js';

const PROSE =
  'The harbour master wrote down every ship that came in with the tide and every barrel that it carried ashore'.split(
    ' ',
  );
const OCR = { font: '', bold: false, italic: false, mono: false };

const engine = createPdfiumEngine({ threads: 1 });
afterAll(() => engine.close());

interface Setting {
  /** Font resources of `buildPdf` for regular and bold. */
  readonly fonts: readonly [string, string];
  readonly dpi: number;
  readonly isBold: (line: number, word: number) => boolean;
  readonly size?: (line: number) => number;
}

/** A page of text with some words in bold, as an image, with the words as OCR would give them. */
async function page({ fonts, dpi, isBold, size = () => 11 }: Setting) {
  let content = '';
  for (let line = 0; line < 18; line++) {
    let x = 60;
    for (const [index, text] of PROSE.slice(0, 9).entries()) {
      const shown = PROSE[(line * 4 + index) % PROSE.length] ?? text;
      content += textAt(x, 720 - line * 30, shown, {
        font: fonts[isBold(line, index) ? 1 : 0],
        size: size(line),
      });
      x += shown.length * size(line) * 0.6 + 8;
    }
  }
  const file = pdfFile(
    buildPdf({
      pages: [{ content }],
      fonts: (writer) =>
        ['Times-Roman', 'Times-Bold']
          .map(
            (name, index) =>
              `/T${index + 1} ${writer.add(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`)} 0 R`,
          )
          .join(' '),
    }),
  );
  const { words } = await engine.readPage(file, 1);
  const { data, width, height } = await engine.render(file, 1, { dpi, color: 'gray' });
  const read = words.map((word): Word => ({ ...word, style: OCR, line: Math.round(word.baseline) }));
  const truth = words.flatMap(({ style }, index) => (style.bold ? [index] : []));
  return { read, truth, image: { width, height, pixels: new Uint8Array(data) }, scale: dpi / 72 };
}

type Page = Awaited<ReturnType<typeof page>>;

/** Indices of the words that are told to be bold. */
function boldWords({ read, scale }: Page, { width, height, pixels }: GrayImage): number[] {
  const boxes = read.map(({ box }) => ({
    x0: box.x0 * scale,
    y0: box.y0 * scale,
    x1: box.x1 * scale,
    y1: box.y1 * scale,
  }));
  const marked = markBold(read, strokeWeights({ data: pixels, width, height }, boxes));
  return marked.flatMap(({ style }, index) => (style.bold ? [index] : []));
}

const HELVETICA = ['F1', 'F2'] as const;
const TIMES = ['T1', 'T2'] as const;
/** Runs of three words in every third line, and a line as a whole. */
const someBold = (line: number, word: number) => line === 6 || (line % 3 === 1 && word >= 3 && word < 6);

describe('bold type on a page image', () => {
  it.each([
    ['Helvetica, as rendered', HELVETICA, 200, async (image: GrayImage) => image],
    ['Times, as rendered', TIMES, 200, async (image: GrayImage) => image],
    [
      'Helvetica, blurred and grainy',
      HELVETICA,
      200,
      async (image: GrayImage) => scanned(await blur(image, 0.6), 3),
    ],
    ['Times, blurred and grainy', TIMES, 200, async (image: GrayImage) => scanned(await blur(image, 0.6), 4)],
    ['Times, a fax', TIMES, 200, async (image: GrayImage) => bilevel(image)],
    ['Helvetica at 150 dpi', HELVETICA, 150, async (image: GrayImage) => scanned(image, 5)],
  ])('is told by its strokes: %s', async (_, fonts, dpi, degrade) => {
    const made = await page({ fonts, dpi, isBold: someBold });
    const found = boldWords(made, await degrade(made.image));
    // Never a regular word; of the bold ones most.
    expect(made.truth).toEqual(expect.arrayContaining(found));
    expect(found.length).toBeGreaterThan(0.8 * made.truth.length);
  });

  it('is nowhere on a page of one weight, however heavy', async () => {
    for (const isBold of [() => false, () => true]) {
      const made = await page({ fonts: HELVETICA, dpi: 200, isBold });
      expect(boldWords(made, made.image)).toEqual([]);
    }
  });

  it('is not what is only smaller or larger', async () => {
    const size = (line: number) => (line === 0 ? 20 : line > 14 ? 7 : 11);
    const made = await page({ fonts: TIMES, dpi: 200, isBold: () => false, size });
    expect(boldWords(made, await blur(made.image, 0.6))).toEqual([]);
  });

  it('is not guessed where type is light on dark, or faint', async () => {
    const made = await page({ fonts: HELVETICA, dpi: 200, isBold: someBold });
    expect(boldWords(made, invert(made.image))).toEqual([]);
    const faint = { ...made.image, pixels: made.image.pixels.map((value) => 225 + value / 10) };
    expect(boldWords(made, faint)).toEqual([]);
  });

  it('needs the word to be read surely', async () => {
    const made = await page({ fonts: HELVETICA, dpi: 200, isBold: someBold });
    const unsure = { ...made, read: made.read.map((word) => ({ ...word, confidence: 40 })) };
    expect(boldWords(unsure, made.image)).toEqual([]);
  });
});
