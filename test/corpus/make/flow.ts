import type { FontFamily } from './fonts.js';
import { type Sheet, type TextStyle, textWidth } from './sheet.js';

export interface FlowStyle {
  readonly family: FontFamily;
  readonly size: number;
  readonly leading: number;
  readonly align?: 'left' | 'justify';
  /** Indent of the first line, points. */
  readonly indent?: number;
}

interface Piece {
  readonly text: string;
  readonly style: TextStyle;
  readonly rise: number;
  readonly url?: string;
}

/** `**bold**`, `*italic*`, `^superscript^` and `[text](url)` as pieces in their faces. */
function parseInline(markup: string, { family, size }: FlowStyle): Piece[] {
  const pieces: Piece[] = [];
  const pattern = /\*\*(.+?)\*\*|\*(.+?)\*|\^(.+?)\^|\[(.+?)\]\((.+?)\)|([^*^[]+)/g;
  for (const [, bold, italic, raised, label, url, plain] of markup.matchAll(pattern)) {
    if (raised)
      pieces.push({ text: raised, style: { font: family.regular, size: size * 0.65 }, rise: size * 0.35 });
    else {
      const font = bold ? family.bold : italic ? family.italic : family.regular;
      pieces.push({
        text: bold ?? italic ?? label ?? plain,
        style: { font, size },
        rise: 0,
        ...(url && { url }),
      });
    }
  }
  return pieces;
}

/** A run of pieces without a space between them. Soft hyphens mark where it may be divided. */
type Word = Piece[];

function toWords(pieces: readonly Piece[]): Word[] {
  const words: Word[] = [[]];
  for (const piece of pieces)
    piece.text.split(/( )/).forEach((text) => {
      if (text === ' ') words.push([]);
      else if (text) words[words.length - 1].push({ ...piece, text });
    });
  return words.filter((word) => word.length > 0);
}

const shown = (text: string): string => text.replaceAll('\u00ad', '');
const wordWidth = (word: Word): number =>
  word.reduce((sum, piece) => sum + textWidth(shown(piece.text), piece.style), 0);

/** Divides a word at the last soft hyphen that fits; undefined where none does. */
function divide(word: Word, room: number): [Word, Word] | undefined {
  if (word.length !== 1) return undefined;
  const parts = word[0].text.split('\u00ad');
  for (let count = parts.length - 1; count > 0; count--) {
    const head: Word = [{ ...word[0], text: `${parts.slice(0, count).join('')}-` }];
    if (wordWidth(head) <= room) return [head, [{ ...word[0], text: parts.slice(count).join('\u00ad') }]];
  }
  return undefined;
}

/** Sets a paragraph into the column from `x` of the given width; the first baseline is `y`. Returns the baseline after the last line. */
export function flow(
  sheet: Sheet,
  markup: string,
  x: number,
  y: number,
  width: number,
  style: FlowStyle,
): number {
  const space = textWidth(' ', { font: style.family.regular, size: style.size });
  const queue = toWords(parseInline(markup, style));
  let start = x + (style.indent ?? 0);
  while (queue.length > 0) {
    const line: Word[] = [];
    let used = 0;
    const room = x + width - start;
    while (queue.length > 0) {
      const gap = line.length > 0 ? space : 0;
      if (used + gap + wordWidth(queue[0]) <= room) {
        used += gap + wordWidth(queue[0]);
        line.push(queue.shift()!);
        continue;
      }
      const divided = divide(queue[0], room - used - gap);
      if (divided) {
        used += gap + wordWidth(divided[0]);
        line.push(divided[0]);
        queue[0] = divided[1];
      } else if (line.length === 0) throw new Error(`wider than its column: ${queue[0][0].text}`);
      break;
    }
    const stretch = style.align === 'justify' && queue.length > 0 ? (room - used) / (line.length - 1) : 0;
    let at = start;
    line.forEach((word, index) => {
      word.forEach((piece, part) => {
        const text = shown(piece.text);
        const last = part === word.length - 1 && index < line.length - 1;
        const drawn = last ? `${text} ` : text;
        sheet.text(at, y - piece.rise, drawn, { ...piece.style, wordSpacing: last ? stretch : 0 });
        const advance = textWidth(text, piece.style);
        if (piece.url) sheet.link(at, y - style.size * 0.8, at + advance, y + style.size * 0.25, piece.url);
        at += advance;
      });
      at += space + stretch;
    });
    y += style.leading;
    start = x;
  }
  return y;
}
