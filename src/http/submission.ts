import PQueue from 'p-queue';
import type { Job } from '../jobs/job.js';
import { readUpload, type Upload } from '../jobs/uploads/receive.js';
import type { ExtractOptions } from '../pipeline/options.js';
import type { Principal } from './principal.js';
import type { HttpServices } from './services.js';

/** Uploads wait on disk; only this many are in memory at a time on their way into the store. */
const SUBMISSIONS_AT_ONCE = 4;
const turns = new PQueue({ concurrency: SUBMISSIONS_AT_ONCE });

/** Makes a job of an uploaded file. The upload is removed whatever happens. */
export async function submitUpload(
  services: HttpServices,
  upload: Upload,
  principal: Principal,
  options: Partial<ExtractOptions>,
): Promise<Job> {
  try {
    return await turns.add(async () =>
      services.jobs.submit({
        source: { upload: { bytes: await readUpload(upload), name: upload.name } },
        options: { language: 'auto', ocr: 'auto', engine: services.config.engine, ...options },
        owner: principal.id,
      }),
    );
  } finally {
    await upload.remove();
  }
}
