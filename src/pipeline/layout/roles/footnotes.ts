import type { Line } from '../../../document/block.js';
import type { Word } from '../../../document/word.js';
import type { DraftPage, DraftText } from '../draft.js';
import { lineSize, SCRIPT_SIZE } from '../lines.js';

/** Notes are set at most at this share of the body's size. */
const NOTE_SIZE = 0.94;
/** Notes stand in the lower part of the page. */
const NOTE_TOP = 0.4;
/** How a note begins: a raised or plain number, or a reference sign. */
const NOTE_MARK = /^(?:\d{1,3}[.)]?|[*†‡§¶‖]{1,3}|[a-z])$/u;

/** A block of small print at the foot of its column that begins with a note's mark, or stands under a short rule. */
export function isFootnote(draft: DraftText, page: DraftPage, bodySize: number): boolean {
  if (draft.margin === 'left' || draft.margin === 'right') return false;
  const [line] = draft.lines;
  const first = line.words[0];
  if (draft.lines.length > 1 && isRaised(first, line) && NOTE_MARK.test(first.text)) return true;
  if (draft.box.y0 < page.height * NOTE_TOP) return false;
  const size = Math.max(...draft.lines.map(lineSize));
  if (size > bodySize * NOTE_SIZE) return draft.underRule === true && NOTE_MARK.test(first.text);
  return NOTE_MARK.test(first.text) || /^[*†‡§¶‖]/u.test(first.text) || draft.underRule === true;
}

/** Set small and above the baseline of its line. */
const isRaised = (word: Word, line: Line): boolean => {
  const size = Math.max(...line.words.map((w) => w.size));
  return (
    word.size <= size * SCRIPT_SIZE &&
    line.words.length > 1 &&
    word.baseline < line.words[1].baseline - size * 0.1
  );
};
