import type { Line } from '../../document/block.js';
import type { Box } from '../../document/geometry.js';
import { isContentsLine } from './contents-lines.js';
import type { PageFacts } from './facts.js';
import { lineSize, lineText } from './lines.js';
import { lookOfLine } from './look.js';
import { hasRoom, type Measure } from './measure.js';
import { isNextNote } from './roles/footnotes.js';
import { readMarker } from './roles/markers.js';

/** Fewer lines than this are no stanza by their capitals alone. */
const MIN_VERSE_LINES = 3;
/** Longer lines are prose unless their column shows that they end early. */
const MAX_VERSE_CHARS = 52;
/** Ends of such lines differ by at least this share of the widest. */
const RAGGED = 0.15;
/** From this share of capitals within its lines on, it is a title. */
const TITLE_CASE = 0.5;
/** Lines ended by hand leave at least this many ems beyond the next line's first word … */
const HAND_ROOM = 3;
/** … and none of them is wider than this share of its column. */
const HAND_FILL = 0.75;

type Edges = Pick<Measure, 'left' | 'right' | 'facts'>;

/** A first line of at least this share of its column's width is one of running text. */
const FULL = 0.92;
/** Larger type than this multiple of the body's is a title's. */
const TITLE = 1.12;
/** Shorter runs are left to the indents and gaps of their lines. */
const MIN_SET_LINES = 3;
/** From this share of breaks on that leave room beside the widest line, lines are ended by hand. */
const FREE_BREAKS = 0.6;
/** From this share of lines on that end with a pause, short lines are verse whatever they begin with. */
const PAUSES = 0.6;
/** … where this share of breaks leaves room in the column. */
const PAUSED_FREE = 0.5;
const PAUSE = /[,;:.!?—–][”"’']?$/u;

/**
 * Verse: every line begins with a capital, most end before the next line's first word would not have
 * fitted, and hardly any ends a sentence (those of a list of sentences do).
 */
function isVerse(lines: readonly Line[], m: Pick<Measure, 'right' | 'facts'>): boolean {
  if (lines.length < MIN_VERSE_LINES) return false;
  const capital = (l: Line): boolean => /^["“”'‘’(—–-]*\p{Lu}/u.test(l.words[0].text);
  if (!lines.every((l) => capital(l) && readMarker(l.words[0].text) === undefined)) return false;
  const inner = lines.slice(0, -1);
  const free = inner.filter((l, i) => hasRoom(l, lines[i + 1], lineSize(l), m)).length;
  const stops = inner.filter((l) => /[.!?:]["'”’)]*$/u.test(lineText(l))).length;
  if (stops > inner.length / 2 || isTitleCase(lines)) return false;
  return free >= inner.length / 2 || isRaggedVerse(lines);
}

/** Most words of some length begin with a capital: a title over several lines, or names. */
function isTitleCase(lines: readonly Line[]): boolean {
  const words = lines.flatMap((l) => l.words.slice(1)).filter((w) => /^\p{L}{4}/u.test(w.text));
  return words.filter((w) => /^\p{Lu}/u.test(w.text)).length > words.length * TITLE_CASE;
}

/** Short lines of very different length, where the widest of them is all that is known of the column. */
function isRaggedVerse(lines: readonly Line[]): boolean {
  if (lines.length <= MIN_VERSE_LINES || lines.some((l) => lineText(l).length > MAX_VERSE_CHARS))
    return false;
  const ends = lines.map((l) => l.box.x1);
  const widest = Math.max(...lines.map((l) => l.box.x1 - l.box.x0));
  return Math.max(...ends) - Math.min(...ends) > widest * RAGGED;
}

/**
 * For each line the number of the run that is kept together because its lines were ended by hand, 0 for
 * running text. `follows` tells whether a line is set like the one before, right below it.
 */
export function handSetRuns(
  lines: readonly Line[],
  m: Edges,
  follows: (before: Line, line: Line) => boolean,
): number[] {
  const runs: { from: number; to: number; set: boolean }[] = [];
  let from = 0;
  for (let to = 1; to <= lines.length; to++) {
    if (to < lines.length && follows(lines[to - 1], lines[to])) continue;
    runs.push({ from, to, set: isSet(lines.slice(from, to), m) });
    from = to;
  }
  // The next stanza of a poem need not show by itself that it is one.
  const carry = (run: (typeof runs)[number], neighbour: (typeof runs)[number] | undefined): void => {
    if (run.set || !neighbour?.set) return;
    const own = lines.slice(run.from, run.to);
    const other = lines.slice(neighbour.from, neighbour.to);
    run.set = isStanzaBeside(own, other, m);
  };
  runs.forEach((run, i) => void carry(run, runs[i - 1]));
  for (let i = runs.length - 2; i >= 0; i--) carry(runs[i], runs[i + 1]);
  const out = lines.map(() => 0);
  for (const run of runs) if (run.set) out.fill(run.to, run.from, run.to);
  return out;
}

const isSet = (lines: readonly Line[], m: Edges): boolean =>
  isVerse(lines, m) ||
  isPausedVerse(lines, m) ||
  isBrokenEarly(lines, m) ||
  (lines.length >= MIN_SET_LINES && isPlainRun(lines, m.facts) && areAllShort(lines, m));

/** Text of the body's look with no line that begins with a marker, or that is a sentence as most others are. */
function isPlainRun(lines: readonly Line[], facts: PageFacts): boolean {
  if (lineSize(lines[0]) > facts.bodySize * TITLE || (lookOfLine(lines[0]).bold && !facts.bodyBold))
    return false;
  if (
    lines.some((l) => readMarker(l.words[0].text) !== undefined || /^\d+(?:\.\d+)+\.?$/.test(l.words[0].text))
  )
    return false;
  if (lines.slice(1).some((l, i) => isNextNote(lines[i], l, facts.bodySize))) return false;
  const stops = lines.slice(0, -1).filter((l) => /[.!?][”"’')]*$/u.test(lineText(l))).length;
  return stops <= (lines.length - 1) / 2;
}

/** Whether each line leaves room for the first word of the next one before `right`. */
const freeBreaks = (lines: readonly Line[], right: number, facts: PageFacts): boolean[] =>
  lines.slice(1).map((line, i) => hasRoom(lines[i], line, lineSize(line), { right, facts }));

const shareOf = (values: readonly boolean[]): number => values.filter(Boolean).length / (values.length || 1);

/**
 * Text that a column's edge breaks never leaves room for the next word: where most lines do so even beside the
 * widest of their own, somebody ended them. Where a sentence ends, a paragraph may.
 */
function isBrokenEarly(lines: readonly Line[], { left, right, facts }: Edges): boolean {
  if (lines.length < MIN_SET_LINES || !isPlainRun(lines, facts)) return false;
  const widest = Math.max(...lines.map((l) => l.box.x1));
  if (widest - left > (right - left) * FULL && lines[0].box.x1 === widest) return false;
  const free = freeBreaks(lines, widest, facts).filter((_, i) => !isSentenceEnd(lines[i], lines[i + 1]));
  return free.filter(Boolean).length >= 2 && shareOf(free) >= FREE_BREAKS;
}

const isSentenceEnd = (line: Line, next: Line): boolean =>
  /[.!?:][”"’')]*$/u.test(lineText(line)) && /^[“"‘'(]?[\p{Lu}\p{N}]/u.test(next.words[0].text);

/** Short lines that leave room and mostly end with a pause. */
function isPausedVerse(lines: readonly Line[], m: Pick<Measure, 'right' | 'facts'>): boolean {
  if (lines.length <= MIN_VERSE_LINES || !isPlainRun(lines, m.facts)) return false;
  const texts = lines.map(lineText);
  if (texts.some((t) => t.length > MAX_VERSE_CHARS)) return false;
  const paused = texts.slice(0, -1).map((t) => PAUSE.test(t));
  return shareOf(paused) >= PAUSES && shareOf(freeBreaks(lines, m.right, m.facts)) >= PAUSED_FREE;
}

/** Short lines at the same edge as the verse beside them, each with room for the next one's first word. */
function isStanzaBeside(
  lines: readonly Line[],
  verse: readonly Line[],
  m: Pick<Measure, 'right' | 'facts'>,
): boolean {
  const size = lineSize(lines[0]);
  if (lines.length < 2 || Math.abs(size - lineSize(verse[0])) > size * 0.05) return false;
  if (Math.abs(lines[0].box.x0 - verse[0].box.x0) > size || !isPlainRun(lines, m.facts)) return false;
  if (lines.some((l) => lineText(l).length > MAX_VERSE_CHARS)) return false;
  return shareOf(freeBreaks(lines, m.right, m.facts)) === 1;
}

/** Lines ended by hand: verse, an address. `box` is the extent of their column. */
export const isHandBroken = (lines: readonly Line[], { x0, x1 }: Box, facts: PageFacts): boolean => {
  const m = { left: x0, right: x1, facts };
  if (lines.length < 2 || isContentsLine(lines[lines.length - 1])) return false;
  return isSet(lines, m) || areAllShort(lines, m);
};

/** Every line ends long before the next line's first word would not have fitted. */
function areAllShort(lines: readonly Line[], { left, right, facts }: Edges): boolean {
  return lines.every((line, i) => {
    if (line.box.x1 - line.box.x0 > (right - left) * HAND_FILL) return false;
    const next = lines[i + 1]?.words[0];
    if (!next) return true;
    const needed = next.box.x1 - next.box.x0 + facts.wordGap + HAND_ROOM * lineSize(line);
    return right - line.box.x1 >= needed;
  });
}
