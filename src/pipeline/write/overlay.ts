import type { BlockJson, PageJson } from './json-schema.js';

/** A page image under the drawing. */
export interface OverlayImage {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** One colour a kind of block, told apart on white paper and in print. */
const COLORS: Record<BlockJson['type'], string> = {
  heading: '#c2185b',
  paragraph: '#1565c0',
  list: '#2e7d32',
  table: '#e65100',
  figure: '#6a1b9a',
  formula: '#00838f',
  code: '#5d4037',
  furniture: '#757575',
};
const WORD_COLOR = '#90a4ae';
const DOUBTFUL_COLOR = '#d50000';
/** Check boxes: their frame, filled where they are checked. */
const BOX_COLOR = '#00a152';
const LINE_COLOR = '#29b6f6';

const CHECK_BOX = /^[☐☑☒]$/u;

/**
 * The page as Legible understands it, as SVG in points: a thin box around each word (red where it is
 * doubtful, green and filled in for check boxes) and line, a coloured one around each block with its number in reading order and its kind,
 * and the cells of tables, over the page image where one is given.
 */
export function writeOverlay(page: PageJson, image?: OverlayImage): string {
  const { width, height } = page;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${width} ${height}" width="${width}pt" height="${height}pt" font-family="sans-serif">`,
  ];
  if (image) {
    const data = `data:${image.mediaType};base64,${Buffer.from(image.bytes).toString('base64')}`;
    parts.push(
      `<image width="${width}" height="${height}" preserveAspectRatio="none" xlink:href="${data}"/>`,
    );
  }
  parts.push(...page.blocks.map((block, index) => drawBlock(block, index + 1)));
  parts.push(...readingOrder(page.blocks), '</svg>');
  return `${parts.join('\n')}\n`;
}

function drawBlock(block: BlockJson, number: number): string {
  const color = COLORS[block.type];
  const words = block.lines.flatMap((line) => line.words);
  const label = `${number} ${block.type}${block.level ? ` ${block.level}` : ''}${block.role ? ` (${block.role})` : ''}`;
  const [x, y] = block.box;
  return [
    '<g>',
    ...block.lines.map((line) => rectangle(line.box, LINE_COLOR, 0.3)),
    ...words.map((word) =>
      CHECK_BOX.test(word.text)
        ? rectangle(word.box, BOX_COLOR, 1, word.text !== '☐' && 0.35)
        : rectangle(word.box, word.doubtful ? DOUBTFUL_COLOR : WORD_COLOR, 0.3, word.doubtful && 0.25),
    ),
    ...(block.cells ?? []).map((cell) => rectangle(cell.box, color, 0.6, cell.header ? 0.15 : 0.05)),
    rectangle(block.box, color, 1, 0.06),
    `<text x="${x}" y="${Math.max(6, y - 1.5)}" font-size="6" fill="${color}">${label}</text>`,
    '</g>',
  ].join('');
}

/** A line from the start of each block to the start of the next. Furniture is not read. */
function readingOrder(blocks: readonly BlockJson[]): string[] {
  const starts = blocks
    .filter((block) => block.type !== 'furniture')
    .map(({ box: [x, y] }) => `${round(x)},${round(y)}`);
  return starts.length > 1
    ? [
        `<polyline points="${starts.join(' ')}" fill="none" stroke="#000" stroke-width="0.6" stroke-dasharray="3 2" opacity="0.5"/>`,
      ]
    : [];
}

function rectangle(box: readonly number[], color: string, stroke: number, fill?: number | false): string {
  const [x0, y0, x1, y1] = box;
  const place = `x="${round(x0)}" y="${round(y0)}" width="${round(x1 - x0)}" height="${round(y1 - y0)}"`;
  return `<rect ${place} fill="${fill ? color : 'none'}"${fill ? ` fill-opacity="${fill}"` : ''} stroke="${color}" stroke-width="${stroke}"/>`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
