import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '#legible/app.js';
import { loadConfig } from '#legible/config.js';
import type { Job } from '../../src/jobs/job.js';
import type { PageRange } from '../../src/pipeline/options.js';
import * as hostile from '../support/hostile.js';
import { buildPdf, textAt } from '../support/pdf-writer.js';

const PAGE_TIMEOUT = 5;
let app: App;

beforeAll(async () => {
  const flags = [
    '--ephemeral',
    '--page-timeout',
    `${PAGE_TIMEOUT}`,
    '--max-pages',
    '50',
    '--max-megapixels',
    '30',
  ];
  app = await createApp(loadConfig(flags).config);
});
afterAll(() => app.close(0));

async function submit(bytes: Uint8Array, pages?: PageRange[]): Promise<Job> {
  const source = { upload: { bytes, name: 'hostile\u0000\n.pdf' } };
  const job = await app.jobs.submit({
    source,
    owner: 'ann',
    options: { language: 'auto', ocr: 'auto', engine: 'auto', pages },
  });
  return app.jobs.waitUntilFinal(job.id, 'ann', 50_000);
}
const textOf = async (job: Job) =>
  (await app.jobs.read(job.id, 'ann', { format: 'text', maxChars: 10_000 })).content;

describe('a document that wants too much', () => {
  it.each([
    ['a small PNG of 900 megapixels', () => hostile.pngOf(30_000, 30_000), 'page_too_large'],
    [
      'a PNG that says it is larger than any image',
      () => hostile.pngOf(2 ** 31 - 1, 2 ** 31 - 1, 100),
      'damaged_file',
    ],
    [
      'a TIFF of 5 000 directories',
      () => hostile.tiffOf(5_000, (index) => (index < 4_999 ? hostile.tiffOffset(index + 1) : 0)),
      'too_many_pages',
    ],
    ['a PDF of 60 pages where 50 are allowed', () => hostile.manyPages(60), 'too_many_pages'],
    ['a PDF that says it has a million pages', () => hostile.lyingCount(), 'too_many_pages'],
    ['a page tree that contains itself', () => hostile.pageTreeCycle(), 'page_failed'],
    ['drawing operators without an end', () => hostile.operatorBomb(3_000_000), 'page_timeout'],
  ])('%s ends in an error that says so', async (_, make, code) => {
    const job = await submit(make());
    expect(job).toMatchObject({ status: 'error', error: { code } });
    expect(job.error!.hint).not.toBe('');
  });

  it('leaves the server able to work', async () => {
    const job = await submit(
      buildPdf({ pages: [{ content: textAt(60, 700, 'Nothing has happened here.') }] }),
    );
    expect(await textOf(job)).toContain('Nothing has happened here.');
  });

  it('is read in part when the part is within the limits', async () => {
    const job = await submit(hostile.manyPages(60), [{ start: 55, end: 'last' }]);
    expect(job).toMatchObject({ status: 'done', pages: [55, 56, 57, 58, 59, 60] });
  });
});

describe('a strange document', () => {
  it.each([
    [
      'a ring of TIFF directories',
      () => hostile.tiffOf(3, (index) => hostile.tiffOffset((index + 1) % 3)),
      3,
    ],
    ['a TIFF directory that follows itself', () => hostile.tiffOf(1, () => 10), 1],
    ['a page of a million points', () => hostile.pageOfSize([0, 0, 1e6, 1e6]), 1],
    ['a page without area', () => hostile.pageOfSize([0, 0, 0, 0]), 1],
    ['a page box upside down', () => hostile.pageOfSize([500, 500, -100, -100]), 1],
    ['a page of one point in height', () => hostile.pageOfSize([0, 0, 14_400, 1]), 1],
    ['an image of 60 000 × 60 000 pixels in a few bytes', () => hostile.lyingImage(), 1],
  ])('%s comes to an end', async (_, make, pages) => {
    const job = await submit(make());
    expect(['done', 'error']).toContain(job.status);
    expect(job.pages.length).toBeLessThanOrEqual(pages);
  });

  it('keeps what is readable beside a form that draws itself', async () => {
    expect(await textOf(await submit(hostile.formCycle()))).toContain('Before the form stands this line.');
  });

  it('runs no script and opens no attachment', async () => {
    const job = await submit(hostile.activeContent());
    expect(await textOf(job)).toContain('This page wants to run a script.');
    expect(await textOf(job)).not.toContain('attached');
  });

  it('has a name that is safe to show', async () => {
    expect((await submit(hostile.pageOfSize([0, 0, 300, 300]))).fileName).toBe('hostile.pdf');
  });
});
