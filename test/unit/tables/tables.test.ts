import { describe, expect, it } from 'vitest';
import type { Word } from '#legible/document/word.js';
import { across, down, ending, phrase, sketch, tablesOf } from './page.js';

/** Rows of cells: the first left-aligned at x, the others ending at the given places. */
const rows = (
  x: number,
  ends: readonly number[],
  top: number,
  pitch: number,
  cells: readonly (readonly string[])[],
): Word[] =>
  cells.flatMap((row, r) =>
    row.flatMap((text, c) =>
      text === ''
        ? []
        : c === 0
          ? phrase(x, top + r * pitch, text)
          : ending(ends[c - 1], top + r * pitch, text),
    ),
  );

const PROSE = [
  'The committee met in spring and agreed on the plan that',
  'had been laid before it in the autumn of the year before',
  'so that the work could begin without any further delay and',
  'the money be spent where the need was thought the greatest',
  'by those who had looked into the matter with some care and',
  'had asked the people of the place what they wanted to have',
];

describe('ruled tables', () => {
  it('reads a full grid with cells that span columns and rows', () => {
    const rules = [
      ...[100, 120, 140, 160].map((y) => across(50, 350, y)),
      ...[50, 150, 350].map((x) => down(x, 100, 160)),
      down(250, 120, 160),
    ].filter((r) => !(r.orientation === 'horizontal' && r.box.y0 > 119 && r.box.y0 < 121));
    rules.push(across(150, 350, 120));
    const words = [
      ...phrase(60, 125, 'Region'),
      ...phrase(220, 114, 'Sales'),
      ...phrase(160, 134, '2023'),
      ...phrase(260, 134, '2024'),
      ...phrase(60, 154, 'North'),
      ...phrase(160, 154, '11'),
      ...phrase(260, 154, '12'),
    ];
    const [table, ...others] = tablesOf(words, rules);
    expect(others).toEqual([]);
    expect(sketch(table)).toEqual([
      ['*r2:Region', '*c2:Sales'],
      ['*2023', '*2024'],
      ['North', '11', '12'],
    ]);
    expect(table.confidence).toBeGreaterThan(80);
  });

  it('parts rows of figures where only columns are ruled', () => {
    const rules = [
      across(50, 350, 100),
      across(50, 350, 118),
      across(50, 350, 180),
      ...[50, 150, 250, 350].map((x) => down(x, 100, 180)),
    ];
    const words = rows(60, [240, 340], 112, 14, [
      ['Town', 'Men', 'Women'],
      ['Aston', '120', '133'],
      ['Barton', '98', '101'],
      ['Corby', '77', '64'],
    ]);
    expect(sketch(tablesOf(words, rules)[0])).toEqual([
      ['*Town', '*Men', '*Women'],
      ['Aston', '120', '133'],
      ['Barton', '98', '101'],
      ['Corby', '77', '64'],
    ]);
  });

  it('keeps the lines of a wrapped cell together', () => {
    const rules = [
      ...[100, 120, 150].map((y) => across(50, 400, y)),
      ...[50, 150, 400].map((x) => down(x, 100, 150)),
    ];
    const words = [
      ...phrase(60, 114, 'Term'),
      ...phrase(160, 114, 'Meaning'),
      ...phrase(60, 132, 'Lease'),
      ...phrase(160, 132, 'the right to use a thing for some'),
      ...phrase(160, 144, 'time against payment'),
    ];
    const table = tablesOf(words, rules)[0];
    expect(table.rows).toBe(2);
    expect(sketch(table)[1]).toEqual(['Lease', 'the right to use a thing for some time against payment']);
  });

  it('does not take the grid lines of a chart for a table', () => {
    const rules = [
      ...Array.from({ length: 8 }, (_, i) => across(100, 400, 100 + i * 25)),
      down(100, 100, 275),
      down(250, 100, 275),
      down(400, 100, 275),
    ];
    const ticks = Array.from({ length: 8 }, (_, i) => ending(98, 103 + i * 25, String(70 - i * 10))).flat();
    expect(tablesOf([...ticks, ...phrase(110, 290, '2019'), ...phrase(370, 290, '2024')], rules)).toEqual([]);
  });

  it('reads a striped table whole, not its stripes', () => {
    const words = rows(60, [240, 340], 112, 14, [
      ['', '2023', '2024'],
      ['Rent', '1,200', '1,250'],
      ['Power', '310', '295'],
      ['Water', '88', '91'],
      ['Total', '1,598', '1,636'],
    ]);
    const stripe = (y: number) =>
      [55, 190, 290].map((x0) => ({ box: { x0, y0: y, x1: x0 + 55, y1: y + 13 }, fill: '#eeeeff' }));
    const [table] = tablesOf(words, [], [...stripe(117), ...stripe(145)]);
    expect(table.columns).toBe(3);
    expect(sketch(table).map((r) => r[0])).toContain('Total');
  });

  it('parts two strips with the same headings that stand side by side in one frame', () => {
    const rules = [
      ...[100, 118, 132, 146].map((y) => across(50, 450, y)),
      ...[50, 150, 250, 350, 450].map((x) => down(x, 100, 146)),
    ];
    const cells = [
      ['Age', 'People', 'Age', 'People'],
      ['1', '200', '3', '190'],
      ['2', '195', '4', '180'],
    ];
    const words = cells.flatMap((row, r) => row.flatMap((t, c) => phrase(60 + c * 100, 112 + r * 15, t)));
    expect(tablesOf(words, rules).map(sketch)).toEqual([
      [
        ['*Age', '*People'],
        ['1', '200'],
        ['2', '195'],
      ],
      [
        ['*Age', '*People'],
        ['3', '190'],
        ['4', '180'],
      ],
    ]);
  });
});

describe('tables in book style', () => {
  const BOOK = [
    ...phrase(250, 112, 'Enrolled'),
    ...rows(60, [240, 340], 128, 14, [
      ['Year', 'Men', 'Women'],
      ['2021', '120', '133'],
      ['2022', '98', '101'],
      ['2023', '77', '64'],
    ]),
  ];
  const rules = [across(50, 350, 100), across(215, 345, 115), across(50, 350, 132), across(50, 350, 175)];

  it('makes a heading span the columns that its rule covers', () => {
    expect(sketch(tablesOf(BOOK, rules)[0])).toEqual([
      ['*r2:Year', '*c2:Enrolled'],
      ['*Men', '*Women'],
      ['2021', '120', '133'],
      ['2022', '98', '101'],
      ['2023', '77', '64'],
    ]);
  });

  it('leaves a caption above and notes below outside', () => {
    const words = [
      ...phrase(50, 92, 'Table 1. People by year'),
      ...BOOK,
      ...phrase(50, 188, 'Note: counted on the first of May.'),
    ];
    const [table] = tablesOf(words, rules);
    expect(sketch(table).flat().join(' ')).not.toMatch(/Table 1|Note/);
  });
});

describe('tables without rules', () => {
  const FIGURES = [
    ['Item', '2023', '2024'],
    ['Bread', '3.10', '3.35'],
    ['Butter', '2.05', '2.45'],
    ['Milk with much', '', ''],
    ['cream in it', '1.10', '1.15'],
    ['Eggs', '—', '2.99'],
  ];

  it('finds columns of figures and joins a label over two lines', () => {
    const [table] = tablesOf(rows(60, [240, 340], 112, 13, FIGURES));
    expect(sketch(table)).toEqual([
      ['*Item', '*2023', '*2024'],
      ['Bread', '3.10', '3.35'],
      ['Butter', '2.05', '2.45'],
      ['Milk with much cream in it', '1.10', '1.15'],
      ['Eggs', '—', '2.99'],
    ]);
  });

  it('keeps a sign with its figure', () => {
    const words = ['Rent', 'Power', 'Total'].flatMap((label, r) => [
      ...phrase(60, 112 + r * 14, label),
      ...(r === 1 ? [] : phrase(190, 112 + r * 14, '$')),
      ...ending(250, 112 + r * 14, String(4210 - r * 17)),
      ...(r === 1 ? [] : phrase(290, 112 + r * 14, '$')),
      ...ending(350, 112 + r * 14, String(3811 - r * 23)),
    ]);
    expect(sketch(tablesOf(words)[0])[0]).toEqual(['Rent', '$ 4210', '$ 3811']);
  });

  it('stands beside running text', () => {
    const prose = PROSE.flatMap((text, i) => phrase(50, 112 + i * 12, text));
    const [table, ...others] = tablesOf([
      ...prose,
      ...rows(
        380,
        [480, 540],
        112,
        12,
        FIGURES.filter((r) => r[1]),
      ),
    ]);
    expect(others).toEqual([]);
    expect(table.box.x0).toBeGreaterThan(350);
    expect(table.columns).toBe(3);
  });
});

describe('what is no table', () => {
  it('columns of running text', () => {
    const left = PROSE.flatMap((text, i) => phrase(40, 112 + i * 12, text.slice(0, 44)));
    const right = PROSE.flatMap((text, i) => phrase(310, 112 + i * 12, text.slice(5, 49)));
    expect(tablesOf([...left, ...right])).toEqual([]);
  });

  it('a table of contents', () => {
    const words = rows(60, [500], 112, 14, [
      ['Preface and thanks', '1'],
      ['The first journey ............', '5'],
      ['Across the mountains ............', '17'],
      ['The way home ............', '42'],
    ]);
    expect(tablesOf(words)).toEqual([]);
  });

  it('a numbered list, a form and a letterhead', () => {
    const list = ['take the bus to the station', 'walk along the river', 'ask for the key at the house'];
    expect(
      tablesOf(
        list.flatMap((t, i) => [...phrase(60, 112 + i * 14, `${i + 1}.`), ...phrase(90, 112 + i * 14, t)]),
      ),
    ).toEqual([]);
    const form = [
      ['Name:', 'Ada Lovelace'],
      ['Street:', 'St James Square'],
      ['Phone:', '0171 555 123'],
    ];
    expect(
      tablesOf(
        form.flatMap(([a, b], i) => [...phrase(60, 112 + i * 14, a), ...phrase(160, 112 + i * 14, b)]),
      ),
    ).toEqual([]);
  });
});
