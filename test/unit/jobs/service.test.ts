import { afterEach, describe, expect, it, vi } from 'vitest';
import { LegibleError } from '#legible/errors.js';
import { createMemoryStore } from '#legible/jobs/store/memory.js';
import type { Job } from '../../../src/jobs/job.js';

import { closeService, LONG, rejection, start } from './service-harness.js';

afterEach(closeService);

describe('a job', () => {
  it('goes from queued to done and hands out its pages', async () => {
    const { submit, finish, read } = start({ report: { pages: 3 } });
    const job = await submit('report');
    expect(job.id).toMatch(/^job_[0-9a-z]{20}$/);
    expect(job.status).toBe('queued');
    const done = await finish(job);
    expect(done).toMatchObject({
      status: 'done',
      pages: [1, 2, 3],
      pagesCompleted: [1, 2, 3],
      pagesFailed: [],
    });
    expect(done.finishedAt).toBeGreaterThanOrEqual(done.startedAt!);
    const { content, pages } = await read(job);
    expect(content).toContain('page 1 of report');
    expect(content).toContain('page 3 of report');
    expect(pages.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('can be read while it runs, with the pages to come named', async () => {
    const { submit, reach, read } = start({ slow: { pages: 4, pace: (page) => (page > 2 ? 5_000 : 1) } });
    const job = await submit('slow');
    await reach(job, 2);
    const reading = await read(job);
    expect(reading.content).toContain('page 2 of slow');
    expect(reading.pending).toEqual([3, 4]);
  });

  it('is done when some of its pages failed, and names them', async () => {
    const { submit, finish, service } = start({ torn: { pages: 4, failing: (page) => page === 2 } });
    const done = await finish(await submit('torn'));
    expect(done).toMatchObject({ status: 'done', pagesCompleted: [1, 3, 4], pagesFailed: [2] });
    const records = await service!.pageRecords(done.id, 'ann');
    expect(records[1]).toMatchObject({ number: 2, source: 'failed', error: { code: 'page_failed' } });
    expect(await service!.warnings(done.id, 'ann')).toMatchObject([{ code: 'pages_failed' }]);
  });

  it('is in error when every page failed or the document cannot be opened', async () => {
    const openError = new LegibleError('encrypted_pdf', 'encrypted PDF', 'call again with password');
    const { submit, finish, service } = start({
      torn: { pages: 2, failing: () => true },
      locked: { pages: 1, openError },
    });
    const torn = await finish(await submit('torn'));
    expect(torn).toMatchObject({ status: 'error', error: { code: 'page_failed' }, pagesFailed: [1, 2] });
    const locked = await finish(await submit('locked'));
    expect(locked).toMatchObject({ status: 'error', error: { code: 'encrypted_pdf' } });
    const read = service!.read(locked.id, 'ann', { format: 'markdown', maxChars: 1000 });
    expect((await rejection(read)).code).toBe('encrypted_pdf');
  });

  it('is invisible to others', async () => {
    const { submit, service } = start({ diary: { pages: 1 } });
    const job = await submit('diary');
    expect((await rejection(service!.get(job.id, 'bob'))).code).toBe('job_not_found');
    expect((await rejection(service!.cancel(job.id, 'bob'))).code).toBe('job_not_found');
    expect((await rejection(service!.delete(job.id, 'bob'))).code).toBe('job_not_found');
    expect(await service!.list({ owner: 'bob', limit: 10, offset: 0 })).toEqual({ jobs: [], total: 0 });
  });
});

describe('waiting', () => {
  it('answers at a change, at the end of its time and when the caller leaves', async () => {
    const { submit, reach, service } = start({
      slow: { pages: 2, pace: (page) => (page === 1 ? 1 : 10_000) },
    });
    const job = await reach(await submit('slow'), 1);
    const timedOut = await service!.waitForChange(job.id, 'ann', job.revision, 30);
    expect(timedOut.revision).toBe(job.revision);
    const left = new AbortController();
    const waiting = service!.waitForChange(job.id, 'ann', job.revision, LONG, left.signal);
    left.abort();
    expect((await waiting).revision).toBe(job.revision);
    const cancelled = service!.waitForChange(job.id, 'ann', job.revision, LONG);
    await service!.cancel(job.id, 'ann');
    expect((await cancelled).status).toBe('cancelled');
  });

  it('reports every page on the way to the end', async () => {
    const { submit, service } = start({ report: { pages: 5, pace: 5 } });
    const seen: number[] = [];
    const job = await submit('report');
    await service!.waitUntilFinal(job.id, 'ann', LONG, (now) => seen.push(now.pagesCompleted.length));
    expect(seen.at(-1)).toBe(5);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});

describe('limits', () => {
  it('fail a page that takes too long, and only that page', async () => {
    const { submit, finish, service } = start(
      { slow: { pages: 3, pace: (page) => (page === 2 ? 60_000 : 1) } },
      { pageTimeout: 100 },
    );
    const done = await finish(await submit('slow'));
    expect(done).toMatchObject({ status: 'done', pagesCompleted: [1, 3], pagesFailed: [2] });
    const records = await service!.pageRecords(done.id, 'ann');
    expect(records[1].error).toMatchObject({ code: 'page_timeout' });
  });

  it('end a job that takes too long; its finished pages stay', async () => {
    const { submit, finish, read, pipeline } = start(
      { slow: { pages: 3, pace: (page) => (page === 1 ? 1 : 60_000) } },
      { jobTimeout: 150 },
    );
    const ended = await finish(await submit('slow'));
    expect(ended).toMatchObject({ status: 'error', error: { code: 'job_timeout' }, pagesCompleted: [1] });
    expect((await read(ended)).content).toContain('page 1');
    expect(pipeline.running).toBe(0);
  });
});

describe('the size of a result', () => {
  it('ends a job whose pages together are too large; what is finished stays', async () => {
    const { submit, finish, read } = start({ book: { pages: 40 } }, { maxResultBytes: 20_000 });
    const ended = await finish(await submit('book'));
    expect(ended).toMatchObject({ status: 'error', error: { code: 'result_too_large' } });
    expect(ended.pagesCompleted.length).toBeLessThan(40);
    expect((await read(ended)).content).toContain('page 1 of book');
  });
});

describe('cancelling', () => {
  it('stops the work and keeps the finished pages', async () => {
    const { pipeline, submit, reach, read, service } = start({
      book: { pages: 50, pace: (page) => (page > 3 ? 10_000 : 1) },
    });
    const job = await submit('book');
    await reach(job, 3);
    const cancelled = await service!.cancel(job.id, 'ann');
    expect(cancelled).toMatchObject({ status: 'cancelled', pagesCompleted: [1, 2, 3] });
    expect(pipeline.running).toBe(0);
    expect(pipeline.closed).toBe(1);
    expect((await read(job)).content).toContain('page 3');
    expect(await service!.cancel(job.id, 'ann')).toEqual(cancelled);
  });

  it('answers within two seconds when a page does not listen', async () => {
    const { pipeline, submit, service } = start({ deaf: { pages: 1, pace: () => 'hang' } });
    const job = await submit('deaf');
    await vi.waitUntil(() => pipeline.running === 1);
    const before = Date.now();
    expect((await service!.cancel(job.id, 'ann')).status).toBe('cancelled');
    expect(Date.now() - before).toBeLessThan(2_000);
  });

  it('takes a waiting job out of the queue', async () => {
    const { pipeline, submit, finish, service } = start(
      { a: { pages: 1, pace: 100 }, b: { pages: 1 } },
      {},
      { jobs: 1, pages: 1 },
    );
    const first = await submit('a');
    const waiting = await submit('b');
    expect((await service!.cancel(waiting.id, 'ann')).status).toBe('cancelled');
    expect(service!.stats().queued).toBe(0);
    await finish(first);
    expect(pipeline.started).toEqual(['a:1']);
  });

  it('comes before deleting, which leaves nothing', async () => {
    const { pipeline, submit, reach, service } = start({ book: { pages: 50, pace: 20 } });
    const job = await submit('book');
    await reach(job, 1);
    const waiting = rejection(service!.waitUntilFinal(job.id, 'ann', LONG));
    await service!.delete(job.id, 'ann');
    expect(pipeline.running).toBe(0);
    expect((await waiting).code).toBe('job_not_found');
    expect((await rejection(service!.get(job.id, 'ann'))).code).toBe('job_not_found');
    expect((await service!.list({ owner: 'ann', limit: 10, offset: 0 })).total).toBe(0);
  });
});

describe('a disk that refuses', () => {
  const failing = (refuses: (job: Job | undefined) => boolean) => {
    const store = createMemoryStore();
    const fail = async () => {
      throw new LegibleError('store_failed', 'The disk that keeps the jobs is full.', 'Delete jobs.');
    };
    return {
      ...store,
      putPage: (...page: Parameters<typeof store.putPage>) =>
        refuses(undefined) ? fail() : store.putPage(...page),
      putJob: (job: Job) => (refuses(job) ? fail() : store.putJob(job)),
    };
  };

  it('ends the job with the reason, also when not even that can be stored', async () => {
    let full = false;
    const store = failing(() => full);
    const { submit, finish, reach, service } = start(
      { book: { pages: 6, pace: (page) => (page > 2 ? 50 : 1) } },
      {},
      { jobs: 1, pages: 1 },
      store,
    );
    const job = await reach(await submit('book'), 2);
    full = true;
    const ended = await finish(job);
    expect(ended).toMatchObject({ status: 'error', error: { code: 'store_failed' }, pagesCompleted: [1, 2] });
    expect((await service!.list({ owner: 'ann', limit: 1, offset: 0 })).jobs[0].status).toBe('error');
    expect((await rejection(submit('book'))).code).toBe('store_failed');
    full = false;
    const again = await finish(await submit('book'));
    expect(again.status).toBe('done');
  });
});

describe('closing', () => {
  it('refuses new jobs, lets running pages finish and leaves the rest unfinished', async () => {
    const { pipeline, submit, reach, service } = start({ book: { pages: 20, pace: 30 } });
    const job = await submit('book');
    await reach(job, 2);
    const waiting = service!.waitUntilFinal(job.id, 'ann', LONG);
    await service!.close(5_000);
    expect(pipeline.running).toBe(0);
    expect(pipeline.finished.length).toBe(pipeline.started.length);
    expect((await waiting).status).toBe('processing');
    expect((await rejection(submit('book'))).code).toBe('shutting_down');
  });
});
