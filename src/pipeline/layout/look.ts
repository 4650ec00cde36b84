import type { Line } from '../../document/block.js';
import { lineSize, lineText } from './lines.js';

/** How a stretch of lines is set: the evidence for headings, code and quotes. */
export interface Look {
  /** Em size in points. */
  readonly size: number;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly mono: boolean;
  /** All letters are capitals or small capitals, and there are at least three. */
  readonly caps: boolean;
  readonly color?: string;
}

/** Share of characters that must have a property for the whole to have it: a stray symbol from another font does not count. */
const MOST = 0.85;

/** The look of consecutive lines, by characters. */
export function lookOf(lines: readonly Line[]): Look {
  let chars = 0;
  let bold = 0;
  let italic = 0;
  let mono = 0;
  let small = 0;
  const colors = new Map<string, number>();
  for (const line of lines) {
    for (const w of line.words) {
      const n = w.text.length;
      chars += n;
      if (w.style.bold) bold += n;
      if (w.style.italic) italic += n;
      if (w.style.mono) mono += n;
      if (w.smallCaps) small += n;
      if (w.style.color) colors.set(w.style.color, (colors.get(w.style.color) ?? 0) + n);
    }
  }
  const color = [...colors].sort((a, b) => b[1] - a[1])[0];
  return {
    size: Math.max(0, ...lines.map(lineSize)),
    bold: bold > chars * MOST,
    italic: italic > chars * MOST,
    mono: mono > chars * MOST,
    caps: small > chars * MOST || isCapitals(lines.map(lineText).join(' ')),
    ...(color && color[1] > chars / 2 && { color: color[0] }),
  };
}

const looks = new WeakMap<Line, Look>();
/** The look of one line; remembered, because it is compared with its neighbours again and again. */
export function lookOfLine(line: Line): Look {
  let look = looks.get(line);
  if (look === undefined) {
    look = lookOf([line]);
    looks.set(line, look);
  }
  return look;
}

/** All letters are capitals, and there are at least three of them. */
export function isCapitals(text: string): boolean {
  if (/\p{Ll}/u.test(text) || !/\p{Lu}/u.test(text)) return false;
  return (text.match(/\p{L}/gu) ?? []).length >= 3;
}
