import type { Line } from '../../document/block.js';
import type { Box } from '../../document/geometry.js';
import type { PageFacts } from './facts.js';
import { lineSize, lineText } from './lines.js';
import { hasRoom, type Measure } from './measure.js';
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

/**
 * Verse: every line begins with a capital, most end before the next line's first word would not have
 * fitted, and hardly any ends a sentence (those of a list of sentences do).
 */
export function isVerse(lines: readonly Line[], m: Pick<Measure, 'right' | 'facts'>): boolean {
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

/** Every line ends long before the next line's first word would not have fitted: verse, an address. */
export function isHandBroken(lines: readonly Line[], { x0, x1 }: Box, facts: PageFacts): boolean {
  if (lines.length < 2) return false;
  if (isVerse(lines, { right: x1, facts })) return true;
  return lines.every((line, i) => {
    if (line.box.x1 - line.box.x0 > (x1 - x0) * HAND_FILL) return false;
    const next = lines[i + 1]?.words[0];
    if (!next) return true;
    const needed = next.box.x1 - next.box.x0 + facts.wordGap + HAND_ROOM * lineSize(line);
    return x1 - line.box.x1 >= needed;
  });
}
