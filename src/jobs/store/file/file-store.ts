import { randomBytes } from 'node:crypto';
import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { DocumentFile, PageDraft, PageSummary } from '../../../pipeline/api.js';
import { isTemporary, OWNER_FOLDER, storeFailed, syncFolder, writeDurably } from '../../durable-write.js';
import { JOB_ID } from '../../ids.js';
import { isFinal, JOB_STATUSES, type Job } from '../../job.js';
import type { JobStore, PageDigest } from '../port.js';
import { readDigest, readPage, writePage } from './page-file.js';

/** Digests of recently used jobs, in pages: a few kilobytes each. */
const KNOWN_DIGESTS = 5_000;
/** Files opened at the same time when many are read. */
const SIDE_BY_SIDE = 16;

type FileFacts = Omit<DocumentFile, 'bytes'>;

/**
 * One folder a job under `folder`, which this process must own:
 *
 *     jobs/job_…/job.json     the record
 *     jobs/job_…/file         the document, byte for byte
 *     jobs/job_…/file.json    its name, type and hash
 *     jobs/job_…/pages/12     a finished page, see page-file.ts
 *     trash/                  what is being deleted
 *     damaged/                folders whose record cannot be read
 *
 * Every file is written durably. The record does not have to be written for each finished page: the
 * pages of an unfinished job are those whose files are there. All records are in memory as an index.
 */
export async function openFileStore(folder: string): Promise<JobStore> {
  const jobsFolder = join(folder, 'jobs');
  const trash = join(folder, 'trash');
  const damaged = join(folder, 'damaged');
  const jobs = new Map<string, Job>();
  const digests = new LRUCache<string, Map<number, PageDigest>>({
    maxSize: KNOWN_DIGESTS,
    sizeCalculation: (pages) => Math.max(1, pages.size),
  });
  /** Raised when a page of the job is put, so that digests read meanwhile are not taken for complete. */
  const changes = new Map<string, number>();

  const folderOf = (id: string) => join(jobsFolder, checkedId(id));
  const pagesOf = (id: string) => join(folderOf(id), 'pages');
  const pageOf = (id: string, page: number) => join(pagesOf(id), String(page));

  async function makeFolder(id: string): Promise<void> {
    await mkdir(pagesOf(id), { recursive: true, mode: OWNER_FOLDER });
  }

  async function pageNumbers(id: string): Promise<number[]> {
    const names = await readdir(pagesOf(id)).catch(whenMissing([]));
    return names
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  }

  async function readDigests(id: string): Promise<Map<number, PageDigest>> {
    const numbers = await pageNumbers(id);
    const found = new Map<number, PageDigest>(numbers.map((page) => [page, undefined as never]));
    await eachOf(numbers, async (page) => {
      found.set(page, await readDigest(pageOf(id, page)));
    });
    return found;
  }

  async function getDigests(id: string): Promise<Map<number, PageDigest>> {
    const known = digests.get(id);
    if (known) return known;
    const before = changes.get(id);
    const found = await readDigests(id).catch(whenMissing(new Map<number, PageDigest>()));
    if (changes.get(id) === before && jobs.has(id)) digests.set(id, found);
    return found;
  }

  /** Pages that cannot be read are made again. */
  async function removeDamagedPages(id: string): Promise<void> {
    await eachOf(await pageNumbers(id), async (page) => {
      const readable = await readPage(pageOf(id, page)).then(
        () => true,
        () => false,
      );
      if (!readable) await rm(pageOf(id, page), { force: true });
    });
  }

  /** The record as it was written last, and what has been finished since. */
  async function load(id: string): Promise<void> {
    const text = await readFile(join(folderOf(id), 'job.json'), 'utf8').catch(whenMissing(undefined));
    if (text === undefined) {
      // Nobody was told of this job: its folder was never completed.
      await rm(folderOf(id), { recursive: true, force: true });
      return;
    }
    const job = parseJob(text);
    if (!job) {
      // A damaged disk costs this job, not the start of the server; a person may still look at it.
      await mkdir(damaged, { recursive: true, mode: OWNER_FOLDER });
      await rename(folderOf(id), join(damaged, `${id}-${randomBytes(4).toString('hex')}`));
      return;
    }
    await removeTemporary(folderOf(id));
    await removeTemporary(pagesOf(id));
    if (isFinal(job.status)) {
      jobs.set(id, job);
      return;
    }
    await removeDamagedPages(id);
    const pages = await readDigests(id);
    const failed = (page: number) => pages.get(page)?.record.source === 'failed';
    const finished = [...pages.keys()];
    jobs.set(id, {
      ...job,
      pagesCompleted: finished.filter((page) => !failed(page)),
      pagesFailed: finished.filter(failed),
      // Never below what a caller may have seen: each page had raised it by one.
      revision: job.revision + finished.length + 1,
    });
  }

  await mkdir(jobsFolder, { recursive: true, mode: OWNER_FOLDER });
  await mkdir(trash, { recursive: true, mode: OWNER_FOLDER });
  await eachOf(await readdir(trash), (name) => rm(join(trash, name), { recursive: true, force: true }));
  await eachOf(
    (await readdir(jobsFolder)).filter((name) => JOB_ID.test(name)),
    load,
  );

  const store: JobStore = {
    async putJob(job) {
      const before = jobs.get(job.id);
      if (!before || !onlyPagesDiffer(before, job)) {
        await makeFolder(job.id).catch(rethrow);
        await writeDurably(join(folderOf(job.id), 'job.json'), JSON.stringify(job));
        if (!before) await syncFolder(jobsFolder);
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
      await makeFolder(id).catch(rethrow);
      await writeDurably(join(folderOf(id), 'file'), bytes);
      await writeDurably(join(folderOf(id), 'file.json'), JSON.stringify(facts));
    },
    async getFile(id) {
      const path = join(folderOf(id), 'file');
      const text = await readFile(join(folderOf(id), 'file.json'), 'utf8').catch(whenMissing(undefined));
      if (text === undefined) return undefined;
      const facts: FileFacts = JSON.parse(text);
      const content = await readFile(path).catch(whenMissing(undefined));
      if (!content) return undefined;
      const bytes = new Uint8Array(new SharedArrayBuffer(content.byteLength));
      bytes.set(content);
      return { ...facts, bytes };
    },
    async putPage(id: string, page: number, draft: PageDraft, summary: PageSummary) {
      const size = await writePage(pageOf(id, page), draft, summary);
      changes.set(id, (changes.get(id) ?? 0) + 1);
      const known = digests.get(id);
      if (known) {
        const digest: PageDigest = { record: draft.record, summary };
        digests.set(id, new Map([...known, [page, digest] as const].sort(([a], [b]) => a - b)));
      }
      return size;
    },
    async getPage(id, page) {
      return readPage(pageOf(id, page)).catch(whenMissing(undefined));
    },
    getDigests,
    async copyContent(from, to) {
      await makeFolder(to).catch(rethrow);
      await share(join(folderOf(from), 'file'), join(folderOf(to), 'file'));
      await share(join(folderOf(from), 'file.json'), join(folderOf(to), 'file.json'));
      await eachOf(await pageNumbers(from), (page) => share(pageOf(from, page), pageOf(to, page)));
      await syncFolder(pagesOf(to)).catch(rethrow);
      await syncFolder(folderOf(to)).catch(rethrow);
    },
    async bytesOf(id) {
      const sizes = [await sizeOf(join(folderOf(id), 'file'))];
      await eachOf(await pageNumbers(id), async (page) => sizes.push(await sizeOf(pageOf(id, page))));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    async deleteJob(id) {
      const gone = join(trash, `${id}-${randomBytes(4).toString('hex')}`);
      try {
        // One step makes it vanish; what a crash leaves in the trash goes at the next start.
        await rename(folderOf(id), gone).catch(whenMissing(undefined));
        jobs.delete(id);
        digests.delete(id);
        changes.delete(id);
        await syncFolder(jobsFolder);
        await rm(gone, { recursive: true, force: true });
      } catch (error) {
        throw storeFailed(error);
      }
    },
    async close() {},
  };
  return store;
}

function parseJob(text: string): Job | undefined {
  try {
    const job: Job = JSON.parse(text);
    return JOB_ID.test(job.id) && JOB_STATUSES.includes(job.status) ? job : undefined;
  } catch {
    return undefined;
  }
}

/** Ids become folder names: anything but an id of ours never gets that far. */
function checkedId(id: string): string {
  if (!JOB_ID.test(id)) throw Object.assign(new Error('Not a job id'), { code: 'ENOENT' });
  return id;
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
  const names = (await readdir(folder).catch(whenMissing([]))).filter(isTemporary);
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
}

/** A handler that answers `value` for what is not there and passes every other failure on. */
function whenMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return value;
    throw storeFailed(error);
  };
}

function rethrow(error: unknown): never {
  throw storeFailed(error);
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < items.length) await work(items[next++]);
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, items.length) }, lane));
}
