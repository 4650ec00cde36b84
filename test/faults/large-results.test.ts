import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { makeJob } from '../contract/job-store.js';
import { pageOfLines } from '../support/fake-pipeline.js';

const ID = 'job_0123456789abcdefghjk';
const PAGES = 1_000;
/** What the program itself takes, and a few pages. */
const HEAP_MEGABYTES = 48;

const line = 'A ship came into the harbour at night and nobody saw who went ashore from it before dawn';
const draft = pageOfLines(
  1,
  Array.from({ length: 12 }, (_, row) => `${line}, for the ${row}th time.`),
);
const pages = Array.from({ length: PAGES }, (_, index) => index + 1);
const job = makeJob(ID, {
  owner: 'local',
  status: 'done',
  info: { pageCount: PAGES },
  pages,
  pagesCompleted: pages,
  finishedAt: Date.now(),
});

interface Report {
  answers: { status: number; bytes: number; start: string; end: string }[];
  hits: number;
}
const drain = (paths: string[]) =>
  new Promise<Report>((resolve, reject) => {
    const worker = new Worker(new URL('./workers/large-result.mjs', import.meta.url), {
      workerData: { job, draft, paths },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    });
    worker.once('message', (report) => worker.terminate().then(() => resolve(report)));
    worker.once('error', reject);
  });

describe('the result of a thousand pages', () => {
  it('is sent and searched with a few pages in memory, whole and well formed', async () => {
    const { answers, hits } = await drain([
      `/api/jobs/${ID}`,
      `/v1/jobs/${ID}/result?format=json`,
      `/v1/jobs/${ID}/result?format=markdown`,
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [both, json, markdown] = answers;
    expect(json.bytes).toBeGreaterThan(15_000_000);
    expect(both.bytes).toBeGreaterThan(json.bytes + markdown.bytes * 0.9);
    expect(json.start).toMatch(/^\{"job_id":"job_\w+","format":"json","page_count":1000,"content":\{/);
    expect(json.end).toMatch(/\]\}\]\}\]\}\}$/);
    expect(markdown.end).toMatch(/for the 11th time\."\}$/);
    expect(hits).toBe(5);
  }, 240_000);
});
