import { LegibleError } from '../../../errors.js';
import type { JobStore } from '../port.js';
import { siblingFolders } from './data-folder.js';
import { JobFolders } from './job-folders.js';

/**
 * The store, and read-only what the other servers of the same user keep: an agent whose host came up
 * with another data folder than last time still finds its jobs. Lists show the own jobs only.
 */
export function withSharedReading(own: JobStore, root: string, ownFolder: string): JobStore {
  async function find(id: string): Promise<JobFolders | undefined> {
    for (const folder of await siblingFolders(root)) {
      if (folder === ownFolder) continue;
      const folders = new JobFolders(folder);
      const job = await folders.readRecord(id).catch(() => undefined);
      if (job !== undefined && job !== 'damaged') return folders;
    }
    return undefined;
  }
  /** `own` answers for its jobs; the others are looked up on the disk each time. */
  async function elsewhere<T>(id: string, read: (folders: JobFolders) => Promise<T>): Promise<T | undefined> {
    if (await own.getJob(id)) return undefined;
    const folders = await find(id);
    return folders && read(folders);
  }

  return {
    ...own,
    async getJob(id) {
      const job = await own.getJob(id);
      if (job) return job;
      const found = await elsewhere(id, (folders) => folders.readRecord(id));
      return found === 'damaged' ? undefined : found;
    },
    async getFile(id) {
      return (await own.getFile(id)) ?? elsewhere(id, (folders) => folders.readFile(id));
    },
    async getPage(id, page) {
      return (await own.getPage(id, page)) ?? elsewhere(id, (folders) => folders.readPage(id, page));
    },
    async getDigests(id) {
      const digests = await own.getDigests(id);
      if (digests.size > 0) return digests;
      return (await elsewhere(id, (folders) => folders.readDigests(id))) ?? digests;
    },
    async putJob(job) {
      await refuseForeign(job.id);
      await own.putJob(job);
    },
    async deleteJob(id) {
      await refuseForeign(id);
      await own.deleteJob(id);
    },
  };

  async function refuseForeign(id: string): Promise<void> {
    if ((await own.getJob(id)) || !(await find(id))) return;
    throw new LegibleError(
      'forbidden',
      'Another running server of this user owns the job; here it can only be read.',
      'Cancel or delete it where it was submitted, or after that server has ended.',
    );
  }
}
