/** Sends a result of many pages to a client that keeps none of it, in a thread with little memory. */
import { parentPort, workerData } from 'node:worker_threads';
import pino from 'pino';
import { loadConfig } from '#legible/config.js';
import { createHttpApp } from '#legible/http/serve.js';
import { createInProcessQueue } from '#legible/jobs/queue/in-process.js';
import { createJobService } from '#legible/jobs/service.js';
import { createMemoryStore } from '#legible/jobs/store/memory.js';
import { layout } from '#legible/pipeline/layout/index.js';

const { job, draft, paths } = workerData;
const memory = createMemoryStore();
const page = (number) => ({
  record: { ...draft.record, number },
  layout: JSON.parse(JSON.stringify(draft.layout).replaceAll('"number":1', `"number":${number}`)),
});
const summary = layout.summarizePage(draft.layout);
const store = {
  ...memory,
  getPage: async (_, number) => page(number),
  getDigests: async () =>
    new Map(job.pages.map((number) => [number, { record: page(number).record, summary }])),
};
await store.putJob(job);
const jobs = createJobService({
  pipeline: { layout },
  intake: {},
  store,
  queue: createInProcessQueue({ jobs: 1, pages: 1 }),
  limits: { maxQueue: 1, pageTimeout: 1_000, jobTimeout: 1_000, maxResultBytes: 1e9 },
});
const { config } = loadConfig(['--http']);
const nothing = () => {};
const { app } = createHttpApp({
  config,
  version: '0',
  jobs,
  receive: {},
  uploads: {},
  authenticator: undefined,
  limiter: async () => {},
  accounts: {},
  metrics: { request: nothing, error: nothing },
  mcp: nothing,
  log: pino({ level: 'silent' }),
  startedAt: 0,
  ready: () => true,
});

const answers = [];
for (const path of paths) {
  const response = await app.fetch(
    new Request(`http://127.0.0.1${path}`, { headers: { host: '127.0.0.1' } }),
  );
  let bytes = 0;
  let start = '';
  let end = '';
  for await (const chunk of response.body) {
    bytes += chunk.length;
    const text = Buffer.from(chunk).toString();
    if (start.length < 100) start = (start + text).slice(0, 100);
    end = (end + text).slice(-100);
  }
  answers.push({ status: response.status, bytes, start, end });
}
const found = await jobs.search(job.id, job.owner, 'a', 5);
parentPort.postMessage({ answers, hits: found.length });
