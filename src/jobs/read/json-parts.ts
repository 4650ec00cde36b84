import type { Page } from '../../document/block.js';
import { documentJson } from '../../pipeline/write/index.js';
import type { Job } from '../job.js';

const NO_PAGES = '"pages":[]}';

/** What stands around the pages of a job in JSON. */
export function jsonEnvelope(job: Job): { head: string; tail: string } {
  const info = job.info ?? { pageCount: job.pages.length };
  const text = JSON.stringify(documentJson({ info, pages: [] }));
  // The list of pages is the last property (json.ts), so that pages can be written one by one.
  if (!text.endsWith(NO_PAGES)) throw new Error('The pages must come last in the JSON of a document');
  const border = NO_PAGES.length - ']}'.length;
  return { head: text.slice(0, -NO_PAGES.length) + NO_PAGES.slice(0, border), tail: ']}' };
}

export const jsonPage = (page: Page): string =>
  JSON.stringify(documentJson({ info: { pageCount: 1 }, pages: [page] }).pages[0]);
