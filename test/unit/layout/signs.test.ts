import { describe, expect, it } from 'vitest';
import { layOut, sketch } from './blocks.js';
import { column, page, type TextAt } from './page.js';

const PROSE =
  'the harbour office keeps its ledgers in a long low room above the weighing house where the windows look out over the quays and the masts of the smaller boats and nothing is entered twice';
const text = (y: number): TextAt[] => column(PROSE, { x: 50, y, width: 400 });
const bar = (x0: number, x1: number, y: number) =>
  ({ orientation: 'horizontal', box: { x0, x1, y0: y, y1: y + 0.6 } }) as const;

describe('fractions', () => {
  const formula: TextAt[] = [
    { x: 200, y: 160, text: 'k =' },
    { x: 224, y: 152.5, text: 'a + b' },
    { x: 231, y: 169, text: '2c' },
    { x: 250, y: 160, text: '+ 1' },
  ];

  it('writes a fraction whose bar is drawn in LaTeX', () => {
    const [blocks] = layOut(page([...text(80), ...formula, ...text(220)], { rules: [bar(222, 248, 157)] }));
    expect(blocks.find((b) => b.type === 'formula')).toMatchObject({
      latex: 'k = \\frac{a + b}{2c} + 1',
      text: 'k = (a+b)/(2c) + 1',
    });
  });

  it('keeps raised and lowered figures apart from those on the line where no LaTeX is certain', () => {
    const terms: TextAt[] = [
      { x: 200, y: 160, text: '¬ x' },
      { x: 213, y: 162, text: '2', size: 7 },
      { x: 224, y: 160, text: '≥ y' },
      { x: 237, y: 156, text: '10', size: 7 },
    ];
    const [blocks] = layOut(page([...text(80), ...terms, ...text(220)]));
    expect(blocks.find((b) => b.type === 'formula')).toMatchObject({
      text: expect.stringContaining('x ₂ ≥ y ¹⁰'),
    });
  });

  it('makes none of an underlined word, nor of cells below a rule', () => {
    const lines: TextAt[] = [
      { x: 200, y: 152.5, text: 'Race' },
      { x: 200, y: 168, text: 'rate' },
      { x: 160, y: 160, text: 'Group' },
    ];
    const [blocks] = layOut(page([...text(80), ...lines, ...text(220)], { rules: [bar(196, 224, 157)] }));
    expect(sketch(blocks).join(' ')).not.toContain('Race/rate');
  });

  it('keeps a paragraph whole whose lines scripts push apart', () => {
    const lines = column(`${PROSE} ${PROSE}`, { x: 50, y: 80, width: 400 });
    const raised = lines.map((l, i) => (i < 2 ? l : { ...l, y: l.y + 4 }));
    const at = { x: raised[2].x + 380, y: raised[2].y - 5, text: '6', size: 7 };
    const [blocks] = layOut(
      page([
        ...raised.slice(0, 2),
        { ...raised[2], text: raised[2].text.slice(0, 60) },
        { ...at, x: raised[2].x + 276 },
        ...raised.slice(3),
      ]),
    );
    expect(blocks.filter((b) => b.type === 'paragraph')).toHaveLength(1);
  });
});

describe('letters set apart', () => {
  const spaced = (title: string, y: number, gap: number): TextAt[] => {
    let x = 60;
    return [...title].flatMap((letter) => {
      const at = { x, y, text: letter, size: 14 };
      x += letter === ' ' ? 14 : 7 + gap;
      return letter === ' ' ? [] : [at];
    });
  };

  it('reads a title whose letters are spaced as words', () => {
    const [blocks] = layOut(page([...spaced('HARBOUR LEDGERS', 60, 5), ...text(100), ...text(180)]));
    expect(sketch(blocks)[0]).toBe('h1 HARBOUR LEDGERS');
  });

  it('leaves the letters of an index as they are', () => {
    const [blocks] = layOut(page([...spaced('ABCDEFGHIJ', 60, 5), ...text(100), ...text(180)]));
    expect(sketch(blocks)[0]).toContain('A B C D E');
  });
});

describe('lists', () => {
  it('counts in Roman figures where the letters around say so', () => {
    const lines = ['(i) ropes and chains', '(ii) anchors', '(iii) sails'];
    const [blocks] = layOut(
      page([...text(80), ...lines.map((t, i) => ({ x: 70, y: 150 + i * 14, text: t })), ...text(220)]),
    );
    expect(sketch(blocks)[1]).toBe('ol (i) ropes and chains / (ii) anchors / (iii) sails');
  });

  it('counts in letters past i', () => {
    const lines = ['(h) ropes', '(i) anchors', '(j) sails'];
    const [blocks] = layOut(
      page([...text(80), ...lines.map((t, i) => ({ x: 70, y: 150 + i * 14, text: t })), ...text(220)]),
    );
    expect(sketch(blocks)[1]).toContain('(h) ropes / (i) anchors / (j) sails');
  });

  it('nests Roman figures under letters', () => {
    const at = [
      [70, 'a) ropes'],
      [70, 'b) anchors'],
      [95, 'i. small'],
      [95, 'ii. large'],
      [70, 'c) sails'],
    ] as const;
    const [blocks] = layOut(
      page([...text(80), ...at.map(([x, t], i) => ({ x, y: 150 + i * 14, text: t })), ...text(240)]),
    );
    expect(sketch(blocks)[1]).toContain('b) anchors [i. small / ii. large] / c) sails');
  });
});
