import type { Block, Document, Inline, Line, ListItem, Page, TableCell } from '../../document/block.js';
import type { Box } from '../../document/geometry.js';
import { DOUBTFUL_BELOW, type Word } from '../../document/word.js';
import { figureLabels } from './figure-labels.js';
import { KEPT_LINK, plainInlines, plainSpaces } from './inlines.js';
import type { BlockJson, DocumentJson, InlineJson, ItemJson, PageJson } from './json-schema.js';
import { textPiece } from './text.js';

/** A tenth of a point: a third of a pixel at 200 dpi, and half the characters of a full number. */
const round = (value: number): number => Math.round(value * 10) / 10;
const boxJson = (box: Box): number[] => [round(box.x0), round(box.y0), round(box.x1), round(box.y1)];

const wordJson = (word: Word) => ({
  text: word.text,
  box: boxJson(word.box),
  confidence: Math.round(word.confidence),
  ...(word.confidence < DOUBTFUL_BELOW && { doubtful: true as const }),
});

const lineJson = (line: Line) => ({ box: boxJson(line.box), words: line.words.map(wordJson) });

const inlineJson = ({ text, link, ...look }: Inline): InlineJson => ({
  text: plainSpaces(text),
  ...look,
  ...(link !== undefined && KEPT_LINK.test(link) && { link }),
});

/** Only where it says more than the text. */
function inlinesJson(inlines: readonly Inline[]): { inlines?: InlineJson[] } {
  const written = inlines.map(inlineJson);
  return written.some((inline) => Object.keys(inline).length > 1) ? { inlines: written } : {};
}

const itemJson = (item: ListItem): ItemJson => ({
  marker: item.marker,
  text: plainInlines(item.inlines),
  ...inlinesJson(item.inlines),
  box: boxJson(item.box),
  ...(item.checked !== undefined && { checked: item.checked }),
  ...(item.children.length > 0 && { children: item.children.map(itemJson) }),
});

const cellJson = (cell: TableCell) => ({
  row: cell.row,
  column: cell.column,
  ...(cell.rowspan > 1 && { rowspan: cell.rowspan }),
  ...(cell.colspan > 1 && { colspan: cell.colspan }),
  ...(cell.header && { header: true as const }),
  text: plainInlines(cell.inlines),
  ...inlinesJson(cell.inlines),
  box: boxJson(cell.box),
});

function details(block: Block): Partial<BlockJson> {
  switch (block.type) {
    case 'heading':
      return { level: block.level };
    case 'paragraph':
      return {
        ...(block.role && { role: block.role }),
        ...(block.continuesPreviousPage && { continues_previous_page: true as const }),
      };
    case 'list':
      return { items: block.items.map(itemJson) };
    case 'table':
      return {
        ...(block.continuesPreviousPage && { continues_previous_page: true as const }),
        ...(block.continuesRow && { continues_row: true as const }),
        rows: block.rows,
        columns: block.columns,
        cells: block.cells.map(cellJson),
        ...(block.caption?.length && { caption: plainInlines(block.caption) }),
        ...(block.captionBelow && { caption_below: true as const }),
        confidence: Math.round(block.confidence),
      };
    case 'figure':
      return {
        figure_id: block.id,
        caption: plainInlines(block.caption),
        ...(block.labels && { labels: figureLabels(block) }),
      };
    case 'formula':
      return block.latex ? { latex: block.latex } : {};
    case 'code':
      return block.continuesPreviousPage ? { continues_previous_page: true as const } : {};
    case 'furniture':
      return { role: block.role };
  }
}

export function blockJson(block: Block): BlockJson {
  const text = block.type === 'furniture' ? plainInlines(block.inlines) : (textPiece(block)?.text ?? '');
  return {
    type: block.type,
    box: boxJson(block.box),
    text,
    ...('inlines' in block && inlinesJson(block.inlines)),
    ...details(block),
    lines: block.lines.map(lineJson),
  };
}

export const pageJson = (page: Page): PageJson => ({
  page: page.number,
  width: round(page.width),
  height: round(page.height),
  rotation: page.rotation,
  source: page.source,
  reason: page.reason,
  confidence: page.confidence === null ? null : Math.round(page.confidence),
  language: page.language,
  engines: [...page.engines],
  preparation: [...page.preparation],
  words: page.words,
  doubtful_words: page.doubtfulWords,
  warnings: page.warnings.map(({ code, message, boxes }) => ({
    code,
    message,
    ...(boxes && { boxes: boxes.map(boxJson) }),
  })),
  milliseconds: Math.round(page.milliseconds),
  ...(page.error && { error: { ...page.error } }),
  blocks: page.blocks.map(blockJson),
});

export const documentJson = (document: Document): DocumentJson => ({
  ...(document.info.title && { title: document.info.title }),
  ...(document.info.author && { author: document.info.author }),
  page_count: document.info.pageCount,
  pages: document.pages.map(pageJson),
});
