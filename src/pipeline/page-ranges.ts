import { LegibleError } from '../errors.js';
import type { PageRange } from './options.js';

const PART = /^(\d{1,7}|last)(?:\s*(-|–|\.\.)\s*(\d{1,7}|last)?)?$/i;

const bound = (text: string): number | 'last' => (/^last$/i.test(text) ? 'last' : Number(text));

/** `1-3,5`, `7-`, `last`: 1-based, inclusive. Errors: `invalid_argument`, naming the part that is wrong. */
export function parsePageRanges(text: string): PageRange[] {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const ranges = parts.map((part) => {
    const match = PART.exec(part);
    if (!match) throw invalid(`"${part}" is not a page or a range of pages.`);
    const start = bound(match[1]);
    const end = match[2] ? bound(match[3] ?? 'last') : start;
    if (start === 0 || end === 0) throw invalid('Pages count from 1.');
    if (start === 'last' ? end !== 'last' : end !== 'last' && end < start)
      throw invalid(`"${part}" ends before it starts.`);
    return { start, end };
  });
  if (ranges.length === 0) throw invalid('No page is named.');
  return ranges;
}

const invalid = (message: string) =>
  new LegibleError(
    'invalid_argument',
    message,
    'Write pages like "1-3,5" or "7-last"; leave them out for all pages.',
  );
