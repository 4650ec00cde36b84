import type { DraftPage, DraftText } from '../draft.js';
import { lineText } from '../lines.js';
import { lookOf } from '../look.js';

/** A pull quote is set at least this many times as large as the text … */
const MIN_RATIO = 1.12;
/** … and is a sentence of so many letters, which no title repeats by chance. */
const LETTERS = { min: 24, max: 400 };
/** Ends like a sentence, or stands in quotation marks; titles that are cited end with a question mark at most. */
const SENTENCE = /[.!…]["'”’»)]*$|["”»]$/u;
/** A statement that is no title has at least so many words. */
const MIN_STATEMENT = 8;
/** Its page has at least this many letters of text, or there is nothing it was pulled from. */
const MIN_PAGE = 400;

const pages = new WeakMap<DraftPage, string>();

/**
 * A sentence set larger in the midst of the text to catch the eye. The page says it twice (its second place
 * may be cut by the end of a line, so only letters are compared), or it stands in quotation marks as a whole,
 * or it is a long statement with its full stop, which a title does without.
 */
export function isPullQuote(page: DraftPage, index: number, bodySize: number): boolean {
  const draft = page.drafts[index];
  if (draft.kind !== 'text' || draft.taggedHeading !== undefined) return false;
  if (lookOf(draft.lines).size < bodySize * MIN_RATIO) return false;
  if (!SENTENCE.test(draft.lines.map(lineText).join(' '))) return false;
  // Text stands before it: a title at the top is cited below, not pulled out.
  if (!page.drafts.slice(0, index).some((d) => d.kind === 'text' && d.lines.length >= 3)) return false;
  const own = lettersOf(draft);
  if (own.length < LETTERS.min || own.length > LETTERS.max) return false;
  if (isSpoken(draft) || isStatement(draft)) return true;
  const all = lettersOfPage(page);
  if (all.length < MIN_PAGE + own.length) return false;
  const first = all.indexOf(own);
  return first >= 0 && all.indexOf(own, first + 1) >= 0;
}

/** All of it stands in quotation marks. */
const isSpoken = (draft: DraftText): boolean => {
  const text = textOf(draft);
  return /^[“„«"]/u.test(text) && /[”“»"]$/u.test(text);
};

/** A whole sentence with its full stop, which titles do without; numbered ones may have one. */
const isStatement = (draft: DraftText): boolean => {
  const text = textOf(draft);
  return (
    /^["“„«]?\p{Lu}/u.test(text) && /\p{Ll}[.…]["”»]?$/u.test(text) && text.split(' ').length >= MIN_STATEMENT
  );
};

const textOf = (draft: DraftText): string => draft.lines.map(lineText).join(' ');

function lettersOfPage(page: DraftPage): string {
  let letters = pages.get(page);
  if (letters === undefined) {
    letters = page.drafts.map((d) => (d.kind === 'text' ? lettersOf(d) : ' ')).join('');
    pages.set(page, letters);
  }
  return letters;
}

const lettersOf = (draft: DraftText): string =>
  draft.lines
    .map(lineText)
    .join('')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
