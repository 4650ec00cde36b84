import { describe, expect, it } from 'vitest';
import type { Block } from '#legible/document/block.js';
import type { Word } from '#legible/document/word.js';
import { DocumentJson, documentJson, writeDocument } from '#legible/pipeline/write/index.js';
import { cell, doc, figure, grid, heading, item, list, page, paragraph, table } from './build.js';

const text = (...blocks: Block[]) => writeDocument(doc(page(1, ...blocks)), 'text').trimEnd();

describe('plain text', () => {
  it('has the words and the printed markers, no markup', () => {
    expect(
      text(
        heading(1, { text: 'Title', bold: true }),
        paragraph('A ', { text: 'bold', bold: true }, ' [1] *word*'),
        list(item('•', 'one', item('(a)', 'nested')), { ...item('☐', 'open'), checked: false }),
        figure('p1-1', 'Figure 1'),
        figure('p1-2', ''),
      ),
    ).toBe('Title\n\nA bold [1] *word*\n\n• one\n  (a) nested\n[ ] open\n\nFigure 1');
  });

  it('writes a table row by row, spans at their first position', () => {
    expect(
      text(
        table([
          cell(0, 0, 'a', { colspan: 2 }),
          cell(0, 2, 'b'),
          cell(1, 0, '1'),
          cell(1, 1, '2'),
          cell(1, 2, '3'),
        ]),
      ),
    ).toBe('a\t\tb\n1\t2\t3');
  });
});

describe('JSON', () => {
  const word = (value: string, confidence: number): Word => ({
    text: value,
    box: { x0: 72.04, y0: 71.96, x1: 100, y1: 84 },
    baseline: 82,
    size: 12,
    confidence,
    style: { font: '', bold: false, italic: false, mono: false },
  });
  const box = { x0: 72, y0: 72, x1: 300, y1: 84 };
  const lines = [{ box, baseline: 82, words: [word('sure', 96.4), word('d0ubtful', 31)] }];

  it('marks doubtful words and gives boxes in points', () => {
    const { pages } = documentJson(doc(page(1, { ...paragraph('sure d0ubtful'), lines })));
    expect(pages[0].blocks[0].lines[0].words).toEqual([
      { text: 'sure', box: [72, 72, 100, 84], confidence: 96 },
      { text: 'd0ubtful', box: [72, 72, 100, 84], confidence: 31, doubtful: true },
    ]);
  });

  it('gives the looks of a text that has any, without targets that run something', () => {
    const inlines = [
      { text: 'See ' },
      { text: 'here', bold: true as const, link: 'https://a.example/' },
      { text: ' or ' },
      { text: 'there', link: 'javascript:alert(1)' },
      { text: '2', superscript: true as const },
    ];
    const { pages } = documentJson(
      doc(page(1, paragraph(...inlines), paragraph('plain'), list({ ...item('•', ''), inlines }))),
    );
    const [emphasised, plain, points] = pages[0].blocks;
    const expected = [
      { text: 'See ' },
      { text: 'here', bold: true, link: 'https://a.example/' },
      { text: ' or ' },
      { text: 'there' },
      { text: '2', superscript: true },
    ];
    expect(emphasised).toMatchObject({ text: 'See here or there²', inlines: expected });
    expect(plain).not.toHaveProperty('inlines');
    expect(points.items?.[0].inlines).toEqual(expected);
  });

  it('keeps what Markdown leaves out, and follows its schema for every kind of block', () => {
    const blocks: Block[] = [
      heading(2, 'Head'),
      { ...paragraph('quote'), role: 'quote' },
      list(item('1.', 'one', item('a)', 'nested'))),
      grid(
        [
          ['A', 'B'],
          ['1', '2'],
        ],
        { caption: [{ text: 'Table 1' }] },
      ),
      figure('p1-1', 'Figure 1'),
      { ...paragraph(), type: 'formula', text: 'E=mc', latex: 'E=mc^2' } as Block,
      { ...paragraph(), type: 'code', text: 'x = 1' } as Block,
      { ...paragraph('7'), type: 'furniture', role: 'page_number' } as Block,
    ];
    const failed = { code: 'page_failed', message: 'm', hint: 'h' } as const;
    const document = doc(page(1, ...blocks), {
      ...page(2),
      source: 'failed',
      confidence: null,
      error: failed,
    });
    const json = JSON.parse(writeDocument(document, 'json'));
    expect(DocumentJson.strict().parse(json)).toEqual(json);
    expect(json.pages[0].blocks.map(({ type }: { type: string }) => type)).toEqual(
      blocks.map(({ type }) => type),
    );
    expect(json.pages[0].blocks.at(-1)).toMatchObject({ role: 'page_number', text: '7' });
    expect(json.pages[1]).toMatchObject({ confidence: null, error: failed, blocks: [] });
  });
});
