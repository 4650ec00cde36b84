import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../src/jobs/job.js';
import type { JobStore } from '../../src/jobs/store/port.js';
import { fakeFile, pageOfLines } from '../support/fake-pipeline.js';

const id = (letter: string): string => `job_${letter.repeat(20)}`;

export function makeJob(jobId: string, change: Partial<Job> = {}): Job {
  return {
    id: jobId,
    owner: 'local',
    status: 'queued',
    revision: 1,
    fileName: 'report.pdf',
    mediaType: 'application/pdf',
    sha256: 'ab'.repeat(32),
    bytes: 3,
    options: { language: 'auto', ocr: 'auto', engine: 'auto' },
    pages: [],
    pagesCompleted: [],
    pagesFailed: [],
    createdAt: 1_700_000_000_000,
    ...change,
  };
}

/** What every store promises, whatever it keeps its jobs in. `open` starts with an empty store. */
export function testJobStore(
  name: string,
  open: () => Promise<{ store: JobStore; remove(): Promise<void> }>,
) {
  describe(name, () => {
    let store: JobStore;
    let remove: () => Promise<void>;
    beforeEach(async () => {
      ({ store, remove } = await open());
    });
    afterEach(async () => {
      await store.close();
      await remove();
    });
    const put = async (jobId: string, page: number, text: string) => {
      const draft = pageOfLines(page, [text]);
      await store.putPage(jobId, page, draft, { heading: text });
      return draft;
    };

    it('gives back the newest record of a job', async () => {
      const job = makeJob(id('a'), {
        options: { language: 'deu+eng', ocr: 'never', engine: 'auto', pages: [{ start: 2, end: 'last' }] },
      });
      await store.putJob(job);
      expect(await store.getJob(job.id)).toEqual(job);
      await store.putJob({ ...job, status: 'processing', revision: 2 });
      expect(await store.getJob(job.id)).toMatchObject({ status: 'processing', revision: 2 });
    });

    it('lists jobs newest first', async () => {
      for (const [letter, createdAt] of [
        ['a', 5],
        ['b', 9],
        ['c', 7],
      ] as const) {
        await store.putJob(makeJob(id(letter), { createdAt }));
      }
      expect((await store.listJobs()).map((job) => job.id)).toEqual([id('b'), id('c'), id('a')]);
    });

    it('keeps the file byte for byte', async () => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
      await store.putFile(id('a'), { ...fakeFile('x'), name: 'naïve – résumé.pdf', bytes });
      await store.putJob(makeJob(id('a')));
      const file = await store.getFile(id('a'));
      expect(file?.name).toBe('naïve – résumé.pdf');
      expect(file?.mediaType).toBe('application/pdf');
      expect(Buffer.from(file!.bytes).equals(Buffer.from(bytes))).toBe(true);
    });

    it('keeps pages, and their digests in page order', async () => {
      await store.putJob(makeJob(id('a')));
      const third = await put(id('a'), 3, 'third');
      await put(id('a'), 12, 'twelfth');
      await put(id('a'), 1, 'first');
      expect(await store.getPage(id('a'), 3)).toEqual(third);
      const digests = await store.getDigests(id('a'));
      expect([...digests.keys()]).toEqual([1, 3, 12]);
      expect(digests.get(3)).toEqual({ record: third.record, summary: { heading: 'third' } });
    });

    it('replaces a page that is put again', async () => {
      await store.putJob(makeJob(id('a')));
      await put(id('a'), 1, 'before');
      const after = await put(id('a'), 1, 'after');
      expect(await store.getPage(id('a'), 1)).toEqual(after);
      expect([...(await store.getDigests(id('a'))).values()]).toHaveLength(1);
    });

    it('answers nothing for what it does not know', async () => {
      expect(await store.getJob(id('z'))).toBeUndefined();
      expect(await store.getFile(id('z'))).toBeUndefined();
      expect(await store.getPage(id('z'), 1)).toBeUndefined();
      expect((await store.getDigests(id('z'))).size).toBe(0);
      await store.deleteJob(id('z'));
      expect(await store.listJobs()).toEqual([]);
    });

    it('copies content that then lives without its origin', async () => {
      await store.putFile(id('a'), fakeFile('content'));
      await store.putJob(makeJob(id('a')));
      const page = await put(id('a'), 1, 'shared');
      await store.copyContent(id('a'), id('b'));
      await store.putJob(makeJob(id('b')));
      await store.deleteJob(id('a'));
      expect(await store.getPage(id('b'), 1)).toEqual(page);
      expect(Buffer.from((await store.getFile(id('b')))!.bytes).toString()).toBe('content');
      await put(id('b'), 2, 'own');
      expect((await store.getDigests(id('b'))).size).toBe(2);
    });

    it('does not let a copy change its origin', async () => {
      await store.putJob(makeJob(id('a')));
      const original = await put(id('a'), 1, 'original');
      await store.copyContent(id('a'), id('b'));
      await store.putJob(makeJob(id('b')));
      await put(id('b'), 1, 'changed');
      await store.deleteJob(id('b'));
      expect(await store.getPage(id('a'), 1)).toEqual(original);
    });

    it('has nothing of a deleted job', async () => {
      await store.putFile(id('a'), fakeFile('secret'));
      await store.putJob(makeJob(id('a')));
      await put(id('a'), 1, 'secret');
      await store.deleteJob(id('a'));
      expect(await store.getJob(id('a'))).toBeUndefined();
      expect(await store.getFile(id('a'))).toBeUndefined();
      expect(await store.getPage(id('a'), 1)).toBeUndefined();
      expect((await store.getDigests(id('a'))).size).toBe(0);
      expect(await store.listJobs()).toEqual([]);
    });

    it('takes changes side by side', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => id('0123456789abcdefghjk'[index]));
      await Promise.all(
        ids.map(async (jobId) => {
          await store.putJob(makeJob(jobId));
          await Promise.all([1, 2, 3].map((page) => put(jobId, page, `${jobId} ${page}`)));
        }),
      );
      expect(await store.listJobs()).toHaveLength(20);
      for (const jobId of ids) expect([...(await store.getDigests(jobId)).keys()]).toEqual([1, 2, 3]);
    });
  });
}
