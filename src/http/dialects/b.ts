import { RateLimiterMemory } from 'rate-limiter-flexible';
import * as z from 'zod';
import { LegibleError } from '../../errors.js';
import { isFinal, type Job, type JobStatus } from '../../jobs/job.js';
import { PageRange } from '../../pipeline/options.js';
import { ErrorBody } from '../errors.js';
import { defineRoute, type Route } from '../route.js';
import type { HttpServices } from '../services.js';
import { JSON_TYPE, jsonObject, jsonString, streamed } from '../stream.js';
import { submitUpload } from '../submission.js';
import { headsOf, isoTime, jobFault, password, pdfResponse, runningHeads } from './shared.js';

const STATUSES = ['pending', 'running', 'completed', 'failed'] as const;
const STATUS_WORDS: Record<JobStatus, (typeof STATUSES)[number]> = {
  queued: 'pending',
  processing: 'running',
  done: 'completed',
  error: 'failed',
  cancelled: 'failed',
};

/**
 * "Please poll job status no more than once per second": a tenth less, since the calls of a client that waits just
 * that long arrive early at times.
 */
const POLL_SECONDS = 0.9;
/** A page range list is typed by hand; a longer one is a mistake. */
const MAX_RANGES = 1_000;

const JobParams = z.object({ job_id: z.string() });
const Submitted = z.object({
  id: z.string(),
  status: z.enum(STATUSES),
  page_count: z.number().int(),
  created_at: z.string(),
});
const Status = Submitted.extend({
  pages_completed: z.number().int(),
  error: z.object({ code: z.string(), message: z.string() }).optional().describe('Present when failed.'),
});
const Result = z.object({
  job_id: z.string(),
  format: z.enum(['json', 'markdown', 'text']),
  page_count: z.number().int(),
  content: z
    .union([z.string(), z.record(z.string(), z.unknown())])
    .describe('Text for markdown and text, an object for json.'),
});

/** As the documentation has it, e.g. `2026-03-24T12:00:00Z`: clients read times by this very pattern. */
const wholeSeconds = (milliseconds: number): string => isoTime(milliseconds).replace(/\.\d+Z$/, 'Z');

const submitted = (job: Job): z.infer<typeof Submitted> => ({
  id: job.id,
  status: STATUS_WORDS[job.status],
  page_count: job.pages.length,
  created_at: wholeSeconds(job.createdAt),
});

function statusOf(job: Job): z.infer<typeof Status> {
  const { created_at, ...rest } = submitted(job);
  const fault = job.error ?? (job.status === 'cancelled' ? jobFault(job).toInfo() : undefined);
  return {
    ...rest,
    pages_completed: job.pagesCompleted.length + job.pagesFailed.length,
    created_at,
    ...(fault ? { error: { code: fault.code, message: `${fault.message} ${fault.hint}` } } : {}),
  };
}

/** `[{"start":1,"end":3}]` as a JSON string. Errors: `invalid_argument`. */
export function parsePageRanges(text: string | undefined): readonly PageRange[] | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const invalid = (what: string) =>
    new LegibleError(
      'invalid_argument',
      `page_ranges ${what}.`,
      'Send a JSON string such as [{"start":1,"end":3}]; pages count from 1.',
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('is not JSON');
  }
  const ranges = z.array(PageRange).min(1).max(MAX_RANGES).safeParse(value);
  if (!ranges.success) throw invalid('is not a list of page ranges');
  for (const { start, end } of ranges.data) {
    if (typeof start === 'number' && typeof end === 'number' && start > end)
      throw invalid(`has a range that ends (${end}) before it starts (${start})`);
  }
  return ranges.data;
}

const noResult = (job: Job): LegibleError => {
  const { message, hint } = jobFault(job);
  return new LegibleError('job_not_ready', `The job failed and has no result: ${message}`, hint);
};
const notReady = ({ id, status }: Job): LegibleError =>
  new LegibleError(
    'job_not_ready',
    `The job is ${STATUS_WORDS[status]}; its result is not there yet.`,
    `Poll GET /v1/jobs/${id} until its status is completed.`,
  );

const faults = (...statuses: number[]) =>
  Object.fromEntries(statuses.map((status) => [status, { description: FAULTS[status], schema: ErrorBody }]));
const FAULTS: Record<number, string> = {
  400: 'The request is malformed.',
  401: 'The API key is missing or wrong.',
  402: 'Not enough pages left; the message names balance and need.',
  404: 'Job not found.',
  409: 'The job has no result yet, or failed.',
  413: 'The file is too large.',
  415: 'The file is of a kind that cannot be read.',
  422: 'The file or an option cannot be used.',
  429: 'Polled too often; see Retry-After.',
  503: 'Queue full; see Retry-After.',
};

/** The second dialect: everything under `/v1`. */
export function dialectB(services: HttpServices): Route[] {
  const polls = new RateLimiterMemory({ points: 1, duration: POLL_SECONDS });

  return [
    defineRoute({
      method: 'post',
      path: '/v1/extract',
      tag: 'Extraction',
      summary: 'Upload document',
      description: 'Uploads a PDF or image. You can optionally limit processing to specific pages.',
      access: 'key',
      invalidStatus: 400,
      body: {
        kind: 'multipart',
        fields: z.object({
          page_ranges: z.string().optional().describe('JSON string, e.g. [{"start":1,"end":3}].'),
          password,
        }),
        file: 'Document file (PDF, PNG, JPG).',
      },
      responses: {
        200: { description: 'Accepted.', schema: Submitted },
        ...faults(400, 401, 402, 413, 415, 422, 429, 503),
      },
      async handle({ body, upload, principal }) {
        const job = await submitUpload(services, upload, principal, {
          pages: parsePageRanges(body.page_ranges),
          ...(body.password && { password: body.password }),
        });
        return Response.json({ ...submitted(job), status: 'pending', page_count: 0 });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/jobs/{job_id}',
      tag: 'Extraction',
      summary: 'Check status',
      description:
        'Use page_count and pages_completed to track progress. At most one call a second for one job.',
      access: 'key',
      params: JobParams,
      responses: { 200: { description: 'Status.', schema: Status }, ...faults(401, 404, 429) },
      async handle({ params, principal }) {
        const job = await services.jobs.get(params.job_id, principal.id);
        await polls.consume(job.id).catch((refusal: { msBeforeNext: number }) => {
          throw new LegibleError(
            'rate_limited',
            'This job was polled less than a second ago.',
            'Poll a job at most once a second.',
            { retryAfter: Math.max(1, refusal.msBeforeNext / 1_000) },
          );
        });
        return Response.json(statusOf(job));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/jobs/{job_id}/result',
      tag: 'Extraction',
      summary: 'Fetch result',
      description: 'Available only when the job status is completed.',
      access: 'key',
      params: JobParams,
      query: z.object({
        format: z
          .enum(['json', 'markdown', 'text', 'pdf'])
          .default('json')
          .describe('pdf: the searchable PDF itself.'),
        running_heads: runningHeads,
      }),
      responses: {
        200: { description: 'The extracted text.', schema: Result },
        ...faults(401, 404, 409, 422),
      },
      async handle({ params, query, principal }) {
        const job = await services.jobs.get(params.job_id, principal.id);
        if (job.status !== 'done') {
          throw isFinal(job.status) ? noResult(job) : notReady(job);
        }
        if (query.format === 'pdf') {
          return pdfResponse(await services.jobs.searchablePdf(job.id, principal.id));
        }
        const { format } = query;
        const parts = await services.jobs.readWhole(job.id, principal.id, { format, ...headsOf(query) });
        const content = format === 'json' ? parts : jsonString(parts);
        const facts = { job_id: job.id, format, page_count: job.pages.length };
        return streamed(jsonObject(facts, { content }), JSON_TYPE);
      },
    }),
  ];
}
