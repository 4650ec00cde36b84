import approximate from 'approx-string-match';
import type { Block, Page } from '../../document/block.js';
import { unionBoxes } from '../../document/geometry.js';
import type { Word } from '../../document/word.js';
import { LegibleError } from '../../errors.js';
import type { SearchHit } from '../api.js';
import { BestHits, type Found } from './best-hits.js';
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
/** Words of a query that are looked for apart have at least as many letters: shorter ones stand in every block. */
const SHORTEST_KEYWORD = 3;
/** Factor for the score of words that do not stand together. */
const APART = 0.7;
/** Words between the first and the last found one that a snippet shows. */
const LONGEST_SNIPPET = 40;
/** Never part of a folded query. */
const MASK = '\u0000';

/**
 * Places where the query stands, best first, then in page order. Slips of OCR are forgiven by
 * approximate matching (Myers 1999), but not in digits. When the words of the query stand nowhere
 * together, blocks that hold all of them are found, with a lower score.
 */
export async function searchPages(
  pages: () => AsyncIterable<Page>,
  query: string,
  limit: number,
): Promise<SearchHit[]> {
  const pattern = fold(query).replace(/\s+/g, ' ').trim();
  if (pattern === '') {
    throw new LegibleError('invalid_argument', 'The query is empty.', 'Name at least one word to look for.');
  }
  const hits = new BestHits(limit);
  for await (const page of pages()) hits.add(phraseHits(page, foldBlocks(page.blocks), pattern));
  const words = pattern.split(' ').filter((word) => word.length >= SHORTEST_KEYWORD);
  if (hits.none && words.length > 1) {
    for await (const page of pages())
      hits.add(page.blocks.flatMap((block) => keywordHit(page, block, words)));
  }
  return hits.all();
}

function phraseHits(page: Page, folded: FoldedText, pattern: string): Found[] {
  const hits: Found[] = [];
  let remaining = folded.text;
  for (let round = 0; round < ROUNDS; round++) {
    const matches = approximate(remaining, pattern, allowedErrors(pattern));
    if (matches.length === 0) break;
    let end = -1;
    for (const match of matches.sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (match.start < end) continue;
      end = match.end;
      remaining = mask(remaining, match.start, match.end);
      const matched = folded.text.slice(match.start, match.end);
      if (matched.trim() === '' || (match.errors > 0 && digitsOf(matched) !== digitsOf(pattern))) continue;
      const first = folded.wordAt[match.start + leadingSpaces(matched)];
      const last = folded.wordAt[match.end - 1];
      const score = Math.max(0, 1 - match.errors / pattern.length);
      hits.push(hitOf(page, folded.words, range(first, last), score));
    }
  }
  return hits;
}

/** The block, when each of the words is somewhere in it. */
function keywordHit(page: Page, block: Block, keywords: readonly string[]): Found[] {
  const folded = foldBlocks([block]);
  const places: number[] = [];
  let score = 0;
  for (const keyword of keywords) {
    const [best] = approximate(folded.text, keyword, allowedErrors(keyword));
    if (!best || (best.errors > 0 && /\d/.test(keyword))) return [];
    places.push(folded.wordAt[Math.min(best.start, folded.wordAt.length - 1)]);
    score += (1 - best.errors / keyword.length) / keywords.length;
  }
  return [
    hitOf(
      page,
      folded.words,
      places.sort((a, b) => a - b),
      APART * score,
    ),
  ];
}

/** `found` are ascending indices into `words`. */
function hitOf(page: Page, words: readonly Word[], found: readonly number[], score: number): Found {
  const last = Math.min(found[found.length - 1], found[0] + LONGEST_SNIPPET);
  const around = words.slice(Math.max(0, found[0] - CONTEXT_WORDS), last + CONTEXT_WORDS + 1);
  return {
    page: page.number,
    snippet: around.map((word) => word.text).join(' '),
    box: unionBoxes(found.map((index) => words[index].box)),
    score,
    certainText: page.source === 'text_layer',
  };
}

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

interface FoldedText {
  readonly text: string;
  readonly words: readonly Word[];
  /** Index into `words` for each character of `text`; a space belongs to the word before it. */
  readonly wordAt: readonly number[];
}

/** The words in reading order, folded; words that a line end has broken are whole again. */
function foldBlocks(blocks: readonly Block[]): FoldedText {
  const words: Word[] = [];
  const wordAt: number[] = [];
  let text = '';
  for (const line of blocks.flatMap((block) => block.lines)) {
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
