import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileStore } from '#legible/jobs/store/file/file-store.js';
import { testJobStore } from './job-store.js';

testJobStore('file store', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'legible-store-'));
  return { store: await openFileStore(folder), remove: () => rm(folder, { recursive: true, force: true }) };
});
