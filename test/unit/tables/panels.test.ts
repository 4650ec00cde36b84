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
