import { LegibleError } from '../errors.js';
import type { OpenDocument, Pipeline } from '../pipeline/api.js';
import type { Job } from './job.js';
import type { JobStore } from './store/port.js';

/**
 * Opens the document of a job once more, to look at its pages or to write it anew. Errors:
 * `encrypted_pdf` when its password is gone, `job_not_ready` when the file is, those of opening.
 */
export async function reopen(
  pipeline: Pipeline,
  store: JobStore,
  job: Job,
  password: string | undefined,
): Promise<OpenDocument> {
  if (job.withPassword && password === undefined) {
    throw new LegibleError(
      'encrypted_pdf',
      'The password of this document was not kept.',
      'Submit the document again with its password and use the new job.',
    );
  }
  const file = await store.getFile(job.id);
  if (!file) {
    throw new LegibleError(
      'job_not_ready',
      'The document of this job is not kept any more.',
      'Submit the document again.',
    );
  }
  // Any page may be looked at, whatever was selected; a selection of one stays within the limit on pages.
  return pipeline.open(file, { ...job.options, pages: [{ start: 1, end: 1 }], password });
}
