import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryStore } from '#legible/jobs/store/memory.js';
import { closeService, LONG, rejection, start } from './service-harness.js';

afterEach(closeService);

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

  it('are read again when more can be recognised than then, and only then', async () => {
    const { pipeline, submit, finish } = start({ scan: { pages: 2, source: 'ocr' } });
    const first = await finish(await submit('scan'));
    expect((await submit('scan')).cachedFrom).toBe(first.id);
    pipeline.installed += ', deu';
    const again = await submit('scan');
    expect(again.status).toBe('queued');
    await finish(again);
    expect(pipeline.started).toHaveLength(4);
    expect((await submit('scan')).cachedFrom).toBe(again.id);
  });

  it('stay what they are where the document states its text, whatever is installed; nothing is looked for', async () => {
    const { pipeline, submit, finish } = start({ report: { pages: 2 } });
    const first = await finish(await submit('report'));
    pipeline.installed += ', deu';
    const asked = pipeline.identified;
    expect((await submit('report')).cachedFrom).toBe(first.id);
    expect(pipeline.identified).toBe(asked);
  });

  it('are read again after a restart with more installed, also where only the rest was read with it', async () => {
    const store = createMemoryStore();
    const shared = { ...store, close: async () => undefined };
    const slow = { scan: { pages: 4, source: 'ocr' as const, pace: 30 } };
    const before = start(slow, {}, undefined, shared);
    await before.reach(await before.submit('scan'), 1);
    await closeService();

    const after = start(slow, {}, undefined, shared);
    after.pipeline.installed += ', deu';
    const [resumed] = (await after.service!.list({ owner: 'ann', limit: 1, offset: 0 })).jobs;
    const next = await after.submit('scan');
    expect((await after.finish(resumed)).status).toBe('done');
    await after.finish(next);
    const fresh = await after.submit('scan');
    expect(fresh.status).toBe('queued');
    await after.finish(fresh);
    expect((await after.submit('scan')).cachedFrom).toBe(fresh.id);
  });
});
