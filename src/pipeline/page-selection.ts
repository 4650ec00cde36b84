import { LegibleError } from '../errors.js';
import type { PageRange } from './options.js';

export interface PageSelection {
  /** Ascending, without repeats. */
  readonly pages: readonly number[];
  /** The largest page number asked for, where a range ran past the end and was cut there. */
  readonly cutFrom?: number;
}

/**
 * The pages that a selection names. A range that starts inside the document and ends past it is cut at
 * the end, since callers ask for "the first ten" before they know the count; one that lies wholly
 * outside is refused. Errors: `page_out_of_range`, naming the page count; `too_many_pages`; `invalid_argument`.
 */
export function selectPages(
  ranges: readonly PageRange[] | undefined,
  pageCount: number,
  maxPages: number,
): PageSelection {
  const selected = new Set<number>();
  let cutFrom = 0;
  for (const range of ranges ?? [{ start: 1, end: 'last' as const }]) {
    const start = range.start === 'last' ? pageCount : range.start;
    const end = range.end === 'last' ? pageCount : range.end;
    if (start > pageCount) throw outOfRange(start, pageCount);
    if (start > end) {
      throw new LegibleError(
        'invalid_argument',
        `The page range ${start}-${end} runs backwards.`,
        `Write ${end}-${start}.`,
      );
    }
    if (end > pageCount) cutFrom = Math.max(cutFrom, end);
    for (let page = start; page <= Math.min(end, pageCount); page++) selected.add(page);
  }
  if (selected.size > maxPages) throw tooManyPages(selected.size, maxPages);
  const pages = [...selected].sort((a, b) => a - b);
  return cutFrom > 0 ? { pages, cutFrom } : { pages };
}

const outOfRange = (page: number, pageCount: number): LegibleError =>
  new LegibleError(
    'page_out_of_range',
    `There is no page ${page}; the document has ${pageCount} ${pageCount === 1 ? 'page' : 'pages'}.`,
    pageCount === 1
      ? 'Leave `pages` out.'
      : `Choose pages from 1 to ${pageCount}; \`last\` names the last one.`,
  );

const tooManyPages = (selected: number, maxPages: number): LegibleError =>
  new LegibleError(
    'too_many_pages',
    `${selected} pages are too many for one job; the limit is ${maxPages}.`,
    `Select at most ${maxPages} with \`pages\`, e.g. "1-${maxPages}", or raise --max-pages.`,
  );
