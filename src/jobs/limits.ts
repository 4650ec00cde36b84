import type { Config } from '../config.js';

/** What one job may take. All configurable; each has its error. */
export interface JobLimits {
  /** Jobs that may wait for a place; `queue_full` beyond. */
  readonly maxQueue: number;
  /** Milliseconds; the page fails with `page_timeout`. */
  readonly pageTimeout: number;
  /** Milliseconds from the start of the work; the job fails with `job_timeout`. */
  readonly jobTimeout: number;
}

export const jobLimits = (config: Config): JobLimits => ({
  maxQueue: config.maxQueue,
  pageTimeout: config.pageTimeout * 1000,
  jobTimeout: config.jobTimeout * 1000,
});

/** A task that was told to stop gets this long (milliseconds) before it is left to itself; cancelling answers within it. */
export const STOP_GRACE = 1_800;
