import type { Page } from '../../document/block.js';
import type { Warning } from '../../document/page.js';
import { LegibleError } from '../../errors.js';
import type { Pipeline } from '../../pipeline/api.js';
import type { PageRange, RunningHeads } from '../../pipeline/options.js';
import type {
  DoubtfulRequest,
  DoubtfulWords,
  Reading,
  ReadRequest,
  SearchHit,
  WholeRequest,
} from '../api.js';
import { isFinal, type Job } from '../job.js';
import type { JobStore } from '../store/port.js';
import { documentWarnings } from './document-warnings.js';
import { listDoubtful, placeOf } from './doubtful.js';
import { readJob } from './read.js';
import { createResolvedPages } from './resolved-pages.js';
import { searchPages } from './search.js';
import { selectPages } from './selection.js';
import { wholeResult } from './whole.js';

/** Everything that is read from the finished pages of a job, running or not; `runningHeads` holds for requests that do not say. */
export function createReader(pipeline: Pipeline, store: JobStore, runningHeads: RunningHeads = 'omit') {
  const resolved = createResolvedPages(pipeline, store);
  return {
    /** Errors: the job's own when it ended without a page; `invalid_argument`, `page_out_of_range`, `result_too_large`. */
    async read(job: Job, request: ReadRequest): Promise<Reading> {
      assertReadable(job);
      return readJob(job, { ...request, runningHeads: request.runningHeads ?? runningHeads }, (numbers) =>
        resolved.pages(job, numbers),
      );
    },

    /** Errors as `read`, before the first part. */
    whole(job: Job, request: WholeRequest): AsyncIterable<string> {
      assertReadable(job);
      const finished = [...job.pagesCompleted, ...job.pagesFailed].sort((a, b) => a - b);
      const wanted = { ...request, runningHeads: request.runningHeads ?? runningHeads };
      return wholeResult(job, wanted, resolved.pages(job, finished));
    },

    async search(job: Job, query: string, limit: number, pages?: readonly PageRange[]): Promise<SearchHit[]> {
      assertReadable(job);
      const wanted = completed(job, pages);
      return searchPages(() => resolved.pages(job, wanted), query, limit);
    },

    async doubtful(job: Job, { pages, cursor, limit }: DoubtfulRequest): Promise<DoubtfulWords> {
      assertReadable(job);
      const start = cursor === undefined ? undefined : placeOf(cursor);
      const digests = await store.getDigests(job.id);
      const wanted = completed(job, pages).filter(
        (page) => page >= (start?.page ?? 1) && (digests.get(page)?.record.doubtfulWords ?? 0) > 0,
      );
      return listDoubtful(resolved.pages(job, wanted), limit, start);
    },

    /** Every finished page, settled. */
    async pages(job: Job): Promise<Page[]> {
      assertReadable(job);
      const pages: Page[] = [];
      for await (const page of resolved.pages(job, job.pagesCompleted)) pages.push(page);
      return pages;
    },

    async warnings(job: Job): Promise<Warning[]> {
      const digests = [...(await store.getDigests(job.id)).values()];
      return documentWarnings(digests.map(({ record }) => record));
    },

    forget(jobId: string): void {
      resolved.forget(jobId);
    },
  };
}

/** Finished pages that could be read, of those that `ranges` name. Errors: `page_out_of_range`. */
function completed(job: Job, ranges: readonly PageRange[] | undefined): readonly number[] {
  const selected = new Set(selectPages(job, ranges));
  return job.pagesCompleted.filter((page) => selected.has(page));
}

/** A job that failed without a finished page answers with its error, not with an empty text. */
function assertReadable(job: Job): void {
  if (job.pagesCompleted.length > 0 || !isFinal(job.status)) return;
  if (job.error) throw LegibleError.fromInfo(job.error);
  if (job.status === 'cancelled') {
    throw new LegibleError(
      'cancelled',
      'The job was cancelled before a page was finished.',
      'Submit the document again.',
    );
  }
}
