import * as z from 'zod';
import { LegibleError } from '../../errors.js';
import type { Job, JobStatus } from '../../jobs/job.js';
import { isoTime, jobFault } from './shared.js';

/** A job in the words of the second dialect. */
const STATUSES = ['pending', 'running', 'completed', 'failed'] as const;
const STATUS_WORDS: Record<JobStatus, (typeof STATUSES)[number]> = {
  queued: 'pending',
  processing: 'running',
  done: 'completed',
  error: 'failed',
  cancelled: 'failed',
};

export const Submitted = z.object({
  id: z.string(),
  status: z.enum(STATUSES),
  page_count: z.number().int(),
  created_at: z.string(),
});
export const Status = Submitted.extend({
  pages_completed: z.number().int(),
  error: z.object({ code: z.string(), message: z.string() }).optional().describe('Present when failed.'),
});
/** As the documentation has it, e.g. `2026-03-24T12:00:00Z`: clients read times by this very pattern. */
const wholeSeconds = (milliseconds: number): string => isoTime(milliseconds).replace(/\.\d+Z$/, 'Z');

/** The answer to a submission; also the first part of a status. */
export const submitted = (job: Job): z.infer<typeof Submitted> => ({
  id: job.id,
  status: STATUS_WORDS[job.status],
  page_count: job.pages.length,
  created_at: wholeSeconds(job.createdAt),
});

/** How far a job is. Pages that failed count as completed: nothing more comes of them. */
export function statusOf(job: Job): z.infer<typeof Status> {
  const { created_at, ...rest } = submitted(job);
  const fault = job.error ?? (job.status === 'cancelled' ? jobFault(job).toInfo() : undefined);
  return {
    ...rest,
    pages_completed: job.pagesCompleted.length + job.pagesFailed.length,
    created_at,
    ...(fault ? { error: { code: fault.code, message: `${fault.message} ${fault.hint}` } } : {}),
  };
}

/** Why a job that ended has no result, and what to do about it. */
export const noResult = (job: Job): LegibleError => {
  const { message, hint } = jobFault(job);
  return new LegibleError('job_not_ready', `The job failed and has no result: ${message}`, hint);
};
/** The job still runs. */
export const notReady = ({ id, status }: Job): LegibleError =>
  new LegibleError(
    'job_not_ready',
    `The job is ${STATUS_WORDS[status]}; its result is not there yet.`,
    `Poll GET /v1/jobs/${id} until its status is completed.`,
  );
