import type { Line } from '../../../document/block.js';
import { centerX } from '../../../document/geometry.js';
import type { HeadingSummary } from '../across/heading-levels.js';
import { bookmarkDepth, type Titles } from '../across/outline.js';
import { hasPageApart } from '../contents-lines.js';
import type { Draft, DraftPage, DraftText } from '../draft.js';
import { lineSize, lineText, SCRIPT_SIZE } from '../lines.js';
import { lookOf } from '../look.js';
import { hasLabel } from './captions.js';
import { isCheckBox, readMarker } from './markers.js';

/** Longer than this is text, however it is set. */
const MAX_CHARS = 220;
const MAX_LINES = 4;
/** Size above the body's from which type is a heading's by size alone. */
const LARGER = { native: 1.12, ocr: 1.2 };
/** Size above the body's from which a short line that stands apart is a heading's; OCR estimates sizes within 5 %. */
const SLIGHTLY_LARGER = { native: 1.045, ocr: 1.09 };
/** A paragraph of running text has at least this many characters … */
const PROSE_CHARS = 220;
/** … and is never set this much larger than the text. */
const PROSE_RATIO = 1.45;
/** A line of its own size is no title among paragraphs of that size, unless it is this short and stands alone. */
const SHORT = 40;
/** A bold question may run over two lines and is a heading still. */
const MAX_QUESTION = 140;
/** Room above and below such a line, in usual line distances. */
const ISOLATED = { above: 1.35, below: 1.25 };
/** Share of letters among the characters of a title; labels of charts and formulas have fewer. */
const LETTERS = 0.5;
/** Size above the body's at which a bold line is a heading even inside running text. */
const SMALLEST = 0.9;
/** A heading of body size without bold stands at least this multiple of the usual distance below the text. */
const APART = 1.4;
/** The explanation of a term is set in by at least this many ems. */
const TERM_INDENT = 1.4;
/** `3 Methods`, `3.1. Methods`, `A.2 Methods`, `IV. Methods`, `Chapter 5`. */
const NUMBERED =
  /^(?:(?:chapter|section|part|appendix|annex|article|kapitel|chapitre|teil|capítulo|Chapter|Section|Part|Appendix|Annex|Article|Kapitel|Chapitre|Teil|Capítulo|CHAPTER|SECTION|PART|APPENDIX|ANNEX|ARTICLE|KAPITEL|CHAPITRE|TEIL|CAPÍTULO)\s+(?:\d|[A-Z]\b|[IVX]+\b|(?:ONE|TWO|THREE|FOUR|FIVE|SIX|SEVEN|EIGHT|NINE|TEN|ELEVEN|TWELVE)\b)|\d{1,2}(?:\.\d{1,2})*\.?\s+\p{Lu}|[A-Z](?:\.\d{1,2})+\.?\s+\p{L}|[IVX]{1,5}\.\s+\p{Lu})/u;
/** What refers an author to an affiliation or a note. */
const AFFILIATION = /^(?:\d{1,2}|[a-z]|[*†‡§¶])(?:,(?:\d{1,2}|[a-z]|[*†‡§¶]))*,?$/u;
const BYLINE = /^(?:by|von|par|por|di|de|van)\s+\p{Lu}/iu;
/** A sentence between quotation marks, taken out of the text to catch the eye. */
const PULL_QUOTE = /^[“"„«].{20,}[”"“»]$/u;
/** Dots that lead to a page number: a line of a table of contents. */
const LEADERS = /\.{4}|(?:\. ){3}\.|…\s*…|·{4}|_{4}/u;

/** Depth of a heading's number: 1 for `3`, 2 for `3.1` or `A.2`; 0 where there is none. */
export function numberDepth(text: string): number {
  const m = /^(\d{1,2}|[A-Z])((?:\.\d{1,2})*)\.?\s+\p{L}/u.exec(text);
  if (!m || (!/^\d/.test(m[1]) && m[2] === '')) return 0;
  return 1 + (m[2].match(/\./g)?.length ?? 0);
}

/** A text draft with what stands around it in its column. */
export interface Place {
  readonly draft: DraftText;
  readonly page: DraftPage;
  /** Neighbours in the same column, where they are text. */
  readonly before?: DraftText;
  readonly after?: DraftText;
}

/** The draft with its neighbours. */
export function placeOf(page: DraftPage, index: number): Place {
  const draft = page.drafts[index] as DraftText;
  const mate = (d: Draft | undefined): DraftText | undefined =>
    d?.kind === 'text' && d.column === draft.column && !d.margin ? d : undefined;
  const before = mate(page.drafts[index - 1]);
  const after = mate(page.drafts[index + 1]);
  return { draft, page, ...(before && { before }), ...(after && { after }) };
}

/**
 * Decides whether a block of lines is a heading, from its look against the document's body text. A bold
 * run-in is no block of its own, and a label starts a caption, not a heading.
 */
export function readHeading(place: Place, bodySize: number, titles: Titles): HeadingSummary | undefined {
  const { draft, page } = place;
  const { lines } = draft;
  if (lines.length > MAX_LINES || draft.angle !== undefined) return undefined;
  const text = lines.map(lineText).join(' ');
  if (text.length > MAX_CHARS || !/[\p{L}\p{N}]/u.test(text) || hasLabel(text) || LEADERS.test(text))
    return undefined;
  if (isContentsEntry(draft) || lines.some(({ words }) => words.some(isCheckBox))) return undefined;
  const look = lookOf(lines);
  const marker = readMarker(lines[0].words[0].text);
  if (marker?.kind === 'bullet' || marker?.kind === 'check') return undefined;
  const { size, bold, caps } = look;
  const ratio = size / bodySize;
  const heading: HeadingSummary = {
    page: page.number,
    tag: draft.taggedHeading ?? 0,
    text,
    size,
    bold,
    caps,
    depth: numberDepth(text),
  };
  if (draft.taggedHeading !== undefined) return heading;
  if (bookmarkDepth(titles, page.number, text) !== undefined && ratio >= SMALLEST && standsFree(place))
    return heading;
  if (PULL_QUOTE.test(text) || /^\(.*\)$/u.test(text)) return undefined;
  if (!bold && ratio < PROSE_RATIO && areAuthors(lines)) return undefined;
  const numbered = NUMBERED.test(text);
  const display = numbered && isIsolated(place);
  if (look.mono && !page.facts.typed && !display && size < bodySize * LARGER.native) return undefined;
  const sentence = /[.,;!?]["”’)]*$/u.test(text) && !(numbered && text.length < 60);
  const letters = /\p{L}{2}/u.test(text);
  const named = letters || /^(?:[A-Z]|[IVX]+|\d+)\.?$/.test(text);
  const source = page.facts.ocr ? 'ocr' : 'native';
  const wordy = (text.match(/\p{L}/gu)?.length ?? 0) >= text.replace(/\s/g, '').length * LETTERS;
  const short = lines.length === 1 && text.length <= SHORT && !/[.:,;]$/u.test(text) && isIsolated(place);
  const isProse =
    !bold &&
    !caps &&
    !short &&
    ratio < PROSE_RATIO &&
    proseSizes(page).some((s) => Math.abs(s - size) < size * 0.03);
  if (ratio >= LARGER[source] && !isProse && ((letters && wordy) || (bold && named)))
    return sentence && text.length > 120 ? undefined : heading;
  if (!letters || !wordy || ratio < SMALLEST) return undefined;
  const ofText = page.facts.textSizes.some((s) => Math.abs(s - size) < size * 0.03);
  const slightly = ratio >= SLIGHTLY_LARGER[source] && !ofText && !isProse && draft.margin !== 'bottom';
  const stops = sentence && !/[!?]$/u.test(text);
  if (slightly && lines.length <= 2 && text.length <= 120 && !stops && isIsolated(place)) return heading;
  if (isTerm(place)) return undefined;
  const statement = sentence && (text.length > MAX_QUESTION || !/\?["”’)]*$/u.test(text));
  if (bold && !page.facts.bodyBold) return statement && text.length > 60 ? undefined : heading;
  if (lines.length > 2 || sentence || BYLINE.test(text) || !standsApart(place)) return undefined;
  if (numbered && (heading.depth >= 2 || (heading.depth === 0 && display)) && text.length < 90)
    return heading;
  if (caps && (isCentred(draft) || numbered) && text.length < 90) return heading;
  if (look.italic && (numbered || isItalicTitle(place)) && text.length < 90) return heading;
  return undefined;
}

const prose = new WeakMap<DraftPage, readonly number[]>();

/** Sizes that the page sets whole paragraphs in: on a page of references or notes these are larger than most of it. */
function proseSizes(page: DraftPage): readonly number[] {
  let sizes = prose.get(page);
  if (!sizes) {
    sizes = page.drafts.flatMap((d) => {
      if (d.kind !== 'text' || d.angle !== undefined || d.lines.length < 2) return [];
      const chars = d.lines.reduce((n, line) => n + lineText(line).length, 0);
      return chars >= PROSE_CHARS ? [lookOf(d.lines).size] : [];
    });
    prose.set(page, sizes);
  }
  return sizes;
}

/** Names with the raised marks of their affiliations, or affiliations behind such marks. */
function areAuthors(lines: readonly Line[]): boolean {
  const marks = lines.flatMap((line) =>
    line.words.filter(
      (w) => w.size < lineSize(line) * SCRIPT_SIZE && w.baseline < line.baseline && AFFILIATION.test(w.text),
    ),
  );
  return marks.length > 1;
}

/** One short italic line set apart, with upright text below that begins anew. */
function isItalicTitle(place: Place): boolean {
  const { draft, before, after } = place;
  if (draft.lines.length > 1 || !after || !isIsolated(place) || !/^\p{Lu}/u.test(lineText(draft.lines[0])))
    return false;
  const ended = !before || /[.!?:]["”’)]*$/u.test(lineText(before.lines[before.lines.length - 1]));
  return ended && !lookOf(after.lines).italic && /^["“‘]?[\p{Lu}\p{N}]/u.test(lineText(after.lines[0]));
}

/** A title with a page number at the column's right edge. */
const isContentsEntry = ({ lines, columnX1 }: DraftText): boolean => {
  const last = lines[lines.length - 1];
  return hasPageApart(last) && columnX1 - last.box.x1 < lineSize(last);
};

/** A line with its explanation set in right below it: a term of a list of definitions. */
function isTerm({ draft, page, after }: Place): boolean {
  if (!after) return false;
  const size = lineSize(draft.lines[0]);
  const gap = after.lines[0].baseline - draft.lines[draft.lines.length - 1].baseline;
  return after.box.x0 > draft.box.x0 + size * TERM_INDENT && gap < page.facts.pitch * 1.3;
}

/** A block by itself, of two lines at most: what a bookmark names must still be set like a title. */
const standsFree = ({ draft, page, before }: Place): boolean =>
  draft.lines.length <= 2 &&
  (!before ||
    draft.lines[0].baseline - before.lines[before.lines.length - 1].baseline > page.facts.pitch * 1.1);

/** More room above than the lines of a paragraph have, and text below. */
function standsApart({ draft, page, before, after }: Place): boolean {
  if (!after) return false;
  if (!before) return true;
  const gap = draft.lines[0].baseline - before.lines[before.lines.length - 1].baseline;
  return gap > page.facts.pitch * APART;
}

/** More room above and below than lines of text have. */
function isIsolated({ draft, page, before, after }: Place): boolean {
  const { pitch } = page.facts;
  const above = before
    ? draft.lines[0].baseline - before.lines[before.lines.length - 1].baseline
    : Number.POSITIVE_INFINITY;
  const below = after
    ? after.lines[0].baseline - draft.lines[draft.lines.length - 1].baseline
    : Number.POSITIVE_INFINITY;
  return above > pitch * ISOLATED.above && below > pitch * ISOLATED.below;
}

/** Its middle is its column's middle, with room on both sides. */
export function isCentred(draft: DraftText): boolean {
  const width = draft.columnX1 - draft.columnX0;
  const room = draft.box.x0 - draft.columnX0;
  const off = Math.abs(centerX(draft.box) - (draft.columnX0 + draft.columnX1) / 2);
  return room > width * 0.08 && off < width * 0.03;
}
