import * as z from 'zod';
import type { PageRecord, Warning } from '../document/page.js';
import { isFinal, JOB_STATUSES, type Job } from '../jobs/job.js';
import { call, pollCall } from './next.js';
import { exceptionOf, meanConfidence, remainingMilliseconds } from './summary.js';

const Count = z.int().min(0).max(10_000_000);
const Time = z.string().describe('ISO 8601');

/** A job as status and list tools show it. */
export const JobView = z.object({
  job_id: z.string(),
  file_name: z.string(),
  status: z.enum(JOB_STATUSES),
  page_count: Count.describe('Selected pages; 0 until the document was opened'),
  pages_completed: Count,
  pages_failed: Count,
  created_at: Time,
  started_at: Time.optional(),
  finished_at: Time.optional(),
  expires_at: Time.optional(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
});

export const StatusView = JobView.extend({
  revision: Count.describe('Grows with each change'),
  confidence: Count.optional().describe('0-100 over the finished pages'),
  exceptions: z.array(z.string()).describe('Finished pages to look at twice, and why'),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })).describe('Of the whole document'),
  poll_after_ms: Count.optional().describe('When to ask again; absent once the job is final'),
  next: z.string().describe('The next call'),
});

const time = (milliseconds: number | undefined): string | undefined =>
  milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();

/** Absent values are left out, not undefined: both forms of the answer must be the same JSON. */
const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;

export const jobView = (job: Job): z.output<typeof JobView> =>
  compact({
    job_id: job.id,
    file_name: job.fileName,
    status: job.status,
    page_count: job.pages.length,
    pages_completed: job.pagesCompleted.length,
    pages_failed: job.pagesFailed.length,
    created_at: new Date(job.createdAt).toISOString(),
    started_at: time(job.startedAt),
    finished_at: time(job.finishedAt),
    expires_at: time(job.expiresAt),
    error: job.error && { ...job.error },
  });

/** Exceptions that a status names; the rest is in the JSON result. */
const MAX_EXCEPTIONS = 20;
/** Bounds of the polling advice, milliseconds: often enough to be useful, not so often as to be costly. */
const MIN_POLL = 1_000;
const MAX_POLL = 15_000;

export function statusView(
  job: Job,
  records: readonly PageRecord[],
  warnings: readonly Warning[],
): z.output<typeof StatusView> {
  const exceptions = records.map(exceptionOf).filter((line) => line !== undefined);
  return compact({
    ...jobView(job),
    revision: job.revision,
    confidence: meanConfidence(records),
    exceptions: exceptions.slice(0, MAX_EXCEPTIONS),
    warnings: warnings.map(({ code, message }) => ({ code, message })),
    poll_after_ms: pollAfter(job),
    next: nextCall(job),
  });
}

function pollAfter(job: Job): number | undefined {
  if (isFinal(job.status)) return undefined;
  const remaining = remainingMilliseconds(job) ?? 2 * MIN_POLL;
  return Math.round(Math.min(MAX_POLL, Math.max(MIN_POLL, remaining)));
}

function nextCall(job: Job): string {
  const readable = job.pagesCompleted.length > 0;
  if (!isFinal(job.status)) {
    return readable ? `${pollCall(job.id)} (get_result reads the finished pages already)` : pollCall(job.id);
  }
  if (readable) return call('get_result', { job_id: job.id });
  return job.error ? job.error.hint : 'none';
}
