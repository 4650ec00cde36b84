import * as z from 'zod';
import { PAGE_SOURCES } from '../../document/page.js';

/**
 * The JSON form of a document, published in the README. Boxes are `[x0, y0, x1, y1]` in points
 * (1/72 inch), origin at the top-left corner of the page as a person sees it (after `rotation`).
 */
const Box = z.array(z.number()).length(4).describe('[x0, y0, x1, y1] in points, top-left origin');

const Word = z.object({
  text: z.string(),
  box: Box,
  confidence: z.number().describe('0-100, expected chance that the word is right'),
  doubtful: z
    .literal(true)
    .optional()
    .describe('Set where confidence is below 60: check against the page image'),
});

const Line = z.object({ box: Box, words: z.array(Word) });

const Inline = z.object({
  text: z.string(),
  bold: z.literal(true).optional(),
  italic: z.literal(true).optional(),
  code: z.literal(true).optional(),
  superscript: z.literal(true).optional(),
  subscript: z.literal(true).optional(),
  link: z.string().optional().describe('http, https, ftp or mailto'),
});
const inlines = z
  .array(Inline)
  .optional()
  .describe('The text in stretches of one look, spaces included; absent where all of it is plain');

const Item = z.object({
  marker: z.string().describe('As printed'),
  text: z.string(),
  inlines,
  box: Box,
  checked: z.boolean().optional(),
  get children() {
    return z.array(Item).optional();
  },
});

const Cell = z.object({
  row: z.number().int().max(1_000_000).describe('0-based'),
  column: z.number().int().max(1_000_000).describe('0-based'),
  rowspan: z.number().int().max(1_000_000).optional().describe('1 when absent'),
  colspan: z.number().int().max(1_000_000).optional().describe('1 when absent'),
  header: z.literal(true).optional(),
  text: z.string(),
  inlines,
  box: Box,
});

const Block = z.object({
  type: z.enum(['heading', 'paragraph', 'list', 'table', 'figure', 'formula', 'code', 'furniture']),
  box: Box,
  text: z.string().describe('The text of the block without markup'),
  inlines: inlines.describe(
    'heading, paragraph, furniture: the text in stretches of one look; absent where plain',
  ),
  role: z.string().optional().describe('paragraph: quote, footnote, caption, sidebar; furniture: its kind'),
  level: z.number().int().max(6).optional().describe('heading: 1-6'),
  continues_previous_page: z.literal(true).optional(),
  continues_row: z
    .literal(true)
    .optional()
    .describe('table: its first row below the head is the rest of the last row of the page before'),
  items: z.array(Item).optional().describe('list'),
  rows: z.number().int().max(1_000_000).optional().describe('table'),
  columns: z.number().int().max(1_000_000).optional().describe('table'),
  cells: z.array(Cell).optional().describe('table: row by row; positions covered by a span are left out'),
  caption: z.string().optional().describe('table, figure'),
  caption_below: z.literal(true).optional().describe('table: its caption stands below it'),
  confidence: z.number().optional().describe('table: 0-100, how sure its structure is'),
  figure_id: z.string().optional().describe('figure: as in `legible:figure/ID` of the Markdown'),
  labels: z.array(z.string()).optional().describe('figure: lines of text inside the picture'),
  latex: z.string().optional().describe('formula, where it is certain'),
  lines: z.array(Line).describe('Source lines in reading order'),
});

const Warning = z.object({
  code: z.string(),
  message: z.string(),
  boxes: z.array(Box).optional().describe('Places on the page that it speaks of'),
});

const Page = z.object({
  page: z.number().int().max(1_000_000).describe('1-based number in the source document'),
  width: z.number().describe('Points, of the upright page'),
  height: z.number(),
  rotation: z.number().int().max(270).describe('Degrees clockwise by which the source page was turned'),
  source: z.enum(PAGE_SOURCES),
  reason: z.string(),
  confidence: z.number().nullable().describe('0-100; null where there is nothing to judge'),
  language: z.string(),
  engines: z.array(z.string()),
  preparation: z.array(z.string()),
  words: z.number().int().max(10_000_000),
  doubtful_words: z.number().int().max(10_000_000),
  warnings: z.array(Warning),
  milliseconds: z.number(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
  blocks: z.array(Block).describe('In reading order'),
});

export const DocumentJson = z.object({
  title: z.string().optional(),
  author: z.string().optional(),
  page_count: z.number().int().max(1_000_000).describe('Pages of the whole source document'),
  pages: z.array(Page).describe('The selected pages, or a part of them'),
});

export type DocumentJson = z.infer<typeof DocumentJson>;
export type PageJson = DocumentJson['pages'][number];
export type BlockJson = PageJson['blocks'][number];
export type InlineJson = z.infer<typeof Inline>;
export type ItemJson = NonNullable<BlockJson['items']>[number];
