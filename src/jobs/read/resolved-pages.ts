import { LRUCache } from 'lru-cache';
import type { Page } from '../../document/block.js';
import type { DocumentContext, Pipeline } from '../../pipeline/api.js';
import { inOwnFrame, inSpread } from '../../pipeline/own-frame.js';
import type { Job } from '../job.js';
import type { JobStore } from '../store/port.js';

/** Jobs whose document-level decisions are kept between two readings. */
const KNOWN_CONTEXTS = 32;

interface Known {
  /** Finished pages that the context was made from. */
  readonly pages: number;
  readonly context: DocumentContext;
}

/** Finished pages with the document-level decisions of everything finished by now. */
export function createResolvedPages(pipeline: Pipeline, store: JobStore) {
  const contexts = new LRUCache<string, Known>({ max: KNOWN_CONTEXTS });

  async function contextOf(job: Job): Promise<DocumentContext> {
    const finished = job.pagesCompleted.length + job.pagesFailed.length;
    const known = contexts.get(job.id);
    if (known?.pages === finished) return known.context;
    const digests = [...(await store.getDigests(job.id)).values()];
    const summaries = digests.map(({ summary }) => summary);
    const context = pipeline.layout.documentContext(summaries, job.outline ?? []);
    contexts.set(job.id, { pages: digests.length, context });
    return context;
  }

  return {
    /** One page after the other in the order given; pages that are not finished are left out. Holds one at a time. */
    async *pages(job: Job, numbers: Iterable<number>): AsyncGenerator<Page> {
      const context = await contextOf(job);
      for (const number of numbers) {
        const draft = await store.getPage(job.id, number);
        if (!draft) continue;
        const { projection, spread, ...record } = draft.record;
        const blocks = pipeline.layout.resolvePage(draft.layout, context);
        const placed = spread ? inSpread(blocks, spread) : blocks;
        yield { ...record, blocks: projection ? inOwnFrame(placed, projection) : placed };
      }
    },
    forget(jobId: string): void {
      contexts.delete(jobId);
    },
  };
}
