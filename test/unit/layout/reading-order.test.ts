import { describe, expect, it } from 'vitest';
import { layOut, sketch } from './blocks.js';
import { column, page } from './page.js';

const LATIN =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua ut enim ad minim veniam quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat';
const text = (name: string): string => `${name} ${LATIN} ${name}.`;

describe('reading order', () => {
  it('reads two pages side by side one after the other, each with its own head, columns and page number', () => {
    const half = (x: number, name: string, dy: number) => [
      { x: x + 120, y: 40 + dy, text: `HEAD OF ${name}` },
      ...column(text(`${name}-one`), { x, y: 100 + dy, width: 235 }),
      ...column(text(`${name}-two`), { x: x + 260, y: 100 + dy, width: 235 }),
      { x: x + 240, y: 800 + dy, text: name === 'LEFT' ? '12' : '13' },
    ];
    const lines = [...half(50, 'LEFT', 0), ...half(645, 'RIGHT', 6)];
    const [blocks] = layOut(page(lines, { width: 1190, fold: 595 }));
    const order = blocks.map(({ box }) => (box.x0 + box.x1) / 2 < 595);
    expect(order).toEqual([...order].sort((a, b) => Number(b) - Number(a)));
    const found = sketch(blocks).join('\n');
    const places = [
      'HEAD OF LEFT',
      'LEFT-one lorem',
      'LEFT-two lorem',
      '12',
      'HEAD OF RIGHT',
      'RIGHT-one lorem',
      'RIGHT-two lorem',
      '13',
    ].map((start) => found.indexOf(start));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('reads the right one of two pages first where the book runs from right to left', () => {
    const half = (x: number, text: string) =>
      column(Array(12).fill(text).join(' '), { x, y: 140, width: 235 });
    const lines = [...half(50, 'שלום עולם'), ...half(645, 'ספר ישן')];
    const [blocks] = layOut(page(lines, { width: 1190, fold: 595 }));
    const isRight = blocks.map(({ box }) => box.x0 > 595);
    expect(isRight).toContain(false);
    expect(isRight).toEqual([...isRight].sort((a, b) => Number(b) - Number(a)));
    expect(isRight[0]).toBe(true);
  });

  it('reads two columns one after the other, below a title that lies over both', () => {
    const [blocks] = layOut(
      page([
        { x: 150, y: 100, text: 'A title over both of the columns', size: 18, bold: true },
        ...column(text('Left'), { x: 50, y: 140, width: 235 }),
        ...column(text('Right'), { x: 310, y: 140, width: 235 }),
      ]),
    );
    expect(sketch(blocks)).toEqual([
      'h1 A title over both of the columns',
      `p ${text('Left')}`,
      `p ${text('Right')}`,
    ]);
  });

  it('reads unequal columns, the narrow one with its own line pitch', () => {
    const [blocks] = layOut(
      page([
        ...column(text('Main'), { x: 50, y: 141, width: 340 }),
        ...column(text('Side'), { x: 420, y: 140, width: 120, size: 8 }),
      ]),
    );
    expect(sketch(blocks).map((s) => s.slice(0, 12))).toContain('p Main lorem');
    expect(sketch(blocks)).toHaveLength(2);
  });

  it('reads what stands between two pairs of columns in its place', () => {
    const [blocks] = layOut(
      page([
        ...column(text('One'), { x: 50, y: 100, width: 235 }),
        ...column(text('Two'), { x: 310, y: 100, width: 235 }),
        ...column(`${text('Across')} ${LATIN}`, { x: 50, y: 220, width: 495 }),
        ...column(text('Three'), { x: 50, y: 320, width: 235 }),
        ...column(text('Four'), { x: 310, y: 320, width: 235 }),
      ]),
    );
    expect(sketch(blocks).map((s) => s.split(' ')[1])).toEqual(['One', 'Two', 'Across', 'Three', 'Four']);
  });

  it('keeps rows of a grid of short texts together', () => {
    const rows = ['Name', 'Street', 'Town', 'Country'].flatMap((label, i) => [
      { x: 50, y: 100 + i * 14, text: `${label}:` },
      { x: 150, y: 100 + i * 14, text: `the ${label.toLowerCase()}` },
    ]);
    const [blocks] = layOut(page(rows));
    expect(sketch(blocks).join(' ').replaceAll('p ', '')).toBe(
      'Name: the name Street: the street Town: the town Country: the country',
    );
  });

  it('reads a right-to-left line from its right end', () => {
    const [blocks] = layOut(
      page([
        { x: 300, y: 100, text: 'שלום' },
        { x: 270, y: 100, text: 'עולם' },
      ]),
    );
    expect(sketch(blocks)).toEqual(['p שלום עולם']);
  });
});

describe('columns', () => {
  const order = (found: readonly string[], names: readonly string[]): string[] =>
    names
      .map((name) => ({ name, at: found.join(' ').indexOf(name) }))
      .sort((a, b) => a.at - b.at)
      .map(({ name, at }) => (at < 0 ? `no ${name}` : name));

  it('reads right-to-left columns from the right one to the left one', () => {
    const hebrew = 'ספר תלמידים מורה עיר רחוב מכוניות גן חלון דלתות עט נייר בוקר ערב יום'.split(' ');
    const lines = (name: string, x: number, y: number) =>
      Array.from({ length: 9 }, (_, i) => ({
        x: x + (i % 3) * 4,
        y: y + i * 12,
        text: [0, 1, 2, 3, 4, 5].map((n) => (i + n ? hebrew[(i * 5 + n) % 14] : name)).join(' '),
      }));
    const [blocks] = layOut(page([...lines('שמאל', 50, 103), ...lines('ימין', 320, 100)]));
    expect(order(sketch(blocks), ['ימין', 'שמאל'])).toEqual(['ימין', 'שמאל']);
  });

  it('reads a lower story after the columns of the one that goes on beside it', () => {
    const [blocks] = layOut(
      page([
        { x: 50, y: 80, text: 'The lead of this page goes over all of its columns', size: 20, bold: true },
        ...column(`${text('Lead-one')} ${LATIN} ${LATIN}`, { x: 50, y: 120, width: 110 }),
        ...column(text('Lead-two').slice(0, 150), { x: 180, y: 120, width: 110 }),
        ...column(text('Lead-three').slice(0, 150), { x: 310, y: 120, width: 110 }),
        { x: 180, y: 300, text: 'Another story down here', size: 15, bold: true },
        ...column(text('Low-one'), { x: 180, y: 325, width: 110 }),
        ...column(text('Low-two'), { x: 310, y: 325, width: 110 }),
        ...column(`${text('Lead-four')} ${LATIN} ${LATIN}`, { x: 440, y: 120, width: 110 }),
      ]),
    );
    const names = [
      'The lead',
      'Lead-one',
      'Lead-two',
      'Lead-three',
      'Lead-four',
      'Another',
      'Low-one',
      'Low-two',
    ];
    expect(order(sketch(blocks), names)).toEqual(names);
  });

  it('reads each label before the text beside it, though headings stand among the labels', () => {
    const rows = (y: number, labels: readonly string[], name: string) =>
      labels.flatMap((label, i) => [
        { x: 50, y: y + i * 46, text: label },
        ...column(`${name}-${i} ${LATIN.slice(0, 150 - i * 20)}.`, { x: 160, y: y + i * 46, width: 380 }),
      ]);
    const [blocks] = layOut(
      page([
        { x: 50, y: 100, text: 'EMPLOYMENT', bold: true },
        ...rows(122, ['2019–2021', '2015–2019', '2011–2015'], 'work'),
        { x: 50, y: 270, text: 'SCHOOLS', bold: true },
        ...rows(292, ['2007–2011', '2003–2007'], 'school'),
      ]),
    );
    expect(sketch(blocks).map((s) => s.split(' ').slice(1, 3).join(' '))).toEqual([
      'EMPLOYMENT',
      '2019–2021 work-0',
      '2015–2019 work-1',
      '2011–2015 work-2',
      'SCHOOLS',
      '2007–2011 school-0',
      '2003–2007 school-1',
    ]);
  });

  it('reads questions set in two columns one column after the other, though their lines meet', () => {
    const question = (n: number) => [
      `${n}. Which of these did the number ${n} name?`,
      'A. the harbour bridge',
      'B. an old market street',
      'C. the eastern valley',
    ];
    const lines = (from: number, x: number) =>
      [0, 1, 2].flatMap((q) => question(from + q).map((text, i) => ({ x, y: 100 + q * 60 + i * 13, text })));
    const [blocks] = layOut(page([...lines(1, 50), ...lines(4, 310)]));
    expect(blocks.some((b) => b.type === 'table')).toBe(false);
    const names = [1, 2, 3, 4, 5, 6].map((n) => `number ${n}`);
    expect(order(sketch(blocks), names)).toEqual(names);
  });

  it('reads answers whose letters count across by rows', () => {
    const answers = ['(a) green stone', '(b) small leaf', '(c) long road', '(d) cold lamp'];
    const lines = answers.map((text, i) => ({
      x: 60 + (i % 2) * 250,
      y: 130 + Math.floor(i / 2) * 14,
      text,
    }));
    const [blocks] = layOut(page([...column(text('Question'), { x: 50, y: 60, width: 480 }), ...lines]));
    const names = answers.map((a) => a.slice(4));
    expect(order(sketch(blocks), names)).toEqual(names);
  });

  it('reads a side heading of two lines before its text', () => {
    const part = (y: number, name: string) => [
      { x: 50, y, text: `${name} heading`, bold: true },
      { x: 50, y: y + 12, text: 'of two lines', bold: true },
      ...column(`${text(name)} ${LATIN}`, { x: 180, y, width: 360 }),
    ];
    const [blocks] = layOut(page([...part(100, 'First'), ...part(250, 'Second'), ...part(400, 'Third')]));
    const names = ['First', 'Second', 'Third'].flatMap((n) => [`${n} heading of two lines`, `${n} lorem`]);
    expect(order(sketch(blocks), names)).toEqual(names);
  });
});

describe('quotes set larger', () => {
  const quoted = (line: string) =>
    layOut(
      page([
        ...column(`${text('Before')} ${LATIN}`, { x: 50, y: 100, width: 480 }),
        { x: 90, y: 210, text: line, size: 15, bold: true },
        ...column(`${text('After')} ${LATIN}`, { x: 50, y: 250, width: 480 }),
      ]),
    )[0].map((b) => b.type);

  it('are no headings when they are whole statements or spoken, word for word or not', () => {
    expect(quoted('What the town lost that year it never found.')).not.toContain('heading');
    expect(quoted('“Nobody here had seen such a river”')).not.toContain('heading');
    expect(quoted('What the town lost that year')).toContain('heading');
  });
});

describe('grids of blocks', () => {
  const cards = [
    ['Ada Marsh', '12 Mill Street', 'Dover 4411'],
    ['Ben Nolan', '7 Quay', 'Leeds 90'],
    ['Cleo Weber', '110 Garden Lane', 'York 5'],
    ['Dan Okafor', '4 Hill', 'Bath 17'],
    ['Eva Lind', '31 Station Road', 'Kent 6020'],
    ['Finn Ruiz', '9 Bay', 'Hull 78'],
  ];
  const at = (i: number): { x: number; y: number } => ({
    x: 50 + (i % 3) * 180,
    y: 100 + Math.floor(i / 3) * 70,
  });
  const blocks = cards.flatMap((lines, i) =>
    lines.map((text, n) => ({ ...at(i), y: at(i).y + n * 12, text })),
  );
  const read = cards.map((lines) => `p ${lines.join('\n')}`);

  it('reads addresses block by block, row by row', () => {
    expect(sketch(layOut(page(blocks))[0])).toEqual(read);
  });

  it('reads recognised addresses the same, whatever order their words come in', () => {
    const { words, ...rest } = page([...blocks].sort((a, b) => a.y - b.y));
    const recognised = words.map((w, i) => ({ ...w, line: i }));
    expect(sketch(layOut({ ...rest, words: recognised })[0])).toEqual(read);
  });

  it('leaves rows of a table together that the source has row by row', () => {
    const [found] = layOut(page([...blocks].sort((a, b) => a.y - b.y || a.x - b.x)));
    const text = JSON.stringify(found);
    expect(text.indexOf('Marsh')).toBeLessThan(text.indexOf('Nolan'));
    expect(text.indexOf('Weber')).toBeLessThan(text.indexOf('Mill'));
  });

  it('leaves cells of a ruled grid to the table', () => {
    const rules = [0, 1, 2].map((i) => ({
      orientation: 'horizontal' as const,
      box: { x0: 45, x1: 560, y0: 85 + i * 70, y1: 86 + i * 70 },
    }));
    const sides = [0, 1, 2, 3].map((i) => ({
      orientation: 'vertical' as const,
      box: { x0: 40 + i * 180, x1: 41 + i * 180, y0: 85, y1: 226 },
    }));
    const [found] = layOut(page(blocks, { rules: [...rules, ...sides] }));
    expect(found.map((b) => b.type)).toEqual(['table']);
  });
});

describe('sidebars', () => {
  const rule = (orientation: 'horizontal' | 'vertical', x0: number, y0: number, x1: number, y1: number) => ({
    orientation,
    box: { x0, y0, x1, y1 },
  });
  const box = [
    rule('horizontal', 380, 190, 545, 191),
    rule('horizontal', 380, 260, 545, 261),
    rule('vertical', 380, 190, 381, 261),
    rule('vertical', 544, 190, 545, 261),
  ];
  const above = column(`${LATIN} ${LATIN}`, { x: 50, y: 120, width: 490 });
  const beside = column(`${LATIN} ${LATIN} ${LATIN}`, { x: 50, y: 200, width: 300 }).slice(0, 6);
  const below = column(`and so the sentence goes on below the box until it ends. ${LATIN}`, {
    x: 50,
    y: 272,
    width: 490,
  });
  const inside = ['The key dates are', 'in March and April', 'and after the season.'].map((text, i) => ({
    x: 390,
    y: 210 + i * 20,
    text,
    size: 9,
  }));

  it('are read after the text that they interrupt, with their role', () => {
    const [blocks] = layOut(page([...above, ...beside, ...inside, ...below], { rules: box }));
    const aside = blocks.findIndex((b) => b.type === 'paragraph' && b.role === 'sidebar');
    expect(sketch(blocks)[aside]).toMatch(/^sidebar The key dates/);
    const whole = sketch(blocks).findIndex((s) => s.includes('and so the sentence goes on below'));
    expect(sketch(blocks)[whole]).not.toMatch(/^p and so/);
    expect(whole).toBeLessThan(aside);
  });

  it('are quotes pulled from the text', () => {
    const [blocks] = layOut(
      page([
        ...column(`${LATIN} Nobody can say how the currents will behave. ${LATIN}`, {
          x: 50,
          y: 120,
          width: 490,
        }),
        ...column(`${LATIN} ${LATIN}`, { x: 50, y: 190, width: 490 }),
        { x: 120, y: 290, text: 'Nobody can say how the currents will behave.', size: 15 },
        ...column(`${LATIN} ${LATIN}`, { x: 50, y: 330, width: 490 }),
      ]),
    );
    expect(sketch(blocks)).toContain('sidebar Nobody can say how the currents will behave.');
  });
});
