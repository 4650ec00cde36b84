import type { PageContent } from '#legible/document/page.js';
import type { TextStyle, Word } from '#legible/document/word.js';

export interface TextAt {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size?: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly mono?: boolean;
  readonly angle?: 90 | 180 | 270;
}

const CHAR = 0.5;
const SPACE = 0.28;
const styles = new Map<string, TextStyle>();

function styleOf({ bold = false, italic = false, mono = false }: TextAt): TextStyle {
  const key = `${bold}${italic}${mono}`;
  let style = styles.get(key);
  if (!style) {
    style = { font: mono ? 'Courier' : 'Times', bold, italic, mono };
    styles.set(key, style);
  }
  return style;
}

/** Words of one line of text whose baseline is `y`, every character half an em wide. */
export function words(line: TextAt): Word[] {
  const size = line.size ?? 10;
  let x = line.x;
  return line.text.split(' ').map((text) => {
    const width = [...text].length * size * CHAR;
    const word: Word = {
      text,
      box: { x0: x, y0: line.y - size * 0.75, x1: x + width, y1: line.y + size * 0.22 },
      baseline: line.y,
      size,
      confidence: 100,
      style: styleOf(line),
      ...(line.angle && { angle: line.angle }),
    };
    x += width + size * SPACE;
    return word;
  });
}

export const width = (text: string, size = 10): number =>
  text.split(' ').reduce((sum, w) => sum + [...w].length * size * CHAR, 0) +
  (text.split(' ').length - 1) * size * SPACE;

/** A page of the given lines, A4 unless told. */
export function page(lines: readonly TextAt[], extra: Partial<PageContent> = {}): PageContent {
  return {
    number: 1,
    width: 595,
    height: 842,
    words: lines.flatMap(words),
    rules: [],
    shapes: [],
    images: [],
    tags: [],
    ...extra,
  };
}

/** Running text set in a column: broken at `columnWidth`, ragged right, `pitch` points a line. */
export function column(
  text: string,
  at: { x: number; y: number; width: number; size?: number; pitch?: number; bold?: boolean; indent?: number },
): TextAt[] {
  const size = at.size ?? 10;
  const lines: TextAt[] = [];
  let current = '';
  let indent = at.indent ?? 0;
  const flush = (): void => {
    const { x, y, pitch = size * 1.2, bold } = at;
    lines.push({ x: x + indent, y: y + lines.length * pitch, text: current, size, ...(bold && { bold }) });
    indent = 0;
    current = '';
  };
  for (const word of text.split(' ')) {
    const longer = current ? `${current} ${word}` : word;
    if (current && width(longer, size) + indent > at.width) {
      flush();
      current = word;
    } else current = longer;
  }
  if (current) flush();
  return lines;
}
