import * as z from 'zod';
import { isFinal, type Job } from '../../jobs/job.js';
import { jobId, waitSeconds } from '../arguments.js';
import { StatusView, statusView } from '../job-view.js';
import { progressPhrase, shownName } from '../summary.js';
import type { ToolContext } from '../tool.js';
import { defineTool } from '../tool.js';

/** Pages that make a change worth an answer: each answer costs an agent a turn of its model. */
const PROGRESS_SHARE = 0.1;
/** A smaller change is answered after this long, so that a slow document shows that it moves. */
const PATIENCE_MILLISECONDS = 10_000;

export const getJobStatus = defineTool({
  name: 'get_job_status',
  title: 'Get job status',
  description: `Ask how far a job of extract_document is: use it with wait_seconds until the status is done, error or cancelled. With wait_seconds the call answers as soon as the status changes or a good part of the pages is finished, at the latest when the time is over.

Answers with status (queued, processing, done, error, cancelled), page_count, pages_completed, pages_failed, times, warnings, pages to look at twice, poll_after_ms and the next call. Status holds no content: get_result reads it, also of a job that still runs.`,
  input: z.strictObject({
    job_id: jobId,
    wait_seconds: waitSeconds(0, 'Seconds to wait for the job to change; 0 (default) answers at once.'),
  }),
  output: StatusView,
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },

  async run({ job_id, wait_seconds }, { jobs, owner, signal, progress }) {
    const job = await nextChange(job_id, wait_seconds * 1_000, { jobs, owner, signal, progress });
    const [records, warnings] = await Promise.all([
      jobs.pageRecords(job_id, owner),
      jobs.warnings(job_id, owner),
    ]);
    return { kind: 'data', data: statusView(job, records, warnings) };
  },
});

const finishedPages = (job: Job): number => job.pagesCompleted.length + job.pagesFailed.length;

/** The job as it stands when something worth telling has changed, or after `milliseconds`. */
async function nextChange(
  id: string,
  milliseconds: number,
  { jobs, owner, signal, progress }: Pick<ToolContext, 'jobs' | 'owner' | 'signal' | 'progress'>,
): Promise<Job> {
  const startedAt = Date.now();
  const before = await jobs.get(id, owner);
  let job = before;
  for (;;) {
    const more = finishedPages(job) - finishedPages(before);
    const worthTelling =
      job.status !== before.status || more >= Math.max(1, job.pages.length * PROGRESS_SHARE);
    const patience = more > 0 ? Math.min(milliseconds, PATIENCE_MILLISECONDS) : milliseconds;
    const left = startedAt + patience - Date.now();
    if (worthTelling || isFinal(job.status) || left <= 0 || signal.aborted) return job;

    const { revision } = job;
    job = await jobs.waitForChange(id, owner, revision, left, signal);
    // An answer without a change means that time is over or the server is stopping.
    if (job.revision === revision) return job;
    const finished = finishedPages(job);
    if (finished > finishedPages(before) + more)
      progress(finished, job.pages.length, `${shownName(job)}: ${progressPhrase(job)}`);
  }
}
