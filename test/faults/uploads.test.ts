import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInProcessQueue } from '#legible/jobs/queue/in-process.js';
import { createJobService } from '#legible/jobs/service.js';
import { createMemoryStore } from '#legible/jobs/store/memory.js';
import { UploadPlaces } from '#legible/jobs/uploads/receive.js';
import { UploadTickets } from '#legible/jobs/uploads/tickets.js';
import { FakePipeline, fakeIntake } from '../support/fake-pipeline.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'legible-uploads-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const open = () =>
  new UploadTickets(
    { directory, maxBytes: 1_000, idleMilliseconds: 1_000, places: new UploadPlaces(4) },
    { durable: true },
  );

async function upload(tickets: UploadTickets, content: string): Promise<string> {
  const { reference, url } = await tickets.create('ann', 'http://127.0.0.1');
  const [id, token] = new URL(url).pathname.split('/').slice(2);
  await tickets.receive(id, token, Readable.from([Buffer.from(content)]), 'report.pdf');
  return reference;
}

it('an upload outlives the process that received it, for its owner', async () => {
  const before = open();
  const reference = await upload(before, 'content');
  await before.close();
  const after = open();
  const found = await after.resolve(reference, 'ann');
  expect(found).toMatchObject({ name: 'report.pdf', bytes: 7 });
  expect(await readFile(found.path, 'utf8')).toBe('content');
  expect((await stat(found.path)).mode & 0o077).toBe(0);
  await expect(after.resolve(reference, 'bob')).rejects.toMatchObject({ code: 'upload_not_found' });
  await expect(after.resolve('upload:../../etc/passwd', 'ann')).rejects.toMatchObject({
    code: 'upload_not_found',
  });
});

it('an expired upload and what a dead process left are removed at the next start', async () => {
  const reference = await upload(open(), 'content');
  const left = join(directory, 'abandoned.part');
  const arriving = join(directory, 'arriving.part');
  await writeFile(left, 'half');
  await writeFile(arriving, 'half');
  const long = new Date(Date.now() - 7_200_000);
  await utimes(left, long, long);
  const after = open();
  await after.sweep(Date.now() + 3_000_000);
  await expect(after.resolve(reference, 'ann')).resolves.toBeDefined();
  const later = open();
  await later.sweep(Date.now() + 3_700_000);
  expect((await readdir(directory)).filter((name) => name !== 'arriving.part')).toEqual([]);
});

it('deleting a job deletes the upload that it was made from', async () => {
  const uploads = open();
  const jobs = createJobService({
    pipeline: new FakePipeline({ content: { pages: 1 } }),
    intake: fakeIntake,
    store: createMemoryStore(),
    queue: createInProcessQueue({ jobs: 1, pages: 1 }),
    limits: { maxQueue: 1, pageTimeout: 5_000, jobTimeout: 5_000, maxResultBytes: 1e6 },
    uploads,
  });
  const reference = await upload(uploads, 'content');
  const options = { language: 'auto', ocr: 'auto', engine: 'auto' } as const;
  const job = await jobs.submit({ source: { reference }, owner: 'ann', options });
  await jobs.waitUntilFinal(job.id, 'ann', 5_000);
  await jobs.delete(job.id, 'ann');
  expect(await readdir(directory)).toEqual([]);
  await expect(uploads.resolve(reference, 'ann')).rejects.toMatchObject({ code: 'upload_not_found' });
  await jobs.close(0);
});
