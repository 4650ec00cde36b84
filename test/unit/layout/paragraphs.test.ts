import { describe, expect, it } from 'vitest';
import { layOut, sketch } from './blocks.js';
import { page } from './page.js';

const lines = (texts: readonly string[], x = 50, y = 100): { x: number; y: number; text: string }[] =>
  texts.map((text, i) => ({ x, y: y + i * 12, text }));

describe('paragraphs', () => {
  it('joins a word that a hyphen broke at the end of a line', () => {
    const [blocks] = layOut(page(lines(['this line ends with some infor-', 'mation about the next one'])));
    expect(sketch(blocks)).toEqual(['p this line ends with some information about the next one']);
  });

  it('keeps a hyphen that the document prints in the word elsewhere', () => {
    const [blocks] = layOut(
      page(lines(['a well-known matter and again a well-', 'known one, in a sentence that goes on'])),
    );
    expect(sketch(blocks)[0]).toContain('again a well-known one');
  });

  it('starts a paragraph at a first-line indent and at a wider gap', () => {
    const first = lines([
      'The first paragraph fills its line to the end',
      'and another line that is just as long here',
    ]);
    const indented = [
      { x: 65, y: 124, text: 'Indented line that starts a new paragraph' },
      { x: 50, y: 136, text: 'and goes on at the left edge like the others' },
    ];
    const apart = lines(['After a gap there is a third paragraph here'], 50, 160);
    const [blocks] = layOut(page([...first, ...indented, ...apart]));
    expect(sketch(blocks).map((s) => s.slice(2, 10))).toEqual(['The firs', 'Indented', 'After a ']);
  });

  it('keeps hanging indents in one paragraph each', () => {
    const entry = (y: number, name: string) => [
      { x: 50, y, text: `${name}, A. (1999). A title that is long enough to fill` },
      { x: 70, y: y + 12, text: 'the line and goes on hanging below it, and even' },
      { x: 70, y: y + 24, text: 'a third line.' },
    ];
    const [blocks] = layOut(page([...entry(100, 'Adams'), ...entry(136, 'Brown'), ...entry(172, 'Clark')]));
    expect(sketch(blocks).map((s) => s.slice(2, 7))).toEqual(['Adams', 'Brown', 'Clark']);
  });

  it('keeps entries of two lines in hanging indents apart', () => {
    const entry = (y: number, name: string) => [
      { x: 50, y, text: `${name} and others, a title that is long enough to fill` },
      { x: 70, y: y + 12, text: 'this line, 1999.' },
    ];
    const names = ['Adams', 'Brown', 'Clark', 'David'];
    const [blocks] = layOut(page(names.flatMap((name, i) => entry(100 + i * 24, name))));
    expect(sketch(blocks).map((s) => s.slice(2, 7))).toEqual(names);
  });

  it('gives each entry of an index a paragraph', () => {
    const [blocks] = layOut(
      page(
        lines(['anchors, 3, 40–44', 'barges, 12', 'buoys, 7, 9', 'cranes, 101', 'docks, 4', 'quays, 5, 8']),
      ),
    );
    expect(sketch(blocks)).toHaveLength(6);
  });

  it('keeps the lines of verse, set in turn or not, and joins those of prose', () => {
    const verse = [
      { x: 50, y: 100, text: 'The tide comes in, the tide goes out,' },
      { x: 62, y: 112, text: 'The stones are left to dry,' },
      { x: 50, y: 124, text: 'The keeper walks his round about' },
      { x: 62, y: 136, text: 'Beneath the sky.' },
    ];
    const prose = lines(
      [
        'A line of text that fills its column and',
        'goes on below without any line of verse',
        'in it. All of it is one.',
      ],
      50,
      200,
    );
    const [blocks] = layOut(page([...verse, ...prose]));
    expect(sketch(blocks)).toEqual([
      `p ${verse.map((v) => v.text).join('\n')}`,
      expect.stringMatching(/^p A line of text .* one\.$/),
    ]);
  });

  it('parts a short line in italics from the text below', () => {
    const [blocks] = layOut(
      page([
        { x: 50, y: 100, text: '2.1 Sampling', italic: true },
        ...lines(
          ['Text that follows in upright type and is long', 'enough for a second line of its own.'],
          50,
          112,
        ),
      ]),
    );
    expect(sketch(blocks).map((s) => s.split(' ')[1])).toEqual(['2.1', 'Text']);
  });

  it('sets a raised figure as superscript and keeps it with its word', () => {
    const [blocks] = layOut(
      page([
        { x: 50, y: 100, text: 'a claim with a note' },
        { x: 140.3, y: 96, text: '12', size: 6.5 },
        { x: 152, y: 100, text: 'and more words after it' },
      ]),
    );
    const paragraph = blocks[0];
    expect(paragraph.type === 'paragraph' && paragraph.inlines.find((i) => i.superscript)?.text).toBe('12');
    expect(sketch(blocks)).toHaveLength(1);
  });
});
