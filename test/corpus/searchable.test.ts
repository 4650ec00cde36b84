import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '#legible/app.js';
import { loadConfig } from '#legible/config.js';
import type { DocumentJson } from '#legible/pipeline/write/index.js';

const OWNER = 'local';
const OPTIONS = { language: 'eng', engine: 'auto' } as const;
const corpus = (name: string) => fileURLToPath(new URL(name, import.meta.url));

let app: App;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legible-searchable-'));
  const { config } = loadConfig(['--ephemeral', '--data-dir', folder], {});
  app = await createApp(config, { everyFile: true });
});
afterAll(async () => {
  await app.close(0);
  await rm(folder, { recursive: true, force: true });
});

async function read(
  source: { reference: string } | { upload: { bytes: Uint8Array; name: string } },
  ocr: 'auto' | 'never',
) {
  const { id } = await app.jobs.submit({ source, options: { ...OPTIONS, ocr }, owner: OWNER });
  await app.jobs.waitUntilFinal(id, OWNER, 120_000);
  const { content } = await app.jobs.read(id, OWNER, { format: 'json', maxChars: Number.MAX_SAFE_INTEGER });
  return { id, document: JSON.parse(content) as DocumentJson };
}

const wordsOf = ({ blocks }: DocumentJson['pages'][number]) =>
  blocks.flatMap((block) => block.lines.flatMap((line) => line.words));

describe('the searchable PDF', () => {
  it.each([
    ['of a scan', 'scan.pdf', /Keeper/],
    ['of a page that is stored on its side', 'rotated.pdf', /Garden/],
    ['of a fax of several pages', 'fax.tiff', /marigolds/],
  ])('%s holds the recognised words where they are printed', async (_, name, word) => {
    const first = await read({ reference: corpus(name) }, 'auto');
    const bytes = await app.jobs.searchablePdf(first.id, OWNER);
    // Its text layer alone, as a PDF reader would search it.
    const again = await read({ upload: { bytes, name: 'again.pdf' } }, 'never');
    expect(again.document.page_count).toBe(first.document.page_count);

    const wanted = first.document.pages
      .flatMap((page) => wordsOf(page).map((found) => ({ page, found })))
      .find(({ found }) => word.test(found.text));
    const page = again.document.pages.find((candidate) => candidate.page === wanted?.page.page);
    const got = page && wordsOf(page).find((candidate) => word.test(candidate.text));
    expect(wanted).toBeDefined();
    expect(got).toBeDefined();
    if (!wanted || !got || !page) return;
    if (page.width === wanted.page.width && wanted.page.rotation === page.rotation) {
      const distance = Math.hypot(got.box[0] - wanted.found.box[0], got.box[3] - wanted.found.box[3]);
      expect(distance).toBeLessThan(12);
    }
  });

  it('leaves honest text alone', async () => {
    const { id, document } = await read({ reference: corpus('report.pdf') }, 'auto');
    const bytes = await app.jobs.searchablePdf(id, OWNER);
    const again = await read({ upload: { bytes, name: 'again.pdf' } }, 'never');
    const text = (of: DocumentJson) => of.pages.map((page) => wordsOf(page).map((found) => found.text));
    expect(text(again.document)).toEqual(text(document));
    expect(Buffer.from(bytes).equals(await readFile(corpus('report.pdf')))).toBe(false);
  });
});
