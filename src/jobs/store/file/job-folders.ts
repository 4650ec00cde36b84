import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentFile, PageDraft } from '../../../pipeline/api.js';
import { storeFailed } from '../../durable-write.js';
import { JOB_ID } from '../../ids.js';
import { isFinal, JOB_STATUSES, type Job } from '../../job.js';
import type { PageDigest } from '../port.js';
import { eachOf } from './each-of.js';
import { readDigest, readPage } from './page-file.js';

/** A document's name, type and hash, in `file.json` beside the bytes. */
export type FileFacts = Omit<DocumentFile, 'bytes'>;

/**
 * Where the parts of a job lie below a data folder, and how they are read. Reading changes nothing, so
 * it may be done in a folder that another process owns.
 *
 *     jobs/job_…/job.json     the record
 *     jobs/job_…/file         the document, byte for byte
 *     jobs/job_…/file.json    its name, type and hash
 *     jobs/job_…/pages/12     a finished page, see page-file.ts
 */
export class JobFolders {
  readonly root: string;

  constructor(dataFolder: string) {
    this.root = join(dataFolder, 'jobs');
  }

  /** Ids become folder names: anything but an id of ours never gets that far. */
  job(id: string): string {
    if (!JOB_ID.test(id)) throw Object.assign(new Error('Not a job id'), { code: 'ENOENT' });
    return join(this.root, id);
  }

  record = (id: string): string => join(this.job(id), 'job.json');
  file = (id: string): string => join(this.job(id), 'file');
  fileFacts = (id: string): string => join(this.job(id), 'file.json');
  pages = (id: string): string => join(this.job(id), 'pages');
  page = (id: string, page: number): string => join(this.pages(id), String(page));

  /** Ascending. */
  async pageNumbers(id: string): Promise<number[]> {
    const names = await readdir(this.pages(id)).catch(whenMissing<string[]>([]));
    return names
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => a - b);
  }

  /**
   * The record, with what has been finished since it was written; `undefined` where there is none,
   * `damaged` where it cannot be read.
   */
  async readRecord(id: string): Promise<Job | 'damaged' | undefined> {
    const text = await readFile(this.record(id), 'utf8').catch(whenMissing(undefined));
    if (text === undefined) return undefined;
    const job = parseJob(text);
    if (!job) return 'damaged';
    if (isFinal(job.status)) return job;
    const pages = await this.readDigests(id);
    const failed = (page: number) => pages.get(page)?.record.source === 'failed';
    const finished = [...pages.keys()];
    return {
      ...job,
      pagesCompleted: finished.filter((page) => !failed(page)),
      pagesFailed: finished.filter(failed),
      // Never below what a caller may have seen: each page had raised it by one.
      revision: job.revision + finished.length + 1,
    };
  }

  async readFile(id: string): Promise<DocumentFile | undefined> {
    const text = await readFile(this.fileFacts(id), 'utf8').catch(whenMissing(undefined));
    if (text === undefined) return undefined;
    const facts: FileFacts = JSON.parse(text);
    const content = await readFile(this.file(id)).catch(whenMissing(undefined));
    if (!content) return undefined;
    const bytes = new Uint8Array(new SharedArrayBuffer(content.byteLength));
    bytes.set(content);
    return { ...facts, bytes };
  }

  async readPage(id: string, page: number): Promise<PageDraft | undefined> {
    return readPage(this.page(id, page)).catch(whenMissing(undefined));
  }

  /** Ascending by page number. */
  async readDigests(id: string): Promise<Map<number, PageDigest>> {
    const found = new Map<number, PageDigest>();
    const numbers = await this.pageNumbers(id);
    await eachOf(numbers, async (page) => {
      const digest = await readDigest(this.page(id, page)).catch(whenMissing(undefined));
      if (digest) found.set(page, digest);
    });
    return new Map([...found].sort(([a], [b]) => a - b));
  }
}

function parseJob(text: string): Job | undefined {
  try {
    const job: Job = JSON.parse(text);
    return JOB_ID.test(job.id) && JOB_STATUSES.includes(job.status) ? job : undefined;
  } catch {
    return undefined;
  }
}

/** A handler that answers `value` for what is not there and passes every other failure on. */
export function whenMissing<T>(value: T): (error: unknown) => T {
  return (error) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return value;
    throw storeFailed(error);
  };
}
