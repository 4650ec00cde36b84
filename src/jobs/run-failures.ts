import { type ErrorInfo, LegibleError } from '../errors.js';

export const cancelled = () =>
  new LegibleError('cancelled', 'The job was cancelled.', 'Submit the document again.');
export const shuttingDown = () =>
  new LegibleError('shutting_down', 'The server is shutting down.', 'Call again when it is back.');
const seconds = (milliseconds: number) => `${Math.round(milliseconds / 100) / 10} s`;
export const jobTimeout = (limit: number) =>
  new LegibleError(
    'job_timeout',
    `The job took longer than ${seconds(limit)}.`,
    'Read the pages that are finished, then submit the others with `pages`, or raise --job-timeout.',
  );
export const pageTimeout = (page: number, limit: number) =>
  new LegibleError(
    'page_timeout',
    `Page ${page} took longer than ${seconds(limit)}.`,
    'Look at it with view_page, or raise --page-timeout.',
  );
export const resultTooLarge = (limit: number) =>
  new LegibleError(
    'result_too_large',
    `The result is larger than ${Math.round(limit / 100_000) / 10} MB.`,
    'Read the pages that are finished, then submit the others with `pages`, or raise --max-result-mb.',
  );
export const everyPageFailed = (pages: number, first: ErrorInfo | undefined) =>
  new LegibleError(
    first?.code ?? 'page_failed',
    pages === 1
      ? (first?.message ?? 'The page could not be read.')
      : `None of the ${pages} pages could be read: ${first?.message ?? 'no reason known'}`,
    first?.hint ?? 'Look at a page with view_page.',
  );
