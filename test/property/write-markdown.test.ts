import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { expect, it } from 'vitest';
import { writeDocument } from '#legible/pipeline/write/index.js';
import { cell, doc, heading, item, list, page, paragraph, table } from '../unit/write/build.js';

const parse = (markdown: string) =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

const textOf = (node: Nodes): string => {
  if (node.type === 'break') return ' ';
  if ('value' in node) return node.type === 'html' ? `HTML(${node.value})` : node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
};

/** Words made of what Markdown cares about, with letters and digits between. */
const word = fc.string({
  unit: fc.constantFrom(...'ab1é*_~`[]()<>!#&;|\\:-+=.$"\'/x'),
  minLength: 1,
  maxLength: 6,
});
const sentence = fc
  .array(fc.oneof(word, fc.constantFrom('&amp;', '<b>', '[1]', '***', '__init__', '~~', '- ', '1.', 'www')), {
    minLength: 1,
    maxLength: 7,
  })
  .map((words) => words.join(' ').replace(/ +/g, ' ').trim())
  .filter((text) => text !== '');

const runs = { numRuns: 1500 };
const write = (...blocks: Parameters<typeof page> extends [number, ...infer B] ? B : never) =>
  writeDocument(doc(page(1, ...blocks)), 'markdown');

it('reads back the text of any paragraph', () => {
  fc.assert(
    fc.property(sentence, (text) => {
      const root = parse(write(paragraph(text)));
      expect(root.children.map((node) => node.type)).toEqual(['paragraph']);
      expect(textOf(root)).toBe(text);
    }),
    runs,
  );
});

it('reads back emphasised text', () => {
  const run = fc.record({ text: sentence, bold: fc.boolean(), italic: fc.boolean() });
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 4 }), (parts) => {
      const inlines = parts.map(({ text, bold, italic }, i) => ({
        text: i ? ` ${text}` : text,
        ...(bold && { bold: true as const }),
        ...(italic && { italic: true as const }),
      }));
      const root = parse(write(paragraph(...inlines)));
      expect(textOf(root)).toBe(inlines.map((inline) => inline.text).join(''));
    }),
    runs,
  );
});

it('reads back headings, list items and cells', () => {
  fc.assert(
    fc.property(sentence, (text) => {
      const root = parse(write(heading(2, text)));
      expect(root.children.map((node) => node.type)).toEqual(['heading']);
      expect(textOf(root)).toBe(text);

      const items = parse(write(list(item('•', text), item('•', 'next'))));
      expect(items.children.map((node) => node.type)).toEqual(['list']);
      expect(textOf(items)).toBe(`${text}next`);

      const cells = parse(write(table([cell(0, 0, 'h', { header: true }), cell(1, 0, text)])));
      expect(cells.children.map((node) => node.type)).toEqual(['table']);
      expect(textOf(cells)).toBe(`h${text}`);
    }),
    { numRuns: 700 },
  );
});
