import type { BlockJson, InlineJson, ItemJson, PageJson, WordJson } from './api.js';
import { element } from './dom.js';

/** A word of the page and its running number, shared by the overlay and the text. */
export interface NumberedWord {
  readonly index: number;
  readonly word: WordJson;
}

export const numberWords = (page: PageJson): NumberedWord[] =>
  page.blocks
    .flatMap((block) => block.lines.flatMap((line) => line.words))
    .map((word, index) => ({ index, word }));

/**
 * The page as headings, paragraphs, lists and tables, built node by node: whatever a document says
 * becomes text, never markup. Each word that can be found again on the page is a span with its number.
 */
export function renderPage(page: PageJson): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let next = 0;
  for (const block of page.blocks) {
    const words = block.lines.flatMap((line) => line.words).map((word) => ({ index: next++, word }));
    fragment.append(renderBlock(block, words));
  }
  return fragment;
}

function renderBlock(block: BlockJson, words: NumberedWord[]): HTMLElement {
  const text = () => linkedText(block, words);
  switch (block.type) {
    case 'heading':
      // The page has its own h1 and h2.
      return element(`h${Math.min(6, (block.level ?? 1) + 2)}` as 'h3', {}, text());
    case 'list':
      return renderList(block.items ?? [], words);
    case 'table':
      return renderTable(block, words);
    case 'figure':
      return element(
        'p',
        { class: 'figure' },
        '▣ ',
        linkedText({ text: block.caption || block.text || 'Figure' }, words),
      );
    case 'code':
    case 'formula':
      return element('pre', {}, text());
    case 'furniture':
      return element('p', { class: 'furniture' }, text());
    default:
      return block.role === 'quote'
        ? element('blockquote', {}, text())
        : element('p', block.role ? { class: block.role } : {}, text());
  }
}

function renderList(items: ItemJson[], words: NumberedWord[]): HTMLElement {
  const ordered = /^[(]?[\da-z]+[.)]/i.test(items[0]?.marker ?? '');
  const list = element(ordered ? 'ol' : 'ul');
  for (const item of items) {
    const own = words.filter(({ word }) => inside(word, item.box));
    const row = element(
      'li',
      {},
      item.checked === undefined ? '' : item.checked ? '☑ ' : '☐ ',
      linkedText(item, own),
    );
    if (item.children?.length) row.append(renderList(item.children, words));
    list.append(row);
  }
  return list;
}

function renderTable(block: BlockJson, words: NumberedWord[]): HTMLElement {
  const table = element('table');
  if (block.caption) table.append(element('caption', {}, block.caption));
  let row: HTMLTableRowElement | undefined;
  let number = -1;
  for (const cell of block.cells ?? []) {
    if (!row || cell.row !== number) {
      number = cell.row;
      row = element('tr');
      table.append(row);
    }
    const own = words.filter(({ word }) => inside(word, cell.box));
    const made = element(cell.header ? 'th' : 'td', {}, linkedText(cell, own));
    if (cell.rowspan) made.rowSpan = cell.rowspan;
    if (cell.colspan) made.colSpan = cell.colspan;
    row.append(made);
  }
  return table;
}

function inside(word: WordJson, [x0, y0, x1, y1]: WordJson['box']): boolean {
  const x = (word.box[0] + word.box[2]) / 2;
  const y = (word.box[1] + word.box[3]) / 2;
  return x >= x0 && x <= x1 && y >= y0 && y <= y1;
}

/** Hyphens at a line's end are gone from the text, so only the letters before them are looked for. */
const stem = (word: WordJson): string => word.text.replace(/[-\u00AD\u2010]+$/, '') || word.text;

/** Text as the JSON result has it. */
interface Written {
  readonly text: string;
  readonly inlines?: readonly InlineJson[];
}

/** The text in its look, with a span around each of `words`, found one after the other; what is not found stays plain. */
function linkedText(
  { text, inlines = [{ text }] }: Written,
  words: readonly NumberedWord[],
): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const waiting = [...words];
  for (const [at, inline] of inlines.entries()) {
    const rest = inlines.slice(at + 1).map((later) => later.text);
    fragment.append(inLook(inline, markedText(inline.text, waiting, rest)));
  }
  return fragment;
}

/** Takes from `waiting` the words that are found in `text`, and those that are found neither here nor in `rest`. */
function markedText(text: string, waiting: NumberedWord[], rest: readonly string[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let position = 0;
  for (let next = waiting[0]; next; next = waiting[0]) {
    const { index, word } = next;
    const wanted = stem(word);
    const found = text.indexOf(wanted, position);
    if (found < 0 && rest.some((later) => later.includes(wanted))) break;
    waiting.shift();
    if (found < 0) continue;
    fragment.append(text.slice(position, found));
    const kind = word.doubtful ? 'word doubtful' : 'word';
    const span = element(
      'span',
      { class: kind, 'data-word': String(index), title: `${Math.round(word.confidence)} % sure` },
      wanted,
    );
    fragment.append(span);
    position = found + wanted.length;
  }
  fragment.append(text.slice(position));
  return fragment;
}

/** Outermost last. */
const LOOKS = [
  ['superscript', 'sup'],
  ['subscript', 'sub'],
  ['code', 'code'],
  ['italic', 'em'],
  ['bold', 'strong'],
] as const;

function inLook(inline: InlineJson, content: Node): Node {
  let made = content;
  for (const [look, name] of LOOKS) if (inline[look]) made = element(name, {}, made);
  const address = inline.link === undefined ? undefined : safeAddress(inline.link);
  if (address === undefined) return made;
  return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' }, made);
}

const SAFE_PROTOCOLS = ['http:', 'https:', 'mailto:'];

/** The address in the form that the browser reads it, if nothing but a page or a mail can come of it. */
function safeAddress(link: string): string | undefined {
  try {
    const { protocol, href } = new URL(link);
    return SAFE_PROTOCOLS.includes(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
