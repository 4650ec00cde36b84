import type { DocumentFile, PageDraft, PageSummary } from '../../pipeline/api.js';
import type { Job } from '../job.js';

/**
 * Where jobs, their files and their finished pages live. Every method resolves only when the change
 * is as durable as the store can make it. Unknown ids: reads answer `undefined`, removals do nothing.
 */
export interface JobStore {
  /** Creates or replaces the job's record. */
  putJob(job: Job): Promise<void>;
  getJob(id: string): Promise<Job | undefined>;
  /** Newest first. */
  listJobs(): Promise<readonly Job[]>;
  putFile(jobId: string, file: DocumentFile): Promise<void>;
  getFile(jobId: string): Promise<DocumentFile | undefined>;
  putPage(jobId: string, page: number, draft: PageDraft, summary: PageSummary): Promise<void>;
  getPage(jobId: string, page: number): Promise<PageDraft | undefined>;
  /** Summaries of the finished pages, by page number. */
  getSummaries(jobId: string): Promise<ReadonlyMap<number, PageSummary>>;
  /** Everything of the job is gone when this resolves. */
  deleteJob(id: string): Promise<void>;
  close(): Promise<void>;
}
