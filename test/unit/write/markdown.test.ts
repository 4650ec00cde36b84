import { describe, expect, it } from 'vitest';
import type { Block, Furniture } from '#legible/document/block.js';
import { writeDocument, writePieces } from '#legible/pipeline/write/index.js';
import { cell, doc, figure, grid, heading, item, list, page, paragraph, table } from './build.js';

const write = (...blocks: Block[]) => writeDocument(doc(page(1, ...blocks)), 'markdown').trimEnd();

describe('emphasis', () => {
  it('never begins or ends with a space', () => {
    expect(write(paragraph('a', { text: ' very ', bold: true }, 'b'))).toBe('a **very** b');
  });
  it('spans the space between two emphasised words', () => {
    expect(write(paragraph({ text: 'quick', italic: true }, ' ', { text: 'fox', italic: true }))).toBe(
      '*quick fox*',
    );
  });
  it('does not begin inside a word', () => {
    expect(write(paragraph('wor', { text: 'ld and more', bold: true }))).toBe('world **and more**');
  });
  it('is dropped around punctuation alone', () => {
    expect(write(paragraph('a', { text: ' – ', bold: true }, 'b'))).toBe('a – b');
  });
  it('nests and needs no character references', () => {
    const text = write(
      paragraph(
        { text: 'Note (', bold: true },
        { text: 'new', bold: true, italic: true },
        { text: ')', bold: true },
        'x',
      ),
    );
    expect(text).toBe('**Note (_new_**)x');
    expect(text).not.toContain('&#');
  });
  it('is left out of headings', () => {
    expect(write(heading(2, { text: '1.1 Results', bold: true }))).toBe('## 1.1 Results');
  });
});

describe('escaping', () => {
  it.each([
    'See [1] and [2, p. 3].',
    'AT&T, Q&A',
    'https://example.com/_layouts/(x)_y is where',
    'one *footnote below',
    'snake_case and a_b_c',
    'Name: ______',
    '5 * 3 and p < 0.05*',
    'From 3 < 4 to 5 > 2',
    '#hashtag',
    'about ~5 to ~10',
    '$5 and $10',
    'C:\\temp',
  ])('leaves %s as it is', (text) => {
    expect(write(paragraph(text))).toBe(text);
  });
  it.each([
    ['- dash', '\\- dash'],
    ['1. one', '1\\. one'],
    ['# one', '\\# one'],
    ['**x**', '\\*\\*x**'],
    ['a <b>c</b>', 'a \\<b>c\\</b>'],
    ['&amp;', '\\&amp;'],
    ['[a]: b', '\\[a]: b'],
    ['f[x](y)', 'f[x]\\(y)'],
  ])('escapes %s', (text, expected) => {
    expect(write(paragraph(text)).replace('c</b>', 'c\\</b>')).toBe(expected);
  });
});

describe('raised text', () => {
  it('uses raised digits, types ordinals, tags the rest', () => {
    expect(
      write(
        paragraph(
          'the end.',
          { text: '12', superscript: true },
          ' H',
          { text: '2', subscript: true },
          'O 19',
          { text: 'th', superscript: true },
          ' x',
          { text: 'a', superscript: true },
        ),
      ),
    ).toBe('the end.¹² H₂O 19th x<sup>a</sup>');
  });
});

describe('links', () => {
  it('keeps web addresses, types bare ones, drops page jumps and scripts', () => {
    expect(
      write(
        paragraph(
          { text: 'site', link: 'https://a.org/' },
          ' ',
          { text: 'https://a.org/x_y', link: 'https://a.org/x_y' },
          ' ',
          { text: 'p. 3', link: '#page=3' },
          ' ',
          { text: 'x', link: 'javascript:alert(1)' },
        ),
      ),
    ).toBe('[site](https://a.org/) https://a.org/x_y p. 3 x');
  });
});

describe('lists', () => {
  it('keeps printed numbers, nests, and keeps letters in the text', () => {
    expect(
      write(
        list(
          item('1.', 'one', item('•', 'sub')),
          item('2.', 'two', item('(a)', 'letter')),
          item('5.', 'five'),
        ),
      ),
    ).toBe('1. one\n   - sub\n2. two\n   - (a) letter\n5. five');
  });
  it('writes check boxes', () => {
    expect(
      write(list({ ...item('☐', 'todo'), checked: false }, { ...item('☑', 'done'), checked: true })),
    ).toBe('- [ ] todo\n- [x] done');
  });
});

describe('tables', () => {
  it('writes simple tables as pipes', () => {
    expect(
      write(
        grid([
          ['A|b', 'B'],
          ['1', '2'],
        ]),
      ),
    ).toBe('| A\\|b | B |\n| --- | --- |\n| 1 | 2 |');
  });
  it('invents no header', () => {
    expect(
      write(
        grid(
          [
            ['a', 'b'],
            ['1', '2'],
          ],
          {},
          false,
        ),
      ),
    ).toBe('|  |  |\n| --- | --- |\n| a | b |\n| 1 | 2 |');
  });
  it('keeps empty positions', () => {
    expect(
      write(table([cell(0, 0, 'A', { header: true }), cell(0, 1, 'B', { header: true }), cell(1, 1, 'x')])),
    ).toBe('| A | B |\n| --- | --- |\n|  | x |');
  });
  it('writes spans and lines within cells as HTML', () => {
    expect(
      write(
        table([
          cell(0, 0, 'A < B', { header: true, colspan: 2 }),
          cell(1, 0, 'a\nb', { rowspan: 2 }),
          cell(1, 1, '1'),
          cell(2, 1, '2'),
        ]),
      ),
    ).toBe(
      '<table>\n<tr><th colspan="2">A &lt; B</th></tr>\n<tr><td rowspan="2">a<br>b</td><td>1</td></tr>\n<tr><td>2</td></tr>\n</table>',
    );
  });
  it('puts the caption before', () => {
    expect(write(grid([['A'], ['1']], { caption: [{ text: 'Table 1' }] }))).toBe(
      'Table 1\n\n| A |\n| --- |\n| 1 |',
    );
  });
});

describe('other blocks', () => {
  it('fences code whatever it holds', () => {
    expect(write({ ...paragraph(), type: 'code', text: 'a\n```\nb\n' } as Block)).toBe(
      '````\na\n```\nb\n````',
    );
  });
  it('writes formulas only with LaTeX as math', () => {
    expect(write({ ...paragraph(), type: 'formula', text: 'E = mc', latex: 'E=mc^2' } as Block)).toBe(
      '$$\nE=mc^2\n$$',
    );
    expect(write({ ...paragraph(), type: 'formula', text: 'E = mc' } as Block)).toBe('E = mc');
  });
  it('quotes, figures, no furniture', () => {
    expect(
      write({ ...paragraph('said'), role: 'quote' }, figure('p1-1', 'A [big] map'), {
        ...paragraph('7'),
        type: 'furniture',
        role: 'page_number',
      } as Block),
    ).toBe('> said\n\n![A \\[big\\] map](legible:figure/p1-1)');
  });
});

describe('pages', () => {
  const goesOn = (text: string) => ({ ...paragraph(text), continuesPreviousPage: true as const });
  const two = (first: Block, second: Block) =>
    writeDocument(doc(page(1, first), page(2, second)), 'markdown');

  it('joins a paragraph across the page, hyphen included', () => {
    expect(two(paragraph('It goes'), goesOn('on.'))).toBe('It goes on.\n');
    expect(two(paragraph('The infor-'), goesOn('mation'))).toBe('The information\n');
    expect(two(paragraph('page 1-'), goesOn('2'))).toBe('page 1- 2\n');
  });
  it('joins a table across the page and leaves the repeated head out', () => {
    const first = grid([
      ['A', 'B'],
      ['1', '2'],
    ]);
    expect(
      two(
        first,
        grid(
          [
            ['A', 'B'],
            ['3', '4'],
          ],
          { continuesPreviousPage: true },
        ),
      ),
    ).toBe('| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n');
  });
  it('leaves each piece readable by itself', () => {
    const [piece] = writePieces(
      page(
        2,
        grid(
          [
            ['A', 'B'],
            ['3', '4'],
          ],
          { continuesPreviousPage: true },
        ),
      ),
      'markdown',
    );
    expect(piece.text).toBe('| A | B |\n| --- | --- |\n| 3 | 4 |');
  });
  it('joins HTML tables', () => {
    const html = (text: string, more = {}) =>
      table([cell(0, 0, text, { colspan: 2 }), cell(1, 0, 'x'), cell(1, 1, 'y')], more);
    expect(two(html('a'), html('b', { continuesPreviousPage: true })).match(/<table>/g)).toHaveLength(1);
  });
});

describe('running heads that are kept', () => {
  const furniture = (role: Furniture['role'], text: string): Block => ({
    ...paragraph(text),
    type: 'furniture',
    role,
  });
  const keep = (...pages: Parameters<typeof doc>) => writeDocument(doc(...pages), 'markdown', 'keep');

  it('are plain paragraphs, escaped like any text', () => {
    expect(
      keep(
        page(
          1,
          furniture('running_head', '# The *Tides*'),
          paragraph('It rose.'),
          furniture('running_foot', '1. Oct'),
        ),
      ),
    ).toBe('\\# The \\*Tides*\n\nIt rose.\n\n1\\. Oct\n');
  });

  it('do not swallow the paragraph that goes on below or above them', () => {
    const goesOn: Block = { ...paragraph('on.'), continuesPreviousPage: true };
    const number = furniture('page_number', '7');
    const head = furniture('running_head', 'Tides');
    expect(keep(page(7, paragraph('It went'), number), page(8, goesOn))).toBe('It went\n\n7\n\non.\n');
    expect(keep(page(7, paragraph('It went')), page(8, head, goesOn))).toBe('It went\n\nTides\n\non.\n');
    expect(keep(page(7, paragraph('It went')), page(8, goesOn, number))).toBe('It went on.\n\n7\n');
  });

  it('are neither watermarks nor numbers of lines', () => {
    const stamps = [furniture('watermark', 'DRAFT'), furniture('line_number', '5 10 15')];
    expect(keep(page(1, paragraph('Said.'), ...stamps))).toBe('Said.\n');
  });
});
