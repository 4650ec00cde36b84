import type { PageContent, Rule, Shape } from '#legible/document/page.js';
import type { TextStyle, Word } from '#legible/document/word.js';
import { pageFacts } from '#legible/pipeline/layout/facts.js';
import type { FoundTable } from '#legible/pipeline/layout/found-table.js';
import { makeRows } from '#legible/pipeline/layout/lines.js';
import { findTables } from '#legible/pipeline/layout/tables/index.js';

const PLAIN: TextStyle = { font: 'Serif', bold: false, italic: false, mono: false };
const EM = 10;
/** Every letter is half an em wide, every space a quarter. */
const LETTER = 5;
const SPACE = 2.5;

export const widthOf = (text: string): number =>
  text.split(' ').reduce((sum, w) => sum + w.length * LETTER, 0) + (text.split(' ').length - 1) * SPACE;

/** The words of a phrase that starts at x on the given baseline. */
export function phrase(x: number, baseline: number, text: string): Word[] {
  const words: Word[] = [];
  for (const t of text.split(' ')) {
    const x1 = x + t.length * LETTER;
    const box = { x0: x, y0: baseline - 8, x1, y1: baseline + 2 };
    words.push({ text: t, box, baseline, size: EM, confidence: 100, style: PLAIN });
    x = x1 + SPACE;
  }
  return words;
}

/** A phrase that ends at x: right-aligned figures. */
export const ending = (x: number, baseline: number, text: string): Word[] =>
  phrase(x - widthOf(text), baseline, text);

export const across = (x0: number, x1: number, y: number): Rule => ({
  orientation: 'horizontal',
  box: { x0, y0: y - 0.25, x1, y1: y + 0.25 },
});
export const down = (x: number, y0: number, y1: number): Rule => ({
  orientation: 'vertical',
  box: { x0: x - 0.25, y0, x1: x + 0.25, y1 },
});

/** Runs the finder on a page of A4 size. */
export function tablesOf(
  words: readonly Word[],
  rules: readonly Rule[] = [],
  shapes: readonly Shape[] = [],
): FoundTable[] {
  const page: PageContent = {
    number: 1,
    width: 595,
    height: 842,
    words,
    rules,
    shapes,
    images: [],
    tags: [],
  };
  const rows = makeRows(words);
  return findTables(page, pageFacts(words, rows), rows).map((f) => f.table);
}

/** Cells by row as `text`, with `c2`, `r3` before spans and `*` before heads. */
export const sketch = (table: FoundTable): string[][] =>
  Array.from({ length: table.rows }, (_, r) =>
    table.cells
      .filter((c) => c.row === r)
      .map((c) => {
        const text = c.lines.map((l) => l.words.map((w) => w.text).join(' ')).join(' ');
        const span = (c.colspan > 1 ? `c${c.colspan}` : '') + (c.rowspan > 1 ? `r${c.rowspan}` : '');
        return (c.header ? '*' : '') + (span ? `${span}:` : '') + text;
      }),
  );
