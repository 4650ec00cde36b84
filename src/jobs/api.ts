import type { Box } from '../document/geometry.js';
import type { PageRecord, PageSource, Warning } from '../document/page.js';
import type { ExtractOptions, Format, PageRange, RunningHeads } from '../pipeline/options.js';
import type { Job, JobStatus } from './job.js';
import type { PageTotal } from './pace.js';

/** What a caller hands in: a reference that intake resolves, or bytes that are already here (uploads). */
export type Source =
  | { readonly reference: string }
  | { readonly upload: { readonly bytes: Uint8Array; readonly name: string } };

export interface SubmitRequest {
  readonly source: Source;
  readonly options: ExtractOptions;
  readonly owner: string;
  /** Aborts reading the source (a download, say), not the job. */
  readonly signal?: AbortSignal;
}

export interface ReadRequest {
  readonly format: Format;
  /** As the server is set when absent. */
  readonly runningHeads?: RunningHeads;
  /** All finished pages when absent. */
  readonly pages?: readonly PageRange[];
  /** From an earlier answer's `nextCursor`. */
  readonly cursor?: string;
  readonly maxChars: number;
  /** Markdown of several pages says where each begins: `<!-- page 3 -->`. */
  readonly pageMarks?: boolean;
}

/** How all finished pages are read. */
export type WholeRequest = Pick<ReadRequest, 'format' | 'runningHeads'>;

/** A part of a result, at most `maxChars` long, cut at a page or block border. */
export interface Reading {
  readonly content: string;
  readonly format: Format;
  /** Evidence of the pages that `content` holds, whole or in part. */
  readonly pages: readonly PageRecord[];
  /** Where to go on; absent at the end. */
  readonly nextCursor?: string;
  /** Selected pages that are not finished yet. */
  readonly pending: readonly number[];
  readonly job: Job;
}

export interface SearchHit {
  readonly page: number;
  /** The found words in their surroundings. */
  readonly snippet: string;
  /** Points on the upright page. */
  readonly box: Box;
  /** 0–1; 1 is an exact match, less where OCR slips were forgiven. */
  readonly score: number;
}

/** A word whose recognition is in doubt (`DOUBTFUL_BELOW`). */
export interface DoubtfulWord {
  readonly page: number;
  /** As it was read. */
  readonly word: string;
  /** The word among its neighbours. */
  readonly context: string;
  /** Points on the upright page. */
  readonly box: Box;
  /** 0–100. */
  readonly confidence: number;
}

export interface DoubtfulWords {
  readonly words: readonly DoubtfulWord[];
  /** Where to go on; absent at the end. */
  readonly nextCursor?: string;
}

export interface DoubtfulRequest {
  /** All finished pages when absent. */
  readonly pages?: readonly PageRange[];
  /** From an earlier answer's `nextCursor`. */
  readonly cursor?: string;
  /** Most words in the answer, at least 1. */
  readonly limit: number;
}

export interface PageImage {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

interface JobList {
  readonly jobs: readonly Job[];
  readonly total: number;
}

interface QueueStats {
  readonly queued: number;
  readonly processing: number;
  readonly jobsProcessed: number;
  readonly pagesProcessed: number;
  /** Seconds; 0 while nothing is known. */
  readonly secondsPerPage: number;
  /** Since the start of this process. */
  readonly pagesBySource: ReadonlyMap<PageSource, PageTotal>;
}

/**
 * The jobs of this server, as MCP, REST and the command line see them. Another owner's job is
 * `job_not_found`. Errors are LegibleErrors.
 */
export interface JobService {
  /** Reads and checks the source, admits the job. Errors: those of intake, `queue_full`, `shutting_down`. */
  submit(request: SubmitRequest): Promise<Job>;
  get(id: string, owner: string): Promise<Job>;
  /** Resolves when the revision exceeds `revision`, the job is final, `milliseconds` have passed or the signal fires. */
  waitForChange(
    id: string,
    owner: string,
    revision: number,
    milliseconds: number,
    signal?: AbortSignal,
  ): Promise<Job>;
  /** Resolves with a final job, or with the job as it stands after `milliseconds`. */
  waitUntilFinal(
    id: string,
    owner: string,
    milliseconds: number,
    onChange?: (job: Job) => void,
    signal?: AbortSignal,
  ): Promise<Job>;
  list(query: { owner: string; limit: number; offset: number; status?: JobStatus }): Promise<JobList>;
  /** Resolves when the work has stopped. A final job is returned as it is. */
  cancel(id: string, owner: string): Promise<Job>;
  delete(id: string, owner: string): Promise<void>;
  read(id: string, owner: string, request: ReadRequest): Promise<Reading>;
  /**
   * The whole result in parts that make one document when put together; a page at a time is in memory.
   * Errors come before the first part, except those of the store.
   */
  readWhole(id: string, owner: string, request: WholeRequest): Promise<AsyncIterable<string>>;
  /** Evidence of the finished pages, ascending. */
  pageRecords(id: string, owner: string): Promise<readonly PageRecord[]>;
  /** `pages`: all finished ones when absent. */
  search(
    id: string,
    owner: string,
    query: string,
    limit: number,
    pages?: readonly PageRange[],
  ): Promise<readonly SearchHit[]>;
  /** Doubtful words in reading order. Errors: `invalid_argument` (cursor), `page_out_of_range`. */
  doubtful(id: string, owner: string, request: DoubtfulRequest): Promise<DoubtfulWords>;
  viewPage(
    id: string,
    owner: string,
    page: number,
    options: { dpi: number; region?: Box },
  ): Promise<PageImage>;
  /**
   * The document as a PDF that can be searched: recognised words lie invisibly where they are printed,
   * pages with honest text are untouched. Errors: `job_not_ready` while the job runs.
   */
  searchablePdf(id: string, owner: string): Promise<Uint8Array>;
  /** Warnings of the whole document (unresolved tags, low confidence), beside those of its pages. */
  warnings(id: string, owner: string): Promise<readonly Warning[]>;
  stats(): QueueStats;
  /** No new jobs; running pages get `graceMilliseconds` to finish. */
  close(graceMilliseconds: number): Promise<void>;
}
