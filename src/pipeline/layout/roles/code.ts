import type { Line } from '../../../document/block.js';
import { median } from '../../../document/geometry.js';
import type { PageContent } from '../../../document/page.js';
import type { Word } from '../../../document/word.js';
import { hasCodeSign } from '../code-signs.js';
import type { DraftText } from '../draft.js';
import type { PageFacts } from '../facts.js';
import { lineSize, makeRows } from '../lines.js';

/** At least this share of a listing's lines has a sign of code. */
const CODE_LINES = 0.3;
/** Text in fixed pitch without such signs is kept line by line from this many lines on … */
const MIN_SET_LINES = 3;
/** … where at least this share of them ends before its column's edge makes it. */
const SET_BY_HAND = 0.6;
/** A line ends early when the next one's first word and this many ems more would have fitted. */
const SPARE = 1.2;

/** A listing whose comments are set in the text's font is typed for at least this share. */
const TYPED_LISTING = 0.6;
/** Listings go on over gaps of up to this many ems between baselines: two blank lines. */
const MAX_GAP = 4.2;
/** Sizes of one listing's lines differ by no more than this share. */
const SAME_SIZE = 0.06;
/** Fewer numbers in front of the lines of a listing may be part of it. */
const MIN_NUMBERED = 3;

/**
 * The block is set in a fixed-pitch font, but for remarks at its lines' ends, and it reads like code or is
 * broken into lines by hand: display type and typed letters are not.
 */
export const isCode = (draft: DraftText): boolean =>
  (isListing(draft.lines) || isRemarked(draft.lines)) &&
  (hasCodeSigns(draft.lines) || isSetByHand(draft.lines, draft.columnX1));

const hasCodeSigns = (lines: readonly Line[]): boolean =>
  lines.filter(hasCodeSign).length >= lines.length * CODE_LINES;

function isSetByHand(lines: readonly Line[], right: number): boolean {
  if (lines.length < MIN_SET_LINES) return false;
  const early = lines.slice(1).filter(({ words: [next] }, i) => {
    const needed = next.box.x1 - next.box.x0 + lineSize(lines[i]) * SPARE;
    return right - lines[i].box.x1 > needed;
  });
  return early.length >= (lines.length - 1) * SET_BY_HAND;
}

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

/** Every word is in a fixed-pitch font, numbers in front of the lines aside. */
const isListing = (lines: readonly Line[]): boolean =>
  lines.some((line) => line.words.some((w) => w.style.mono)) && lines.every(isListingLine);

const isListingLine = ({ words: [first, ...rest] }: Line): boolean =>
  rest.every((w) => w.style.mono) && (first.style.mono || /^\d{1,4}$/.test(first.text));

/**
 * For each line of a column the number of the listing that it is part of, 0 outside of listings. A listing is
 * kept whole whatever its lines begin with and however they are set in.
 */
export function listings(lines: readonly Line[], facts: PageFacts): number[] {
  const out: number[] = lines.map(() => 0);
  if (facts.typed || !lines.some((l) => l.words.some((w) => w.style.mono))) return out;
  const right = Math.max(...lines.map((l) => l.box.x1));
  let start = 0;
  for (let i = 1; i <= lines.length; i++) {
    const [before, line] = [lines[i - 1], lines[i]];
    if (line && isListingLine(line) && isListingLine(before) && isNear(before, line)) continue;
    const run = lines.slice(start, i);
    if (run.length > 1 && isListing(run) && (hasCodeSigns(run) || isSetByHand(run, right)))
      out.fill(i, start, i);
    start = i;
  }
  return out;
}

function isNear(before: Line, line: Line): boolean {
  const [a, b] = [lineSize(before), lineSize(line)];
  return (
    Math.abs(a - b) <= Math.max(a, b) * SAME_SIZE &&
    line.baseline - before.baseline <= Math.max(a, b) * MAX_GAP
  );
}

/** A baseline distance above this multiple of the usual one is a blank line. */
const BLANK_LINE = 1.6;
/** More blank lines than this in a row are a page's or figure's room. */
const MAX_BLANK = 2;
/** The usual distance of lines is that which this share of them keeps below: blank lines lie above it. */
const USUAL_RANK = 0.25;

/**
 * The lines as typed: indents and gaps become spaces by the font's pitch, wide gaps between lines blank
 * lines. Numbers that count the lines are left out.
 */
export function codeText(all: readonly Line[]): string {
  const lines = withoutNumbers(all);
  const words = lines.flatMap((l) => l.words);
  if (words.length === 0) return '';
  const pitch = median(words.map((w) => (w.box.x1 - w.box.x0) / [...w.text].length));
  const left = Math.min(...words.map((w) => w.box.x0));
  const distances = lines.slice(1).map((l, i) => l.baseline - lines[i].baseline);
  const positive = distances.filter((d) => d > 0).sort((a, b) => a - b);
  const usual = positive[Math.floor(positive.length * USUAL_RANK)] ?? 0;
  let out = '';
  lines.forEach((line, i) => {
    if (i > 0) {
      const blank = distances[i - 1] > usual * BLANK_LINE ? Math.round(distances[i - 1] / usual) - 1 : 0;
      out += '\n'.repeat(1 + Math.min(MAX_BLANK, blank));
    }
    let text = '';
    for (const w of line.words) {
      const column = Math.round((w.box.x0 - left) / pitch);
      text += ' '.repeat(Math.max(text && !w.glued ? 1 : 0, column - [...text].length)) + w.text;
    }
    out += text;
  });
  return out;
}

/** The lines without the numbers in front of them, where each counts on from the one above. */
function withoutNumbers(lines: readonly Line[]): readonly Pick<Line, 'words' | 'baseline'>[] {
  if (lines.length < MIN_NUMBERED) return lines;
  const numbers = lines.map(({ words: [first] }) =>
    /^\d{1,4}$/.test(first.text) ? Number(first.text) : Number.NaN,
  );
  const counts = numbers.every((n, i) => (i === 0 ? !Number.isNaN(n) : n === numbers[i - 1] + 1));
  const apart = Math.max(...lines.map((l) => l.words[0].box.x1));
  if (!counts || lines.some((l) => l.words.length > 1 && l.words[1].box.x0 < apart)) return lines;
  return lines.map(({ words, baseline }) => ({ words: words.slice(1), baseline }));
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
