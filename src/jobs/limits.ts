import type { Config } from '../config.js';
import type { RetentionLimits } from './retention.js';

/** What one job may take. All configurable; each has its error. */
export interface JobLimits {
  /** Jobs that may wait for a place; `queue_full` beyond. */
  readonly maxQueue: number;
  /** Milliseconds; the page fails with `page_timeout`. */
  readonly pageTimeout: number;
  /** Milliseconds from the start of the work; the job fails with `job_timeout`. */
  readonly jobTimeout: number;
  /** Bytes of all pages of a job as they are stored; the job fails with `result_too_large`. */
  readonly maxResultBytes: number;
}

const MEGABYTE = 1_000_000;
const DAY = 86_400_000;
/** Jobs in memory (`--ephemeral`) share it with the work. */
const MOST_IN_MEMORY = 500 * MEGABYTE;

export const retentionLimits = (config: Config): RetentionLimits => ({
  keepFor: config.keepDays * DAY,
  maxBytes: config.ephemeral
    ? Math.min(config.maxStoreMb * MEGABYTE, MOST_IN_MEMORY)
    : config.maxStoreMb * MEGABYTE,
});

export const jobLimits = (config: Config): JobLimits => ({
  maxQueue: config.maxQueue,
  pageTimeout: config.pageTimeout * 1000,
  jobTimeout: config.jobTimeout * 1000,
  maxResultBytes: config.maxResultMb * MEGABYTE,
});

/** A task that was told to stop gets this long (milliseconds) before it is left to itself; cancelling answers within it. */
export const STOP_GRACE = 1_800;
