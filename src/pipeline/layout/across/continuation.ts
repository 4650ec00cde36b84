import type { DraftText } from '../draft.js';
import { lineSize, lineText } from '../lines.js';
import { readMarker } from '../roles/markers.js';

/** Text ends here, quotes and brackets after it included. */
const SENTENCE_END = /[.!?:。！？؟]["'”’»)\]]*(?:\d{1,3})?$/u;
/** A last line is full when it ends within this many ems of its column's edge. */
const FULL_LINE = 3;
/** Sizes of the two parts differ at most by this share. */
const SAME_SIZE = { native: 0.06, ocr: 0.2 };

/** How a paragraph ends, as far as its continuation elsewhere matters. JSON-able. */
export interface Tail {
  readonly size: number;
  readonly ended: boolean;
  readonly full: boolean;
  readonly hyphen: boolean;
}

/** How a paragraph begins. JSON-able. */
export interface Head {
  readonly size: number;
  readonly lower: boolean;
  /** Starts with an indent of its own or a list marker. */
  readonly opens: boolean;
}

export function tailOf(draft: DraftText): Tail {
  const line = draft.lines[draft.lines.length - 1];
  const text = lineText(line);
  const size = lineSize(line);
  return {
    size,
    ended: SENTENCE_END.test(text),
    full: line.box.x1 > draft.columnX1 - size * FULL_LINE,
    hyphen: /\p{L}[-\u2010\u00ad]$/u.test(text),
  };
}

export function headOf(draft: DraftText): Head {
  const [line, second] = draft.lines;
  const size = lineSize(line);
  const edge = second ? second.box.x0 : draft.columnX0;
  const word = line.words[0].text;
  return {
    size,
    lower: /^["'“‘(]?\p{Ll}/u.test(word),
    opens: line.box.x0 > edge + size * 0.8 || readMarker(word) !== undefined,
  };
}

/** A paragraph that was cut by a column's or page's end goes on in the next one. */
export function continues(tail: Tail, head: Head, ocr: boolean): boolean {
  const step = ocr ? SAME_SIZE.ocr : SAME_SIZE.native;
  if (Math.abs(tail.size - head.size) > Math.max(tail.size, head.size) * step) return false;
  if (tail.hyphen) return head.lower;
  if (tail.ended) return false;
  if (head.lower) return true;
  return tail.full && !head.opens;
}

/** The two drafts as one, read in this order. */
export const joinDrafts = (a: DraftText, b: DraftText): DraftText => ({
  ...a,
  box: {
    x0: Math.min(a.box.x0, b.box.x0),
    y0: Math.min(a.box.y0, b.box.y0),
    x1: Math.max(a.box.x1, b.box.x1),
    y1: Math.max(a.box.y1, b.box.y1),
  },
  lines: [...a.lines, ...b.lines],
});
