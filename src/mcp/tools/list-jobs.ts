import * as z from 'zod';
import { JOB_STATUSES } from '../../jobs/job.js';
import { JobView, jobView } from '../job-view.js';
import { call } from '../next.js';
import { defineTool } from '../tool.js';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;
const MAX_OFFSET = 1_000_000;

export const listJobs = defineTool({
  name: 'list_jobs',
  title: 'List jobs',
  description: `List the documents that were submitted here, newest first: use it to find a job_id again or to see what is still being worked on. Shows status and page counts, no content.`,
  input: z.strictObject({
    limit: z
      .int()
      .min(1)
      .max(MAX_LIMIT)
      .default(DEFAULT_LIMIT)
      .describe('Jobs in this answer, 1-100. Default 20.'),
    offset: z.int().min(0).max(MAX_OFFSET).default(0).describe('Jobs to leave out from the newest on.'),
    status: z.enum(JOB_STATUSES).optional().describe('Only jobs with this status.'),
  }),
  output: z.object({
    jobs: z.array(JobView),
    total: z.int().min(0).max(10_000_000).describe('Jobs that match, on all pages'),
    next: z.string().optional().describe('The call for the jobs after these'),
  }),
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },

  async run({ limit, offset, status }, { jobs, owner }) {
    const found = await jobs.list({ owner, limit, offset, ...(status && { status }) });
    const following = offset + found.jobs.length;
    return {
      kind: 'data',
      data: {
        jobs: found.jobs.map(jobView),
        total: found.total,
        ...(following < found.total && { next: call('list_jobs', { limit, offset: following, status }) }),
      },
    };
  },
});
