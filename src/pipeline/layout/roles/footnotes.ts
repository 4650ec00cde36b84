import type { Line } from '../../../document/block.js';
import type { DraftPage, DraftText } from '../draft.js';
import { lineSize, SCRIPT_SIZE } from '../lines.js';

/** Notes are set at most at this share of the body's size. */
const NOTE_SIZE = 0.94;
/** Notes stand in the lower part of the page. */
const NOTE_TOP = 0.4;
/** How a note begins: a raised or plain number, or a reference sign. */
const NOTE_MARK = /^(?:\d{1,3}[.)]?|[*†‡§¶‖]{1,3}|[a-z])$/u;

/** Reference signs, in the order in which they are used. */
const SIGN = /^[*†‡§¶‖]{1,3}$/u;
/** Notes begin within this many ems of one edge: figures of two digits may be set further left. */
const SAME_EDGE = 0.8;

/** A block of small print at the foot of its column that begins with a note's mark, or stands under a short rule. */
export function isFootnote(draft: DraftText, page: DraftPage, bodySize: number): boolean {
  if (draft.margin === 'left' || draft.margin === 'right') return false;
  const [line] = draft.lines;
  const first = line.words[0];
  if (draft.lines.length > 1 && hasRaisedMark(line)) return true;
  if (draft.box.y0 < page.height * NOTE_TOP) return false;
  const size = Math.max(...draft.lines.map(lineSize));
  if (size > bodySize * NOTE_SIZE) return draft.underRule === true && NOTE_MARK.test(first.text);
  return NOTE_MARK.test(first.text) || /^[*†‡§¶‖]/u.test(first.text) || draft.underRule === true;
}

/** The line begins with a note's mark that is set small and above its baseline. */
export function hasRaisedMark(line: Line): boolean {
  const [word] = line.words;
  if (line.words.length < 2 || !NOTE_MARK.test(word.text)) return false;
  const size = Math.max(...line.words.map((w) => w.size));
  return word.size <= size * SCRIPT_SIZE && word.baseline < line.words[1].baseline - size * 0.1;
}

/**
 * The line begins the note after the one that begins with `first`: both have raised marks, or both are small
 * print at the same edge, the number of the one next to that of the other or both reference signs.
 */
export function isNextNote(first: Line, line: Line, bodySize: number): boolean {
  if (line.words.length < 2) return false;
  if (hasRaisedMark(first) && hasRaisedMark(line)) return true;
  const size = lineSize(line);
  if (size > bodySize * NOTE_SIZE || lineSize(first) > bodySize * NOTE_SIZE) return false;
  if (Math.abs(first.box.x0 - line.box.x0) > size * SAME_EDGE) return false;
  const [a, b] = [first.words[0].text, line.words[0].text];
  if (!NOTE_MARK.test(a) || !NOTE_MARK.test(b)) return false;
  const step = Number.parseInt(b, 10) - Number.parseInt(a, 10);
  return Number.isNaN(step) ? SIGN.test(a) && SIGN.test(b) : step === 1;
}
