import type { Furniture } from '../../../document/block.js';
import { boxWidth, centerX, unionBoxes } from '../../../document/geometry.js';
import { isContentsLine } from '../contents-lines.js';
import type { DraftPage, DraftText } from '../draft.js';
import { lineSize, lineText, splitAtGaps } from '../lines.js';
import { lookOf } from '../look.js';

export type FurnitureRole = Furniture['role'];

const ROMAN = '[ivxlc]{1,7}';
/** A page number alone, with the ornaments and words that go with it. */
const PAGE_NUMBER = new RegExp(
  `^(?:(?:page|p\\.|pg\\.?|seite|página|pagina)\\s*)?[-–—|•·\\[(\\s]*(?:\\d{1,4}|${ROMAN})[-–—|•·\\])\\s.]*(?:(?:of|/|von|de|sur)\\s*\\d{1,4})?$`,
  'iu',
);
/** Imprint lines that publishers and servers stamp on pages. */
const STAMP =
  /(\bdownload(?:ed)?\b|\bdoi\b|https?:\/\/|www\.|©|\(c\)\s*\d{4}|copyright|all rights reserved|published by|issn|\bvol(?:ume|\.)\s*\d|\bpage \d+ of \d+|confidential|\brevision\b|\brev\.|@\w+\.)/iu;
/** A number at either end of a short line: the page number beside a running title. */
const NUMBER_AT_END = /^\d{1,4}\s+\P{N}|\P{N}\s+\d{1,4}$/u;
/** A whole sentence: running heads and feet are titles, names and numbers. */
const SENTENCE = /^(?=(?:\S+\s+){7})\p{Lu}.*\p{Ll}[.!?]$/su;
/** Longer than this is a note or a text. */
const MAX_CHARS = 120;
/** Type above this multiple of the body's is a title even at the page's edge. */
const TITLE_SIZE = 1.2;
/** Type at or below this share of the body's is small print. */
const SMALL_PRINT = 0.93;
/** Within this share of the page's height from its edge there is no text, only furniture. */
const OUTER_EDGE = 0.062;
/** Within this share a page number or an imprint of body size is furniture; further in it may be text. */
const PATTERN_EDGE = 0.09;

/** Type of more than this share of the page's height is for display: the title of a cover, never a running head. */
const DISPLAY_SIZE = 1 / 45;
/** A bare page number, perhaps between dashes. */
const LONE_NUMBER = /^[-–—\s]*\d{1,4}[-–—\s]*$/;
/** It stands at least this many ems below the text. */
const LONE_GAP = 0.5;
/** A head or foot behind a rule lies within this share of the page's height from its edge. */
const RULED_EDGE = 0.2;
/** Within this share of the page's height a line of parts far from each other is furniture. */
const SPREAD_EDGE = 0.13;
/** The parts of such a line lie at least this many ems apart. */
const SPREAD_GAP = 4;

/** Entries of a table of contents follow each other within this many line distances. */
const ENTRY_REACH = 2.5;

/** So much higher than wide is no sheet (legal paper 1.65, tall book pages 1.7): receipts, tickets and captured web pages have no running heads. */
const STRIP_RATIO = 1.8;

export const isPageNumber = (text: string): boolean => PAGE_NUMBER.test(text.trim());

/**
 * The role of a block that stands apart at the page's edge, judged from this page alone, or undefined
 * where position and pattern do not say enough.
 */
export function furnitureByItself(draft: DraftText, page: DraftPage): FurnitureRole | undefined {
  const { margin, aside } = draft;
  if (aside) return aside;
  if (page.height > STRIP_RATIO * page.width) return undefined;
  if (isLoneNumber(draft, page)) return 'page_number';
  if (draft.ruledOff && isTitleWithNumber(draft, page))
    return draft.box.y0 < page.height / 2 ? 'running_head' : 'running_foot';
  if (!margin || isOneOfEntries(draft, page)) return undefined;
  if (margin === 'left' || margin === 'right') return 'artifact';
  const text = draft.lines.map(lineText).join(' ');
  const role = margin === 'top' ? 'running_head' : 'running_foot';
  const { size } = lookOf(draft.lines);
  const { bodySize } = page.facts;
  if (size > page.height * DISPLAY_SIZE) return undefined;
  const small = size <= bodySize * SMALL_PRINT;
  const depth = (margin === 'top' ? draft.box.y1 : page.height - draft.box.y0) / page.height;
  if (isPageNumber(text) && size <= bodySize * TITLE_SIZE && (small || depth < PATTERN_EDGE))
    return 'page_number';
  if (depth < SPREAD_EDGE && text.length <= MAX_CHARS && isSpread(draft)) return role;
  if (size > bodySize * TITLE_SIZE || draft.lines.length > 2 || text.length > MAX_CHARS) return undefined;
  if (depth < OUTER_EDGE || draft.untagged) return isPageNumber(text) ? 'page_number' : role;
  if (small && (STAMP.test(text) || !SENTENCE.test(text))) return role;
  if (depth < PATTERN_EDGE && (STAMP.test(text) || NUMBER_AT_END.test(text))) return role;
  return undefined;
}

/** A line of a table of contents among others. */
function isOneOfEntries(draft: DraftText, page: DraftPage): boolean {
  if (!isContentsLine(draft.lines[draft.lines.length - 1])) return false;
  const at = page.drafts.indexOf(draft);
  return [page.drafts[at - 1], page.drafts[at + 1]].some((other) => {
    if (other?.kind !== 'text' || !isContentsLine(other.lines[other.lines.length - 1])) return false;
    return Math.abs(other.box.y0 - draft.box.y0) < page.facts.pitch * ENTRY_REACH;
  });
}

/**
 * The only bare number of the page, below everything else and apart from it, in the middle or at an edge of
 * the text, however far above the page's edge. Recognised pages are left alone: there a lone number may be
 * all that was read of a line.
 */
function isLoneNumber(draft: DraftText, page: DraftPage): boolean {
  if (page.facts.ocr || draft.lines.length > 1 || draft.angle !== undefined) return false;
  if (draft.box.y0 < page.height / 2 || !LONE_NUMBER.test(lineText(draft.lines[0]))) return false;
  const others = page.drafts.filter((d) => d !== draft && (d.kind !== 'text' || (!d.aside && !d.angle)));
  if (others.length === 0) return false;
  const text = unionBoxes(others.map((d) => d.box));
  const em = page.facts.bodySize;
  if (draft.box.y0 < text.y1 + em * LONE_GAP) return false;
  if (others.some((d) => d.kind === 'text' && d.lines.length === 1 && LONE_NUMBER.test(lineText(d.lines[0]))))
    return false;
  const centred = Math.abs(centerX(draft.box) - centerX(text)) < boxWidth(text) * 0.05;
  return centred || Math.abs(draft.box.x0 - text.x0) < em || Math.abs(draft.box.x1 - text.x1) < em;
}

/** A title with a page number at its end, or in front of a short one, near the page's edge. */
function isTitleWithNumber(draft: DraftText, page: DraftPage): boolean {
  if (draft.lines.length > 1 || lookOf(draft.lines).size > page.facts.bodySize * TITLE_SIZE) return false;
  const text = lineText(draft.lines[0]);
  const depth = Math.min(draft.box.y1, page.height - draft.box.y0) / page.height;
  if (depth > RULED_EDGE || text.length > MAX_CHARS || SENTENCE.test(text)) return false;
  return (
    isSpread(draft) ||
    /\P{N}\s+\d{1,4}$/u.test(text) ||
    (/^\d{1,4}\s+\P{N}/u.test(text) && !/[.;:]/.test(text))
  );
}

/** One line set left, right and perhaps centred, with wide gaps between. */
function isSpread(draft: DraftText): boolean {
  if (draft.lines.length > 1) return false;
  const [line] = draft.lines;
  return splitAtGaps(line, lineSize(line) * SPREAD_GAP).length > 1;
}

/** Text of a margin block with its numbers made equal, so that running heads of different pages compare. */
export const furnitureKey = (draft: DraftText): string =>
  draft.lines
    .map(lineText)
    .join(' ')
    .toLowerCase()
    .replace(/\p{N}+/gu, '#')
    .replace(/\s+/g, ' ');
