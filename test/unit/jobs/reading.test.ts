import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LegibleError } from '#legible/errors.js';
import { createReader } from '#legible/jobs/read/reader.js';
import { createMemoryStore } from '#legible/jobs/store/memory.js';
import { layout } from '#legible/pipeline/layout/index.js';
import { writeDocument } from '#legible/pipeline/write/index.js';
import type { Job } from '../../../src/jobs/job.js';
import type { Format, PageRange } from '../../../src/pipeline/options.js';
import { makeJob } from '../../contract/job-store.js';
import { FakePipeline, pageOfLines } from '../../support/fake-pipeline.js';

/** A job of the pages given, each a list of paragraphs; `undefined` is a page not finished yet. */
async function jobOf(
  pages: readonly (readonly string[] | undefined)[],
  change: Partial<Job> = {},
  confidence = 100,
) {
  const store = createMemoryStore();
  const numbers = pages.map((_, index) => index + 1);
  const finished = numbers.filter((number) => pages[number - 1]);
  const job = makeJob('job_00000000000000000000', {
    status: finished.length === numbers.length ? 'done' : 'processing',
    info: { pageCount: pages.length },
    pages: numbers,
    pagesCompleted: finished,
    ...change,
  });
  await store.putJob(job);
  for (const number of finished) {
    const draft = pageOfLines(number, pages[number - 1]!, confidence);
    const source = confidence < 100 ? ('ocr' as const) : ('text_layer' as const);
    const record = { ...draft.record, source };
    await store.putPage(job.id, number, { ...draft, record }, layout.summarizePage(draft.layout));
  }
  const reader = createReader(new FakePipeline({}), store);
  const readAll = async (format: Format, maxChars: number, ranges?: PageRange[]) => {
    const parts: string[] = [];
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const reading = await reader.read(job, { format, maxChars, pages: ranges, cursor });
      parts.push(reading.content);
      seen.push(...reading.pages.map(({ number }) => number));
      cursor = reading.nextCursor;
    } while (cursor !== undefined && parts.length < 10_000);
    return { parts, seen };
  };
  return { job, store, reader, readAll };
}

const squeeze = (text: string) => text.replace(/\s+/g, '');
const PAGES = Array.from({ length: 12 }, (_, page) =>
  Array.from(
    { length: 5 },
    (_, line) => `Paragraph ${line + 1} stands on page ${page + 1} and says ${'so '.repeat(line * 3)}much.`,
  ),
);

describe('a reading', () => {
  it('is the whole document when it fits', async () => {
    const { reader, job, store } = await jobOf(PAGES);
    const reading = await reader.read(job, { format: 'markdown', maxChars: 1_000_000 });
    const digests = [...(await store.getDigests(job.id)).values()];
    const context = layout.documentContext(
      digests.map(({ summary }) => summary),
      [],
    );
    const pages = await Promise.all(
      job.pages.map(async (number) => {
        const draft = (await store.getPage(job.id, number))!;
        return { ...draft.record, blocks: layout.resolvePage(draft.layout, context) };
      }),
    );
    expect(`${reading.content}\n`).toBe(writeDocument({ info: job.info!, pages }, 'markdown'));
    expect(reading.nextCursor).toBeUndefined();
    expect(reading.pages).toHaveLength(12);
  });

  it('comes in bounded parts that lose and repeat nothing, whatever the bound', async () => {
    const { readAll } = await jobOf(PAGES);
    const [whole] = (await readAll('text', 1_000_000)).parts;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3_000 }), async (maxChars) => {
        const { parts } = await readAll('text', maxChars);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(maxChars);
        expect(squeeze(parts.join(' '))).toBe(squeeze(whole));
      }),
      { numRuns: 25 },
    );
  });

  it('ends its parts at block borders where blocks fit', async () => {
    const { readAll } = await jobOf(PAGES);
    const { parts } = await readAll('markdown', 700);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect(part.trimEnd()).toMatch(/much\.$/);
  });

  it('comes as whole JSON documents in parts', async () => {
    const { readAll } = await jobOf(PAGES);
    const { parts, seen } = await readAll('json', 6_000);
    expect(parts.length).toBeGreaterThan(3);
    const texts = parts.flatMap((part) => {
      expect(part.length).toBeLessThanOrEqual(6_000);
      const json = JSON.parse(part);
      expect(json.page_count).toBe(12);
      return json.pages.flatMap((page: { blocks: { text: string }[] }) =>
        page.blocks.map(({ text }) => text),
      );
    });
    const whole = JSON.parse((await readAll('json', 10_000_000)).parts[0]);
    expect(texts).toEqual(
      whole.pages.flatMap((page: { blocks: { text: string }[] }) => page.blocks.map(({ text }) => text)),
    );
    expect(new Set(seen).size).toBe(12);
  });

  it('says so when a block does not fit as JSON', async () => {
    const { reader, job } = await jobOf(PAGES);
    const error = await reader.read(job, { format: 'json', maxChars: 600 }).catch((reason) => reason);
    expect(error).toBeInstanceOf(LegibleError);
    expect(error.code).toBe('result_too_large');
  });

  it('keeps running heads when asked, by the server’s setting or by the request, and so does its cursor', async () => {
    const headed = PAGES.slice(0, 4).map((lines, index) => [`Annals of the Harbour ${index + 1}`, ...lines]);
    const { reader, job, store } = await jobOf(headed);
    const heads = (text: string) => text.match(/Annals/g)?.length ?? 0;
    const whole = { format: 'markdown', maxChars: 1_000_000 } as const;
    expect(heads((await reader.read(job, whole)).content)).toBe(0);
    expect(heads((await reader.read(job, { ...whole, runningHeads: 'keep' })).content)).toBe(4);
    const keeping = createReader(new FakePipeline({}), store, 'keep');
    expect(heads((await keeping.read(job, whole)).content)).toBe(4);
    expect(heads((await keeping.read(job, { ...whole, runningHeads: 'omit' })).content)).toBe(0);

    const first = await reader.read(job, { format: 'text', maxChars: 400, runningHeads: 'keep' });
    const rest = await reader.read(job, { ...whole, cursor: first.nextCursor });
    expect(heads(first.content) + heads(rest.content)).toBe(4);
  });

  it('goes on with a cursor alone: format and selection are the first call’s', async () => {
    const { reader, job } = await jobOf(PAGES);
    const pages = [
      { start: 3, end: 4 },
      { start: 'last', end: 'last' },
    ] as PageRange[];
    const first = await reader.read(job, { format: 'text', maxChars: 300, pages });
    const rest = await reader.read(job, { format: 'markdown', maxChars: 100_000, cursor: first.nextCursor });
    expect(rest.format).toBe('text');
    expect(squeeze(first.content + rest.content)).toContain(squeeze('stands on page 12'));
    expect(squeeze(first.content + rest.content)).not.toContain(squeeze('on page 5'));
    expect(new Set([...first.pages, ...rest.pages].map(({ number }) => number))).toEqual(new Set([3, 4, 12]));
  });

  it('refuses a foreign cursor and pages that are not there', async () => {
    const { reader, job } = await jobOf(PAGES);
    const code = (request: { cursor?: string; pages?: PageRange[] }) =>
      reader.read(job, { format: 'text', maxChars: 300, ...request }).then(
        () => 'none',
        (error) => error.code,
      );
    expect(await code({ cursor: 'bm9uc2Vuc2U' })).toBe('invalid_argument');
    expect(await code({ pages: [{ start: 40, end: 50 }] })).toBe('page_out_of_range');
  });

  it('hands out finished pages and names those to come', async () => {
    const { reader, job } = await jobOf([PAGES[0], undefined, PAGES[2]]);
    const reading = await reader.read(job, { format: 'text', maxChars: 100_000 });
    expect(reading.pages.map(({ number }) => number)).toEqual([1, 3]);
    expect(reading.pending).toEqual([2]);
    expect(
      (await reader.read(job, { format: 'text', maxChars: 100, pages: [{ start: 2, end: 2 }] })).content,
    ).toBe('');
  });
});

describe('search', () => {
  const LETTER = [
    ['The agreement between Société Générale and the tenant.', 'It ends on 31 December 2024.'],
    ['Payment of the sum of 1,250.00 is due; see the second para-', 'graph for the hyphenated word.'],
    ['An agreernent of another kind, badly recognised.'],
  ];

  it('finds words with page, surroundings and box', async () => {
    const { reader, job } = await jobOf(LETTER);
    const [hit] = await reader.search(job, 'tenant', 5);
    expect(hit).toMatchObject({ page: 1, score: 1 });
    expect(hit.snippet).toContain('Société Générale and the tenant.');
    expect(hit.box).toMatchObject({ y0: 60, y1: 72 });
    expect(hit.box.x1 - hit.box.x0).toBe('tenant.'.length * 6);
  });

  it('does not mind case, diacritics, hyphens and words broken at a line end', async () => {
    const { reader, job } = await jobOf(LETTER);
    for (const query of ['SOCIETE GENERALE', 'société-générale and', 'paragraph', 'para-graph']) {
      expect((await reader.search(job, query, 5))[0]?.score, query).toBeGreaterThanOrEqual(
        query.includes('-gén') ? 0.9 : 1,
      );
    }
  });

  it('joins the boxes of several words', async () => {
    const { reader, job } = await jobOf(LETTER);
    const [hit] = await reader.search(job, 'between Société Générale', 5);
    expect(hit.box.x1 - hit.box.x0).toBeGreaterThan('between Société Générale'.length * 6 - 12);
  });

  it('forgives slips of OCR, exact hits first', async () => {
    const { reader, job } = await jobOf(LETTER, {}, 80);
    const hits = await reader.search(job, 'agreement', 5);
    expect(hits.map(({ page }) => page)).toEqual([1, 3]);
    expect(hits[0].score).toBe(1);
    expect(hits[1].score).toBeLessThan(1);
    expect(hits[1].snippet).toContain('agreernent');
  });

  it('takes a near miss in honest text for another word', async () => {
    const { reader, job } = await jobOf(LETTER);
    expect((await reader.search(job, 'agreement', 5)).map(({ page }) => page)).toEqual([1]);
  });

  it('does not forgive digits', async () => {
    const { reader, job } = await jobOf(LETTER, {}, 80);
    expect(await reader.search(job, '31 December 2025', 5)).toEqual([]);
    expect(await reader.search(job, '31 December 2024', 5)).toHaveLength(1);
  });

  it('finds words that do not stand together in one block', async () => {
    const { reader, job } = await jobOf(LETTER);
    const [hit] = await reader.search(job, 'tenant agreement', 5);
    expect(hit).toMatchObject({ page: 1 });
    expect(hit.score).toBeLessThan(0.8);
    expect(hit.snippet).toContain('agreement between Société');
    expect(await reader.search(job, 'tenant hyphenated', 5)).toEqual([]);
  });

  it('refuses an empty query', async () => {
    const { reader, job } = await jobOf(LETTER);
    await expect(reader.search(job, ' - ', 5)).rejects.toMatchObject({ code: 'invalid_argument' });
  });

  it('never fails on any query or text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        async (query, text) => {
          const words = text.split(/\s+/u).filter((word) => word.trim() !== '');
          const { reader, job } = await jobOf([[words.join(' ') || 'word']]);
          const hits = await reader.search(job, query, 3).catch((error) => {
            expect(error.code).toBe('invalid_argument');
            return [];
          });
          for (const hit of hits) expect(hit.box.x1).toBeGreaterThanOrEqual(hit.box.x0);
        },
      ),
      { numRuns: 100 },
    );
  });
});
