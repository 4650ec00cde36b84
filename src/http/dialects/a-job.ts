import * as z from 'zod';
import type { ReadRequest } from '../../jobs/api.js';
import type { Job, JobStatus } from '../../jobs/job.js';
import type { HttpServices } from '../services.js';
import { JSON_TYPE, jsonObject, jsonString, streamed } from '../stream.js';
import { isoTime, jobFault } from './shared.js';

/** A job in the words of the first dialect. */
const STATUSES = ['queued', 'processing', 'done', 'error'] as const;
/** A cancelled job is one that failed. */
export const statusWord = (status: JobStatus): (typeof STATUSES)[number] =>
  status === 'cancelled' ? 'error' : status;

export const JobSummary = z.object({
  job_id: z.string(),
  status: z.enum(STATUSES),
  filename: z.string(),
  language: z.string(),
  page_count: z.number().int().describe('0 until the document was opened.'),
  pages_completed: z.number().int(),
  created_at: z.string().describe('ISO 8601.'),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  elapsed: z.number().describe('Seconds of work so far.').nullable(),
  error: z.string().nullable(),
  error_code: z.string().nullable().describe('Stable, snake_case; what a program decides on.'),
});

export const JobDetails = JobSummary.extend({
  result_md: z.string().optional().describe('Markdown; present when done.'),
  result_json: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Pages, blocks and words; present when done.'),
});

export const Created = z.object({ job_id: z.string(), status: z.enum(STATUSES) });

/** All but the results. */
export function summary(job: Job): z.infer<typeof JobSummary> {
  const fault = statusWord(job.status) === 'error' ? jobFault(job) : undefined;
  return {
    job_id: job.id,
    status: statusWord(job.status),
    filename: job.fileName,
    language: job.options.language,
    page_count: job.pages.length,
    pages_completed: job.pagesCompleted.length + job.pagesFailed.length,
    created_at: isoTime(job.createdAt),
    started_at: job.startedAt === undefined ? null : isoTime(job.startedAt),
    finished_at: job.finishedAt === undefined ? null : isoTime(job.finishedAt),
    elapsed:
      job.startedAt === undefined
        ? null
        : Math.round(((job.finishedAt ?? Date.now()) - job.startedAt) / 100) / 10,
    error: fault ? `${fault.message} ${fault.hint}` : null,
    error_code: fault?.code ?? null,
  };
}

/** The results are read while they are sent; a job that is not done has none. */
export async function details(
  services: HttpServices,
  job: Job,
  heads: Pick<ReadRequest, 'runningHeads'>,
): Promise<Response> {
  if (job.status !== 'done') return Response.json(summary(job) satisfies z.infer<typeof JobDetails>);
  const { jobs } = services;
  const result_md = jsonString(await jobs.readWhole(job.id, job.owner, { ...heads, format: 'markdown' }));
  const result_json = await jobs.readWhole(job.id, job.owner, { format: 'json' });
  return streamed(jsonObject(summary(job), { result_md, result_json }), JSON_TYPE);
}
