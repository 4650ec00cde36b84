import type { DocumentFile, PageDraft, PageSummary } from '../../pipeline/api.js';
import type { Job } from '../job.js';
import type { JobStore, PageDigest } from './port.js';

interface Page {
  readonly draft: PageDraft;
  readonly digest: PageDigest;
  /** Characters of its JSON: near enough to what it takes. */
  readonly size: number;
}

interface Entry {
  job?: Job;
  file?: DocumentFile;
  readonly pages: Map<number, Page>;
}

/** Everything in this process's memory, gone when it ends (`--ephemeral`, tests). */
export function createMemoryStore(): JobStore {
  const entries = new Map<string, Entry>();
  const entryOf = (id: string): Entry => {
    let entry = entries.get(id);
    if (!entry) {
      entry = { pages: new Map() };
      entries.set(id, entry);
    }
    return entry;
  };

  return {
    async putJob(job) {
      entryOf(job.id).job = job;
    },
    async getJob(id) {
      return entries.get(id)?.job;
    },
    async listJobs() {
      const jobs = [...entries.values()].flatMap((entry) => entry.job ?? []);
      return jobs.reverse().sort((a, b) => b.createdAt - a.createdAt);
    },
    async putFile(jobId, file) {
      entryOf(jobId).file = file;
    },
    async getFile(jobId) {
      return entries.get(jobId)?.file;
    },
    async putPage(jobId: string, page: number, draft: PageDraft, summary: PageSummary) {
      const size = JSON.stringify(draft).length;
      entryOf(jobId).pages.set(page, { draft, digest: { record: draft.record, summary }, size });
      return size;
    },
    async getPage(jobId, page) {
      return entries.get(jobId)?.pages.get(page)?.draft;
    },
    async getDigests(jobId) {
      const pages = [...(entries.get(jobId)?.pages ?? [])].sort(([a], [b]) => a - b);
      return new Map(pages.map(([page, { digest }]) => [page, digest]));
    },
    async copyContent(from, to) {
      const source = entries.get(from);
      if (!source) return;
      const target = entryOf(to);
      target.file = source.file;
      for (const [page, content] of source.pages) target.pages.set(page, content);
    },
    async bytesOf(id) {
      const entry = entries.get(id);
      const pages = [...(entry?.pages.values() ?? [])].reduce((sum, { size }) => sum + size, 0);
      return pages + (entry?.file?.bytes.byteLength ?? 0);
    },
    async deleteJob(id) {
      entries.delete(id);
    },
    async close() {
      entries.clear();
    },
  };
}
