import type { DocumentInfo } from '../document/block.js';
import type { OutlineItem } from '../document/page.js';
import type { ErrorInfo } from '../errors.js';
import type { ExtractOptions } from '../pipeline/options.js';

export const JOB_STATUSES = ['queued', 'processing', 'done', 'error', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** The state machine as data: which status may follow which. */
export const TRANSITIONS: Record<JobStatus, readonly JobStatus[]> = {
  // A restart hands interrupted work back to the queue.
  queued: ['processing', 'error', 'cancelled'],
  processing: ['done', 'error', 'cancelled', 'queued'],
  done: [],
  error: [],
  cancelled: [],
};

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
  readonly pagesCompleted: readonly number[];
  readonly pagesFailed: readonly number[];
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly expiresAt?: number;
  readonly error?: ErrorInfo;
  /** An equal earlier job whose result this one shares. */
  readonly cachedFrom?: string;
}
