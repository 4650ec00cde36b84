import { LegibleError } from '../../errors.js';
import type { PageRange } from '../../pipeline/options.js';
import type { Job } from '../job.js';

/** The pages of the job that `ranges` name, ascending; all of them without ranges. Errors: `page_out_of_range`. */
export function selectPages(job: Job, ranges: readonly PageRange[] | undefined): readonly number[] {
  if (!ranges || ranges.length === 0) return job.pages;
  const last = job.info?.pageCount ?? Number.POSITIVE_INFINITY;
  const limits = ranges.map(({ start, end }) => [
    start === 'last' ? last : start,
    end === 'last' ? last : end,
  ]);
  const selected = job.pages.filter((page) => limits.some(([start, end]) => page >= start && page <= end));
  if (selected.length === 0 && job.pages.length > 0) {
    throw new LegibleError(
      'page_out_of_range',
      'None of these pages is part of the job.',
      `The job has pages ${pageList(job.pages)}; submit the document again for others.`,
    );
  }
  return selected;
}

/** `1-3, 5, 8-9`: ascending page numbers as a person writes them. */
export function pageList(pages: readonly number[]): string {
  const runs: string[] = [];
  for (let first = 0; first < pages.length; ) {
    let last = first;
    while (pages[last + 1] === pages[last] + 1) last++;
    runs.push(last > first ? `${pages[first]}-${pages[last]}` : `${pages[first]}`);
    first = last + 1;
  }
  return runs.join(', ');
}
