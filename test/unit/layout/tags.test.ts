import { describe, expect, it } from 'vitest';
import type { PageContent } from '#legible/document/page.js';
import { layout } from '#legible/pipeline/layout/index.js';
import { layOut, sketch } from './blocks.js';
import { column, page, type TextAt } from './page.js';

const TEXT =
  'lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore magna aliqua ut enim ad minim veniam quis nostrud exercitation.';

/** A page whose nth group of lines belongs to the nth element. */
function tagged(groups: readonly (readonly TextAt[])[], types: readonly string[]): PageContent {
  const words = groups.flatMap((group, i) => page(group).words.map((w) => ({ ...w, tag: i + 1 })));
  const tags = [{ type: 'Document', parent: -1 }, ...types.map((type) => ({ type, parent: 0 }))];
  return page([], { words, tags });
}

const paragraph = (y: number, name: string): TextAt[] => column(`${name} ${TEXT}`, { x: 50, y, width: 490 });
const codes = (content: PageContent): string[] =>
  layout.pageWarnings(layout.analyzePage(content)).map((w) => w.code);

describe('tags', () => {
  it('make a heading of a line that looks like text', () => {
    const content = tagged([[{ x: 50, y: 150, text: 'A plain line' }], paragraph(164, 'First')], ['H2', 'P']);
    expect(sketch(layOut(content)[0])).toEqual(['h2 A plain line', `p First ${TEXT}`]);
  });

  it('part paragraphs that are set without any gap', () => {
    const content = tagged([paragraph(100, 'First'), paragraph(124, 'Second')], ['P', 'P']);
    expect(sketch(layOut(content)[0]).map((s) => s.split(' ')[1])).toEqual(['First', 'Second']);
  });

  it('are ignored, with a warning, when they jump about the page', () => {
    const groups = [500, 100, 400, 200, 300].map((y, i) => paragraph(y, `N${i}`));
    const content = tagged(groups, ['P', 'P', 'P', 'P', 'P']);
    expect(codes(content)).toEqual(['tags_ignored']);
    expect(sketch(layOut(content)[0]).map((s) => s.split(' ')[1])).toEqual(['N1', 'N3', 'N4', 'N2', 'N0']);
  });

  it('decide the order of blocks that the page leaves open', () => {
    const left = column(`Left ${TEXT}`, { x: 50, y: 100, width: 235 });
    const right = column(`Right ${TEXT}`, { x: 310, y: 100, width: 235 });
    const after = paragraph(260, 'After');
    const content = tagged([left, right, after], ['P', 'P', 'P']);
    expect(codes(content)).toEqual([]);
    expect(sketch(layOut(content)[0]).map((s) => s.split(' ')[1])).toEqual(['Left', 'Right', 'After']);
  });

  it('tell what is no content: untagged text at the edge is furniture', () => {
    const content = tagged([paragraph(160, 'First'), paragraph(300, 'Second')], ['P', 'P']);
    const head = page([{ x: 50, y: 100, text: 'Annual report' }]).words;
    const [blocks] = layOut({ ...content, words: [...head, ...content.words] });
    expect(sketch(blocks)[0]).toBe('running_head Annual report');
  });
});
