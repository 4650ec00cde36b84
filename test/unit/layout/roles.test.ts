import { describe, expect, it } from 'vitest';
import { layOut, sketch } from './blocks.js';
import { column, page } from './page.js';

const BODY =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua ut enim ad minim veniam quis nostrud exercitation.';

describe('headings', () => {
  it('takes larger and bold lines as headings, one level a size', () => {
    const [blocks] = layOut(
      page([
        { x: 50, y: 150, text: 'The Title', size: 20, bold: true },
        ...column(BODY, { x: 50, y: 190, width: 490 }),
        { x: 50, y: 260, text: '1. A section', size: 14, bold: true },
        ...column(BODY, { x: 50, y: 290, width: 490 }),
        { x: 50, y: 360, text: 'Only bold, of body size', bold: true },
        ...column(BODY, { x: 50, y: 380, width: 490 }),
      ]),
    );
    expect(sketch(blocks).filter((s) => s.startsWith('h'))).toEqual([
      'h1 The Title',
      'h2 1. A section',
      'h3 Only bold, of body size',
    ]);
  });

  it('does not take a bold run-in for a heading', () => {
    const [blocks] = layOut(
      page([
        { x: 50, y: 200, text: 'Run-in.', bold: true },
        { x: 90, y: 200, text: 'The sentence goes on in the same line and' },
        { x: 50, y: 212, text: 'fills a second line of the paragraph as well' },
      ]),
    );
    expect(sketch(blocks)).toEqual([
      'p Run-in. The sentence goes on in the same line and fills a second line of the paragraph as well',
    ]);
  });
});

describe('the hierarchy', () => {
  const text = (y: number) => column(`${BODY} ${BODY}`, { x: 50, y, width: 490 });
  const heads = (blocks: ReturnType<typeof layOut>[number]) => sketch(blocks).filter((s) => /^h\d/.test(s));

  it('keeps a subtitle in italics a paragraph', () => {
    const [blocks] = layOut(
      page([
        { x: 50, y: 120, text: 'Water quality', size: 22, bold: true },
        { x: 50, y: 140, text: 'Findings of the spring survey', size: 13, italic: true },
        ...text(180),
        { x: 50, y: 260, text: 'Summary', size: 15, bold: true },
        ...text(290),
      ]),
    );
    expect(heads(blocks)).toEqual(['h1 Water quality', 'h2 Summary']);
    expect(sketch(blocks)[1]).toBe('p Findings of the spring survey');
  });

  it('skips no level when a smaller kind of heading comes first', () => {
    const [blocks] = layOut(
      page([
        { x: 50, y: 120, text: 'Water quality', size: 22, bold: true },
        ...text(150),
        { x: 50, y: 230, text: 'In the harbour', size: 12, bold: true },
        ...text(250),
      ]),
      page(
        [
          { x: 50, y: 120, text: 'A second report', size: 22, bold: true },
          { x: 50, y: 160, text: 'Only one of these', size: 15, bold: true },
          ...text(190),
        ],
        { number: 2 },
      ),
    );
    expect(heads(blocks)).toEqual(['h1 Water quality', 'h2 In the harbour']);
  });

  it('takes a bold question over two lines for a heading, and a bold sentence for text', () => {
    const [blocks] = layOut(
      page([
        ...text(120),
        ...column(
          'When will the work begin, and how long is the harbour closed to boats that need more than two metres of water?',
          { x: 50, y: 200, width: 490, bold: true },
        ),
        ...text(230),
        ...column(
          'All of the work will begin in spring, and the harbour is closed to boats that need more than two metres of water.',
          { x: 50, y: 310, width: 490, bold: true },
        ),
        ...text(340),
      ]),
    );
    expect(heads(blocks)).toEqual([expect.stringMatching(/^h1 When .*\?$/)]);
  });

  it('takes paragraphs for text although most of the page is set smaller', () => {
    const notes = Array.from({ length: 5 }, (_, i) =>
      column(`${BODY} ${BODY}`, { x: 50, y: 300 + i * 60, width: 490, size: 9 }),
    );
    const [blocks] = layOut(
      page([
        ...column(`${BODY} ${BODY}`, { x: 50, y: 120, width: 490, size: 11.5 }),
        ...column('Here we recall what was said, and go on with it', {
          x: 50,
          y: 200,
          width: 490,
          size: 11.5,
        }),
        { x: 50, y: 250, text: 'Notes to the text', size: 14, bold: true },
        ...notes.flat(),
      ]),
    );
    expect(heads(blocks)).toEqual(['h1 Notes to the text']);
  });
});

describe('lists', () => {
  it('nests by indent and keeps continuation lines in their item', () => {
    const [blocks] = layOut(
      page([
        { x: 50, y: 200, text: '• the first item of the list has a long text' },
        { x: 59, y: 212, text: 'that goes on below its own first word' },
        { x: 70, y: 224, text: '◦ a nested item' },
        { x: 70, y: 236, text: '◦ another nested item' },
        { x: 50, y: 248, text: '• the second item' },
      ]),
    );
    expect(sketch(blocks)).toEqual([
      'ul • the first item of the list has a long text that goes on below its own first word [◦ a nested item / ◦ another nested item] / • the second item',
    ]);
  });

  it('makes an ordered list only of numbers that count', () => {
    const [blocks] = layOut(
      page([
        { x: 50, y: 200, text: '1. one thing' },
        { x: 50, y: 212, text: '2. another thing' },
        { x: 50, y: 240, text: '9. something else' },
      ]),
    );
    expect(sketch(blocks)).toEqual(['ol 1. one thing / 2. another thing', 'p 9. something else']);
  });
});

describe('furniture', () => {
  const body = (y: number) => column(`${BODY} ${BODY}`, { x: 50, y, width: 490 });

  it('knows a page number at the foot of a single page', () => {
    const [blocks] = layOut(page([...body(120), { x: 290, y: 800, text: '– 12 –' }]));
    expect(sketch(blocks).at(-1)).toBe('page_number – 12 –');
  });

  it('knows a lone page number far above the edge, and leaves a number within the text alone', () => {
    const [blocks] = layOut(page([...body(120), { x: 290, y: 500, text: '62' }]));
    expect(sketch(blocks).at(-1)).toBe('page_number 62');
    const [inner] = layOut(page([...body(120), { x: 290, y: 500, text: '62' }, ...body(540)]));
    expect(inner.map((b) => b.type)).not.toContain('furniture');
  });

  it('knows a foot with its number below a rule, and no note below one', () => {
    const rule = { orientation: 'horizontal' as const, box: { x0: 50, y0: 730, x1: 540, y1: 731 } };
    const make = (text: string) =>
      sketch(layOut(page([...body(120), ...body(660), { x: 50, y: 745, text }], { rules: [rule] }))[0]).at(
        -1,
      );
    expect(make('Appendix B. Tables of the survey 200')).toMatch(/^running_foot/);
    expect(make('The survey was made in spring and goes on in the year after this one.')).not.toMatch(
      /^running/,
    );
  });

  it('keeps a title in display type at the top of a cover', () => {
    const [blocks] = layOut(
      page([
        { x: 230, y: 60, text: 'THE VISION', size: 30 },
        { x: 110, y: 640, text: 'THE POWER OF STORYTELLING', size: 38 },
      ]),
    );
    expect(blocks.map((b) => b.type)).not.toContain('furniture');
  });

  it('knows a head that returns on other pages, of whatever size', () => {
    const make = (number: number) =>
      page([{ x: 200, y: 90, text: `The Chapter ${number}`, size: 10 }, ...body(140)], { number });
    const pages = layOut(make(1), make(2), make(3));
    expect(pages.map((b) => sketch(b)[0])).toEqual([
      'running_head The Chapter 1',
      'running_head The Chapter 2',
      'running_head The Chapter 3',
    ]);
  });

  it('finds none on a receipt, which is a strip and no sheet', () => {
    const last = { x: 60, y: 590, text: 'Printed at 21/01/2018', size: 8 };
    const lines = column(BODY, { x: 20, y: 60, width: 210 });
    const make = (width: number) => sketch(layOut(page([...lines, last], { width, height: 620 }))[0]).join();
    expect(make(250)).not.toContain('running_foot');
    expect(make(440)).toContain('running_foot');
  });

  it('leaves a title at the top of a page alone', () => {
    const [blocks] = layOut(page([{ x: 200, y: 60, text: 'Report 2024', size: 22 }, ...body(120)]));
    expect(sketch(blocks)[0]).toBe('h1 Report 2024');
  });

  it('leaves the numbers out that count the lines in the margin, and keeps those of a list', () => {
    const lines = column(`${BODY} ${BODY} ${BODY} ${BODY}`, { x: 80, y: 120, width: 440 });
    const counts = lines.map((l, i) => ({ x: 50, y: l.y, text: `${i + 1}` }));
    expect(sketch(layOut(page([...lines, ...counts]))[0])).toEqual([
      `p ${BODY} ${BODY} ${BODY} ${BODY}`,
      `line_number ${counts.map((c) => c.text).join(' ')}`,
    ]);
    const years = lines.map((l, i) => ({ x: 50, y: l.y, text: `${(i * 37) % 100}` }));
    expect(sketch(layOut(page([...lines, ...years]))[0]).join()).not.toContain('line_number');
  });

  it('leaves a word out that the text runs across', () => {
    const stamp = { x: 100, y: 160, text: 'DRAFT', size: 80 };
    const [blocks] = layOut(page([...body(120), stamp]));
    expect(sketch(blocks)).toEqual([`p ${BODY} ${BODY}`, 'watermark DRAFT']);
  });

  it('takes text that runs up the margin for furniture', () => {
    const stamp = { text: 'Downloaded', box: { x0: 10, y0: 300, x1: 20, y1: 400 }, baseline: 20 };
    const base = page(body(120));
    const turned = { ...base.words[0], ...stamp, angle: 270 as const };
    const [blocks] = layOut({ ...base, words: [...base.words, turned] });
    expect(sketch(blocks).at(-1)).toBe('artifact Downloaded');
  });
});
