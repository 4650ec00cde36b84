import { describe, expect, it } from 'vitest';
import { layOut, sketch } from './blocks.js';
import { column, page, words } from './page.js';

const BODY =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua ut enim ad minim veniam quis nostrud exercitation.';
const NOTES = ['See the ledgers of the harbour office', 'Ibid', 'The figure is disputed'];
const text = column(`${BODY} ${BODY} ${BODY}`, { x: 50, y: 100, width: 490 });

describe('notes at the foot', () => {
  it('parts notes of one line each, however close they stand', () => {
    const notes = NOTES.map((note, i) => ({ x: 50, y: 640 + i * 10.4, text: `${i + 1} ${note}`, size: 8 }));
    const [blocks] = layOut(page([...text, ...notes]));
    expect(sketch(blocks).slice(-3)).toEqual(NOTES.map((note, i) => `footnote ${i + 1} ${note}`));
  });

  it('does not lose notes with raised numbers as running feet', () => {
    const notes = NOTES.flatMap((note, i) => {
      const y = 740 + i * 13;
      return [
        ...words({ x: 50, y: y - 3, text: `${i + 1}`, size: 5 }),
        ...words({ x: 54, y, text: note, size: 8 }),
      ];
    });
    const content = page(text);
    const [blocks] = layOut({ ...content, words: [...content.words, ...notes] });
    expect(sketch(blocks).slice(-3)).toEqual(NOTES.map((note, i) => `footnote ${i + 1} ${note}`));
  });

  it('begins no note where a line of a note begins with a figure', () => {
    const notes = [
      {
        x: 50,
        y: 640,
        text: '1 Compare the customs rolls and the tide tables of the years 1851 to',
        size: 8,
      },
      { x: 50, y: 649.6, text: '58 which were copied at some later time', size: 8 },
    ];
    const [blocks] = layOut(page([...text, ...notes]));
    expect(sketch(blocks).at(-1)).toMatch(/^footnote 1 Compare .*\s58 which .* later time$/s);
  });
});
