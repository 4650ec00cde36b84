import approximate from 'approx-string-match';
import type { Page } from '../../document/block.js';
import { unionBoxes } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';
import { LegibleError } from '../../errors.js';
import type { SearchHit } from '../api.js';
import { fold } from './fold.js';

/** One wrong character in five is what a poor scan has; more finds other words. */
const CHARACTERS_PER_ERROR = 5;
/** Words this short have too many neighbours one slip away. */
const LONGEST_EXACT = 3;
/** The matcher's cost grows with the errors allowed. */
const MOST_ERRORS = 8;
/** Words shown on each side of a hit. */
const CONTEXT_WORDS = 8;
/** The matcher reports the best matches only; they are masked and the search repeated this often for the weaker ones. */
const ROUNDS = 3;
/** Never part of a folded query. */
const MASK = '\u0000';

interface Found extends SearchHit {
  readonly certainText: boolean;
}

/**
 * Places where the query stands, best first, then in page order. Slips of OCR are forgiven by
 * approximate matching (Myers 1999), but not in digits. In text that the document states itself a
 * near miss is another word, so it counts only when there is no exact hit at all.
 */
export async function searchPages(
  pages: AsyncIterable<Page>,
  query: string,
  limit: number,
): Promise<SearchHit[]> {
  const pattern = fold(query).replace(/\s+/g, ' ').trim();
  if (pattern === '') {
    throw new LegibleError('invalid_argument', 'The query is empty.', 'Name at least one word to look for.');
  }
  let hits: Found[] = [];
  for await (const page of pages) hits.push(...searchPage(page, pattern));
  if (hits.some(({ score }) => score === 1)) {
    hits = hits.filter(({ score, certainText }) => score === 1 || !certainText);
  }
  return hits
    .sort((a, b) => b.score - a.score || a.page - b.page)
    .slice(0, limit)
    .map(({ certainText: _, ...hit }) => hit);
}

function searchPage(page: Page, pattern: string): Found[] {
  const { text, words, wordAt } = foldPage(page);
  const hits: Found[] = [];
  let remaining = text;
  for (let round = 0; round < ROUNDS; round++) {
    const matches = approximate(remaining, pattern, allowedErrors(pattern));
    if (matches.length === 0) break;
    let end = -1;
    for (const match of matches.sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (match.start < end) continue;
      end = match.end;
      remaining = mask(remaining, match.start, match.end);
      const matched = text.slice(match.start, match.end);
      if (matched.trim() === '' || (match.errors > 0 && digitsOf(matched) !== digitsOf(pattern))) continue;
      const first = wordAt[match.start + leadingSpaces(matched)];
      const last = wordAt[match.end - 1];
      const around = words.slice(Math.max(0, first - CONTEXT_WORDS), last + CONTEXT_WORDS + 1);
      hits.push({
        page: page.number,
        snippet: around.map((word) => word.text).join(' '),
        box: unionBoxes(words.slice(first, last + 1).map((word) => word.box)),
        score: Math.max(0, 1 - match.errors / pattern.length),
        certainText: page.source === 'text_layer',
      });
    }
  }
  return hits;
}

interface FoldedPage {
  readonly text: string;
  readonly words: readonly Word[];
  /** Index into `words` for each character of `text`; a space belongs to the word before it. */
  readonly wordAt: readonly number[];
}

/** The page's words in reading order, folded; words that a line end has broken are whole again. */
function foldPage(page: Page): FoldedPage {
  const words: Word[] = [];
  const wordAt: number[] = [];
  let text = '';
  for (const line of page.blocks.flatMap((block) => block.lines)) {
    line.words.forEach((word, index) => {
      const folded = fold(word.text);
      if (folded === '') return;
      if (word.glued && text.endsWith(' ')) {
        text = text.slice(0, -1);
        wordAt.pop();
      }
      const broken = index === line.words.length - 1 && /[\p{Pd}\u00ad]$/u.test(word.text);
      const piece = broken ? folded : `${folded} `;
      text += piece;
      for (let i = 0; i < piece.length; i++) wordAt.push(words.length);
      words.push(word);
    });
  }
  return { text, words, wordAt };
}

const allowedErrors = (pattern: string): number =>
  pattern.length <= LONGEST_EXACT
    ? 0
    : Math.min(MOST_ERRORS, Math.ceil((pattern.length - LONGEST_EXACT) / CHARACTERS_PER_ERROR));

const mask = (text: string, start: number, end: number): string =>
  text.slice(0, start) + MASK.repeat(end - start) + text.slice(end);

const leadingSpaces = (text: string): number => text.length - text.trimStart().length;

/** Digits, with the letters that OCR takes them for read as digits where they stand among digits. */
function digitsOf(text: string): string {
  return text
    .replace(/\S*\d\S*/g, (word) =>
      word.replace(/o/g, '0').replace(/[il|]/g, '1').replace(/s/g, '5').replace(/b/g, '8'),
    )
    .replace(/\D/g, '');
}
