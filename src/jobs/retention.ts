import { isFinal, type Job } from './job.js';
import type { JobStore } from './store/port.js';

export interface RetentionLimits {
  /** Milliseconds for which a final job is kept; 0 keeps it for ever. */
  readonly keepFor: number;
  /** Bytes that all jobs may take; beyond, final ones are deleted, oldest first. */
  readonly maxBytes: number;
}

export const KEEP_ALL: RetentionLimits = { keepFor: 0, maxBytes: Number.POSITIVE_INFINITY };

/** Milliseconds between two looks at the clock. */
const SWEEP_EVERY = 600_000;

/** When a job that ends at `now` (milliseconds since the epoch) is deleted. */
export const expiryOf = ({ keepFor }: RetentionLimits, now: number): number | undefined =>
  keepFor > 0 ? now + keepFor : undefined;

/** Deletes final jobs that are older or take more room than agreed. */
export class Retention {
  readonly #store: JobStore;
  readonly #limits: RetentionLimits;
  readonly #remove: (job: Job) => Promise<void>;
  /** Sizes of final jobs, which do not change any more. */
  readonly #sizes = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #sweeping: Promise<void> | undefined;
  #again = false;

  constructor(store: JobStore, limits: RetentionLimits, remove: (job: Job) => Promise<void>) {
    this.#store = store;
    this.#limits = limits;
    this.#remove = remove;
    this.#timer = setInterval(() => this.sweep(), SWEEP_EVERY);
    this.#timer.unref();
  }

  /** Resolves when everything is deleted that has to be by now. One sweep at a time. */
  sweep(now = Date.now()): Promise<void> {
    if (this.#sweeping) {
      this.#again = true;
      return this.#sweeping;
    }
    this.#sweeping = (async () => {
      do {
        this.#again = false;
        await this.#once(now);
      } while (this.#again);
    })().finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping?.catch(() => undefined);
  }

  async #once(now: number): Promise<void> {
    const jobs = await this.#store.listJobs();
    const kept: Job[] = [];
    for (const job of jobs) {
      const expired = job.expiresAt !== undefined && job.expiresAt <= now;
      if (expired && isFinal(job.status)) await this.#delete(job);
      else kept.push(job);
    }
    if (this.#limits.maxBytes === Number.POSITIVE_INFINITY) return;
    let total = 0;
    // Newest first: what does not fit any more is older than everything that is kept.
    for (const job of kept) {
      total += await this.#sizeOf(job);
      if (total > this.#limits.maxBytes && isFinal(job.status)) {
        total -= await this.#sizeOf(job);
        await this.#delete(job);
      }
    }
  }

  async #sizeOf(job: Job): Promise<number> {
    const known = this.#sizes.get(job.id);
    if (known !== undefined) return known;
    const size = await this.#store.bytesOf(job.id);
    if (isFinal(job.status)) this.#sizes.set(job.id, size);
    return size;
  }

  async #delete(job: Job): Promise<void> {
    this.#sizes.delete(job.id);
    await this.#remove(job);
  }
}
