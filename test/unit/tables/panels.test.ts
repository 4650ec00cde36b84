import { describe, expect, it } from 'vitest';
import { across, down, phrase, sketch, tablesOf } from './page.js';

const BOX = { x0: 30, y0: 40, x1: 230, y1: 700 };
const at = (y: number, ...cells: readonly [number, string][]) =>
  cells.flatMap(([x, text]) => phrase(x, y, text));

/** A side column of a CV: titles, addresses, and a list whose marks leave a gutter. */
const COLUMN = [
  ...at(60, [40, 'Contact']),
  ...at(90, [40, '12 Quay Street']),
  ...at(102, [40, 'Bristol']),
  ...at(132, [40, 'Skills']),
  ...at(162, [58, '•'], [70, 'Rowing']),
  ...at(176, [58, '•'], [70, 'Old maps']),
  ...at(190, [58, '•'], [70, 'Public speaking']),
  ...at(220, [40, 'Languages']),
  ...at(250, [40, 'English']),
  ...at(262, [40, 'French']),
];
const FRAME = [
  across(BOX.x0, BOX.x1, BOX.y0),
  across(BOX.x0, BOX.x1, BOX.y1),
  down(BOX.x0, BOX.y0, BOX.y1),
  down(BOX.x1, BOX.y0, BOX.y1),
];

describe('a box around text', () => {
  it('makes no table of a tinted side column', () => {
    expect(tablesOf(COLUMN, [], [{ box: BOX, fill: '#dde6ee' }])).toEqual([]);
  });

  it('makes no table of a framed side column', () => {
    expect(tablesOf(COLUMN, FRAME)).toEqual([]);
  });

  it('still reads the table in a tinted box', () => {
    const rows = [
      ['Port', 'Ships', 'Tons'],
      ['Bristol', '12', '340'],
      ['Leith', '7', '120'],
      ['Hull', '31', '905'],
    ];
    const words = rows.flatMap(([name, ships, tons], r) =>
      at(60 + r * 14, [40, name], [120, ships], [190, tons]),
    );
    const [table, ...others] = tablesOf(words, [], [{ box: { ...BOX, y1: 110 }, fill: '#dde6ee' }]);
    expect(others).toEqual([]);
    expect(sketch(table).map((row) => row.map((cell) => cell.replace('*', '')))).toEqual(rows);
  });
});

describe('columns that align by chance', () => {
  it('makes no table of a masthead, a story and the panel beside it', () => {
    const story = ['Moorings are', 'renewed in', 'May by all', 'who hold one', 'this year'];
    const panel = ['In this issue', 'Regatta 3', 'Supper 4', 'Dates 5', 'Letters 6'];
    const words = [
      ...at(60, [40, 'Vol. 12'], [200, 'Spring 2024'], [420, 'example.org']),
      ...story.flatMap((line, i) => at(82 + i * 12, [40, line])),
      ...panel.flatMap((line, i) => at(82 + i * 12, [400, line])),
      ...['Chair', 'Treasurer', 'Secretary', 'Clerk'].flatMap((line, i) => at(160 + i * 12, [400, line])),
    ];
    const rules = [across(30, 560, 48), across(30, 560, 66), across(30, 560, 136)];
    const ground = { box: { x0: 390, y0: 70, x1: 560, y1: 220 }, fill: '#dfe8f5' };
    expect(tablesOf(words, rules, [ground])).toEqual([]);
    expect(tablesOf(words, rules)).not.toEqual([]);
  });

  it('makes no table of the columns of an index', () => {
    const entries = ['anchors', 'ballast', 'beacons', 'bilge', 'bollards', 'bridges', 'buoys', 'cables'];
    const words = entries.flatMap((entry, i) =>
      at(
        100 + i * 12,
        [40, `${entry}, ${i + 3}`],
        [220, `old ${entry}, ${i + 9}, 40`],
        [400, `${entry}, 7–9`],
      ),
    );
    expect(tablesOf(words)).toEqual([]);
  });
});
