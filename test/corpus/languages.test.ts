import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '#legible/app.js';
import { loadConfig } from '#legible/config.js';

const FOLDER = fileURLToPath(new URL('./languages/', import.meta.url));
const OWNER = 'local';
const TWO_MINUTES = 120_000;
const NO_LIMIT = 1_000_000;

/** Characters of a text that count: letters and figures, vowel points left out. */
const lettersOf = (text: string): string[] =>
  [...text.normalize('NFKC').replace(/[\u0591-\u05C7\u064B-\u0655]/g, '')].filter((c) =>
    /[\p{L}\p{N}]/u.test(c),
  );

/** Share of the characters that are right and in their order. */
function share(got: string, want: string): number {
  const [a, b] = [lettersOf(got), lettersOf(want)];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return 1 - row[b.length] / b.length;
}

describe('pages in other languages', { timeout: TWO_MINUTES }, () => {
  let app: Awaited<ReturnType<typeof createApp>>;
  beforeAll(async () => {
    // Data that lies elsewhere on the machine would hide that some is missing.
    const { config } = loadConfig(['--ephemeral', '--engines-dir', FOLDER], {});
    app = await createApp(config);
  });
  afterAll(() => app?.close());

  const truthOf = (name: string): string => readFileSync(`${FOLDER}${name}.txt`, 'utf8');
  async function read(bytes: Buffer, language = 'auto') {
    const { id } = await app.jobs.submit({
      source: { upload: { bytes, name: 'page.tiff' } },
      options: { language, ocr: 'auto', engine: 'tesseract.js' },
      owner: OWNER,
    });
    const job = await app.jobs.waitUntilFinal(id, OWNER, TWO_MINUTES);
    expect(job.error).toBeUndefined();
    const records = await app.jobs.pageRecords(id, OWNER);
    const { content } = await app.jobs.read(id, OWNER, { format: 'markdown', maxChars: NO_LIMIT });
    return { records, content };
  }
  const pageOf = (name: string): Buffer => readFileSync(`${FOLDER}${name}.png`);

  it.each(['deu', 'ukr', 'ell', 'ara', 'chi_sim'])(
    '%s is told and read without being named',
    async (code) => {
      const { records, content } = await read(pageOf(code));
      expect(records[0]).toMatchObject({ language: code, source: 'ocr' });
      expect(records[0].confidence).toBeGreaterThan(85);
      expect(share(content, truthOf(code))).toBeGreaterThan(0.94);
    },
  );

  it('Chinese has no spaces between its characters', async () => {
    const { content } = await read(pageOf('chi_sim'), 'zh-Hans');
    expect(content).not.toMatch(/\p{Script=Han} \p{Script=Han}/u);
  });

  it('Arabic keeps its lines whole and in order, and is flagged', async () => {
    const { records, content } = await read(pageOf('ara'), 'Arabic');
    const [title] = truthOf('ara').split('\n');
    expect(content).toContain(title);
    expect(records[0].warnings.map(({ code }) => code)).toContain('right_to_left_text');
  });

  it('Hebrew without its data says what is missing and is not trusted', async () => {
    const { records } = await read(pageOf('heb'));
    const warning = records[0].warnings.find(({ code }) => code === 'language_data_missing');
    expect(warning?.message).toContain('@tesseract.js-data/heb');
    expect(records[0].warnings.map(({ code }) => code)).not.toContain('unreadable');
    expect(records[0].confidence).toBeLessThan(30);
  });

  it('a page in two scripts is read with both', async () => {
    const { records, content } = await read(pageOf('eng-ell'));
    expect(records[0].language.split('+').sort()).toEqual(['ell', 'eng']);
    expect(share(content, truthOf('eng-ell'))).toBeGreaterThan(0.9);
  });

  it('a document whose pages change their language is read right', async () => {
    const pages = await Promise.all(
      ['ukr', 'ukr', 'deu'].map((name) => sharp(pageOf(name)).flatten().png().toBuffer()),
    );
    const bytes = await sharp(pages, { join: { animated: true } })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    const { records } = await read(bytes);
    expect(records.map(({ language }) => language)).toEqual(['ukr', 'ukr', 'deu']);
  });
});
