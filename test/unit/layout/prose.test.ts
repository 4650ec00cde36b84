import { describe, expect, it } from 'vitest';
import { markdownPiece } from '#legible/pipeline/write/markdown.js';
import { joinPieces } from '#legible/pipeline/write/piece.js';
import { layOut, sketch } from './blocks.js';
import { column, page, type TextAt } from './page.js';

const PROSE =
  'the harbour office keeps its ledgers in a long low room above the weighing house where the windows look out over the quays and the masts of the smaller boats and nothing is entered twice';
const text = (y: number, more = ''): TextAt[] => column(`${PROSE} ${more}`.trim(), { x: 50, y, width: 400 });
const set = (texts: readonly string[], y: number, { x = 50, pitch = 12 } = {}): TextAt[] =>
  texts.map((line, i) => ({ x, y: y + i * pitch, text: line }));
const at = (y: number, pairs: readonly (readonly [x: number, text: string])[], mono = false): TextAt[] =>
  pairs.map(([x, line], i) => ({ x, y: y + i * 12, text: line, mono }));

describe('text that goes on over a page', () => {
  it('joins the end of a paragraph that stands apart at the top of the next page', () => {
    const first = page([...text(100), ...text(720), { x: 50, y: 800, text: 'and so the clerk went' }]);
    const end = [{ x: 50, y: 60, text: 'home before the first carrier arrived.' }];
    const second = page([...end, ...text(120), ...text(300)], { number: 2 });
    const [, blocks] = layOut(first, second);
    const paragraph = blocks.find((b) => b.type === 'paragraph');
    expect(paragraph).toMatchObject({ continuesPreviousPage: true });
  });

  it('puts a listing that a page break cut into one fence', () => {
    const code = (y: number, names: readonly string[]): TextAt[] =>
      at(
        y,
        names.flatMap((n) => [[50, `def ${n}(self):`] as const, [70, `return self.${n}_of(1)`] as const]),
        true,
      );
    const pages = layOut(
      page([...text(80), ...text(160), ...code(240, ['count', 'weigh'])]),
      page([...code(80, ['moor', 'sail']), ...text(160), ...text(240)], { number: 2 }),
    );
    const pieces = pages.flat().flatMap((b) => markdownPiece(b) ?? []);
    expect(joinPieces(pieces).match(/```/g)).toHaveLength(2);
    expect(joinPieces(pieces)).toContain('return self.weigh_of(1)\ndef moor(self):');
  });
});

describe('listings', () => {
  it('keeps lines that begin like items of a list, and blank lines between them', () => {
    const lines: [number, string][] = [
      [50, '/* counts the boats'],
      [55, '* at each quay'],
      [55, '*/'],
      [50, '1. { no item }'],
    ];
    const [blocks] = layOut(
      page([
        ...text(80),
        ...at(140, lines, true),
        { x: 50, y: 212, text: '- end();', mono: true },
        ...text(260),
      ]),
    );
    const code = blocks.filter((b) => b.type === 'code');
    expect(code.map((c) => c.text)).toEqual([
      '/* counts the boats\n * at each quay\n */\n1. { no item }\n\n\n- end();',
    ]);
  });

  it('leaves out numbers that count its lines', () => {
    const lines = ['int n = 0;', 'n += 2;', 'return n;'];
    const numbered = lines.flatMap((line, i) => [
      { x: 50, y: 140 + i * 12, text: `${i + 9}`, mono: true },
      { x: 80, y: 140 + i * 12, text: line, mono: true },
    ]);
    const [blocks] = layOut(page([...text(80), ...numbered, ...text(200)]));
    expect(blocks.flatMap((b) => (b.type === 'code' ? [b.text] : []))).toEqual([
      'int n = 0;\nn += 2;\nreturn n;',
    ]);
  });
});

describe('lines that end where their author ended them', () => {
  it('keeps the lines of verse that begin with small letters beside running text', () => {
    const verse = [
      'I have seen',
      'the slow green tide',
      'come in',
      'without a sound and lift',
      'the broken things',
      'as though',
    ];
    const [blocks] = layOut(page([...text(80), ...set(verse, 160), ...text(280)]));
    expect(sketch(blocks)).toContain(`p ${verse.join('\n')}`);
  });

  it('keeps an address whole, abbreviations and house numbers included', () => {
    const address = ['Mr. Edwin Carter', 'Carter Ltd.', '221 Mill Lane', 'Leeds'];
    const [blocks] = layOut(page([...set(address, 80), ...text(160), ...text(240)]));
    expect(sketch(blocks)[0]).toBe(`p ${address.join('\n')}`);
  });

  it('joins ragged lines of running text', () => {
    const [blocks] = layOut(page([...text(80, 'and nothing is rubbed out'), ...text(180)]));
    expect(sketch(blocks)[0]).not.toContain('\n');
  });
});

describe('numbers in front', () => {
  it('keeps a numbered clause with its lines, and clauses apart', () => {
    const clause = (y: number, number: string): TextAt[] => [
      { x: 50, y, text: number },
      ...column(PROSE, { x: 90, y, width: 360 }),
    ];
    const [blocks] = layOut(page([...clause(80, '2.1'), ...clause(128, '2.2'), ...clause(176, '2.3')]));
    expect(sketch(blocks)).toEqual(['2.1', '2.2', '2.3'].map((n) => `p ${n} ${PROSE}`));
  });

  it('gives each line of a table of contents a paragraph, whatever leads to its page', () => {
    const entries = [
      ['Preface', 'iv'],
      ['1 The harbour', '1'],
      ['1.1 The quays', '12'],
      ['2 The ledgers', '24'],
    ] as const;
    const lines = entries.flatMap(([title, number], i) => [
      { x: 50, y: 80 + i * 12, text: title },
      { x: 450 - number.length * 5, y: 80 + i * 12, text: number },
    ]);
    const [blocks] = layOut(page([...lines, ...text(160)]));
    expect(sketch(blocks).slice(0, 4)).toEqual(entries.map((e) => `p ${e.join(' ')}`));
  });

  it('reads bullets whose character the file does not name', () => {
    const points = ['\ufffd marketing of services', '\ufffd training for staff', '\ufffd raising of funds'];
    const [blocks] = layOut(page([...text(80), ...set(points, 140), ...text(200)]));
    expect(blocks.find((b) => b.type === 'list')).toMatchObject({ ordered: false, items: { length: 3 } });
  });
});

describe('hyphens at the ends of lines', () => {
  const read = (lines: readonly string[]): string => sketch(layOut(page(set(lines, 80)))[0])[0];

  it('keeps one that stands for the end of the next word', () => {
    expect(read(['alle Abgaben und Zinsen der Hafen-', 'und Liegeplätze des letzten Jahres'])).toContain(
      'der Hafen- und Liegeplätze',
    );
  });

  it('joins what a soft hyphen broke, printed behind it or not', () => {
    expect(read(['nothing is ever uninter\u00ad\u2010', 'rupted in this office by the sea'])).toContain(
      'uninterrupted',
    );
  });

  it('keeps the one before a French pronoun', () => {
    expect(read(['les livres est une peut faut-', 'il rappeler que les registres sont'])).toContain(
      'faut-il',
    );
  });

  it('keeps the one of a compound that the end of a column broke', () => {
    const left = column(`${PROSE} ${PROSE} ${PROSE} measures that were all very user-`, {
      x: 50,
      y: 80,
      width: 200,
    });
    const right = [
      { x: 300, y: 80, text: 'friendly and long in their use' },
      ...column(`${PROSE} ${PROSE} ${PROSE}`, { x: 300, y: 92, width: 200 }),
    ];
    const [blocks] = layOut(page([...left, ...right]));
    expect(sketch(blocks).join(' ')).toContain('user-friendly');
  });
});

describe('names under a title', () => {
  it('are no heading where they bear the marks of affiliations', () => {
    const authors = [
      { x: 180, y: 190, text: 'Maria Holm', size: 11 },
      { x: 238, y: 186, text: '1', size: 7 },
      { x: 246, y: 190, text: 'and Edwin Carter', size: 11 },
      { x: 332, y: 186, text: '2', size: 7 },
    ];
    const [blocks] = layOut(
      page([
        { x: 150, y: 160, text: 'On the Form of Ledgers', size: 18 },
        ...authors,
        ...text(230),
        ...text(310),
      ]),
    );
    expect(
      sketch(blocks)
        .slice(0, 2)
        .map((s) => s.slice(0, 2)),
    ).toEqual(['h1', 'p ']);
  });
});
