import * as z from 'zod';
import { isFinal, type Job } from '../../jobs/job.js';
import { jobId, waitSeconds } from '../arguments.js';
import { StatusView, statusView } from '../job-view.js';
import { progressPhrase } from '../summary.js';
import { defineTool } from '../tool.js';

export const getJobStatus = defineTool({
  name: 'get_job_status',
  title: 'Get job status',
  description: `Ask how far a job of extract_document is: use it with wait_seconds until the status is done, error or cancelled. With wait_seconds the call answers as soon as the job is final, or when the time is over.

Answers with status (queued, processing, done, error, cancelled), page_count, pages_completed, pages_failed, times, warnings, pages to look at twice, poll_after_ms and the next call. Status holds no content: get_result reads it, also of a job that still runs.`,
  input: z.strictObject({
    job_id: jobId,
    wait_seconds: waitSeconds(0, 'Seconds to wait for the job to change; 0 (default) answers at once.'),
  }),
  output: StatusView,
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },

  async run({ job_id, wait_seconds }, { jobs, owner, signal, progress }) {
    let job = await jobs.get(job_id, owner);
    if (wait_seconds > 0 && !isFinal(job.status)) {
      let told = finishedPages(job);
      const tell = (changed: Job) => {
        if (finishedPages(changed) <= told) return;
        told = finishedPages(changed);
        progress(told, changed.pages.length, `${changed.fileName}: ${progressPhrase(changed)}`);
      };
      job = await jobs.waitUntilFinal(job_id, owner, wait_seconds * 1_000, tell, signal);
    }
    const [records, warnings] = await Promise.all([
      jobs.pageRecords(job_id, owner),
      jobs.warnings(job_id, owner),
    ]);
    return { kind: 'data', data: statusView(job, records, warnings) };
  },
});

const finishedPages = (job: Job): number => job.pagesCompleted.length + job.pagesFailed.length;
