import type { Page } from '../../document/block.js';
import { DOUBTFUL_BELOW, type Word } from '../../document/word.js';
import { LegibleError } from '../../errors.js';
import type { DoubtfulWord, DoubtfulWords } from '../api.js';

/** Words shown on each side of a doubtful one: enough to guess what it should be. */
const CONTEXT_WORDS = 6;
/** Characters of a context or a word; OCR takes a ruled line for one endless word. */
const LONGEST_TEXT = 200;

/** `PAGE:WORDS`: the page to go on with, and its doubtful words that were listed already. */
const CURSOR = /^(\d{1,7}):(\d{1,7})$/;

export interface Place {
  readonly page: number;
  readonly listed: number;
}

/** Errors: `invalid_argument`. */
export function placeOf(cursor: string): Place {
  const match = CURSOR.exec(cursor);
  if (match) return { page: Number(match[1]), listed: Number(match[2]) };
  throw new LegibleError(
    'invalid_argument',
    'This cursor is not one of ours.',
    'Pass the cursor of the last answer unchanged, or leave it out to list from the start.',
  );
}

/** The doubtful words of the pages in reading order, from `start` on, at most `limit`. Reads no page beyond them. */
export async function listDoubtful(
  pages: AsyncIterable<Page>,
  limit: number,
  start?: Place,
): Promise<DoubtfulWords> {
  const words: DoubtfulWord[] = [];
  for await (const page of pages) {
    const skipped = start?.page === page.number ? start.listed : 0;
    const found = doubtfulOf(page);
    const left = limit - words.length;
    if (left === 0 && found.length > skipped) return { words, nextCursor: `${page.number}:${skipped}` };
    words.push(...found.slice(skipped, skipped + left));
    if (found.length > skipped + left) return { words, nextCursor: `${page.number}:${skipped + left}` };
  }
  return { words };
}

function doubtfulOf({ number, blocks }: Page): DoubtfulWord[] {
  return blocks.flatMap((block) => {
    const words = block.lines.flatMap((line) => line.words);
    return words.flatMap((word, index) =>
      word.confidence < DOUBTFUL_BELOW
        ? [
            {
              page: number,
              word: clipped(word.text),
              context: context(words, index),
              box: word.box,
              confidence: word.confidence,
            },
          ]
        : [],
    );
  });
}

function context(words: readonly Word[], at: number): string {
  const first = Math.max(0, at - CONTEXT_WORDS);
  const around = words.slice(first, at + CONTEXT_WORDS + 1);
  const joined = around.map((word, index) => (index > 0 && !word.glued ? ' ' : '') + clipped(word.text));
  return clipped(joined.join(''));
}

const clipped = (text: string): string =>
  text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
