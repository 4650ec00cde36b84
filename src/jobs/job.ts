import type { DocumentInfo } from '../document/block.js';
import type { OutlineItem } from '../document/page.js';
import type { ErrorInfo } from '../errors.js';
import type { ExtractOptions } from '../pipeline/options.js';

/** Whose jobs they are where nobody says who he is: on stdio, at the command line, over HTTP without authentication. */
export const LOCAL_OWNER = 'local';

export const JOB_STATUSES = ['queued', 'processing', 'done', 'error', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** The state machine as data: which status may follow which. */
const TRANSITIONS: Record<JobStatus, readonly JobStatus[]> = {
  // A restart hands interrupted work back to the queue.
  queued: ['processing', 'error', 'cancelled'],
  processing: ['done', 'error', 'cancelled', 'queued'],
  done: [],
  error: [],
  cancelled: [],
};

/** May `from` be followed by `to`? Staying is not a transition. */
const mayFollow = (from: JobStatus, to: JobStatus): boolean => TRANSITIONS[from].includes(to);

export const isFinal = (status: JobStatus): boolean => TRANSITIONS[status].length === 0;

/** A job as the store keeps it: plain JSON. Times are milliseconds since the epoch. */
export interface Job {
  /** `job_` and 20 characters, minted here. */
  readonly id: string;
  /** Who may see it: the principal's id, `local` without authentication. */
  readonly owner: string;
  readonly status: JobStatus;
  /** Raised by each change; a long poll waits for a larger one. */
  readonly revision: number;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly bytes: number;
  /** The password never leaves memory: it is not part of this. */
  readonly options: Omit<ExtractOptions, 'password'>;
  readonly info?: DocumentInfo;
  readonly outline?: readonly OutlineItem[];
  /** Selected page numbers, ascending; empty until the document was opened. */
  readonly pages: readonly number[];
  /** Finished pages that could be read, ascending. */
  readonly pagesCompleted: readonly number[];
  /** Finished pages that could not be read, ascending; disjoint from `pagesCompleted`. */
  readonly pagesFailed: readonly number[];
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly expiresAt?: number;
  readonly error?: ErrorInfo;
  /** An equal earlier job of the same owner whose result this one received without work. */
  readonly cachedFrom?: string;
  /** The program that took the job (see producer.ts); another one may do better and starts afresh. */
  readonly producer?: string;
  /**
   * What could recognise when the work began (see `Pipeline.recognizers`); absent where OCR was switched off. A result
   * on which it had a say is given again only while that is the same.
   */
  readonly recognizers?: string;
  /** A password came with the request. Such a result is never given to a request without one. */
  readonly withPassword?: true;
}

/**
 * The job after a change, with the next revision. Final jobs only ever change their expiry.
 * Throws on a transition that the state machine does not know: a fault of the program.
 */
export function changeJob(job: Job, change: Partial<Omit<Job, 'id' | 'owner' | 'revision'>>): Job {
  const { status } = change;
  if (status !== undefined && status !== job.status && !mayFollow(job.status, status)) {
    throw new Error(`A job cannot go from ${job.status} to ${status}`);
  }
  return { ...job, ...change, revision: job.revision + 1 };
}
