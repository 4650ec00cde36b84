import * as z from 'zod';
import { jobId } from '../arguments.js';
import { defineTool } from '../tool.js';

export const deleteJob = defineTool({
  name: 'delete_job',
  title: 'Delete a job',
  description: `Delete a job with its document and everything extracted from it, for good: use it when the user wants a document's traces removed. A running job is cancelled first. It cannot be undone.`,
  input: z.strictObject({ job_id: jobId }),
  output: z.object({ job_id: z.string(), deleted: z.boolean() }),
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },

  async run({ job_id }, { jobs, owner }) {
    await jobs.delete(job_id, owner);
    return { kind: 'data', data: { job_id, deleted: true } };
  },
});
