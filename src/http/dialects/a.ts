import * as z from 'zod';
import { LegibleError } from '../../errors.js';
import { parsePageRanges } from '../../pipeline/page-ranges.js';
import { ErrorBody } from '../errors.js';
import { defineRoute, type Route } from '../route.js';
import type { HttpServices } from '../services.js';
import { streamed } from '../stream.js';
import { submitUpload } from '../submission.js';
import { Created, details, JobDetails, JobSummary, statusWord, summary } from './a-job.js';
import { headsOf, jobFault, password, runningHeads } from './shared.js';

const JobParams = z.object({ job_id: z.string().describe('Job ID from POST /api/ocr.') });

const OcrQuery = z.object({
  format: z
    .enum(['markdown', 'json'])
    .default('markdown')
    .describe('What the caller means to read; both are kept.'),
  language: z.string().max(200).default('auto').describe('Language hint, e.g. "polish" or "english".'),
  pages: z
    .string()
    .max(1_000)
    .optional()
    .describe('Pages to read, e.g. "1-3,5" or "7-last"; all when absent.'),
});
const OCR_BODY = {
  kind: 'multipart',
  fields: z.object({ password }),
  file: 'Image or PDF (PNG, JPG, TIFF, WEBP, BMP, PDF).',
} as const;
const extractOptions = (
  { language, pages }: z.infer<typeof OcrQuery>,
  body: z.infer<typeof OCR_BODY.fields>,
) => ({
  language,
  ...(pages && { pages: parsePageRanges(pages) }),
  ...(body.password && { password: body.password }),
});

const Signup = z.object({ email: z.email().max(254) });
const AccountCreated = z.object({ api_key: z.string(), email: z.string(), credits: z.number().int() });

/** This dialect calls every fault of the file a validation error. */
const FILE_FAULTS = { 413: 422, 415: 422 };
const invalid = { description: 'Validation error.', schema: ErrorBody };
const missing = { description: 'Job not found.', schema: ErrorBody };
const full = { description: 'Queue full.', schema: ErrorBody };

/** The first dialect: everything under `/api`, and the synchronous `/ocr`. */
export const dialectA = (services: HttpServices): Route[] => [
  defineRoute({
    method: 'post',
    path: '/api/signup',
    tag: 'Auth',
    summary: 'Create account and get API key',
    description: 'Returns an API key, shown once, and free pages.',
    access: 'public',
    invalidStatus: 400,
    body: { kind: 'json', schema: Signup },
    responses: {
      200: { description: 'Account created. API key and credits returned.', schema: AccountCreated },
      400: { description: 'Invalid email address.', schema: ErrorBody },
      403: { description: 'Signup is switched off.', schema: ErrorBody },
      409: { description: 'Account already exists.', schema: ErrorBody },
    },
    async handle({ body }) {
      if (!services.config.signup) {
        throw new LegibleError('forbidden', 'Signup is switched off here.', 'Ask the operator for a key.');
      }
      const pages = services.config.freePages;
      const { account, secret } = await services.accounts.create(body.email, pages, { signup: true });
      return Response.json({ api_key: secret, email: account.email, credits: pages });
    },
  }),
  defineRoute({
    method: 'post',
    path: '/api/ocr',
    tag: 'OCR',
    summary: 'Submit document for OCR',
    description: 'Answers at once with a job_id. Poll GET /api/jobs/{job_id} until status is done.',
    access: 'key',
    query: OcrQuery,
    body: OCR_BODY,
    statusMap: FILE_FAULTS,
    responses: {
      201: { description: 'Job created and queued.', schema: Created },
      402: { description: 'Not enough pages left.', schema: ErrorBody },
      422: invalid,
      503: full,
    },
    async handle({ query, body, upload, principal }) {
      const job = await submitUpload(services, upload, principal, extractOptions(query, body));
      return Response.json({ job_id: job.id, status: statusWord(job.status) }, { status: 201 });
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/jobs/{job_id}',
    tag: 'Jobs',
    summary: 'Get job status and results',
    description:
      'Status flow: queued → processing → done | error. When done, includes result_md and result_json.',
    access: 'key',
    params: JobParams,
    query: z.object({ running_heads: runningHeads }),
    responses: {
      200: { description: 'Job details with results (when complete).', schema: JobDetails },
      404: missing,
    },
    async handle({ params, query, principal }) {
      const job = await services.jobs.get(params.job_id, principal.id);
      return details(services, job, headsOf(query));
    },
  }),
  defineRoute({
    method: 'get',
    path: '/api/jobs',
    tag: 'Jobs',
    summary: 'List recent jobs',
    description: 'Summary fields only, newest first.',
    access: 'key',
    query: z.object({
      limit: z.coerce.number().int().min(1).max(100).default(20).describe('Max results.'),
      offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('Skip N jobs.'),
    }),
    responses: {
      200: {
        description: 'Jobs, newest first.',
        schema: z.object({
          jobs: z.array(JobSummary),
          total: z.number().int(),
          limit: z.number().int(),
          offset: z.number().int(),
        }),
      },
      422: invalid,
    },
    async handle({ query, principal }) {
      const { jobs, total } = await services.jobs.list({ owner: principal.id, ...query });
      return Response.json({ jobs: jobs.map(summary), total, ...query });
    },
  }),
  defineRoute({
    method: 'delete',
    path: '/api/jobs/{job_id}',
    tag: 'Jobs',
    summary: 'Delete a job',
    description: 'Permanently removes the job record, its file and its result.',
    access: 'key',
    params: JobParams,
    responses: { 204: { description: 'Deleted. No content.' }, 404: missing },
    async handle({ params, principal }) {
      await services.jobs.delete(params.job_id, principal.id);
      return new Response(null, { status: 204 });
    },
  }),
  defineRoute({
    method: 'post',
    path: '/ocr',
    tag: 'Legacy',
    summary: 'Synchronous OCR (blocks until complete)',
    description:
      'Blocks until processing finishes. After 5 minutes it answers 504 with the job_id; the job goes on.',
    access: 'key',
    query: OcrQuery.extend({ running_heads: runningHeads }),
    body: OCR_BODY,
    statusMap: FILE_FAULTS,
    responses: {
      200: { description: 'Result as Markdown or JSON.', contentType: 'text/markdown', schema: z.string() },
      402: { description: 'Not enough pages left.', schema: ErrorBody },
      422: invalid,
      503: full,
      504: {
        description: 'Timeout; the body holds the job_id.',
        schema: ErrorBody.extend({ job_id: z.string() }),
      },
    },
    async handle({ query, body, upload, principal, context }) {
      const submitted = await submitUpload(services, upload, principal, extractOptions(query, body));
      const gone = context.req.raw.signal;
      const job = await services.jobs.waitUntilFinal(
        submitted.id,
        principal.id,
        services.config.syncTimeout * 1_000,
        undefined,
        gone,
      );
      if (gone.aborted) await services.jobs.cancel(job.id, principal.id);
      if (job.status !== 'done') throw jobFault(job);
      const { format } = query;
      const content = await services.jobs.readWhole(job.id, principal.id, { format, ...headsOf(query) });
      const type = format === 'json' ? 'application/json' : 'text/markdown; charset=utf-8';
      return streamed(content, { 'Content-Type': type, 'X-Job-Id': job.id });
    },
  }),
];
