import type { Line } from '../../../document/block.js';
import { median } from '../../../document/geometry.js';
import type { PageContent } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import type { DraftText } from '../draft.js';
import type { PageFacts } from '../facts.js';
import { lineText, makeRows } from '../lines.js';

/** Signs of programs and commands, hardly ever of prose. */
const CODE_SIGN = /[{}<>=$#|\\;_~^`[\]]|\(\)|--\w|\w\(|::|\/\/|\w\/\w|^\s*[%>]/u;
/** At least this share of a listing's lines has one. */
const CODE_LINES = 0.3;

/** A listing whose comments are set in the text's font is typed for at least this share. */
const TYPED_LISTING = 0.6;

/**
 * The block is set in a fixed-pitch font, but for remarks at its lines' ends, and it reads like code: display
 * type and typed letters do not.
 */
export const isCode = (draft: DraftText): boolean =>
  (isTyped(draft.lines) || isRemarked(draft.lines)) &&
  draft.lines.filter((line) => CODE_SIGN.test(lineText(line))).length >= draft.lines.length * CODE_LINES;

/** Each line begins in fixed pitch, and most of the characters are in it. */
function isRemarked(lines: readonly Line[]): boolean {
  const count = (words: readonly Word[]): number => words.reduce((sum, w) => sum + w.text.length, 0);
  const words = lines.flatMap((line) => line.words);
  return (
    lines.every((line) => line.words[0].style.mono) &&
    count(words.filter((w) => w.style.mono)) >= count(words) * TYPED_LISTING
  );
}

/** Every word is in a fixed-pitch font. */
export const isTyped = (lines: readonly Line[]): boolean =>
  lines.every((line) => line.words.every((w) => w.style.mono));

/** A baseline distance above this multiple of the usual one is a blank line. */
const BLANK_LINE = 1.6;

/** The lines as typed: indents and gaps become spaces by the font's pitch, wide gaps between lines blank lines. */
export function codeText(lines: readonly Line[]): string {
  const pitch = median(lines.flatMap((l) => l.words.map((w) => (w.box.x1 - w.box.x0) / [...w.text].length)));
  const left = Math.min(...lines.map((l) => l.box.x0));
  const distances = lines.slice(1).map((l, i) => l.baseline - lines[i].baseline);
  const usual = Math.min(...distances.filter((d) => d > 0));
  let out = '';
  lines.forEach((line, i) => {
    if (i > 0) out += distances[i - 1] > usual * BLANK_LINE ? '\n\n' : '\n';
    let text = '';
    for (const w of line.words) {
      const column = Math.round((w.box.x0 - left) / pitch);
      text += ' '.repeat(Math.max(text && !w.glued ? 1 : 0, column - [...text].length)) + w.text;
    }
    out += text;
  });
  return out;
}

/**
 * Words of rows that are wholly in fixed pitch, at least two below each other and with no upright rule
 * through them: a listing, whose gaps are no columns of a table.
 */
export function typedRows(words: readonly Word[], { rules }: PageContent, facts: PageFacts): Set<Word> {
  const found = new Set<Word>();
  if (facts.typed || !words.some((w) => w.style.mono)) return found;
  let run: Line[] = [];
  const close = (): void => {
    if (run.length >= 2) for (const w of run.flatMap((r) => r.words)) found.add(w);
    run = [];
  };
  for (const row of makeRows(words)) {
    const ruled = rules.some(
      (r) => r.orientation === 'vertical' && r.box.y0 < row.baseline && r.box.y1 > row.baseline,
    );
    if (!ruled && row.words.every((w) => w.style.mono)) run.push(row);
    else close();
  }
  close();
  return found;
}
