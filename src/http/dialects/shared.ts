import * as z from 'zod';
import { LegibleError } from '../../errors.js';
import type { ReadRequest } from '../../jobs/api.js';
import type { Job } from '../../jobs/job.js';
import { RUNNING_HEADS, type RunningHeads } from '../../pipeline/options.js';

/** A query parameter of the routes that answer with Markdown or text. */
export const runningHeads = z
  .enum(RUNNING_HEADS)
  .optional()
  .describe('Running heads, feet and page numbers in Markdown and text: omit (default) or keep.');

/** A form field beside the file: in a query it would stand in logs. */
export const password = z.string().max(1_000).optional().describe('Password of an encrypted PDF.');

/** The parameter as a part of a reading; the server's own setting holds where it is absent. */
export const headsOf = (query: { running_heads?: RunningHeads }): Pick<ReadRequest, 'runningHeads'> =>
  query.running_heads ? { runningHeads: query.running_heads } : {};

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A synchronous call ran out of time; its job goes on. */
export class SyncTimeout extends LegibleError {
  constructor(readonly jobId: string) {
    super(
      'sync_timeout',
      'The document is not finished yet; the job goes on.',
      `Read it later at GET /api/jobs/${jobId}.`,
    );
  }
}

/** Why a job has no result: its own error, its cancellation, or that it still runs. */
export function jobFault(job: Job): LegibleError {
  if (job.error) return LegibleError.fromInfo(job.error);
  if (job.status === 'cancelled')
    return new LegibleError('cancelled', 'The job was cancelled.', 'Submit the document again.');
  return new SyncTimeout(job.id);
}

export const pdfResponse = (bytes: Uint8Array): Response =>
  new Response(new Uint8Array(bytes), { headers: { 'Content-Type': 'application/pdf' } });
