import type { Line } from '../../document/block.js';
import { type Box, median } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';
import { runsRightToLeft } from './direction.js';
import type { PageFacts } from './facts.js';
import { lineSize, lineText, SCRIPT_SIZE } from './lines.js';
import { lookOfLine } from './look.js';
import { hasRoom, INDENT, INDEX_END, LOOSE, type Measure, measureColumn, SENTENCE_END } from './measure.js';
import { listings } from './roles/code.js';
import { isNextNote } from './roles/footnotes.js';
import { readMarker } from './roles/markers.js';
import { blockOfLine, type PageTags } from './tags.js';
import { handSetRuns } from './verse.js';

/** Sizes differ when they are further apart than this: rounding in the text layer, jitter in OCR. */
const SIZE_STEP = { native: 0.06, ocr: 0.22 };

/** Groups a column's lines, top to bottom, into paragraphs (headings and list items are one each, too). */
export function makeParagraphs(lines: readonly Line[], facts: PageFacts, tags?: PageTags): Line[][] {
  if (lines.length === 0) return [];
  if (!runsRightToLeft(lines.flatMap((line) => line.words))) return groupLines(lines, facts, tags);
  // Indents and room at the ends of lines are judged in the mirror.
  const originals = new Map(lines.map((line) => [mirrored(line), line]));
  const groups = groupLines([...originals.keys()], facts, tags);
  return groups.map((group) => group.map((line) => originals.get(line)!));
}

/** The line as a mirror at the page's left edge shows it. */
function mirrored(line: Line): Line {
  const turn = (box: Box): Box => ({ ...box, x0: -box.x1, x1: -box.x0 });
  return { ...line, box: turn(line.box), words: line.words.map((w) => ({ ...w, box: turn(w.box) })) };
}

function groupLines(lines: readonly Line[], facts: PageFacts, tags?: PageTags): Line[][] {
  const measure = measureColumn(lines, facts);
  const stanza = handSetRuns(lines, measure, (before, line) => isSetAlike(before, line, measure));
  const listing = listings(lines, facts);
  const out: Line[][] = [[lines[0]]];
  for (let i = 1; i < lines.length; i++) {
    const paragraph = out[out.length - 1];
    if (listing[i] > 0 || listing[i - 1] > 0) {
      if (listing[i] === listing[i - 1]) paragraph.push(lines[i]);
      else out.push([lines[i]]);
      continue;
    }
    if (stanza[i] > 0 && stanza[i] === stanza[i - 1]) {
      paragraph.push(lines[i]);
      continue;
    }
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

/** The same look at the usual distance. */
const isSetAlike = (before: Line, line: Line, m: Measure): boolean =>
  !m.contents.has(before) &&
  !m.contents.has(line) &&
  !lookChanges(before, line, m.facts) &&
  line.baseline - before.baseline <=
    Math.max(m.pitch(lineSize(line)), lineSize(line) * 0.9) * LOOSE + roomFor(before, line);

function startsParagraph(
  paragraph: readonly Line[],
  line: Line,
  after: Line | undefined,
  m: Measure,
): boolean {
  const before = paragraph[paragraph.length - 1];
  const em = lineSize(line);
  if (m.contents.has(before)) return true;
  if (lookChanges(before, line, m.facts)) return !isFullRunIn(before, line, em, m);
  if (isItalicLine(before, line, em, m)) return true;
  const distance = line.baseline - before.baseline;
  const usual = Math.max(m.pitch(em), 0.9 * em);
  if (distance > usual * LOOSE + roomFor(before, line)) return true;
  if (isNextNote(paragraph[0], line, m.facts.bodySize)) return true;
  const marker = readMarker(line.words[0].text);
  if (marker && line.words.length > 1 && startsItem(paragraph, line, marker.kind === 'alpha')) return true;
  if (isClause(line) && (isClause(paragraph[0]) || SENTENCE_END.test(lineText(before)))) return true;
  if (indentStarts(paragraph, line, after, em, m)) return true;
  return endsShort(before, line, em, m);
}

/** What scripts and fractions that reach into the room between two lines may have moved them apart, in points. */
function roomFor(before: Line, line: Line): number {
  const shift = (l: Line, direction: 1 | -1): number => {
    const size = lineSize(l);
    return Math.max(
      0,
      ...l.words.map((w) => {
        if (w.fraction) return size;
        return w.size < size * SCRIPT_SIZE ? (w.baseline - l.baseline) * direction : 0;
      }),
    );
  };
  return shift(before, 1) + shift(line, -1);
}

/** Size, weight or pitch of the type changes between two lines. */
function lookChanges(before: Line, line: Line, facts: PageFacts): boolean {
  const a = lookOfLine(before);
  const b = lookOfLine(line);
  const step = facts.ocr ? SIZE_STEP.ocr : SIZE_STEP.native;
  if (Math.abs(a.size - b.size) > Math.max(a.size, b.size) * step) return true;
  if (a.mono !== b.mono) return true;
  // One wholly bold line and one without any bold: a heading and its text. Partly bold lines are run-ins.
  const none = (line: Line): boolean => line.words.every((w) => !w.style.bold);
  return (a.bold && none(line) && endsBold(before)) || (b.bold && none(before));
}

/** A run-in that fills its line but for a word is still bold by the count of its characters. */
const endsBold = ({ words }: Line): boolean =>
  words.findLast((w) => /[\p{L}\p{N}]/u.test(w.text))?.style.bold === true;

/** A bold sentence that fills its line, with the text right below: a run-in that ends at the line's end by chance. */
const isFullRunIn = (before: Line, line: Line, em: number, m: Measure): boolean =>
  endsBold(before) &&
  !line.words[0].style.bold &&
  /[.:]$/u.test(lineText(before)) &&
  line.baseline - before.baseline < m.pitch(em) * 1.1 &&
  lineSize(before) < em * 1.03 &&
  !hasRoom(before, line, em, m);

/** A title in italics ends its line; a phrase in italics that fills one does so by chance. */
function isItalicLine(before: Line, line: Line, em: number, m: Measure): boolean {
  const upright = line.words.every((w) => !w.style.italic);
  return upright && lookOfLine(before).italic && hasRoom(before, line, em, m);
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
  if (m.hanging && line.box.x0 < m.left + em * 0.5) {
    const before = paragraph[paragraph.length - 1];
    const goesOn = before.box.x0 < m.left + em * 0.5 && /^\p{Ll}/u.test(line.words[0].text);
    if (!goesOn || hasRoom(before, line, em, m)) return true;
  }
  if (paragraph.length === 1) {
    // The indented first line of a paragraph, then its body; a short one was a line of its own.
    if (line.box.x0 < first - step)
      return !centred(paragraph, line, em) && hasRoom(paragraph[0], line, em, m);
    if (line.box.x0 < first + step) return false;
    if (m.hanging && first < m.left + em * 0.5) return false;
    // A term that left room for the first word of its description.
    // Centred below a wider line, with room on both sides.
    if (centred(paragraph, line, em) && line.box.x1 < paragraph[0].box.x1 - step) return false;
    if (hasRoom(paragraph[0], line, em, m)) return true;
    if (startsAtTab(paragraph[0], line, em)) return false;
    // Deeper than the only line so far: a hanging continuation keeps its depth, a first line returns to the edge.
    return after !== undefined && after.box.x0 < line.box.x0 - step && Math.abs(after.box.x0 - first) < step;
  }
  const body = median(paragraph.slice(1).map((l) => (beside(l) ? first : l.box.x0)));
  if (line.box.x0 < body - step && (first < body - step || standsOut(paragraph, line, em))) return true;
  if (first < body - step) return false;
  return line.box.x0 > body + step && !(after && after.box.x0 > body + step && centred(paragraph, line, em));
}

/** `2.1` or `10.3.4` with the clause set off behind it. */
const CLAUSE = /^\d{1,3}(?:\.\d{1,3}){1,4}\.?$/;
/** A clause stands at least this many ems from its number. */
const TAB = 0.6;

const isClause = ({ words: [number, first] }: Line): boolean =>
  first !== undefined && CLAUSE.test(number.text) && first.box.x0 - number.box.x1 > first.size * TAB;

/** The line begins where the text behind the number or label of the line before does. */
function startsAtTab({ words: [label, first] }: Line, line: Line, em: number): boolean {
  if (first === undefined || first.box.x0 - label.box.x1 < em * TAB) return false;
  return Math.abs(first.box.x0 - line.box.x0) < em * 0.3;
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

/** The line before stopped although the next line's first word had room: the paragraph ended there. */
function endsShort(before: Line, line: Line, em: number, m: Measure): boolean {
  const first = line.words[0];
  const room = m.right - before.box.x1;
  const text = lineText(before);
  if (m.index && INDEX_END.test(text)) return true;
  if (!hasRoom(before, line, em, m)) return false;
  if (centred([before], line, em)) return false;
  return (
    SENTENCE_END.test(text) && /^[\p{Lu}\p{N}"“'‘([•]/u.test(first.text) && room > (m.right - m.left) * 0.1
  );
}
