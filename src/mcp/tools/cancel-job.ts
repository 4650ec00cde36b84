import * as z from 'zod';
import { jobId } from '../arguments.js';
import { JobView, jobView } from '../job-view.js';
import { call } from '../next.js';
import { defineTool } from '../tool.js';

export const cancelJob = defineTool({
  name: 'cancel_job',
  title: 'Cancel a job',
  description: `Stop the work on a document: use it when a running job of extract_document is no longer needed. The work has stopped when the call answers; pages that were finished stay readable. A job that is already final is answered as it is.`,
  input: z.strictObject({ job_id: jobId }),
  output: JobView.extend({ next: z.string() }),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },

  async run({ job_id }, { jobs, owner }) {
    const job = await jobs.cancel(job_id, owner);
    const next = job.pagesCompleted.length > 0 ? call('get_result', { job_id }) : 'none';
    return { kind: 'data', data: { ...jobView(job), next } };
  },
});
