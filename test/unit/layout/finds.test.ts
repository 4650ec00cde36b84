import { describe, expect, it } from 'vitest';
import type { Word } from '#legible/document/word.js';
import { layOut, sketch } from './blocks.js';
import { column, page, type TextAt, words } from './page.js';

const BODY =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua ut enim ad minim veniam quis nostrud exercitation';
const body = (y: number, text = BODY): TextAt[] => column(`${text}.`, { x: 50, y, width: 490 });

describe('what a page holds besides text', () => {
  it('reads a drop cap as the first letter of its word', () => {
    const content = page([
      { x: 78, y: 107, text: 'obody expected the factory to fall silent on that day of all days' },
      { x: 78, y: 119, text: 'in the year, least of all the people who had to live beside it' },
      { x: 50, y: 131, text: 'and who had heard nothing else since the day they were born there.' },
    ]);
    const [cap] = words({ x: 50, y: 119, text: 'N', size: 30 });
    const [blocks] = layOut({ ...content, words: [cap, ...content.words] });
    expect(sketch(blocks)).toHaveLength(1);
    expect(sketch(blocks)[0]).toMatch(/^p Nobody expected .* born there\.$/);
  });

  it('makes a list of lines with drawn bullets', () => {
    const lines = [
      { x: 70, y: 200, text: 'first thing to remember' },
      { x: 70, y: 214, text: 'second thing to remember' },
    ];
    const shapes = lines.map(({ y }) => ({
      box: { x0: 56, y0: y - 5, x1: 60, y1: y - 1 },
      fill: '#000000',
      round: true as const,
    }));
    const [blocks] = layOut(page([...body(100), ...lines], { shapes }));
    expect(sketch(blocks).at(-1)).toBe('ul • first thing to remember / • second thing to remember');
  });

  it('takes a dot inside a line for no bullet', () => {
    const shapes = [200, 214].map((y) => ({
      box: { x0: 100, y0: y - 5, x1: 104, y1: y - 1 },
      round: true as const,
    }));
    const [blocks] = layOut(
      page(
        [
          { x: 50, y: 200, text: 'one thing' },
          { x: 106, y: 200, text: 'and another' },
          { x: 50, y: 214, text: 'two thing' },
          { x: 106, y: 214, text: 'and another' },
        ],
        { shapes },
      ),
    );
    expect(sketch(blocks).join()).not.toContain('ul');
  });

  it('puts a caption into its figure', () => {
    const [blocks] = layOut(
      page([...body(100), { x: 150, y: 420, text: 'Figure 2: The machine in 1938' }], {
        images: [{ box: { x0: 100, y0: 180, x1: 500, y1: 400 }, index: 0 }],
      }),
    );
    expect(sketch(blocks).slice(1)).toEqual(['figure p1-1 Figure 2: The machine in 1938']);
  });

  it('puts a caption that stands beside its figure into it', () => {
    const [blocks] = layOut(
      page(
        [
          ...body(120),
          ...column('Figure 1. The outer wall at low water, seen from the lighthouse.', {
            x: 270,
            y: 230,
            width: 250,
          }),
          ...body(360),
        ],
        { images: [{ box: { x0: 50, y0: 200, x1: 250, y1: 330 }, index: 0 }] },
      ),
    );
    expect(sketch(blocks)).toContain(
      'figure p1-1 Figure 1. The outer wall at low water, seen from the lighthouse.',
    );
  });

  it('takes the title under a label for the rest of the caption', () => {
    const [blocks] = layOut(
      page([
        ...body(100),
        { x: 50, y: 170, text: 'Table 1.' },
        { x: 50, y: 184, text: 'Prevalence by age', size: 13, bold: true },
        ...body(210),
      ]),
    );
    expect(sketch(blocks).slice(1, 3)).toEqual(['caption Table 1.', 'caption Prevalence by age']);
  });

  it('keeps code as typed, blanks and indents included', () => {
    const code = ['if (ready) {', '    start();', '}'].map((text, i) => ({
      ...{ x: 50 + (text.length - text.trimStart().length) * 5, y: 200 + i * 12 },
      text: text.trimStart(),
      mono: true,
    }));
    const fixed = code.flatMap((line) => {
      let x = line.x;
      return words(line).map((w) => {
        const placed = { ...w, box: { ...w.box, x0: x, x1: x + w.text.length * 5 } };
        x += (w.text.length + 1) * 5;
        return placed;
      });
    });
    const content = page(body(100));
    const [blocks] = layOut({ ...content, words: [...content.words, ...fixed] });
    expect(sketch(blocks).at(-1)).toBe('code if (ready) {\n    start();\n}');
  });

  it('keeps a displayed formula on its own, in LaTeX where it is plain', () => {
    const content = page([...body(100), { x: 250, y: 170, text: 'E = m' }, ...body(200)]);
    const raised = words({ x: 270.8, y: 166, text: '2', size: 6.5 });
    const [blocks] = layOut({ ...content, words: [...content.words, ...raised] });
    const formula = blocks.find((b) => b.type === 'formula');
    expect(formula?.type === 'formula' && formula.latex).toBe('E = m^{2}');
  });

  it('writes limits of a sum in LaTeX, and nothing where a piece of the formula stands elsewhere', () => {
    const cm = (font: string) => ({ font, bold: false, italic: false, mono: false });
    const sum = (extra: Word[]) => {
      const content = page([...body(100), { x: 240, y: 180, text: 'f(x) =' }, ...body(230)]);
      // The sign hangs from its origin, as TeX's fonts have it.
      const sign = words({ x: 275, y: 170.5, text: 'X', size: 10 }).map((w) => ({
        ...w,
        style: cm('CMEX10'),
      }));
      const rest = words({ x: 292, y: 180, text: 'g' });
      const index = words({ x: 297, y: 181.5, text: 'i', size: 7 });
      const all = [
        ...content.words,
        ...sign,
        ...rest,
        ...index.map((w) => ({ ...w, glued: true as const })),
        ...extra,
      ];
      const [blocks] = layOut({ ...content, words: all });
      const formula = blocks.find((b) => b.type === 'formula');
      return formula?.type === 'formula' ? formula : undefined;
    };
    const from = words({ x: 273, y: 194, text: 'i=0', size: 7 });
    const to = words({ x: 278, y: 169, text: 'n', size: 7 });
    expect(sum([...from, ...to])?.latex).toBe('f(x) = \\sum_{i=0}^{n} g_{i}');
    // A denominator, say.
    const below = words({ x: 293, y: 194, text: 'h', size: 10 });
    expect(sum([...from, ...below])?.latex).toBeUndefined();
  });

  it('takes neither listings with remarks nor points of lists for formulas', () => {
    const typed = [
      ...words({ x: 60, y: 180, text: '? c = -9/10;' }),
      ...words({ x: 60, y: 192, text: '%1 = f(c)' }),
    ];
    const remark = words({ x: 140, y: 192, text: '= a third' });
    const mono = { font: 'CMTT10', bold: false, italic: false, mono: true };
    const content = page([...body(100), ...body(230)]);
    const [blocks] = layOut({
      ...content,
      words: [...content.words, ...typed.map((w) => ({ ...w, style: mono })), ...remark],
    });
    expect(blocks.map(({ type }) => type)).not.toContain('formula');
    expect(blocks.find(({ type }) => type === 'code')).toBeDefined();
  });

  it('reads a coloured panel as one piece below the columns it lies under', () => {
    const left = column(`Left ${BODY} ${BODY}.`, { x: 50, y: 100, width: 235 });
    const right = column(`Right ${BODY} ${BODY}.`, { x: 310, y: 100, width: 235 });
    const panel = column(`Panel ${BODY}.`, { x: 60, y: 262, width: 470 });
    const [blocks] = layOut(
      page([...left, ...right, ...panel], {
        shapes: [{ box: { x0: 50, y0: 250, x1: 545, y1: 300 }, fill: '#e0e0f0' }],
      }),
    );
    expect(sketch(blocks).map((s) => s.split(' ')[1])).toEqual(['Left', 'Right', 'Panel']);
  });

  it('keeps the lines of an address', () => {
    const [blocks] = layOut(
      page([
        { x: 50, y: 100, text: 'Mr. J. Calloway' },
        { x: 50, y: 112, text: 'The Old Rectory' },
        { x: 50, y: 124, text: 'Little Barton' },
        ...body(160),
      ]),
    );
    expect(sketch(blocks)[0]).toBe('p Mr. J. Calloway\nThe Old Rectory\nLittle Barton');
  });
});

describe('what the document says about its pages', () => {
  it('marks a paragraph that goes on over the page', () => {
    const cut = `${BODY} and`;
    const pages = layOut(
      page(column(cut, { x: 50, y: 700, width: 490 }), { number: 1 }),
      page(body(60, 'further words that end it'), { number: 2 }),
    );
    const first = pages[1][0];
    expect(first.type === 'paragraph' && first.continuesPreviousPage).toBe(true);
  });

  it('joins a paragraph over two columns and leaves its hyphen behind', () => {
    const [blocks] = layOut(
      page([
        ...column(`${BODY} ${BODY} of the infor-`, { x: 50, y: 100, width: 235 }),
        ...column(`mation ${BODY} ${BODY}.`, { x: 310, y: 100, width: 235 }),
      ]),
    );
    expect(sketch(blocks)).toHaveLength(1);
    expect(sketch(blocks)[0]).toContain('of the information lorem');
  });

  it('gives headings the level that their numbers say, however large they are set', () => {
    const pages = layOut(
      page([
        { x: 50, y: 100, text: '1 Methods', size: 14, bold: true },
        ...body(130),
        { x: 50, y: 200, text: '1.1 Sample', size: 12, bold: true },
        ...body(230),
      ]),
      page([{ x: 50, y: 100, text: '2 Results', size: 13.8, bold: true }, ...body(130)], { number: 2 }),
    );
    expect(pages.flatMap((b) => sketch(b).filter((s) => s.startsWith('h')))).toEqual([
      'h1 1 Methods',
      'h2 1.1 Sample',
      'h1 2 Results',
    ]);
  });

  it('counts page numbers with the pages, and leaves other numbers alone', () => {
    const make = (number: number) =>
      page([{ x: 60, y: 110, text: `${number + 40}`, size: 10 }, ...body(160)], { number });
    const pages = layOut(make(1), make(2));
    expect(pages.map((b) => sketch(b)[0])).toEqual(['page_number 41', 'page_number 42']);
    const fixed = layOut(
      page([{ x: 60, y: 110, text: '7', size: 10 }, ...body(160)], { number: 1 }),
      page([{ x: 60, y: 110, text: '7', size: 10 }, ...body(160)], { number: 2 }),
    );
    expect(fixed.map((b) => sketch(b)[0])).toEqual(['p 7', 'p 7']);
  });
});

describe('drawings', () => {
  const axes = (x: number, y: number) => [
    { orientation: 'vertical' as const, box: { x0: x, y0: y, x1: x + 1, y1: y + 150 } },
    { orientation: 'horizontal' as const, box: { x0: x, y0: y + 150, x1: x + 250, y1: y + 151 } },
  ];
  const ticks = [0, 1, 2, 3].map((i) => ({ x: 80, y: 352 - i * 45, text: `${i * 50}`, size: 8 }));
  const years = [0, 1, 2].map((i) => ({ x: 130 + i * 80, y: 364, text: `199${i}`, size: 8 }));
  const caption = { x: 100, y: 385, text: 'Figure 1. The tide.' };
  const text = (y: number) =>
    column(
      'Running text stands above and below the picture, as it does in any report that has one somewhere in it, and it goes on for a while.',
      { x: 60, y, width: 480 },
    );

  it('makes a figure with labels of curves between axes', () => {
    const [blocks] = layOut(
      page([...text(120), ...ticks, ...years, caption, ...text(430)], {
        rules: axes(100, 200),
        drawings: [
          { x0: 105, y0: 220, x1: 340, y1: 340 },
          { x0: 105, y0: 260, x1: 340, y1: 310 },
        ],
      }),
    );
    expect(sketch(blocks).map((s) => s.slice(0, 12))).toEqual([
      expect.stringMatching(/^p Running/),
      'figure p1-1 ',
      expect.stringMatching(/^p Running/),
    ]);
    const figure = blocks[1];
    if (figure.type !== 'figure') throw new Error(figure.type);
    const labels = figure.labels?.flatMap((l) => l.words.map((w) => w.text));
    expect(labels).toEqual(expect.arrayContaining(['0', '150', '1990', '1992']));
    expect(figure.caption[0].text).toBe('Figure 1. The tide.');
  });

  it('makes a figure of bars of different height on one line, and none of cells of a table', () => {
    const bar = (i: number, height: number) => ({
      box: { x0: 120 + i * 60, y0: 350 - height, x1: 150 + i * 60, y1: 350 },
      fill: '#3366aa',
    });
    const bars = [100, 40, 80, 120].map((height, i) => bar(i, height));
    const [chart] = layOut(
      page([...text(120), ...years, ...text(430)], { shapes: bars, rules: axes(100, 200) }),
    );
    expect(chart.map((b) => b.type)).toContain('figure');
    const cells = [0, 1, 2, 3].map((i) => bar(i, 20));
    const [grid] = layOut(page([...text(120), ...years, ...text(430)], { shapes: cells }));
    expect(grid.map((b) => b.type)).not.toContain('figure');
  });

  it('leaves text that is set in a drawn frame where it is', () => {
    const [blocks] = layOut(
      page(text(220), {
        drawings: [
          { x0: 50, y0: 200, x1: 550, y1: 280 },
          { x0: 55, y0: 205, x1: 545, y1: 275 },
        ],
      }),
    );
    expect(blocks.map((b) => b.type)).toEqual(['paragraph']);
  });
});
