import type { Furniture } from '../../../document/block.js';
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

/** Within this share of the page's height a line of parts far from each other is furniture. */
const SPREAD_EDGE = 0.13;
/** The parts of such a line lie at least this many ems apart. */
const SPREAD_GAP = 4;

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
  if (!margin || page.height > STRIP_RATIO * page.width) return undefined;
  if (margin === 'left' || margin === 'right') return 'artifact';
  const text = draft.lines.map(lineText).join(' ');
  const role = margin === 'top' ? 'running_head' : 'running_foot';
  const { size } = lookOf(draft.lines);
  const { bodySize } = page.facts;
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
