import { describe, expect, it } from 'vitest';
import type { Table } from '#legible/document/block.js';
import type { Rule } from '#legible/document/page.js';
import type { Word } from '#legible/document/word.js';
import { layOut, textOf } from '../layout/blocks.js';
import { across, down, ending, phrase, sketch, tablesOf } from './page.js';

const bold = (words: readonly Word[]): Word[] =>
  words.map((w) => ({ ...w, style: { ...w.style, bold: true } }));

describe('tables in other styles', () => {
  it('put figures at the right of a wide column under their heading at its left', () => {
    const head = ['Region', 'Units', 'Revenue'].flatMap((t, c) => phrase(50 + c * 150, 100, t));
    const body = ['North', 'South', 'East', 'West'].flatMap((t, r) => [
      ...phrase(50, 115 + r * 15, t),
      ...ending(330, 115 + r * 15, `1${r}04`),
      ...ending(480, 115 + r * 15, `9${r}7`),
    ]);
    const rules = [across(50, 480, 88), across(50, 480, 103), across(50, 480, 168)];
    const [table] = tablesOf([...head, ...body], rules).map(sketch);
    expect(table[0]).toEqual(['*Region', '*Units', '*Revenue']);
    expect(table[1]).toEqual(['North', '1004', '907']);
  });

  it('part wrapped rows by the space between them, though no rule does', () => {
    const cells = [
      ['Kerning', 'The adjustment of space between', 'pairs of characters in a line'],
      ['Leading', 'The distance between the lines of', 'text, named after strips of lead'],
      ['Baseline', 'The line upon which most letters', 'of a typeface are seen to stand'],
    ];
    const words = [
      ...phrase(50, 100, 'Term'),
      ...phrase(150, 100, 'Meaning'),
      ...cells.flatMap(([term, one, two], r) => [
        ...phrase(50, 120 + r * 32, term),
        ...phrase(150, 120 + r * 32, one),
        ...phrase(150, 132 + r * 32, two),
      ]),
    ];
    const rules = [across(50, 350, 88), across(50, 350, 105), across(50, 350, 202)];
    const [table] = tablesOf(words, rules).map(sketch);
    expect(table.map((r) => r[0])).toEqual(['*Term', 'Kerning', 'Leading', 'Baseline']);
  });

  it('part rows whose cells are centred or set at the foot, by the space between them', () => {
    for (const align of [0.5, 1]) {
      const rows = [
        [
          ['Inspection of the vessels', 'in the northern hall'],
          ['March'],
          ['Done, and two of the', 'valves were replaced'],
        ],
        [
          ['Renewal of the licence'],
          ['June'],
          ['Waiting: the surveyor', 'could not come in and', 'will return in autumn'],
        ],
        [['Training of the shift in', 'the use of new hoists'], ['August'], ['Planned']],
      ];
      const words = ['Action', 'Due', 'State'].flatMap((t, c) => phrase([50, 200, 260][c], 100, t));
      let top = 120;
      for (const cells of rows) {
        const lines = Math.max(...cells.map((c) => c.length));
        cells.forEach((cell, c) => {
          const y = top + (lines - cell.length) * 12 * align;
          for (const [i, text] of cell.entries()) words.push(...phrase([50, 200, 260][c], y + i * 12, text));
        });
        top += lines * 12 + 10;
      }
      const [table] = tablesOf(words, [across(50, 380, 88), across(50, 380, 105), across(50, 380, 222)]).map(
        sketch,
      );
      expect(table.map((r) => r[1])).toEqual(['*Due', 'March', 'June', 'August']);
      expect(table[2][2]).toBe('Waiting: the surveyor could not come in and will return in autumn');
    }
  });

  it('read the head of a matrix of ticks', () => {
    const head = ['Feature', 'Free', 'Team', 'Firm'].flatMap((t, c) => phrase(50 + c * 100, 100, t));
    const marks = ['– ✓ ✓', '– – ✓', '✓ ✓ ✓', '– ✓ –', '– – ✓'].flatMap((row, r) => [
      ...phrase(50, 115 + r * 15, ['Projects', 'Guests', 'Search', 'Export', 'Audit'][r]),
      ...row.split(' ').flatMap((mark, c) => phrase(160 + c * 100, 115 + r * 15, mark)),
    ]);
    const lines = [103, 118, 133, 148, 163, 178].map((y) => across(50, 400, y));
    for (const [words, rules] of [
      [[...head, ...marks], lines],
      [[...bold(head), ...marks], []],
    ] as const) {
      const [table] = tablesOf(words, rules).map(sketch);
      expect(table[0]).toEqual(['*Feature', '*Free', '*Team', '*Firm']);
      expect(table.slice(1).map((r) => r.length)).toEqual([4, 4, 4, 4, 4]);
      expect(table[4]).toEqual(['Export', '–', '✓', '–']);
    }
  });

  it('keep to their own words where they are printed over the next column', () => {
    const small = (words: readonly Word[]): Word[] =>
      words.map((w) => ({ ...w, size: 8, box: { ...w.box, y0: w.baseline - 6.5 } }));
    const prose = Array.from({ length: 14 }, (_, i) =>
      phrase(250, 95 + i * 12, 'the figures show how the yield of plots has grown'),
    ).flat();
    const rows = [
      ['Plot', 'North', 'South', 'All'],
      ['A', '12', '14', '26'],
      ['B', '10', '11', '21'],
      ['C', '17', '12', '29'],
    ];
    const cells = rows.flatMap((row, r) =>
      small(row.flatMap((t, c) => phrase(50 + c * 75, 100 + r * 14, t))),
    );
    const rules = [across(50, 300, 88), across(50, 300, 104), across(50, 300, 148)];
    const [table] = tablesOf([...cells, ...prose], rules).map(sketch);
    expect(table.map((r) => r.map((t) => t.replace('*', '')))).toEqual(rows);
  });

  it('have a head above the first rule and a row below the last where rules part the rows', () => {
    const terms = [
      ['Ballast', 'Heavy material carried low in a', 'vessel to keep it steady.'],
      ['Bollard', 'A short post on a quay to which', 'ropes are made fast.'],
      ['Draught', 'The depth of the keel below the', 'surface of the water.'],
    ];
    const words = [
      ...phrase(50, 100, 'Term'),
      ...phrase(120, 100, 'Meaning'),
      ...terms.flatMap(([term, one, two], r) => [
        ...phrase(50, 116 + r * 30, term),
        ...phrase(120, 116 + r * 30, one),
        ...phrase(120, 128 + r * 30, two),
      ]),
      ...phrase(50, 230, 'The terms above are used throughout the regulations of the harbour.'),
    ];
    const rules = [105, 135, 165].map((y) => across(50, 340, y));
    const [table] = tablesOf(words, rules).map(sketch);
    expect(table.map((r) => r[0])).toEqual(['*Term', 'Ballast', 'Bollard', 'Draught']);
    expect(table[3][1]).toBe('The depth of the keel below the surface of the water.');
  });

  it('go on below a head whose boxes alone are drawn', () => {
    const body = Array.from({ length: 8 }, (_, r) => [
      ...phrase(50, 120 + r * 12, `${2010 + r}`),
      ...ending(200, 120 + r * 12, `1${r}04`),
      ...ending(300, 120 + r * 12, `9${r}7`),
    ]).flat();
    const words = [...['Year', 'Births', 'Deaths'].flatMap((t, c) => phrase(60 + c * 100, 100, t)), ...body];
    const rules = [
      ...[88, 105, 212].map((y) => across(50, 310, y)),
      ...[50, 140, 220, 310].map((x) => down(x, 88, 105)),
    ];
    const [table, ...others] = tablesOf(words, rules).map(sketch);
    expect(others).toEqual([]);
    expect(table).toHaveLength(9);
    expect(table[0]).toEqual(['*Year', '*Births', '*Deaths']);
  });

  it('are no formulas with their numbers, and keep references in brackets apart from the labels', () => {
    const formulas = ['a + b = c', 'x - 2y = 7', 'u + v = w', 'p = mq'].flatMap((t, r) => [
      ...phrase(200, 100 + r * 16, t),
      ...ending(500, 100 + r * 16, `(${r + 1})`),
    ]);
    expect(tablesOf(formulas)).toEqual([]);
    const notes = ['Revenue', 'Material', 'Wages', 'Rent'].flatMap((t, r) => [
      ...phrase(50, 100 + r * 16, t),
      ...phrase(200, 100 + r * 16, `(${r + 1})`),
      ...ending(320, 100 + r * 16, `1${r}04`),
      ...ending(420, 100 + r * 16, `9${r}71`),
    ]);
    const [table] = tablesOf(notes).map(sketch);
    expect(table[1]).toEqual(['Material', '(2)', '1104', '9171']);
  });

  it('take numbers in bold over plain rows as headings', () => {
    const words = [
      ...bold([...phrase(50, 100, 'Station'), ...phrase(150, 100, '101'), ...phrase(200, 100, '103')]),
      ...['Ashford', 'Burwell', 'Carlow'].flatMap((t, r) => [
        ...phrase(50, 115 + r * 15, t),
        ...phrase(150, 115 + r * 15, `6:${10 + r}`),
        ...phrase(200, 115 + r * 15, `7:${20 + r}`),
      ]),
    ];
    expect(sketch(tablesOf(words)[0])[0]).toEqual(['*Station', '*101', '*103']);
  });

  it('read the first column of Hebrew tables from the right', () => {
    const rules: Rule[] = [
      ...[100, 120, 140, 160].map((y) => across(50, 250, y)),
      ...[50, 150, 250].map((x) => down(x, 100, 160)),
    ];
    const words = [
      ['אוכלוסייה', 'עיר'],
      ['9500', 'חיפה'],
      ['5200', 'אילת'],
    ].flatMap((row, r) => row.flatMap((t, c) => phrase(60 + c * 100, 114 + r * 20, t)));
    expect(sketch(tablesOf(words, rules)[0])[1]).toEqual(['חיפה', '9500']);
  });

  it('take turned headings into the head', () => {
    const turned = (x: number, text: string): Word[] => [
      {
        ...phrase(0, 0, text)[0],
        text,
        box: { x0: x, y0: 98 - text.length * 5, x1: x + 10, y1: 98 },
        baseline: 70,
        angle: 270 as const,
      },
    ];
    const words = [
      ...phrase(50, 97, 'Town'),
      ...turned(150, 'Schools'),
      ...turned(190, 'Libraries'),
      ...turned(230, 'Hospitals'),
      ...['Ashford', 'Burwell', 'Carlow', 'Denholm'].flatMap((t, r) => [
        ...phrase(50, 115 + r * 15, t),
        ...[150, 190, 230].flatMap((x, c) => phrase(x, 115 + r * 15, `${r + c + 1}`)),
      ]),
    ];
    const rules = [across(50, 250, 45), across(50, 250, 102), across(50, 250, 168)];
    const [blocks] = layOut({
      number: 1,
      width: 595,
      height: 842,
      words,
      rules,
      shapes: [],
      images: [],
      tags: [],
    });
    const table = blocks.find((b): b is Table => b.type === 'table')!;
    const head = table.cells.filter((c) => c.header).map((c) => textOf(c.inlines));
    expect(head).toEqual(['Town', 'Schools', 'Libraries', 'Hospitals']);
    expect(blocks.filter((b) => b.type !== 'table')).toEqual([]);
  });

  it('are not made of a printed page that stands in a frame', () => {
    // Where a sentence ends near the middle, its space is wide, and such spaces line up here and there.
    const full =
      'perform for them the offices of the toilet They held the mirror in their hand and gave directions';
    const words = Array.from({ length: 16 }, (_, r) =>
      r % 4 === 1
        ? [
            ...phrase(60, 100 + r * 15, 'discommended by an ancient poet of Rome.'),
            ...phrase(290, 100 + r * 15, 'Persons of rank had slaves to do it for them too'),
          ]
        : phrase(60, 100 + r * 15, full),
    ).flat();
    const head = [...phrase(180, 60, 'THE CORSET AND THE CRINOLINE'), ...phrase(540, 60, '37')];
    const rules = [40, 75, 350].map((y) => across(50, 580, y));
    const frame = [50, 580].map((x) => down(x, 40, 350));
    expect(tablesOf([...head, ...words], [...rules, ...frame]).map(sketch)).toEqual([]);
  });
});
