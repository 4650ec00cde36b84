import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPdf, textAt } from '../support/pdf-writer.js';
import { openReader } from './make/read.js';

/** Ways in which programs draw an empty box of ten points whose lower left corner is at x, y. */
const WAYS: Readonly<Record<string, (x: number, y: number) => string>> = {
  'a stroked rectangle': (x, y) => `0.7 w ${x} ${y} 10 10 re S`,
  'four lines': (x, y) =>
    `0.7 w ${x} ${y} m ${x + 10} ${y} l S ${x} ${y + 10} m ${x + 10} ${y + 10} l S ` +
    `${x} ${y} m ${x} ${y + 10} l S ${x + 10} ${y} m ${x + 10} ${y + 10} l S`,
  'four thin fills': (x, y) =>
    `${x} ${y} 10 0.6 re f ${x} ${y + 9.4} 10 0.6 re f ${x} ${y} 0.6 10 re f ${x + 9.4} ${y} 0.6 10 re f`,
  'white on black': (x, y) => `0 g ${x} ${y} 10 10 re f 1 g ${x + 0.8} ${y + 0.8} 8.4 8.4 re f 0 g`,
  'a frame with a hole': (x, y) => `0 g ${x} ${y} 10 10 re ${x + 1} ${y + 1} 8 8 re f*`,
  'pale gray lines': (x, y) => `0.75 G 0.8 w ${x} ${y} 10 10 re S 0 G`,
};

/** What is put into a box at x, y. */
const MARKS: Readonly<Record<string, (x: number, y: number) => string>> = {
  'a cross': (x, y) =>
    `1 w ${x + 2} ${y + 2} m ${x + 8} ${y + 8} l ${x + 2} ${y + 8} m ${x + 8} ${y + 2} l S`,
  'a tick over the edge': (x, y) => `1.2 w ${x + 2} ${y + 5} m ${x + 4} ${y + 2} l ${x + 12} ${y + 12} l S`,
  'a square': (x, y) => `${x + 2.5} ${y + 2.5} 5 5 re f`,
  'a typed letter': (x, y) => textAt(x + 2, y + 1.6, 'X', { font: 'F2', size: 9 }),
  'a white tick on blue': (x, y) =>
    `0 0.3 0.9 rg ${x} ${y} 10 10 re f 1 G 1.5 w ${x + 2} ${y + 5} m ${x + 4} ${y + 2.5} l ${x + 8} ${y + 8} l S 0 g 0 G`,
};

let folder: string;
let reader: Awaited<ReturnType<typeof openReader>>;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'legible-boxes-')));
  reader = await openReader(folder);
});
afterAll(async () => {
  await reader?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The Markdown of a page with this content below a line of prose. */
async function read(content: string): Promise<string> {
  const prose = textAt(72, 720, 'The following lines belong to a sheet that has been drawn by a program.');
  writeFileSync(join(folder, 'page.pdf'), buildPdf({ pages: [{ content: `${prose}\n${content}` }] }));
  const markdown = await reader.read({ file: 'page.pdf' });
  return markdown.slice(markdown.indexOf('program.') + 8).trim();
}

describe('check boxes that are drawn', () => {
  it.each(Object.keys(WAYS))('%s: empty and crossed, below each other', async (way) => {
    const frame = WAYS[way];
    const rows = ['Breakfast', 'Lunch', 'Dinner'].map(
      (label, row) =>
        `${frame(72, 670 - row * 20)}\n${row === 1 ? MARKS['a cross'](72, 650) : ''}\n${textAt(90, 671 - row * 20, label)}`,
    );
    expect(await read(rows.join('\n'))).toBe('- [ ] Breakfast\n- [x] Lunch\n- [ ] Dinner');
  });

  it.each(Object.keys(MARKS))('%s marks a box on a line of several', async (mark) => {
    const frame = WAYS['a stroked rectangle'];
    const content = [
      textAt(72, 671, 'Insured:'),
      frame(130, 670),
      textAt(146, 671, 'Yes'),
      frame(190, 670),
      MARKS[mark](190, 670),
      textAt(206, 671, 'No'),
    ];
    expect(await read(content.join('\n'))).toBe('Insured: ☐ Yes ☑ No');
  });

  it('stands to the right of its label as well', async () => {
    const frame = WAYS['four lines'];
    const content = [
      textAt(72, 671, 'Yes'),
      frame(96, 670),
      MARKS['a cross'](96, 670),
      textAt(130, 671, 'No'),
      frame(150, 670),
    ];
    expect(await read(content.join('\n'))).toBe('Yes ☑ No ☐');
  });

  it('is drawn light on a dark panel', async () => {
    const content = [
      '0.1 g 60 660 400 30 re f',
      '1 G 0.8 w 72 670 10 10 re S 0 G',
      '1 g',
      textAt(90, 671, 'I accept the terms.'),
      '0 g',
    ];
    expect(await read(content.join('\n'))).toBe('- [ ] I accept the terms.');
  });

  it('lies in rounded panels, which are no pictures', async () => {
    const panel = (y: number) =>
      `0.6 G 68 ${y} m 400 ${y} l 406 ${y} 406 ${y + 6} 406 ${y + 6} c 406 ${y + 50} l 406 ${y + 56} 400 ${y + 56} 400 ${y + 56} c ` +
      `68 ${y + 56} l 62 ${y + 56} 62 ${y + 50} 62 ${y + 50} c 62 ${y + 6} l 62 ${y} 68 ${y} 68 ${y} c h S 0 G`;
    const option = (y: number, label: string) =>
      `${WAYS['a stroked rectangle'](72, y)} ${MARKS['a cross'](72, y)}\n${textAt(90, y + 1, label)}`;
    const content = [
      panel(630),
      panel(570),
      ...[665, 645, 605, 585].map((y, row) => option(y, `Option ${row}`)),
    ];
    const markdown = await read(content.join('\n'));
    expect(markdown).not.toContain('legible:figure');
    expect(markdown.match(/- \[x\] Option \d/g)).toHaveLength(4);
  });

  it('makes no heading of a question in bold', async () => {
    const large = { font: 'F2', size: 14 };
    const frame = WAYS['a stroked rectangle'];
    const content = [
      textAt(72, 671, 'Smoker?', large),
      frame(150, 671),
      textAt(166, 671, 'Yes', large),
      frame(210, 671),
      textAt(226, 671, 'No', large),
      textAt(72, 640, 'Nobody else will read what you answer here, and you may leave it open.'),
    ];
    expect(await read(content.join('\n'))).toMatch(/^\*\*Smoker\?\*\* ☐ \*\*Yes\*\* ☐ \*\*No\*\*\n/);
  });

  it('stands alone in the cells of a table', async () => {
    const lines = [690, 670, 650, 630].map((y) => `0.5 w 72 ${y} m 372 ${y} l S`);
    const sides = [72, 272, 322, 372].map((x) => `0.5 w ${x} 630 m ${x} 690 l S`);
    const frame = WAYS['a stroked rectangle'];
    const content = [
      ...lines,
      ...sides,
      textAt(78, 676, 'Question', { font: 'F2' }),
      textAt(286, 676, 'Yes', { font: 'F2' }),
      textAt(338, 676, 'No', { font: 'F2' }),
      textAt(78, 656, 'Is the roof sound?'),
      frame(292, 655),
      MARKS['a square'](292, 655),
      frame(342, 655),
      textAt(78, 636, 'Is the cellar dry?'),
      frame(292, 635),
      frame(342, 635),
      MARKS['a cross'](342, 635),
    ];
    expect(await read(content.join('\n'))).toBe(
      [
        '| Question | Yes | No |',
        '| --- | --- | --- |',
        '| Is the roof sound? | ☑ | ☐ |',
        '| Is the cellar dry? | ☐ | ☑ |',
      ].join('\n'),
    );
  });
});

describe('small frames that are no check boxes', () => {
  it('holds a letter: a key', async () => {
    const content = [
      textAt(72, 671, 'Press'),
      '0.7 w 107 668 14 14 re S',
      textAt(110, 671, 'A'),
      textAt(126, 671, 'to go on.'),
    ];
    expect(await read(content.join('\n'))).not.toMatch(/[☐☑]|\[[ x]\]/);
  });

  it('stands in a row for single digits', async () => {
    const frames = Array.from({ length: 5 }, (_, index) => `0.7 w ${130 + index * 17} 668 15 15 re S`);
    expect(await read([textAt(72, 671, 'Postcode'), ...frames].join('\n'))).not.toMatch(/[☐☑]|\[[ x]\]/);
  });

  it('explains the colours of a chart', async () => {
    const swatch = (x: number, fill: string) => `0.7 w ${fill} ${x} 670 10 10 re B 0 g`;
    const content = [
      swatch(72, '1 0.2 0.2 rg'),
      textAt(88, 671, '2019'),
      swatch(132, '0.2 0.8 0.2 rg'),
      textAt(148, 671, '2020'),
      swatch(192, '1 1 1 rg'),
      textAt(208, 671, '2021'),
    ];
    expect(await read(content.join('\n'))).not.toMatch(/[☐☑]|\[[ x]\]/);
  });

  it('ends a proof, or marks the items of a list', async () => {
    const content = [
      textAt(72, 671, 'Every such map is onto, which was to be shown.'),
      '0.5 w 340 671 7 7 re S',
      ...['First', 'Second', 'Third'].flatMap((label, row) => [
        `0 g 84 ${632 - row * 18} 4 4 re f`,
        textAt(96, 630 - row * 18, label),
      ]),
    ];
    const markdown = await read(content.join('\n'));
    expect(markdown).not.toMatch(/[☐☑]|\[[ x]\]/);
    expect(markdown).toContain('- Second');
  });

  it('lies in a pattern', async () => {
    const cells = Array.from({ length: 64 }, (_, index) => [index % 8, Math.floor(index / 8)])
      .filter(([x, y]) => (x * 5 + y * 3) % 4 < 2)
      .map(([x, y]) => `${72 + x * 8} ${600 + y * 8} 8 8 re f`);
    const content = [...cells, textAt(150, 630, 'Scan the code beside this text.')];
    expect(await read(content.join('\n'))).not.toMatch(/[☐☑]|\[[ x]\]/);
  });
});
