import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newJobId } from '#legible/jobs/ids.js';
import { changeJob, isFinal, JOB_STATUSES } from '#legible/jobs/job.js';
import { createInProcessQueue } from '#legible/jobs/queue/in-process.js';
import { makeJob } from '../../contract/job-store.js';

describe('the state machine', () => {
  it('knows exactly these ways', () => {
    const ways = JOB_STATUSES.flatMap((from) =>
      JOB_STATUSES.filter((to) => {
        if (from === to) return false;
        try {
          changeJob(makeJob('job_a', { status: from }), { status: to });
          return true;
        } catch {
          return false;
        }
      }).map((to) => `${from} → ${to}`),
    );
    expect(ways).toEqual([
      'queued → processing',
      'queued → error',
      'queued → cancelled',
      'processing → queued',
      'processing → done',
      'processing → error',
      'processing → cancelled',
    ]);
  });

  it('never leaves a final status and raises the revision with each change', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...JOB_STATUSES), { maxLength: 12 }), (wishes) => {
        let job = makeJob('job_a');
        for (const status of wishes) {
          const before = job;
          try {
            job = changeJob(job, { status });
          } catch {
            continue;
          }
          expect(isFinal(before.status) && job.status !== before.status).toBe(false);
          expect(job.revision).toBe(before.revision + 1);
        }
      }),
    );
  });
});

describe('job ids', () => {
  it('are 20 characters that cannot be confused, and do not repeat', () => {
    const ids = new Set(Array.from({ length: 5_000 }, newJobId));
    expect(ids.size).toBe(5_000);
    for (const id of ids) expect(id).toMatch(/^job_[0-9a-hjkmnp-tv-z]{20}$/);
  });
});

describe('the queue in this process', () => {
  it('gives each job its turn whatever the others have handed in, and drops those who leave', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 5 }),
        async (sizes) => {
          const queue = createInProcessQueue({ jobs: 1, pages: 1 });
          const order: number[] = [];
          const { signal } = new AbortController();
          const work = sizes.flatMap((size, job) =>
            Array.from({ length: size }, () =>
              queue.runPage(`${job}`, async () => void order.push(job), signal),
            ),
          );
          const leaving = new AbortController();
          const left = queue.runPage('leaver', async () => void order.push(-1), leaving.signal);
          leaving.abort(new Error('gone'));
          await expect(left).rejects.toThrow('gone');
          await Promise.all(work);
          expect(order).toHaveLength(work.length);
          // Between two pages of one job, every other waiting job has at most two turns.
          const shortest = Math.min(...sizes);
          const firstRounds = order.slice(0, shortest * sizes.length);
          for (const job of sizes.keys()) {
            expect(firstRounds.filter((turn) => turn === job).length).toBeGreaterThanOrEqual(shortest - 1);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
