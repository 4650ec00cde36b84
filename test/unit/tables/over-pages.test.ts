import { describe, expect, it } from 'vitest';
import type { Block, Page, Table } from '#legible/document/block.js';
import type { PageContent } from '#legible/document/page.js';
import type { Word } from '#legible/document/word.js';
import { joinPieces, writePieces } from '#legible/pipeline/write/index.js';
import { layOut, textOf } from '../layout/blocks.js';
import { across, down, ending, phrase } from './page.js';

const LEFT = 60;
const XS = [60, 200, 320, 440];
const PITCH = 16;

interface Part {
  readonly top: number;
  readonly head?: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly above?: string;
  readonly below?: string;
  readonly shift?: number;
}

/** A page with a ruled table of three columns, the head in bold, and a line above or below it. */
function page(number: number, { top, head, rows, above, below, shift = 0 }: Part): PageContent {
  const all = head ? [head, ...rows] : rows;
  const bottom = top + all.length * PITCH;
  const words: Word[] = [];
  all.forEach((cells, r) => {
    const y = top + r * PITCH + 11;
    cells.forEach((text, c) => {
      const at = c === 0 ? phrase(XS[0] + 4 + shift, y, text) : ending(XS[c + 1] - 4 + shift, y, text);
      const style = { font: 'Serif', bold: head !== undefined && r === 0, italic: false, mono: false };
      words.push(...at.map((w) => ({ ...w, style })));
    });
  });
  if (above) words.push(...phrase(LEFT, top - 14, above));
  if (below) words.push(...phrase(LEFT, bottom + 16, below));
  const ys = [...all.map((_, r) => top + r * PITCH), bottom];
  const rules = [
    ...ys.map((y) => across(XS[0] + shift, XS[3] + shift, y)),
    ...XS.map((x) => down(x + shift, top, bottom)),
  ];
  return { number, width: 595, height: 842, words, rules, shapes: [], images: [], tags: [] };
}

const HEAD = ['Town', 'Births', 'Deaths'];
const TOWNS = ['Ashford', 'Burwell', 'Carlow', 'Denholm', 'Easton', 'Farley', 'Garston', 'Hexham'];
const rows = (from: number, to: number): string[][] =>
  Array.from({ length: to - from }, (_, i) => [`${TOWNS[i % 8]} ${from + i}`, `${110 + i}`, `${90 + i}`]);

const markdown = (pages: readonly Block[][]): string =>
  joinPieces(pages.flatMap((blocks) => writePieces({ blocks } as unknown as Page, 'markdown')));
const tableOf = (blocks: readonly Block[]): Table => blocks.find((b): b is Table => b.type === 'table')!;
const separators = (text: string): number => text.split('\n').filter((l) => /^\| ---/.test(l)).length;

describe('tables over pages', () => {
  it('are one table in Markdown, their repeated head left out; each page keeps its own', () => {
    const pages = layOut(
      page(1, { top: 200, head: HEAD, rows: rows(0, 35) }),
      page(2, { top: 60, head: HEAD, rows: rows(35, 60) }),
    );
    expect(tableOf(pages[1]).continuesPreviousPage).toBe(true);
    const text = markdown(pages);
    expect(separators(text)).toBe(1);
    expect(text.match(/\| Town \|/g)).toHaveLength(1);
    expect(text.split('\n').filter((l) => l.startsWith('| '))).toHaveLength(62);
    expect(markdown([pages[1]])).toMatch(/^\| Town \| Births \| Deaths \|\n\| --- /);
  });

  it('make the row whole that the page break cut, in pipes and in HTML', () => {
    const cut = (spans: boolean) => {
      const text = (
        number: number,
        cells: readonly (readonly string[])[],
        top: number,
        head: boolean,
      ): PageContent => {
        const lines = (cell: string): string[] => cell.split('\n');
        const words: Word[] = [];
        const ys = [top];
        for (const [r, row] of cells.entries()) {
          const y = ys[ys.length - 1] + 12;
          row.forEach((cell, c) => {
            for (const [i, line] of lines(cell).entries()) {
              const style = { font: 'Serif', bold: head && r === 0, italic: false, mono: false };
              if (line) words.push(...phrase(XS[c] + 4, y + i * 12, line).map((w) => ({ ...w, style })));
            }
          });
          ys.push(y + (Math.max(...row.map((cell) => lines(cell).length)) - 1) * 12 + 6);
        }
        const bottom = ys[ys.length - 1];
        const rules = [
          ...ys.map((y) => across(XS[0], XS[3], y)),
          ...XS.map((x, i) => down(x, spans && head && i % 3 ? ys[1] : top, bottom)),
        ];
        return { number, width: 595, height: 842, words, rules, shapes: [], images: [], tags: [] };
      };
      const full = Array.from({ length: 30 }, (_, i) => [
        `${i + 1}`,
        'Repair of the roof.',
        'The rain came in.',
      ]);
      return layOut(
        text(
          1,
          [
            ...(spans ? [['Decisions of the board', '', '']] : []),
            ['No.', 'Decision', 'Reason'],
            ...full,
            ['31', 'The old quay is to be re-', 'Ships of the new kind'],
          ],
          100,
          true,
        ),
        text(
          2,
          [
            ['', 'newed in two steps before\nthe winter.', 'cannot land.'],
            ['32', 'A lamp is bought.', 'It was dark.'],
          ],
          60,
          false,
        ),
      );
    };
    const pages = cut(false);
    expect(tableOf(pages[1]).continuesRow).toBe(true);
    expect(markdown(pages)).toContain(
      '| 31 | The old quay is to be renewed in two steps before the winter. | Ships of the new kind cannot land. |\n| 32 |',
    );
    expect(markdown([pages[1]])).toContain('|  | newed in two steps');
    const html = markdown(cut(true));
    expect(html.match(/<table>/g)).toHaveLength(1);
    expect(html).toContain(
      '<tr><td>31</td><td>The old quay is to be renewed in two steps before the winter.</td><td>Ships of the new kind cannot land.</td></tr>\n<tr><td>32</td>',
    );
    expect(html.trim()).toMatch(/<\/table>$/);
  });

  it('have no head where none is printed again, and may be set off on left pages', () => {
    const pages = layOut(
      page(1, { top: 200, head: HEAD, rows: rows(0, 35) }),
      page(2, { top: 60, rows: rows(35, 80), shift: 20 }),
      page(3, { top: 60, head: HEAD, rows: rows(80, 90) }),
    );
    expect(pages.map((p) => tableOf(p).continuesPreviousPage)).toEqual([undefined, true, true]);
    expect(tableOf(pages[1]).cells.some((c) => c.header)).toBe(false);
    expect(separators(markdown(pages))).toBe(1);
  });

  it('go on under a remark that says so, which is no part of the whole', () => {
    const pages = layOut(
      page(1, {
        top: 200,
        head: HEAD,
        rows: rows(0, 35),
        above: 'Table 3. People by town',
        below: '(continued)',
      }),
      page(2, { top: 80, head: HEAD, rows: rows(35, 60), above: 'Table 3 (continued)' }),
    );
    const text = markdown(pages);
    expect(separators(text)).toBe(1);
    expect(text).not.toMatch(/continued/i);
    expect(text).toContain('Table 3. People by town');
  });

  it('start anew under a caption, a line of text or another head, and in other columns', () => {
    const first = page(1, { top: 200, head: HEAD, rows: rows(0, 35) });
    const anew = (part: Part): boolean => {
      const pages = layOut(first, page(2, part));
      return tableOf(pages[1]).continuesPreviousPage === undefined;
    };
    const rest = { top: 80, rows: rows(35, 60) };
    expect(anew({ ...rest, head: HEAD, above: 'Table 4. People by county' })).toBe(true);
    expect(anew({ ...rest, head: HEAD, above: 'The counties have more to show than the towns do' })).toBe(
      true,
    );
    expect(anew({ ...rest, head: ['County', 'Sheep', 'Goats'] })).toBe(true);
    expect(anew({ ...rest, head: HEAD, shift: 95 })).toBe(true);
    const short = layOut(
      page(1, { top: 60, head: HEAD, rows: rows(0, 5) }),
      page(2, { ...rest, head: HEAD }),
    );
    expect(tableOf(short[1]).continuesPreviousPage).toBeUndefined();
  });
});

describe('captions of tables', () => {
  const two = (top: number, above: string | undefined, below: string | undefined): PageContent => {
    const a = page(1, {
      top,
      head: HEAD,
      rows: rows(0, 4),
      ...(above && { above }),
      ...(below && { below }),
    });
    return a;
  };
  const both = (a: PageContent, b: PageContent): PageContent => ({
    ...a,
    words: [...a.words, ...b.words],
    rules: [...a.rules, ...b.rules],
  });
  const captions = (blocks: readonly Block[]): (string | undefined)[] =>
    blocks.filter((b): b is Table => b.type === 'table').map((t) => t.caption && textOf(t.caption));

  it('belong to the table they stand above of, in every language of the label', () => {
    for (const label of ['Table 3.', 'Tab. 2:', 'Tabelle 1', 'Tableau IV.', 'Table A.1']) {
      const [blocks] = layOut(two(200, `${label} People by town`, undefined));
      expect(captions(blocks)).toEqual([`${label} People by town`]);
      expect(blocks.filter((b) => b.type === 'paragraph')).toEqual([]);
    }
  });

  it('stand where they stood in Markdown', () => {
    const [above] = layOut(two(200, 'Table 3. People by town', undefined));
    expect(markdown([above])).toMatch(/^Table 3\. People by town\n\n\| Town /);
    const [below] = layOut(two(200, undefined, 'Table 3. People by town'));
    expect(tableOf(below).captionBelow).toBe(true);
    expect(markdown([below])).toMatch(/\n\nTable 3\. People by town$/);
  });

  it('follow the habit of the document where they stand between two tables', () => {
    const rule = two(500, undefined, undefined);
    const below = both(two(200, undefined, 'Table 1. Towns'), two(310, undefined, 'Table 2. Counties'));
    expect(captions(layOut(below)[0])).toEqual(['Table 1. Towns', 'Table 2. Counties']);
    const above = both(two(200, 'Table 1. Towns', undefined), two(310, 'Table 2. Counties', undefined));
    expect(captions(layOut(above)[0])).toEqual(['Table 1. Towns', 'Table 2. Counties']);
    expect(captions(layOut(rule)[0])).toEqual([undefined]);
  });
});
