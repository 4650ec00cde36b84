import type { PageRecord } from '../../document/page.js';
import type { DocumentFile, PageDraft, PageSummary } from '../../pipeline/api.js';
import type { Job } from '../job.js';

/** What is read of many pages at once; the page's layout stays where it is. */
export interface PageDigest {
  readonly record: PageRecord;
  readonly summary: PageSummary;
}

/**
 * Where jobs, their files and their finished pages live. Every method resolves only when the change
 * is as durable as the store can make it. Unknown ids: reads answer `undefined`, removals do nothing.
 */
export interface JobStore {
  /** Creates or replaces the job's record. A job exists from its first record on, whatever else was put before. */
  putJob(job: Job): Promise<void>;
  getJob(id: string): Promise<Job | undefined>;
  /** Newest first. */
  listJobs(): Promise<readonly Job[]>;
  putFile(jobId: string, file: DocumentFile): Promise<void>;
  getFile(jobId: string): Promise<DocumentFile | undefined>;
  /** Answers how many bytes the page takes. */
  putPage(jobId: string, page: number, draft: PageDraft, summary: PageSummary): Promise<number>;
  getPage(jobId: string, page: number): Promise<PageDraft | undefined>;
  /** Digests of the finished pages (failed ones included), ascending by page number. */
  getDigests(jobId: string): Promise<ReadonlyMap<number, PageDigest>>;
  /** Gives `to` the file and the finished pages of `from`; each may then be deleted without the other. */
  copyContent(from: string, to: string): Promise<void>;
  /** Bytes that the job takes, its file included; content shared by `copyContent` counts for each. */
  bytesOf(jobId: string): Promise<number>;
  /** Everything of the job is gone when this resolves. */
  deleteJob(id: string): Promise<void>;
  close(): Promise<void>;
}
