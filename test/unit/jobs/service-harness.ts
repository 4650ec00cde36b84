import { expect } from 'vitest';
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

export const OPTIONS: ExtractOptions = { language: 'auto', ocr: 'auto', engine: 'auto' };
export const LIMITS: JobLimits = {
  maxQueue: 100,
  pageTimeout: 20_000,
  jobTimeout: 60_000,
  maxResultBytes: 10_000_000,
};
export const LONG = 20_000;
let service: JobService | undefined;

/** Closes the service of the test that ends. */
export async function closeService(): Promise<void> {
  await service?.close(0);
  service = undefined;
}

/** A job service over made-up documents, with the calls that tests make most. */
export function start(
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

/** The LegibleError that the promise ends with. */
export const rejection = async (promise: Promise<unknown>): Promise<LegibleError> => {
  const error = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(LegibleError);
  return error;
};
