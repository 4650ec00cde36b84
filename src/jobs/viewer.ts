import { LRUCache } from 'lru-cache';
import type { Box } from '../document/geometry.js';
import { LegibleError } from '../errors.js';
import type { OpenDocument, Pipeline } from '../pipeline/api.js';
import { encodeImage } from '../pipeline/render/sharp.js';
import type { PageImage } from './api.js';
import type { Job } from './job.js';
import { reopen } from './reopen.js';
import type { JobStore } from './store/port.js';

/** Documents kept open between two looks; each costs its bytes and an engine handle. */
const OPEN_DOCUMENTS = 3;
/** A picture for a model; hosts refuse answers of more than a few megabytes, base64 adds a third. */
const MAX_PNG_BYTES = 1_500_000;
/** Milliseconds after the last look until a document is closed. */
const IDLE_CLOSE = 60_000;

interface Viewing {
  readonly document: Promise<OpenDocument>;
  users: number;
  retired: boolean;
}

/** Renders pages of jobs for a person or a model to look at; documents are opened again for that. */
export function createViewer(pipeline: Pipeline, store: JobStore) {
  const closeIfIdle = async (viewing: Viewing) => {
    if (viewing.retired && viewing.users === 0) {
      await viewing.document.then((document) => document.close()).catch(() => undefined);
    }
  };
  const retire = (viewing: Viewing) => {
    viewing.retired = true;
    return closeIfIdle(viewing);
  };
  const open = new LRUCache<string, Viewing>({
    max: OPEN_DOCUMENTS,
    ttl: IDLE_CLOSE,
    ttlAutopurge: true,
    updateAgeOnGet: true,
    dispose: (viewing) => void retire(viewing),
  });

  return {
    /** Errors: `page_out_of_range`, `page_too_large`, those of opening. */
    async view(
      job: Job,
      password: string | undefined,
      page: number,
      { dpi, region }: { dpi: number; region?: Box },
    ): Promise<PageImage> {
      const count = job.info?.pageCount;
      if (count !== undefined && (page < 1 || page > count)) {
        throw new LegibleError(
          'page_out_of_range',
          `There is no page ${page}; the document has ${count}.`,
          `Choose a page from 1 to ${count}.`,
        );
      }
      let viewing = open.get(job.id);
      if (!viewing) {
        viewing = { document: reopen(pipeline, store, job, password), users: 0, retired: false };
        open.set(job.id, viewing);
      }
      viewing.users += 1;
      try {
        const document = await viewing.document;
        // The picture stands as the page was read, so that the boxes of its words fit.
        const record = (await store.getDigests(job.id)).get(page)?.record;
        const turned = record && record.source !== 'failed' ? record : undefined;
        const raster = await document.renderPage(page, {
          dpi,
          region,
          rotation: turned?.rotation,
          skew: turned?.skew,
        });
        const { width, height } = raster;
        return { ...(await encodeImage(raster, MAX_PNG_BYTES)), width, height };
      } catch (error) {
        open.delete(job.id);
        throw error;
      } finally {
        viewing.users -= 1;
        await closeIfIdle(viewing);
      }
    },
    forget(jobId: string): void {
      open.delete(jobId);
    },
    async close(): Promise<void> {
      const all = [...open.values()];
      open.clear();
      await Promise.all(all.map(retire));
    },
  };
}
