import { open } from 'node:fs/promises';
import PQueue from 'p-queue';
import type { Job } from '../jobs/job.js';
import type { Upload } from '../jobs/uploads/receive.js';
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
        source: { upload: { bytes: await readShared(upload), name: upload.name } },
        options: { language: 'auto', ocr: 'auto', engine: services.config.engine, ...options },
        owner: principal.id,
      }),
    );
  } finally {
    await upload.remove();
  }
}

/** Worker threads read a SharedArrayBuffer without a copy. */
async function readShared(upload: Upload): Promise<Uint8Array> {
  const bytes = new Uint8Array(new SharedArrayBuffer(upload.bytes));
  const file = await open(upload.path, 'r');
  try {
    for (let offset = 0; offset < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, offset, bytes.length - offset, offset);
      if (bytesRead === 0) break;
      offset += bytesRead;
    }
  } finally {
    await file.close();
  }
  return bytes;
}
