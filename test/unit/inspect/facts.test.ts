import { describe, expect, it } from 'vitest';
import type { NativeWord, PdfImage, PdfPage } from '#legible/engines/pdf/port.js';
import { coverShare, gatherFacts } from '#legible/pipeline/inspect/facts.js';

const image = (
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  changes: Partial<PdfImage> = {},
): PdfImage => ({
  box: { x0, y0, x1, y1 },
  index: 0,
  width: Math.round(((x1 - x0) / 72) * 300),
  height: Math.round(((y1 - y0) / 72) * 300),
  filter: 'DCTDecode',
  upright: true,
  masked: false,
  ...changes,
});
const word = (text: string, changes: Partial<NativeWord> = {}): NativeWord => ({
  text,
  box: { x0: 72, y0: 72, x1: 172, y1: 92 },
  baseline: 88,
  size: 20,
  confidence: 100,
  style: { font: 'Times', bold: false, italic: false, mono: false },
  ...changes,
});
const page = (changes: Partial<PdfPage>): PdfPage => ({
  number: 1,
  width: 612,
  height: 792,
  rotation: 0,
  words: [],
  rules: [],
  shapes: [],
  images: [],
  tags: [],
  curves: 0,
  ...changes,
});

const SCAN = image(0, 0, 612, 792);

describe('the scan that is the page', () => {
  const scanOf = (changes: Partial<PdfPage>) => gatherFacts(page({ images: [SCAN], ...changes })).scan;

  it('is one upright image over the page, margins of a scanner allowed', () => {
    expect(scanOf({})).toBe(SCAN);
    expect(scanOf({ images: [image(5, 5, 600, 785)] })).not.toBeNull();
    expect(scanOf({ words: [word('layer', { hidden: 'invisible' })] })).toBe(SCAN);
  });
  it.each<[string, Partial<PdfPage>]>([
    ['something is drawn over it that may black words out', { shapes: [{ box: SCAN.box, fill: '#000000' }] }],
    ['text stands on it', { words: [word('stamp')] }],
    ['it is turned', { images: [{ ...SCAN, upright: false }] }],
    ['a mask takes part', { images: [{ ...SCAN, masked: true }] }],
    ['it is one of several', { images: [SCAN, image(0, 0, 100, 100)] }],
    ['it leaves much of the page free', { images: [image(0, 0, 612, 500)] }],
    ['it shows beyond the page', { images: [image(-600, 0, 612, 792)] }],
    ['its pixels are not square', { images: [{ ...SCAN, height: 1650 }] }],
  ])('is none when %s', (_name, changes) => {
    expect(scanOf(changes)).toBeNull();
  });
});

describe('facts', () => {
  it('count seen words only, hidden ones by their reason', () => {
    const facts = gatherFacts(
      page({
        words: [
          word('seen'),
          word('white', { hidden: 'no_contrast' }),
          word('also', { hidden: 'no_contrast' }),
          word('off', { hidden: 'off_page' }),
        ],
      }),
    );
    expect(facts).toMatchObject({
      soundWords: 1,
      soundCharacters: 4,
      hiddenWords: { no_contrast: 2, off_page: 1 },
    });
  });

  it('do not take a lone icon for text', () => {
    const icon = word('\uE001', { unmapped: 1 });
    expect(gatherFacts(page({ words: [icon], images: [SCAN] }))).toMatchObject({
      soundWords: 0,
      garbledCharacters: 0,
    });
  });

  it('join the strips of one picture and keep a logo on a photograph apart', () => {
    const strips = [image(0, 0, 612, 260), image(0, 260, 612, 530), image(0, 530, 612, 792)];
    expect(gatherFacts(page({ images: strips })).pictures).toHaveLength(1);
    const logo = image(170, 30, 420, 80);
    const { pictures } = gatherFacts(page({ images: [SCAN, logo] }));
    expect(pictures.map(({ box }) => box)).toEqual([SCAN.box, logo.box]);
  });

  it('measure how much of a picture lies under text', () => {
    const { pictures } = gatherFacts(page({ images: [image(72, 72, 272, 92)], words: [word('caption')] }));
    expect(pictures[0].textCover).toBeCloseTo(0.5, 1);
  });
});

describe('coverShare', () => {
  const sheet = { width: 100, height: 100 };
  it('counts overlapping boxes once and nothing outside the page', () => {
    expect(coverShare(sheet, [])).toBe(0);
    expect(
      coverShare(sheet, [
        { x0: 0, y0: 0, x1: 50, y1: 100 },
        { x0: 25, y0: 0, x1: 50, y1: 100 },
      ]),
    ).toBeCloseTo(0.5);
    expect(coverShare(sheet, [{ x0: -500, y0: -500, x1: 500, y1: 500 }])).toBe(1);
    expect(coverShare(sheet, [{ x0: 300, y0: 300, x1: 400, y1: 400 }])).toBe(0);
  });
});
