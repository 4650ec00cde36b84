import type { Pipeline } from '../pipeline/api.js';
import type { JobBook } from './book.js';
import type { JobLimits } from './limits.js';
import type { Pace } from './pace.js';
import type { WorkQueue } from './queue/port.js';
import type { JobStore } from './store/port.js';

/** What the work on a document stands on. */
export interface RunParts {
  readonly pipeline: Pipeline;
  readonly store: JobStore;
  readonly book: JobBook;
  readonly queue: WorkQueue;
  readonly limits: JobLimits;
  readonly pace: Pace;
  /** Milliseconds since the epoch until which a job that ends now is kept. */
  readonly expiry: (now: number) => number | undefined;
  /** Told before a job with every page in good order becomes `done`. */
  readonly onWhole: (key: string, jobId: string) => void;
  /** Told when the run is over. */
  readonly onEnd: () => void;
}
