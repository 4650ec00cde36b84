import { randomBytes } from 'node:crypto';
import { copyFile, link, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { PageDraft, PageSummary } from '../../../pipeline/api.js';
import {
  isTemporary,
  move,
  OWNER_FOLDER,
  removeFolder,
  storeFailed,
  syncFolder,
  writeDurably,
} from '../../durable-write.js';
import { JOB_ID } from '../../ids.js';
import { isFinal, type Job } from '../../job.js';
import type { JobStore, PageDigest } from '../port.js';
import { eachOf } from './each-of.js';
import { JobFolders, whenMissing } from './job-folders.js';
import { readPage, writePage } from './page-file.js';

/** Digests of recently used jobs, in pages: a few kilobytes each. */
const KNOWN_DIGESTS = 5_000;

/**
 * One folder a job under `folder`, which this process must own; `job-folders.ts` has the layout, and
 * beside it are
 *
 *     trash/      what is being deleted
 *     damaged/    jobs whose record cannot be read
 *
 * Every file is written durably. The record does not have to be written for each finished page: the
 * pages of an unfinished job are those whose files are there. All records are in memory as an index.
 */
export async function openFileStore(folder: string): Promise<JobStore> {
  const folders = new JobFolders(folder);
  const trash = join(folder, 'trash');
  const damaged = join(folder, 'damaged');
  const jobs = new Map<string, Job>();
  const digests = new LRUCache<string, ReadonlyMap<number, PageDigest>>({
    maxSize: KNOWN_DIGESTS,
    sizeCalculation: (pages) => Math.max(1, pages.size),
  });
  /** Raised when a page of the job is put, so that digests read meanwhile are not taken for complete. */
  const changes = new Map<string, number>();

  async function makeFolder(id: string): Promise<void> {
    await mkdir(folders.pages(id), { recursive: true, mode: OWNER_FOLDER }).catch(rethrow);
  }

  async function load(id: string): Promise<void> {
    await removeTemporary(folders.job(id));
    await removeTemporary(folders.pages(id));
    await removeDamagedPages(id);
    const job = await folders.readRecord(id);
    if (job === undefined) {
      // Nobody was told of this job: its folder was never completed.
      await removeFolder(folders.job(id));
    } else if (job === 'damaged') {
      // A damaged disk costs this job, not the start of the server; a person may still look at it.
      await mkdir(damaged, { recursive: true, mode: OWNER_FOLDER });
      await move(folders.job(id), join(damaged, unique(id)));
    } else {
      jobs.set(id, job);
    }
  }

  /** Pages of unfinished jobs that cannot be read are made again. */
  async function removeDamagedPages(id: string): Promise<void> {
    if (await isFinished(folders, id)) return;
    await eachOf(await folders.pageNumbers(id), async (page) => {
      const path = folders.page(id, page);
      const readable = await readPage(path).then(
        () => true,
        () => false,
      );
      if (!readable) await rm(path, { force: true });
    });
  }

  await mkdir(folders.root, { recursive: true, mode: OWNER_FOLDER });
  await mkdir(trash, { recursive: true, mode: OWNER_FOLDER });
  await eachOf(await readdir(trash), (name) => removeFolder(join(trash, name)));
  await eachOf(
    (await readdir(folders.root)).filter((name) => JOB_ID.test(name)),
    load,
  );

  return {
    async putJob(job) {
      const before = jobs.get(job.id);
      if (!before || !onlyPagesDiffer(before, job)) {
        await makeFolder(job.id);
        await writeDurably(folders.record(job.id), JSON.stringify(job));
        if (!before) await syncFolder(folders.root);
      }
      jobs.set(job.id, job);
    },
    async getJob(id) {
      return jobs.get(id);
    },
    async listJobs() {
      return [...jobs.values()].reverse().sort((a, b) => b.createdAt - a.createdAt);
    },
    async putFile(id, { bytes, ...facts }) {
      await makeFolder(id);
      await writeDurably(folders.file(id), bytes);
      await writeDurably(folders.fileFacts(id), JSON.stringify(facts));
    },
    async getFile(id) {
      return jobs.has(id) ? folders.readFile(id) : undefined;
    },
    async putPage(id: string, page: number, draft: PageDraft, summary: PageSummary) {
      const size = await writePage(folders.page(id, page), draft, summary);
      changes.set(id, (changes.get(id) ?? 0) + 1);
      const known = digests.get(id);
      if (known) {
        const digest: PageDigest = { record: draft.record, summary };
        digests.set(id, new Map([...known, [page, digest] as const].sort(([a], [b]) => a - b)));
      }
      return size;
    },
    async getPage(id, page) {
      return jobs.has(id) ? folders.readPage(id, page) : undefined;
    },
    async getDigests(id) {
      const known = digests.get(id);
      if (known) return known;
      if (!jobs.has(id)) return new Map();
      const before = changes.get(id);
      const found = await folders.readDigests(id);
      if (changes.get(id) === before && jobs.has(id)) digests.set(id, found);
      return found;
    },
    async copyContent(from, to) {
      await makeFolder(to);
      await share(folders.file(from), folders.file(to));
      await share(folders.fileFacts(from), folders.fileFacts(to));
      const pages = await folders.pageNumbers(from);
      await eachOf(pages, (page) => share(folders.page(from, page), folders.page(to, page)));
      await syncFolder(folders.pages(to)).catch(rethrow);
      await syncFolder(folders.job(to)).catch(rethrow);
    },
    async bytesOf(id) {
      const sizes = [await sizeOf(folders.file(id))];
      await eachOf(await folders.pageNumbers(id), async (page) =>
        sizes.push(await sizeOf(folders.page(id, page))),
      );
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    async deleteJob(id) {
      if (!JOB_ID.test(id)) return;
      const gone = join(trash, unique(id));
      try {
        // One step makes it vanish; what a crash leaves in the trash goes at the next start.
        await move(folders.job(id), gone).catch(whenMissing(undefined));
        jobs.delete(id);
        digests.delete(id);
        changes.delete(id);
        await syncFolder(folders.root);
        await removeFolder(gone);
      } catch (error) {
        throw storeFailed(error);
      }
    },
    async close() {},
  };
}

const unique = (id: string): string => `${id}-${randomBytes(4).toString('hex')}`;

async function isFinished(folders: JobFolders, id: string): Promise<boolean> {
  const job = await folders.readRecord(id).catch(() => undefined);
  return job !== undefined && job !== 'damaged' && isFinal(job.status);
}

function onlyPagesDiffer(before: Job, after: Job): boolean {
  const rest = ({ pagesCompleted: _, pagesFailed: __, revision: ___, ...job }: Job) => JSON.stringify(job);
  return rest(before) === rest(after);
}

/** The same content under a second name; neither is ever changed in place. Deleting one leaves the other. */
async function share(from: string, to: string): Promise<void> {
  try {
    await rm(to, { force: true });
    await link(from, to).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return;
      await copyFile(from, to);
    });
  } catch (error) {
    throw storeFailed(error);
  }
}

const sizeOf = (path: string): Promise<number> => stat(path).then(({ size }) => size, whenMissing(0));

async function removeTemporary(folder: string): Promise<void> {
  const names = (await readdir(folder).catch(whenMissing<string[]>([]))).filter(isTemporary);
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
}

function rethrow(error: unknown): never {
  throw storeFailed(error);
}
