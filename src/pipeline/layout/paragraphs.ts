import type { Line } from '../../document/block.js';
import { type Box, median } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';
import type { PageFacts } from './facts.js';
import { lineSize, lineText } from './lines.js';
import { lookOf } from './look.js';
import { readMarker } from './roles/markers.js';
import { blockOfLine, type PageTags } from './tags.js';

/** Sizes differ when they are further apart than this: rounding in the text layer, jitter in OCR. */
const SIZE_STEP = { native: 0.06, ocr: 0.22 };
/** A baseline distance above this multiple of the usual one starts a new paragraph. */
const LOOSE = 1.28;
/** An indent is at least this many ems. */
const INDENT = 0.9;
/** A line is short when at least the next line's first word plus this many ems would have fitted. */
const SPARE = 1;
const SENTENCE_END = /[.!?:;。！？]["'”’)\]]*$/u;

/** Lines ended by hand leave at least this many ems beyond the next line's first word … */
const HAND_ROOM = 3;
/** … and none of them is wider than this share of its column. */
const HAND_FILL = 0.75;

/** What a column's lines are measured against. */
interface Measure {
  readonly left: number;
  readonly right: number;
  /** Usual baseline distance by rounded size. */
  readonly pitch: (size: number) => number;
  readonly facts: PageFacts;
}

/** Groups a column's lines, top to bottom, into paragraphs (headings and list items are one each, too). */
export function makeParagraphs(lines: readonly Line[], facts: PageFacts, tags?: PageTags): Line[][] {
  if (lines.length === 0) return [];
  const measure = measureColumn(lines, facts);
  const out: Line[][] = [[lines[0]]];
  for (let i = 1; i < lines.length; i++) {
    const paragraph = out[out.length - 1];
    const [before, block] = [blockOfLine(tags, lines[i - 1]), blockOfLine(tags, lines[i])];
    const tagged = before !== undefined && block !== undefined;
    const starts =
      tagged && before !== block ? true : startsParagraph(paragraph, lines[i], lines[i + 1], measure);
    // Within one element only a marker or a change of type starts anew: elements are larger than paragraphs, never smaller.
    const marked = readMarker(lines[i].words[0].text) !== undefined;
    const same = tagged && before === block && !marked && !lookChanges(lines[i - 1], lines[i], facts);
    if (starts && !same) out.push([lines[i]]);
    else paragraph.push(lines[i]);
  }
  return out;
}

function measureColumn(lines: readonly Line[], facts: PageFacts): Measure {
  const bySize = new Map<number, number[]>();
  for (let i = 1; i < lines.length; i++) {
    const size = lineSize(lines[i]);
    if (Math.abs(lineSize(lines[i - 1]) - size) > size * 0.1) continue;
    const distance = lines[i].baseline - lines[i - 1].baseline;
    if (distance < size * 0.7 || distance > size * 2.2) continue;
    const key = Math.round(size);
    bySize.set(key, [...(bySize.get(key) ?? []), distance]);
  }
  const pitch = (size: number): number => {
    const distances = bySize.get(Math.round(size));
    const general = (facts.pitch / facts.bodySize) * size;
    if (!distances || distances.length < 3) return distances ? Math.min(general, ...distances) : general;
    const sorted = [...distances].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.4)];
  };
  return {
    left: Math.min(...lines.map((l) => l.box.x0)),
    right: Math.max(...lines.map((l) => l.box.x1)),
    pitch,
    facts,
  };
}

function startsParagraph(
  paragraph: readonly Line[],
  line: Line,
  after: Line | undefined,
  m: Measure,
): boolean {
  const before = paragraph[paragraph.length - 1];
  const em = lineSize(line);
  if (lookChanges(before, line, m.facts)) return true;
  const distance = line.baseline - before.baseline;
  const usual = Math.max(m.pitch(em), 0.9 * em);
  if (distance > usual * LOOSE) return true;
  const marker = readMarker(line.words[0].text);
  if (marker && line.words.length > 1 && startsItem(paragraph, line, marker.kind === 'alpha')) return true;
  if (indentStarts(paragraph, line, after, em, m)) return true;
  return endsShort(before, line, em, m);
}

/** Size, weight or pitch of the type changes between two lines. */
function lookChanges(before: Line, line: Line, facts: PageFacts): boolean {
  const a = lookOf([before]);
  const b = lookOf([line]);
  const step = facts.ocr ? SIZE_STEP.ocr : SIZE_STEP.native;
  if (Math.abs(a.size - b.size) > Math.max(a.size, b.size) * step) return true;
  if (a.mono !== b.mono) return true;
  // One wholly bold line and one without any bold: a heading and its text. Partly bold lines are run-ins.
  const none = (line: Line): boolean => line.words.every((w) => !w.style.bold);
  return (a.bold && none(line)) || (b.bold && none(before));
}

/** A marker starts an item where the line is not simply the next line of a running sentence. */
function startsItem(paragraph: readonly Line[], line: Line, single: boolean): boolean {
  const first = paragraph[0];
  const before = paragraph[paragraph.length - 1];
  if (readMarker(first.words[0].text)) return true;
  const indented = line.box.x0 > before.box.x0 + lineSize(line) * 0.5;
  return indented || (!single && SENTENCE_END.test(lineText(before)));
}

/** First-line indents, hanging indents, and terms that stand out to the left of their descriptions. */
function indentStarts(
  paragraph: readonly Line[],
  line: Line,
  after: Line | undefined,
  em: number,
  m: Measure,
): boolean {
  const step = INDENT * em;
  const first = paragraph[0].box.x0;
  const marker = readMarker(paragraph[0].words[0].text);
  const itemEdge = marker && paragraph[0].words[1]?.box.x0;
  if (itemEdge !== undefined && Math.abs(line.box.x0 - itemEdge) < em * 0.8) return false;
  const cap = dropCap(paragraph[0]);
  const beside = (l: Line): boolean => cap !== undefined && l.baseline - em * 0.3 < cap.box.y1;
  if (beside(line)) return false;
  if (paragraph.length === 1) {
    if (line.box.x0 < first - step) return false; // the indented first line of a paragraph, then its body
    if (line.box.x0 < first + step) return false;
    // A term that left room for the first word of its description.
    if (hasRoom(paragraph[0], line, em, m)) return true;
    // Deeper than the only line so far: a hanging continuation keeps its depth, a first line returns to the edge.
    return after !== undefined && after.box.x0 < line.box.x0 - step && Math.abs(after.box.x0 - first) < step;
  }
  const body = median(paragraph.slice(1).map((l) => (beside(l) ? first : l.box.x0)));
  if (line.box.x0 < body - step && (first < body - step || standsOut(paragraph, line, em))) return true;
  if (first < body - step) return false;
  return line.box.x0 > body + step && !(after && after.box.x0 > body + step && centred(paragraph, line, em));
}

/** The capital over several lines that the line begins with. */
function dropCap(line: Line): Word | undefined {
  const [word] = line.words;
  return word.box.y1 - word.box.y0 > word.size * 1.7 ? word : undefined;
}

/** The line's middle is the paragraph's middle: lines set centred differ in their left edges without meaning. */
function centred(paragraph: readonly Line[], line: Line, em: number): boolean {
  const middle = (l: Line): number => (l.box.x0 + l.box.x1) / 2;
  return paragraph.every((l) => Math.abs(middle(l) - middle(line)) < em * 0.5);
}

/** A line further left than the ones before begins something new, unless it only passes a figure or is set centred. */
function standsOut(paragraph: readonly Line[], line: Line, em: number): boolean {
  const ended = SENTENCE_END.test(lineText(paragraph[paragraph.length - 1]));
  return ended && !centred(paragraph, line, em);
}

/** The next line's first word would have fitted on the line before. */
function hasRoom(before: Line, line: Line, em: number, m: Measure): boolean {
  const first = line.words[0].box;
  return m.right - before.box.x1 >= first.x1 - first.x0 + em * SPARE + m.facts.wordGap;
}

/** The line before stopped although the next line's first word had room: the paragraph ended there. */
function endsShort(before: Line, line: Line, em: number, m: Measure): boolean {
  const first = line.words[0];
  const room = m.right - before.box.x1;
  if (!hasRoom(before, line, em, m)) return false;
  if (centred([before], line, em)) return false;
  const text = lineText(before);
  return (
    SENTENCE_END.test(text) && /^[\p{Lu}\p{N}"“'‘([•]/u.test(first.text) && room > (m.right - m.left) * 0.1
  );
}

/** Every line ends long before the next line's first word would not have fitted: verse, an address. */
export function isHandBroken(lines: readonly Line[], { x0, x1 }: Box, facts: PageFacts): boolean {
  if (lines.length < 2) return false;
  return lines.every((line, i) => {
    if (line.box.x1 - line.box.x0 > (x1 - x0) * HAND_FILL) return false;
    const next = lines[i + 1]?.words[0];
    if (!next) return true;
    const needed = next.box.x1 - next.box.x0 + facts.wordGap + HAND_ROOM * lineSize(line);
    return x1 - line.box.x1 >= needed;
  });
}
