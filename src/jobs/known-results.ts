import { LRUCache } from 'lru-cache';
import type { Pipeline } from '../pipeline/api.js';
import type { JobBook } from './book.js';
import { isFinal, type Job } from './job.js';
import { contentOf } from './new-job.js';
import { producer } from './producer.js';
import type { JobStore } from './store/port.js';

/** Finished results that can be found again by their key; a few hundred bytes each. */
const KNOWN_RESULTS = 10_000;

export interface KnownResultsParts {
  readonly pipeline: Pipeline;
  readonly store: JobStore;
  readonly book: JobBook;
  readonly expiry: (finishedAt: number) => number | undefined;
}

/** Finished results by the key of their work, to be given again to equal requests. */
export class KnownResults {
  readonly #parts: KnownResultsParts;
  readonly #jobOfKey = new LRUCache<string, string>({ max: KNOWN_RESULTS });

  constructor(parts: KnownResultsParts) {
    this.#parts = parts;
  }

  /** The job's result is whole: a page that failed today may succeed tomorrow. */
  add(key: string, jobId: string): void {
    this.#jobOfKey.set(key, jobId);
  }

  /** A job that an earlier process ended, where its result is as good as one of this process. */
  addStored(key: string, job: Job): void {
    const whole = job.status === 'done' && job.pagesFailed.length === 0 && !job.withPassword;
    if (whole && job.producer === producer()) this.add(key, job.id);
  }

  /** A finished equal result under a new job; undefined when there is none (any more). */
  async adopt(key: string, job: Job): Promise<Job | undefined> {
    const { book, store, expiry } = this.#parts;
    const earlier = this.#jobOfKey.get(key);
    if (!earlier) return undefined;
    return book.exclusively(earlier, async () => {
      const source = await book.get(earlier);
      if (source?.status !== 'done') {
        if (!source || isFinal(source.status)) this.#jobOfKey.delete(key);
        return undefined;
      }
      if (!(await this.#isCurrent(source))) {
        this.#jobOfKey.delete(key);
        return undefined;
      }
      await store.copyContent(earlier, job.id);
      const finishedAt = Date.now();
      const adopted: Job = {
        ...job,
        ...contentOf(source),
        status: 'done',
        startedAt: job.createdAt,
        finishedAt,
        expiresAt: expiry(finishedAt),
        // Whether others have sent the same document is nobody's business.
        ...(source.owner === job.owner && { cachedFrom: earlier }),
      };
      await book.create(adopted);
      return adopted;
    });
  }

  /**
   * Would the same be read today? An engine or language that was installed since may do better on a recognised page;
   * text that the document states itself, without a warning, stays what it is, and nothing is looked for.
   */
  async #isCurrent({ id, recognizers, options }: Job): Promise<boolean> {
    const { pipeline, store } = this.#parts;
    if (recognizers === undefined) return true;
    const records = [...(await store.getDigests(id)).values()].map(({ record }) => record);
    const hadASay = records.some(({ source, warnings }) => source !== 'text_layer' || warnings.length > 0);
    return !hadASay || recognizers === (await pipeline.recognizers(options));
  }
}
