import type { JobService } from './api.js';
import type { JobBook } from './book.js';
import { isFinal } from './job.js';

export interface WaitsParts {
  readonly book: JobBook;
  /** The job, for its owner. Errors: `job_not_found`. */
  readonly owned: JobService['get'];
  /** Nobody waits on a server that stops. */
  readonly closing: () => boolean;
}

/** Calls that last until a job changes or ends. */
export function createWaits(parts: WaitsParts): Pick<JobService, 'waitForChange' | 'waitUntilFinal'> {
  const { book, owned, closing } = parts;
  const waits: Pick<JobService, 'waitForChange' | 'waitUntilFinal'> = {
    async waitForChange(id, owner, revision, milliseconds, signal) {
      const deadline = Date.now() + milliseconds;
      for (;;) {
        const change = book.nextChange(id, Math.max(0, deadline - Date.now()), signal);
        try {
          const job = await owned(id, owner);
          const over = closing() || signal?.aborted || Date.now() >= deadline;
          if (job.revision > revision || isFinal(job.status) || over) return job;
          await change.settled;
        } finally {
          change.stop();
        }
      }
    },

    async waitUntilFinal(id, owner, milliseconds, onChange, signal) {
      const deadline = Date.now() + milliseconds;
      let job = await owned(id, owner);
      while (!isFinal(job.status) && Date.now() < deadline && !signal?.aborted && !closing()) {
        const { revision } = job;
        job = await waits.waitForChange(id, owner, revision, deadline - Date.now(), signal);
        if (job.revision > revision) onChange?.(job);
      }
      return job;
    },
  };
  return waits;
}
