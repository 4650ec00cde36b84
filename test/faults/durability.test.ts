import { fork } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createInProcessQueue } from '#legible/jobs/queue/in-process.js';
import { createJobService } from '#legible/jobs/service.js';
import { openDataFolder } from '#legible/jobs/store/file/data-folder.js';
import { openFileStore } from '#legible/jobs/store/file/file-store.js';
import { lockFolder } from '#legible/jobs/store/file/folder-lock.js';
import { withSharedReading } from '#legible/jobs/store/file/shared-reading.js';
import type { JobService } from '../../src/jobs/api.js';
import type { Job } from '../../src/jobs/job.js';
import type { RetentionLimits } from '../../src/jobs/retention.js';
import { makeJob } from '../contract/job-store.js';
import {
  type FakeDocument,
  FakePipeline,
  fakeFile,
  fakeIntake,
  pageOfLines,
} from '../support/fake-pipeline.js';

let folder: string;
const services: JobService[] = [];
const ID = 'job_0123456789abcdefghjk';
const LONG = 20_000;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legible-durable-'));
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close(0)));
  await rm(folder, { recursive: true, force: true });
});

async function start(documents: Record<string, FakeDocument>, retention?: RetentionLimits) {
  const pipeline = new FakePipeline(documents);
  const service = createJobService({
    pipeline,
    intake: fakeIntake,
    store: await openFileStore(folder),
    queue: createInProcessQueue({ jobs: 2, pages: 2 }),
    limits: { maxQueue: 100, pageTimeout: LONG, jobTimeout: LONG, maxResultBytes: 1e9 },
    ...(retention && { retention }),
  });
  services.push(service);
  const submit = (key: string, owner = 'ann', password?: string) =>
    service.submit({
      source: { reference: key },
      owner,
      options: { language: 'auto', ocr: 'auto', engine: 'auto', password },
    });
  const finish = (job: Job) => service.waitUntilFinal(job.id, job.owner, LONG);
  const reach = async (job: Job, pages: number) => {
    let now = job;
    while (now.pagesCompleted.length < pages)
      now = await service.waitForChange(job.id, job.owner, now.revision, LONG);
    return now;
  };
  const text = async (job: Job) =>
    (await service.read(job.id, job.owner, { format: 'text', maxChars: 1e6 })).content;
  return { pipeline, service, submit, finish, reach, text };
}

/** The first `pages` pages are quick, the others never end: what a killed process leaves. */
const stuckAfter = (pages: number, all: number): FakeDocument => ({
  pages: all,
  pace: (page) => (page <= pages ? 1 : 60_000),
});

describe('a restart', () => {
  it('goes on with an interrupted job from its last finished page, and does no page twice', async () => {
    const before = await start({ book: stuckAfter(3, 8) });
    const job = await before.reach(await before.submit('book'), 3);
    const pages = join(folder, 'jobs', job.id, 'pages');
    const written = await Promise.all(['1', '2', '3'].map((page) => stat(join(pages, page))));

    const after = await start({ book: { pages: 8 } });
    const done = await after.finish(job);
    expect(done).toMatchObject({ status: 'done', pagesCompleted: [1, 2, 3, 4, 5, 6, 7, 8] });
    expect(done.revision).toBeGreaterThan(job.revision);
    expect(after.pipeline.started).toEqual(['book:4', 'book:5', 'book:6', 'book:7', 'book:8']);
    const later = await Promise.all(['1', '2', '3'].map((page) => stat(join(pages, page))));
    expect(later.map(({ ino }) => ino)).toEqual(written.map(({ ino }) => ino));
    expect(await after.text(job)).toContain('on page 1 of book');
  });

  it('takes up waiting jobs in their order, equal ones as one', async () => {
    const before = await start({ a: stuckAfter(0, 2), b: stuckAfter(0, 2), c: { pages: 1 } });
    for (const key of ['a', 'b', 'c']) await before.submit(key);
    const twin = await before.submit('c', 'bob');
    const after = await start({ a: { pages: 2 }, b: { pages: 2 }, c: { pages: 1 } });
    expect((await after.finish(twin)).status).toBe('done');
    const { jobs } = await after.service.list({ owner: 'ann', limit: 10, offset: 0 });
    for (const job of jobs) expect((await after.finish(job)).status).toBe('done');
    expect(after.pipeline.started.filter((page) => page === 'c:1')).toHaveLength(1);
    expect(await after.text(twin)).toContain('page 1 of c');
  });

  it('finds earlier results again', async () => {
    const before = await start({ report: { pages: 2 } });
    const first = await before.finish(await before.submit('report'));
    const after = await start({ report: { pages: 2 } });
    const second = await after.submit('report');
    expect(second).toMatchObject({ status: 'done', cachedFrom: first.id });
    expect(after.pipeline.started).toEqual([]);
  });

  it('never gives the result of a locked document to a request without its password', async () => {
    const before = await start({ locked: { pages: 1 } });
    const first = await before.finish(await before.submit('locked', 'ann', 'open sesame'));
    expect(await readFile(join(folder, 'jobs', first.id, 'job.json'), 'utf8')).not.toContain('sesame');
    const after = await start({ locked: { pages: 1 } });
    expect((await after.submit('locked')).status).toBe('queued');
  });

  it('ends an interrupted job whose password is gone with what to do', async () => {
    const before = await start({ locked: stuckAfter(0, 1) });
    const job = await before.submit('locked', 'ann', 'open sesame');
    const after = await start({ locked: { pages: 1 } });
    expect(await after.finish(job)).toMatchObject({ status: 'error', error: { code: 'encrypted_pdf' } });
  });

  it('remembers cancelled and deleted jobs as such', async () => {
    const before = await start({ a: stuckAfter(1, 4), b: stuckAfter(1, 4) });
    const cancelled = await before.reach(await before.submit('a'), 1);
    const deleted = await before.submit('b');
    await before.service.cancel(cancelled.id, 'ann');
    await before.service.delete(deleted.id, 'ann');
    const after = await start({ a: { pages: 4 }, b: { pages: 4 } });
    expect(await after.service.get(cancelled.id, 'ann')).toMatchObject({
      status: 'cancelled',
      pagesCompleted: [1],
    });
    await expect(after.service.get(deleted.id, 'ann')).rejects.toMatchObject({ code: 'job_not_found' });
    await vi.waitFor(() => expect(after.pipeline.started).toEqual([]));
  });
});

describe('retention', () => {
  it('deletes what is older than agreed and says when', async () => {
    const keepFor = 300;
    const { submit, finish, service } = await start({ a: { pages: 1 } }, { keepFor, maxBytes: 1e9 });
    const job = await finish(await submit('a'));
    expect(job.expiresAt).toBe(job.finishedAt! + keepFor);
    await new Promise((resolve) => setTimeout(resolve, keepFor + 20));
    const later = await start({ a: { pages: 1 } }, { keepFor, maxBytes: 1e9 });
    await later.submit('a');
    await vi.waitFor(async () => {
      await expect(later.service.get(job.id, 'ann')).rejects.toMatchObject({ code: 'job_not_found' });
    });
    expect(await readdir(join(folder, 'jobs'))).not.toContain(job.id);
    await service.close(0);
  });

  it('deletes the oldest finished jobs when they take too much room', async () => {
    const documents = Object.fromEntries(['a', 'b', 'c', 'd'].map((key) => [key, { pages: 3 }]));
    const { submit, finish, service } = await start(documents, { keepFor: 0, maxBytes: 30_000 });
    const jobs: Job[] = [];
    for (const key of Object.keys(documents)) jobs.push(await finish(await submit(key)));
    const sizes = await stat(join(folder, 'jobs', jobs[3].id, 'pages', '1'));
    expect(sizes.size * 3 * 4).toBeGreaterThan(30_000);
    await vi.waitFor(async () => {
      const { jobs: kept } = await service.list({ owner: 'ann', limit: 10, offset: 0 });
      expect(kept.length).toBeLessThan(4);
      expect(kept[0].id).toBe(jobs[3].id);
    });
  });
});

describe('the data folder', () => {
  it('has one owner among living processes', async () => {
    const locks = await Promise.all(Array.from({ length: 8 }, () => lockFolder(folder)));
    const won = locks.filter((lock) => lock !== undefined);
    expect(won).toHaveLength(1);
    await won[0]!.release();
    const next = await lockFolder(folder);
    expect(next).toBeDefined();
    await next!.release();
  });

  it('passes from a dead owner to one of several successors at once', async () => {
    const script = `import { lockFolder } from ${JSON.stringify(import.meta.resolve('#legible/jobs/store/file/folder-lock.js'))};
      process.send(Boolean(await lockFolder(${JSON.stringify(folder)})));
      setInterval(() => {}, 1000);`;
    await writeFile(join(folder, 'owner.mjs'), script);
    const child = fork(join(folder, 'owner.mjs'));
    expect(await new Promise((resolve) => child.once('message', resolve))).toBe(true);
    expect(await lockFolder(folder)).toBeUndefined();
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    const locks = await Promise.all(Array.from({ length: 8 }, () => lockFolder(folder)));
    expect(locks.filter(Boolean)).toHaveLength(1);
    await locks.find(Boolean)?.release();
  });

  it('is taken for free when its owner’s process id belongs to another process now', async () => {
    const claim = { pid: process.ppid, host: hostname(), born: 'another time' };
    await writeFile(join(folder, 'owner.4'), JSON.stringify(claim));
    const lock = await lockFolder(folder);
    expect(lock).toBeDefined();
    expect((await readdir(folder)).filter((name) => name.startsWith('owner'))).toEqual(['owner.5']);
    await lock!.release();
  });

  describe('where the system does not say when a process began', () => {
    const MINUTE = 60_000;
    const claimOfOther = async (age: number) => {
      const path = join(folder, 'owner.4');
      const seen = new Date(Date.now() - age);
      await writeFile(path, JSON.stringify({ pid: process.ppid, host: hostname(), born: '' }));
      await utimes(path, seen, seen);
      return path;
    };
    const whileWaiting = (happens: () => Promise<void>) =>
      vi.spyOn(globalThis, 'setTimeout').mockImplementation(((go: () => void) => {
        happens().then(go);
      }) as typeof setTimeout);
    afterEach(() => void vi.restoreAllMocks());

    it('belongs to an owner that gives signs of life', async () => {
      await claimOfOther(MINUTE / 6);
      expect(await lockFolder(folder)).toBeUndefined();
    });

    it('is taken from a dead owner although another process has its id', async () => {
      await claimOfOther(2 * MINUTE);
      const waiting = whileWaiting(async () => {});
      const lock = await lockFolder(folder);
      expect(lock).toBeDefined();
      expect(waiting).toHaveBeenCalledOnce();
      await lock!.release();
    });

    it('stays with an owner whose machine slept', async () => {
      const claim = await claimOfOther(60 * MINUTE);
      whileWaiting(() => utimes(claim, new Date(), new Date()));
      expect(await lockFolder(folder)).toBeUndefined();
    });
  });

  it('gives a second process a subfolder, whose jobs the next owner takes over', async () => {
    const first = await openDataFolder(folder);
    const second = await openDataFolder(folder);
    expect([first.beside, second.beside]).toEqual([false, true]);
    const store = await openFileStore(second.path);
    await store.putFile(ID, fakeFile('x'));
    await store.putJob(makeJob(ID));
    await Promise.all([first.release(), second.release()]);
    const third = await openDataFolder(folder);
    expect(third.beside).toBe(false);
    const taken = await openFileStore(third.path);
    expect((await taken.listJobs()).map(({ id }) => id)).toEqual([ID]);
    expect(Buffer.from((await taken.getFile(ID))!.bytes).toString()).toBe('x');
    await third.release();
  });
});

describe('a server beside another', () => {
  it('reads what the other keeps and changes nothing there', async () => {
    const [first, second] = [await openDataFolder(folder), await openDataFolder(folder)];
    const owner = await openFileStore(first.path);
    const other = withSharedReading(await openFileStore(second.path), folder, second.path);
    await owner.putFile(ID, fakeFile('content'));
    await owner.putJob(makeJob(ID, { status: 'processing', pages: [1, 2] }));
    const page = pageOfLines(2, ['two']);
    await owner.putPage(ID, 2, page, { heading: 'two' });

    expect(await other.getJob(ID)).toMatchObject({ status: 'processing', pagesCompleted: [2] });
    expect(await other.getPage(ID, 2)).toEqual(page);
    expect([...(await other.getDigests(ID)).keys()]).toEqual([2]);
    expect(Buffer.from((await other.getFile(ID))!.bytes).toString()).toBe('content');
    expect(await other.listJobs()).toEqual([]);
    await expect(other.deleteJob(ID)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(other.putJob(makeJob(ID))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await owner.getJob(ID)).toBeDefined();
    await Promise.all([first.release(), second.release()]);
  });
});

describe('the file store', () => {
  const put = async () => {
    const store = await openFileStore(folder);
    const draft = pageOfLines(1, ['one']);
    await store.putFile(ID, fakeFile('content'));
    await store.putJob(makeJob(ID));
    await store.putPage(ID, 1, draft, {});
    await store.putPage(ID, 2, pageOfLines(2, ['two']), {});
    return store;
  };

  it.skipIf(process.platform === 'win32')('lets nobody but the owner read anything', async () => {
    await put();
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      expect(mode & 0o077, entry.name).toBe(0);
    }
  });

  it('clears away what a crash left half done', async () => {
    await put();
    const half = join(folder, 'jobs', 'job_zzzzzzzzzzzzzzzzzzzz', 'pages');
    await mkdir(half, { recursive: true });
    await writeFile(join(half, '1'), '{');
    await writeFile(join(folder, 'jobs', ID, 'pages', '.tmp-0123'), 'half');
    await mkdir(join(folder, 'trash', 'job_a'), { recursive: true });
    const store = await openFileStore(folder);
    expect((await store.listJobs()).map(({ id }) => id)).toEqual([ID]);
    const names = (await readdir(folder, { recursive: true })).map(String);
    expect(names.filter((name) => /zzzz|tmp|job_a/.test(name))).toEqual([]);
  });

  it('survives a damaged record and makes a damaged page again', async () => {
    await put();
    const other = 'job_aaaaaaaaaaaaaaaaaaaa';
    await mkdir(join(folder, 'jobs', other), { recursive: true });
    await writeFile(join(folder, 'jobs', other, 'job.json'), '{"id": "job_');
    await writeFile(join(folder, 'jobs', ID, 'pages', '2'), '{"record": {}');
    const store = await openFileStore(folder);
    expect((await store.listJobs()).map(({ id }) => id)).toEqual([ID]);
    expect((await store.getJob(ID))!.pagesCompleted).toEqual([1]);
    expect([...(await store.getDigests(ID)).keys()]).toEqual([1]);
  });

  it('takes nothing for a job that is not one of its ids', async () => {
    const store = await put();
    for (const id of ['..', '../../etc', 'job_', '', 'job_0123456789ABCDEFGHJK']) {
      expect(await store.getJob(id)).toBeUndefined();
      await expect(store.putJob(makeJob(id))).rejects.toThrow();
    }
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'says that the disk refuses, without a path',
    async () => {
      const store = await put();
      await chmod(join(folder, 'jobs', ID, 'pages'), 0o500);
      const error = await store.putPage(ID, 3, pageOfLines(3, ['three']), {}).catch((reason) => reason);
      await chmod(join(folder, 'jobs', ID, 'pages'), 0o700);
      expect(error).toMatchObject({ code: 'store_failed' });
      expect(error.message + error.hint).not.toContain(folder);
    },
  );
});
