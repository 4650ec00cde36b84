import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '#legible/document/block.js';
import type { PageContent } from '#legible/document/page.js';
import type { TextStyle, Word } from '#legible/document/word.js';
import { layout } from '#legible/pipeline/layout/index.js';

const styles: readonly TextStyle[] = [
  { font: 'Times', bold: false, italic: false, mono: false },
  { font: 'Times-Bold', bold: true, italic: false, mono: false },
  { font: 'Courier', bold: false, italic: true, mono: true },
];

const text = fc.oneof(
  fc.stringMatching(/^[a-zA-Z]{1,9}$/),
  fc.constantFrom(
    '•',
    '1.',
    '(a)',
    '–',
    '12',
    'Figure',
    'Table',
    'infor-',
    'well-',
    '=',
    'שלום',
    'The',
    'e.g.',
    '☐',
  ),
);

/** Words on a coarse grid, so that lines, columns and collisions come about. */
const word: fc.Arbitrary<Word> = fc
  .record({
    text,
    column: fc.integer({ min: 0, max: 18 }),
    row: fc.integer({ min: 0, max: 50 }),
    size: fc.constantFrom(6, 9, 10, 10, 10, 10, 14, 30),
    style: fc.constantFrom(...styles),
    glued: fc.boolean(),
    angle: fc.constantFrom(undefined, undefined, undefined, undefined, undefined, 90 as const, 270 as const),
  })
  .map(({ text, column, row, size, style, glued, angle }) => {
    const x0 = 40 + column * 28;
    const baseline = 50 + row * 15;
    return {
      text,
      box: { x0, y0: baseline - size * 0.75, x1: x0 + text.length * size * 0.5, y1: baseline + size * 0.25 },
      baseline,
      size,
      confidence: 100,
      style,
      ...(glued && { glued: true as const }),
      ...(angle && { angle }),
    };
  });

const rule = fc
  .record({ x: fc.integer({ min: 30, max: 500 }), y: fc.integer({ min: 30, max: 800 }), long: fc.boolean() })
  .map(({ x, y, long }) => ({
    orientation: long ? ('horizontal' as const) : ('vertical' as const),
    box: { x0: x, y0: y, x1: long ? x + 300 : x + 1, y1: long ? y + 1 : y + 200 },
  }));

const pages = fc.array(
  fc.record({
    words: fc.array(word, { maxLength: 90 }),
    rules: fc.array(rule, { maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 3 },
);

const key = (w: Word): string => `${w.text}@${w.box.x0},${w.box.y0},${w.box.x1}`;
const wordsOf = (blocks: readonly Block[]): string[] =>
  blocks.flatMap((b) => b.lines.flatMap((l) => l.words.map(key)));

function layOut(contents: readonly PageContent[]): (readonly Block[])[] {
  const drafts = contents.map((c) => layout.analyzePage(c));
  const context = layout.documentContext(
    drafts.map((d) => layout.summarizePage(d)),
    [{ title: 'The', depth: 0, page: 1 }],
  );
  return drafts.map((d) => layout.resolvePage(d, context));
}

const contentsOf = (raw: readonly Pick<PageContent, 'words' | 'rules'>[]): PageContent[] =>
  raw.map((p, i) => ({ ...p, number: i + 1, width: 595, height: 842, shapes: [], images: [], tags: [] }));

describe('layout', () => {
  it('neither loses nor repeats a word', () => {
    fc.assert(
      fc.property(pages, (raw) => {
        const contents = contentsOf(raw);
        const blocks = layOut(contents);
        contents.forEach((content, i) => {
          expect(wordsOf(blocks[i]).sort()).toEqual(content.words.map(key).sort());
        });
      }),
      { numRuns: 150 },
    );
  });

  it('does not depend on the order in which pages are finished, nor on a trip through JSON', () => {
    fc.assert(
      fc.property(pages, (raw) => {
        const contents = contentsOf(raw);
        const drafts = contents.map((c) => layout.analyzePage(c));
        const summaries = drafts.map((d) => layout.summarizePage(d));
        const context = layout.documentContext(summaries, []);
        const again = layout.documentContext(JSON.parse(JSON.stringify(summaries)).reverse(), []);
        drafts.forEach((draft) => {
          const stored = JSON.parse(JSON.stringify(draft));
          expect(layout.resolvePage(stored, JSON.parse(JSON.stringify(again)))).toEqual(
            JSON.parse(JSON.stringify(layout.resolvePage(draft, context))),
          );
        });
      }),
      { numRuns: 60 },
    );
  });
});
