import { RateLimiterMemory } from 'rate-limiter-flexible';
import * as z from 'zod';
import { LegibleError } from '../../errors.js';
import { isFinal } from '../../jobs/job.js';
import { ErrorBody } from '../errors.js';
import { defineRoute, type Route } from '../route.js';
import type { HttpServices } from '../services.js';
import { JSON_TYPE, jsonObject, jsonString, streamed } from '../stream.js';
import { submitUpload } from '../submission.js';
import { noResult, notReady, Status, Submitted, statusOf, submitted } from './b-job.js';
import { parseJsonRanges } from './json-ranges.js';
import { headsOf, password, pdfResponse, runningHeads } from './shared.js';

/**
 * "Please poll job status no more than once per second": a tenth less, since the calls of a client that waits just
 * that long arrive early at times.
 */
const POLL_SECONDS = 0.9;

const JobParams = z.object({ job_id: z.string() });
const Result = z.object({
  job_id: z.string(),
  format: z.enum(['json', 'markdown', 'text']),
  page_count: z.number().int(),
  content: z
    .union([z.string(), z.record(z.string(), z.unknown())])
    .describe('Text for markdown and text, an object for json.'),
});

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
          pages: parseJsonRanges(body.page_ranges),
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
