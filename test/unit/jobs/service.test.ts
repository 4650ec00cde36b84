import { afterEach, describe, expect, it, vi } from 'vitest';
import { LegibleError } from '#legible/errors.js';
import { createInProcessQueue } from '#legible/jobs/queue/in-process.js';
import { createJobService } from '#legible/jobs/service.js';
import { createMemoryStore } from '#legible/jobs/store/memory.js';
import type { JobService } from '../../../src/jobs/api.js';
import type { Job } from '../../../src/jobs/job.js';
import type { JobLimits } from '../../../src/jobs/limits.js';
import type { JobStore } from '../../../src/jobs/store/port.js';
import type { ExtractOptions } from '../../../src/pipeline/options.js';
import { type FakeDocument, FakePipeline, fakeIntake } from '../../support/fake-pipeline.js';

const OPTIONS: ExtractOptions = { language: 'auto', ocr: 'auto', engine: 'auto' };
const LIMITS: JobLimits = {
  maxQueue: 100,
  pageTimeout: 20_000,
  jobTimeout: 60_000,
  maxResultBytes: 10_000_000,
};
const LONG = 20_000;
let service: JobService | undefined;

function start(
  documents: Record<string, FakeDocument>,
  limits: Partial<JobLimits> = {},
  places = { jobs: 4, pages: 2 },
  store: JobStore = createMemoryStore(),
) {
  const pipeline = new FakePipeline(documents);
  const queue = createInProcessQueue(places);
  service = createJobService({
    pipeline,
    intake: fakeIntake,
    store,
    queue,
    limits: { ...LIMITS, ...limits },
  });
  const submit = (key: string, owner = 'ann', options: Partial<ExtractOptions> = {}) =>
    service!.submit({ source: { reference: key }, options: { ...OPTIONS, ...options }, owner });
  const finish = (job: Job) => service!.waitUntilFinal(job.id, job.owner, LONG);
  const reach = async (job: Job, pages: number) => {
    let now = job;
    while (now.pagesCompleted.length < pages) {
      now = await service!.waitForChange(job.id, job.owner, now.revision, LONG);
    }
    return now;
  };
  const read = (job: Job) => service!.read(job.id, job.owner, { format: 'text', maxChars: 100_000 });
  return { pipeline, service, submit, finish, reach, read };
}

const rejection = async (promise: Promise<unknown>): Promise<LegibleError> => {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(LegibleError);
  return error;
};

afterEach(async () => {
  await service?.close(0);
  service = undefined;
});

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

describe('the queue', () => {
  it('finishes a one-page job long before the 300-page job it stands behind', async () => {
    const { submit, finish, service } = start({ book: { pages: 300, pace: 5 }, note: { pages: 1, pace: 5 } });
    const book = await submit('book');
    await service!.waitForChange(book.id, 'ann', 3, LONG);
    await finish(await submit('note'));
    expect((await service!.get(book.id, 'ann')).pagesCompleted.length).toBeLessThan(30);
  });

  it('gives jobs of equal size equal turns', async () => {
    const { pipeline, submit, finish } = start(
      { a: { pages: 20, pace: 3 }, b: { pages: 20, pace: 3 } },
      {},
      { jobs: 4, pages: 1 },
    );
    const jobs = [await submit('a'), await submit('b')];
    await Promise.all(jobs.map(finish));
    const half = pipeline.finished.slice(0, 20).filter((page) => page.startsWith('b'));
    expect(half.length).toBeGreaterThanOrEqual(8);
  });

  it('lets owners take turns: one who hands in many jobs does not hold up another', async () => {
    const many = Array.from({ length: 10 }, (_, index) => `many ${index}`);
    const documents = Object.fromEntries([...many, 'single'].map((key) => [key, { pages: 1, pace: 5 }]));
    const { pipeline, submit, finish } = start(documents, {}, { jobs: 1, pages: 1 });
    for (const key of many) await submit(key, 'ann');
    await finish(await submit('single', 'bob'));
    expect(pipeline.finished.length).toBeLessThan(6);
  });

  it('refuses with the number of waiting jobs and a time to come back', async () => {
    const documents = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((key) => [key, { pages: 1, pace: 10_000 }]),
    );
    const { submit, service } = start(documents, { maxQueue: 2 }, { jobs: 1, pages: 1 });
    for (const key of ['a', 'b', 'c']) await submit(key);
    expect(service!.stats()).toMatchObject({ queued: 2, processing: 1 });
    const error = await rejection(submit('d'));
    expect(error.code).toBe('queue_full');
    expect(error.message).toMatch(/^queue full, 2 jobs waiting, try again in about \d+ s$/);
    expect(error.retryAfter).toBeGreaterThan(0);
  });

  it('never works on more pages or jobs than it has places', async () => {
    const documents = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((key) => [key, { pages: 6, pace: 4 }]),
    );
    const { pipeline, submit, finish } = start(documents, {}, { jobs: 2, pages: 3 });
    const jobs = await Promise.all(Object.keys(documents).map((key) => submit(key)));
    let most = 0;
    let open = 0;
    const timer = setInterval(() => {
      most = Math.max(most, pipeline.running);
      open = Math.max(open, pipeline.opened - pipeline.closed);
    }, 1);
    await Promise.all(jobs.map(finish));
    clearInterval(timer);
    expect(most).toBeLessThanOrEqual(3);
    expect(open).toBeLessThanOrEqual(2);
    expect(pipeline.opened).toBe(5);
    expect(pipeline.closed).toBe(5);
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

describe('equal requests', () => {
  it('are answered from the earlier result', async () => {
    const { pipeline, submit, finish, read } = start({ report: { pages: 3 } });
    const first = await finish(await submit('report'));
    const second = await submit('report');
    expect(second).toMatchObject({ status: 'done', cachedFrom: first.id, pagesCompleted: [1, 2, 3] });
    expect(second.id).not.toBe(first.id);
    expect((await read(second)).content).toBe((await read(first)).content);
    expect(pipeline.started).toHaveLength(3);
  });

  it('share one run while it lasts, page by page', async () => {
    const { pipeline, submit, reach, finish } = start({ report: { pages: 6, pace: 10 } });
    const first = await submit('report');
    await reach(first, 2);
    const second = await submit('report', 'bob');
    expect(second.pagesCompleted.length).toBeGreaterThanOrEqual(2);
    const ends = await Promise.all([finish(first), finish(second)]);
    for (const end of ends) expect(end).toMatchObject({ status: 'done', pagesCompleted: [1, 2, 3, 4, 5, 6] });
    expect(pipeline.started).toHaveLength(6);
  });

  it('share one run when they come at the same moment', async () => {
    const { pipeline, submit, finish } = start({ report: { pages: 4, pace: 5 } });
    const jobs = await Promise.all(
      Array.from({ length: 8 }, (_, index) => submit('report', `owner ${index}`)),
    );
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(8);
    for (const end of await Promise.all(jobs.map(finish))) expect(end.status).toBe('done');
    expect(pipeline.started).toHaveLength(4);
  });

  it('stay apart where their owners differ: deleting or cancelling one leaves the other', async () => {
    const { submit, reach, finish, read, service } = start({ report: { pages: 5, pace: 10 } });
    const first = await submit('report', 'ann');
    const second = await submit('report', 'bob');
    const third = await submit('report', 'cy');
    await reach(second, 1);
    await service!.delete(first.id, 'ann');
    await service!.cancel(second.id, 'bob');
    const done = await finish(third);
    expect(done).toMatchObject({ status: 'done', pagesCompleted: [1, 2, 3, 4, 5] });
    expect((await read(third)).content).toContain('page 5');
    // A stranger's earlier job is not named.
    const fourth = await submit('report', 'dora');
    expect(fourth.status).toBe('done');
    expect(fourth.cachedFrom).toBeUndefined();
    await service!.delete(third.id, 'cy');
    expect((await read(fourth)).content).toContain('page 5');
  });

  it('are not equal when the options or the password differ', async () => {
    const { submit, finish, pipeline } = start({ report: { pages: 1 } });
    await finish(await submit('report', 'ann', { password: 'open sesame' }));
    const without = await submit('report', 'ann');
    expect(without.status).toBe('queued');
    await finish(without);
    expect((await submit('report', 'ann', { ocr: 'always' })).status).toBe('queued');
    expect((await submit('report', 'ann', { pages: [{ start: 1, end: 1 }] })).status).toBe('queued');
    expect(pipeline.started.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(without)).not.toContain('sesame');
  });

  it('are worked on again when a page had failed', async () => {
    const { pipeline, submit, finish } = start({ torn: { pages: 2, failing: (page) => page === 2 } });
    await finish(await submit('torn'));
    await finish(await submit('torn'));
    expect(pipeline.started).toHaveLength(4);
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
