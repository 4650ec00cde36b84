import type { DocumentFile } from '../pipeline/api.js';
import type { ExtractOptions } from '../pipeline/options.js';
import { newJobId } from './ids.js';
import type { Job } from './job.js';
import { producer } from './producer.js';

/** What a job has of its document so far; a job that shares the work has the same. */
export const contentOf = ({ info, outline, pages, pagesCompleted, pagesFailed, recognizers }: Job) => ({
  info,
  outline,
  pages,
  pagesCompleted,
  pagesFailed,
  ...(recognizers !== undefined && { recognizers }),
});

/** A queued job of the document. Its password is not part of the record, which is written down. */
export function newJob(file: DocumentFile, { password, ...options }: ExtractOptions, owner: string): Job {
  return {
    id: newJobId(),
    owner,
    status: 'queued',
    revision: 1,
    fileName: file.name,
    mediaType: file.mediaType,
    sha256: file.sha256,
    bytes: file.bytes.byteLength,
    options,
    pages: [],
    pagesCompleted: [],
    pagesFailed: [],
    createdAt: Date.now(),
    producer: producer(),
    ...(password !== undefined && { withPassword: true }),
  };
}
